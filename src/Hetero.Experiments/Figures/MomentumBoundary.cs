using Hetero.Core.Theory.Multipliers;

namespace Hetero.Experiments.Figures;

/// <summary>The predicted window of M over β at one effective step size: up along its lower ends and back along its upper ones.</summary>
/// <param name="Kind">Which momentum.</param>
/// <param name="EffectiveStep">η_eff.</param>
/// <param name="Windows">β with the window there, ascending in β, as far as there is one.</param>
internal sealed record MomentumBoundary(MomentumKind Kind, double EffectiveStep, IReadOnlyList<(double Momentum, double Lower, double Upper)> Windows)
{
    private const int Halvings = 8;

    /// <summary>Computes it for some momenta, and for the largest that has a window.</summary>
    /// <param name="kind">Which momentum.</param>
    /// <param name="effectiveStep">η_eff.</param>
    /// <param name="momenta">The momenta, ascending.</param>
    /// <param name="window">The window for a momentum; null for none.</param>
    public static MomentumBoundary Of(
        MomentumKind kind, double effectiveStep, IReadOnlyList<double> momenta, Func<double, (double Lower, double Upper)?> window)
    {
        List<(double Momentum, double Lower, double Upper)> windows = [];
        foreach (double momentum in momenta)
        {
            if (window(momentum) is { } found)
            {
                windows.Add((momentum, found.Lower, found.Upper));
                continue;
            }

            // The tip lies between the last momentum with a window and this one.
            double with = windows.Count == 0 ? momentum : windows[^1].Momentum, without = momentum;
            for (int i = 0; i < Halvings && windows.Count > 0; i++)
            {
                double middle = (with + without) / 2;
                if (window(middle) is { } near)
                {
                    with = middle;
                    windows.Add((middle, near.Lower, near.Upper));
                }
                else
                {
                    without = middle;
                }
            }

            break;
        }

        return new(kind, effectiveStep, windows);
    }
}
