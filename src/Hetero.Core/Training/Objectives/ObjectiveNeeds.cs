namespace Hetero.Core.Training;

/// <summary>What an <see cref="Objective{T}"/> asks for beside gradients and M; a batch or trainer that cannot give it refuses the objective before the run.</summary>
[Flags]
public enum ObjectiveNeeds
{
    /// <summary>Gradients and M are enough: any source, any model.</summary>
    None = 0,

    /// <summary>The risks R_e, <see cref="EnvironmentGradients{T}.GetRisk"/>.</summary>
    Risks = 1,

    /// <summary>The derivative of each G_e in one direction a step, <see cref="EnvironmentGradients{T}.Apply"/>.</summary>
    Application = 2,

    /// <summary>A factor U with M = UUᵀ, so that ⟨G², M⟩ is ‖GU‖²: another model has another gradient in its parameters.</summary>
    Factor = 4,
}
