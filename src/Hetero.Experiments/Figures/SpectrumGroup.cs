using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>One of the numbers of samples of <see cref="Theorem8"/>: runs that differ in their seed alone, row by row.</summary>
internal sealed class SpectrumGroup
{
    private readonly int _rank;
    private readonly SeedSweep _sweep;

    /// <summary>Summarizes runs whose columns are those of <see cref="SpectrumColumns"/>.</summary>
    public SpectrumGroup(SeedSweep sweep)
    {
        _sweep = sweep;
        _rank = Recipe.InvariantRank;
        double norm = Math.Sqrt(Recipe.Eigenvalues.Sum(eigenvalue => eigenvalue * eigenvalue));
        Error = sweep.Band(row => row.Error / norm);
        Spurious = sweep.Band(row => row.Spurious);
        Learned = [.. Enumerable.Range(0, _rank).Select(Column)];
        (SmallestSingularValue, SinTheta, AdaptiveSpurious, AdaptiveResidual) = (Column(_rank), Column(_rank + 1), Column(_rank + 2), Column(_rank + 3));
    }

    public RunRecipe Recipe => _sweep.Recipe;

    public string Name => _sweep.Title;

    public IReadOnlyList<int> Steps => _sweep.RecordedSteps;

    /// <summary>‖UUᵀ − A*‖_F/‖A*‖_F.</summary>
    public QuantileBand Error { get; }

    public QuantileBand Spurious { get; }

    /// <summary>u_iᵀUUᵀu_i/λ_i for each eigenvalue.</summary>
    public IReadOnlyList<QuantileBand> Learned { get; }

    /// <summary>σ_min(Z_t).</summary>
    public QuantileBand SmallestSingularValue { get; }

    public QuantileBand SinTheta { get; }

    /// <summary>‖V_t^(ada)‖_F.</summary>
    public QuantileBand AdaptiveSpurious { get; }

    /// <summary>‖E_t^(ada)‖_F.</summary>
    public QuantileBand AdaptiveResidual { get; }

    /// <summary>Returns when a run first has half of an eigenvalue, between two rows as if it grew by a constant factor; +∞ if it never
    /// has.</summary>
    public double HalfTime(int run, int eigenvalue)
    {
        double before = 0;
        for (int row = 0; row < _sweep.Runs[run].Trajectory.Count; row++)
        {
            double share = _sweep.Runs[run].Trajectory.GetColumns(row)[eigenvalue];
            if (share >= 0.5)
            {
                return row == 0 ? 0 : Steps[row] - ((Steps[row] - Steps[row - 1]) * Math.Log(2 * share) / Math.Log(share / before));
            }

            before = share;
        }

        return double.PositiveInfinity;
    }

    /// <summary>Gets the share of the runs that have half of each eigenvalue, the larger ones first.</summary>
    public double ShareInOrder => _sweep.Runs.Index().Count(run =>
    {
        double[] times = [.. Enumerable.Range(0, _rank).Select(i => HalfTime(run.Index, i))];
        return times[^1] < double.PositiveInfinity && times.SequenceEqual(times.Order());
    }) / (double)_sweep.Runs.Count;

    private QuantileBand Column(int column) => QuantileBand.Of(
        [.. _sweep.Runs.Select(run => Steps.Select((_, row) => row < run.Trajectory.Count ? run.Trajectory.GetColumns(row)[column] : double.PositiveInfinity).ToArray())]);
}
