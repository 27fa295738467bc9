using Hetero.Core.Benchmarks.Peers;
using Hetero.Experiments.Data;
using Hetero.Experiments.Values;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Errors with step sizes that are chosen, over that of the best of twelve fixed ones, over the spread M of environments and seeds.</summary>
internal sealed class StepSizeTable(string name, string description, int seeds, IReadOnlyList<StepSizeWay> ways) : IFitTable
{
    private const int Dimension = 16, Samples = 1500, Steps = 200, Every = 4;

    public string Name => name;

    public string Description => description;

    public int Seeds => seeds;

    public IReadOnlyList<string> Options => FitsOptions.LawOptions;

    public void Write(FitsOptions options, FitBench bench, TextWriter output)
    {
        output.WriteLine($"{ScenarioOf("FROM:TO:8").Commands}, with s evenly from {Texts.Of(options.Mean)} − M to {Texts.Of(options.Mean)} + M:\n");
        output.WriteLine($"| M | {string.Join(" | ", options.Spreads.Select(Texts.Of))} | median |\n|---|{string.Concat(options.Spreads.Select(_ => "---|"))}---|");
        double[][][] all = [.. options.EachSeed.Select(seed => OfSeed(seed, options, bench, output))];
        for (int way = 0; way < ways.Count; way++)
        {
            double[][] ratios = [.. all.Select(seed => seed[way])];
            output.WriteLine(
                $"| {ways[way].Name}, median | {string.Join(" | ", options.Spreads.Select((_, i) => ErrorText.Of(Rounds.Median(ratios.Select(row => row[i])), 2)))} "
                + $"| {ErrorText.Of(Rounds.Median(ratios.SelectMany(row => row)), 2)} |");
        }
    }

    private static FitScenario ScenarioOf(string values) => new() { Dimension = Dimension, Values = values, Samples = Samples, Steps = Steps, Every = Every };

    /// <summary>Writes the rows of a seed.</summary>
    /// <returns>The ratios of each way, for each M.</returns>
    private double[][] OfSeed(ulong seed, FitsOptions options, FitBench bench, TextWriter output)
    {
        (double Ratio, string? Remark)[][] cells = [.. options.Spreads.Select(spread => OfCell(spread, seed, options.Mean, bench))];
        for (int way = 0; way < ways.Count; way++)
        {
            string[] texts = [.. cells.Select(cell => ErrorText.Of(cell[way].Ratio, 2) + (cell[way].Remark is { } remark ? $", {remark}" : ""))];
            output.WriteLine($"| {ways[way].Name}, seed {Texts.Of(seed)} | {string.Join(" | ", texts)} | {ErrorText.Of(Rounds.Median(cells.Select(cell => cell[way].Ratio)), 2)} |");
        }

        output.Flush();
        return [.. ways.Select((_, way) => cells.Select(cell => cell[way].Ratio).ToArray())];
    }

    private (double Ratio, string? Remark)[] OfCell(double spread, ulong seed, double mean, FitBench bench)
    {
        FitScenario scenario = ScenarioOf($"{Texts.Of(mean - spread)}:{Texts.Of(mean + spread)}:8");
        using DataSet<double> data = bench.Make<double>(scenario, seed);
        StepSizeTrial trial = new(data, scenario.FitOf(seed), bench.Team);
        double best = trial.BestFixed();
        (double Ratio, string? Remark)[] cell = [.. ways.Select(way => way.Run(trial)).Select(outcome => (outcome.Error / best, outcome.Remark))];
        string found = string.Join(", ", cell.Select((one, i) => $"{ways[i].Name} {ErrorText.Of(one.Ratio, 2)}"));
        Console.Error.WriteLine($"seed {Texts.Of(seed)}, M = {Texts.Of(spread)}: {found} of {ErrorText.Of(best, 3)}");
        return cell;
    }
}
