using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// The sharp window of step sizes as a hypothesis: what is measured outside Theorem 2's own window is measured where the spurious part dies out at
/// m = ∞ with orthogonal subspaces.
/// </summary>
internal static class TwoPointWindow
{
    /// <summary>Refuses environments that the window is not made for: accepted are two points with a mean of 0 or more.</summary>
    public static void Check(DiagonalEnvironments environments)
    {
        ArgumentNullException.ThrowIfNull(environments);
        if (environments.Law != ScalarLaw.TwoPoint)
        {
            throw new ArgumentException($"'{nameof(environments)}' has the law {environments.Law}; accepted is TwoPoint.", nameof(environments));
        }

        Guard.NotNegative(environments.Mean, "environments.Mean");
    }

    /// <summary>Returns both ends as hypotheses on η; they never hold where <see cref="StabilityThreshold.TwoPointStepSizes"/> has no window.</summary>
    public static IReadOnlyList<Inequality> Hypotheses(double mean, double spread, double stepSize)
    {
        StepSizeInterval window = StabilityThreshold.TwoPointStepSizes(mean, spread) ?? new StepSizeInterval(double.NaN, double.NaN);
        return
        [
            Inequality.Above("η > 2·mean/(M² − mean²), the sharp lower end", stepSize, window.Lower),
            Inequality.Below("η < (mean + √(mean² + 2(M² − mean²)))/(M² − mean²), the sharp upper end", stepSize, window.Upper),
        ];
    }
}
