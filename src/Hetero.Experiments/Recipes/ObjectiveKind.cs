using Hetero.Core.Training;

namespace Hetero.Experiments.Recipes;

/// <summary>The objectives: how the gradients of all environments make one.</summary>
public enum ObjectiveKind
{
    /// <summary>None: what the algorithm does by itself.</summary>
    None,

    /// <summary><see cref="Core.Training.MeanRisk{T}"/>.</summary>
    MeanRisk,

    /// <summary>V-REx, <see cref="RiskExtrapolation{T}"/>.</summary>
    VRex,

    /// <summary><see cref="Core.Training.GroupDro{T}"/>.</summary>
    GroupDro,

    /// <summary><see cref="Core.Training.IrmV1{T}"/>.</summary>
    IrmV1,

    /// <summary><see cref="Core.Training.MatrixIrm{T}"/>.</summary>
    MatrixIrm,

    /// <summary>IGA, <see cref="Core.Training.GradientVariance{T}"/>.</summary>
    GradientVariance,

    /// <summary><see cref="Core.Training.GradientNormVariance{T}"/>.</summary>
    GradientNormVariance,

    /// <summary><see cref="Core.Training.AndMask{T}"/>.</summary>
    AndMask,
}
