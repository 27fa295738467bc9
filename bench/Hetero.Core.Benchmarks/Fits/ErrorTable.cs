using Hetero.Core.Benchmarks.Peers;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Values;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>The errors of one scenario over seeds: of the fit, of pooled training and of plain estimators.</summary>
internal sealed class ErrorTable(string name, string description, FitScenario scenario) : IFitTable
{
    private const double Half = 0.5;

    public string Name => name;

    public string Description => description;

    public int Seeds => 20;

    public IReadOnlyList<string> Options => FitsOptions.DataOptions;

    public void Write(FitsOptions options, FitBench bench, TextWriter output)
    {
        FitScenario own = scenario with { Samples = options.Samples ?? scenario.Samples, Noise = options.Noise };
        FitErrors[] all = [.. options.EachSeed.Select(seed => Of(own, seed, bench))];
        output.WriteLine($"{own.Commands}, each with the seeds {Texts.Of(options.First)} to {Texts.Of(options.First + (ulong)(all.Length - 1))}:\n");
        output.WriteLine("| ‖M − A*‖/‖A*‖ | median | least | largest |\n|---|---|---|---|");
        Row("the iterate chosen", errors => errors.Chosen);
        Row("the last iterate", errors => errors.Last);
        Row("pooled, the iterate with the least error (which nobody knows)", errors => errors.PooledLeast);
        Row("pooled, the iterate chosen by its risk", errors => errors.PooledChosen);
        Row("difference of two fits", errors => errors.TwoFits);
        Row("least squares of one environment, the middle of all", errors => Rounds.Median(errors.LeastSquares));
        output.WriteLine($"\nOf the pooled runs {Texts.Of(all.Count(errors => errors.PooledLeast < Half))} of {Texts.Of(all.Length)} have a measured iterate with an error below {Texts.Of(Half)}. "
            + $"The invariant rank {Texts.Of(own.InvariantRank)} is said of {Texts.Of(all.Count(errors => errors.Rank == own.InvariantRank))}.\n");
        string[] multipliers = [.. own.Multipliers.Select(s => s.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−'))];
        output.WriteLine($"| least squares of the environment with s = | {string.Join(" | ", multipliers)} |\n|---|{string.Concat(multipliers.Select(_ => "---|"))}");
        output.WriteLine($"| median | {string.Join(" | ", multipliers.Select((_, e) => ErrorText.Of(Rounds.Median(all.Select(errors => errors.LeastSquares[e])), 3)))} |");

        void Row(string what, Func<FitErrors, double> error)
        {
            double[] errors = [.. all.Select(error)];
            output.WriteLine($"| {what} | {ErrorText.Of(Rounds.Median(errors), 3)} | {ErrorText.Of(errors.Min(), 3)} | {ErrorText.Of(errors.Max(), 3)} |");
        }
    }

    private static FitErrors Of(FitScenario scenario, ulong seed, FitBench bench)
    {
        FitErrors errors = scenario.IsSingle ? Fit<float>() : Fit<double>();
        string[] found = [.. new[] { errors.Chosen, errors.Last, errors.PooledLeast, errors.PooledChosen, errors.TwoFits, Rounds.Median(errors.LeastSquares) }.Select(error => ErrorText.Of(error, 3))];
        Console.Error.WriteLine($"seed {Texts.Of(seed)}: {string.Join(", ", found)}");
        return errors;

        FitErrors Fit<T>()
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            using DataSet<T> data = bench.Make<T>(scenario, seed);
            FitResult<T> result = bench.Fit(data, scenario.FitOf(seed));
            return FitErrors.Of(result, data.Environments.Count);
        }
    }
}
