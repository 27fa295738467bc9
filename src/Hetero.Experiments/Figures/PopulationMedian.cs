using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>
/// What is expected at m = ∞: medians of the shares over very many seeds of the reduced dynamics, which cost so little that hardly any sampling
/// error is left.
/// </summary>
internal sealed class PopulationMedian
{
    /// <summary>The number of seeds: a median's standard error is then below 1 % of the distance between the quartiles.</summary>
    public const int Seeds = 20_000;

    private PopulationMedian(int rows)
    {
        Signal = new double[rows];
        Spurious = new double[rows];
        SpuriousOfSameSeeds = new double[rows];
    }

    /// <summary>The median true share at each recorded step.</summary>
    public double[] Signal { get; }

    /// <summary>The median spurious share at each recorded step.</summary>
    public double[] Spurious { get; }

    /// <summary>
    /// The same over the seeds of the sweep alone. They draw the same environments at m = ∞ as at finite m, so the difference between
    /// the two medians is what m does, without the luck of the seeds.
    /// </summary>
    public double[] SpuriousOfSameSeeds { get; }

    /// <summary>Computes the medians at the recorded steps of a sweep.</summary>
    /// <param name="sweep">Problem, environments, algorithm and step size.</param>
    /// <param name="request">The first seed, the number of the sweep's seeds, and the threads; the numbers do not depend on these.</param>
    /// <param name="seeds">The number of seeds; at least that of the sweep is used.</param>
    public static PopulationMedian Of(SeedSweep sweep, FigureRequest request, int seeds)
    {
        int rows = sweep.RecordedSteps.Count;
        seeds = Math.Max(seeds, request.Seeds);
        double[][] signal = NewTable(rows, seeds), spurious = NewTable(rows, seeds);
        Parallel.For(
            0,
            seeds,
            request.Parallelism,
            () => PopulationPath.Create(sweep),
            (i, _, path) =>
            {
                path.Run(request.Seed + (ulong)i, (row, state) =>
                {
                    signal[row][i] = state.SignalShare;
                    spurious[row][i] = state.SpuriousShare;
                });
                return path;
            },
            _ => { });

        PopulationMedian median = new(rows);
        request.InParallel(rows, row =>
        {
            median.SpuriousOfSameSeeds[row] = MedianOf(spurious[row].AsSpan(0, request.Seeds).ToArray());
            median.Signal[row] = MedianOf(signal[row]);
            median.Spurious[row] = MedianOf(spurious[row]);
        });
        return median;
    }

    private static double[][] NewTable(int rows, int seeds) => [.. Enumerable.Range(0, rows).Select(_ => new double[seeds])];

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        return Quantiles.OfSorted(values, 0.5);
    }
}
