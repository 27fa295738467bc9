using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Experiments.Recipes;

/// <summary>An objective in names and numbers, for <see cref="Algorithm.PooledGd"/>, where a step sees all environments. The default is none.</summary>
/// <remarks>A number that the objective does not have is null. Two are equal if all values are. Immutable and thread-safe. Values are checked by <see cref="RunRecipe.Check"/>.</remarks>
public sealed record ObjectiveRecipe
{
    /// <summary>Gets the objective.</summary>
    public ObjectiveKind Kind { get; init; } = ObjectiveKind.None;

    /// <summary>Gets the weight λ of the penalty, 0 or above, where there is one; it has no default.</summary>
    public double? Penalty { get; init; }

    /// <summary>Gets the AND-mask's τ, 0 to 1; null means 1.</summary>
    public double? Agreement { get; init; }

    /// <summary>Makes the objective.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>The objective; null for none.</returns>
    /// <exception cref="ArgumentException">A number is missing or out of range, or the precision does not hold it.</exception>
    public Objective<T>? Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double weight = Penalty ?? double.NaN;
        return Kind switch
        {
            ObjectiveKind.None => null,
            ObjectiveKind.VRex => new RiskExtrapolation<T>(weight),
            ObjectiveKind.GroupDro => new GroupDro<T>(),
            ObjectiveKind.IrmV1 => new IrmV1<T>(weight),
            ObjectiveKind.MatrixIrm => new MatrixIrm<T>(weight),
            ObjectiveKind.GradientVariance => new GradientVariance<T>(weight),
            ObjectiveKind.GradientNormVariance => new GradientNormVariance<T>(weight),
            ObjectiveKind.AndMask => new AndMask<T>(Resolve().Agreement!.Value),
            _ => new MeanRisk<T>(),
        };
    }

    /// <summary>Whether the objective applies the measurements to a second matrix.</summary>
    internal bool NeedsApplication => Create<double>()?.Needs.HasFlag(ObjectiveNeeds.Application) ?? false;

    /// <summary>Whether an objective has a penalty.</summary>
    internal static bool HasPenalty(ObjectiveKind kind)
        => kind is ObjectiveKind.VRex or ObjectiveKind.IrmV1 or ObjectiveKind.MatrixIrm or ObjectiveKind.GradientVariance or ObjectiveKind.GradientNormVariance;

    /// <summary>Says what is left to the objective's default.</summary>
    internal ObjectiveRecipe Resolve() => Kind == ObjectiveKind.AndMask ? this with { Agreement = Agreement ?? 1 } : this;

    /// <summary>Leaves to the objective's default what has its value.</summary>
    internal ObjectiveRecipe LeaveOpen() => Agreement == 1 ? this with { Agreement = null } : this;
}
