using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>The runs at one M.</summary>
/// <param name="Spread">M.</param>
/// <param name="InitialScale">α.</param>
/// <param name="Runs">One for each seed.</param>
internal sealed record FederatedPoint(double Spread, double InitialScale, IReadOnlyList<FederatedRun> Runs)
{
    /// <summary>Gets how many runs diverged.</summary>
    public int Diverged => Runs.Count(run => run.HasDiverged);

    /// <summary>Returns a quantile of the growth of the share, in powers of ten.</summary>
    public double Growth(double probability) => Quantiles.OfSorted([.. Runs.Select(run => run.Growth).Order()], probability);
}
