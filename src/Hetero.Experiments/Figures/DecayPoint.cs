using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>The M from which on the spurious part dies out under a weight decay, predicted and measured.</summary>
/// <param name="Decay">w.</param>
/// <param name="Predicted">The predicted M.</param>
/// <param name="Spreads">The M of the runs.</param>
/// <param name="Runs">The runs for each M.</param>
internal sealed record DecayPoint(double Decay, double Predicted, double[] Spreads, AxesRun[][] Runs)
{
    /// <summary>Gets where the median late share crosses <see cref="MomentumCase.Gone"/>; null if it does not.</summary>
    public double? Measured => MomentumCase.Crossing(Spreads, [.. Runs.Select(runs => Median(runs, run => run.LateSpurious))]);

    /// <summary>Gets the median late true share at the largest M.</summary>
    public double Signal => Median(Runs[^1], run => run.LateSignal);

    private static double Median(AxesRun[] runs, Func<AxesRun, double> share) => Quantiles.OfSorted([.. runs.Select(share).Order()], 0.5);
}
