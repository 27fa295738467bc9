namespace Hetero.Core.Training;

/// <summary>What an observer needs of a snapshot beside the step, the parameters and the environment, which it always has: what a run can show is held against it before the first step.</summary>
[Flags]
public enum SnapshotParts
{
    /// <summary>Nothing more: it observes runs in factored form too, where there is no matrix of d×d.</summary>
    None = 0,

    /// <summary>The estimate, <see cref="TrainingSnapshot{T}.Product"/>.</summary>
    Estimate = 1,

    /// <summary>The gradient, <see cref="TrainingSnapshot{T}.Gradient"/> and <see cref="TrainingSnapshot{T}.PopulationGradient"/>.</summary>
    Gradient = 2,
}
