using Hetero.Core.Benchmarks.Peers;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Values;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Who is nearest to A* below and above as many rows as unknowns, with and without noise.</summary>
internal sealed class FewRowsTable : IFitTable
{
    private const int Dimension = 20;

    private static readonly double[] Noises = [0, 1, 4];
    private static readonly int[] Samples = [150, 300, 600, 2000];

    public string Name => "few-rows";

    public string Description => "d = 20, 150 to 2000 rows with noise of 0, 1 and 4";

    public int Seeds => 20;

    public IReadOnlyList<string> Options => [];

    public void Write(FitsOptions options, FitBench bench, TextWriter output)
    {
        output.WriteLine(
            $"{ScenarioOf(0, Samples[0]).Commands}, with these `--noise` and `--samples`, medians of the seeds {Texts.Of(options.First)} to {Texts.Of(options.First + (ulong)(options.Seeds - 1))}:\n");
        output.WriteLine("| noise | m | fit | pooled | difference of two fits | least squares of one environment, the middle | said to be better |\n|---|---|---|---|---|---|---|");
        foreach (double noise in Noises)
        {
            foreach (int samples in Samples)
            {
                Outcome[] all = [.. options.EachSeed.Select(seed => Of(ScenarioOf(noise, samples), seed, bench))];
                double[] errors = [.. new Func<Outcome, double>[] { one => one.Fit, one => one.Pooled, one => one.TwoFits, one => one.LeastSquares }.Select(error => Rounds.Median(all.Select(error)))];

                // M = 0 has an error of 1: beyond that nobody has found anything.
                string[] cells = [.. errors.Select(error => error < 1 && error == errors.Min() ? $"**{ErrorText.Of(error, 2)}**" : ErrorText.Of(error, 2))];
                output.WriteLine($"| {Texts.Of(noise)} | {Texts.Of(samples)} | {string.Join(" | ", cells)} | {Texts.Of(all.Count(one => one.IsSaidToBeBetter))} of {Texts.Of(all.Length)} |");
            }
        }

        output.WriteLine("\nThe last column counts how often the report says that the difference of two fits is the better one.");
    }

    private static FitScenario ScenarioOf(double noise, int samples) => new() { Dimension = Dimension, Values = "-5:7:8", Samples = samples, Noise = noise, Steps = 200 };

    private static Outcome Of(FitScenario scenario, ulong seed, FitBench bench)
    {
        using DataSet<double> data = bench.Make<double>(scenario, seed);
        FitRecipe recipe = scenario.FitOf(seed);
        FitResult<double> result = bench.Fit(data, recipe);
        FitErrors errors = FitErrors.Of(result, data.Environments.Count);
        PlainFits plain = PlainFits.Of(data, recipe, bench.Team);
        return new(errors.Chosen, errors.PooledChosen, plain.DifferenceError(0, data.Environments.Count - 1, scenario.InvariantRank), Rounds.Median(plain.Errors), result.TwoFits?.IsBetter ?? false);
    }

    private sealed record Outcome(double Fit, double Pooled, double TwoFits, double LeastSquares, bool IsSaidToBeBetter);
}
