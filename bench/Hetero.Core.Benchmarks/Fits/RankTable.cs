using System.Globalization;
using Hetero.Core.Random;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>How often a fit says a rank that is too large, and how often the right one: environments are drawn anew for each data set.</summary>
internal sealed class RankTable : IFitTable
{
    private const int Dimension = 10, Steps = 120;
    private const double StepSize = 0.1;

    private static readonly Law[] Laws =
    [
        new("normal, 0 ± 4", 0, 4, false),
        new("normal, 1 ± 4", 1, 4, false),
        new("two values, 1 ± 4", 1, 4, true),
        new("normal, 1 ± 1", 1, 1, false),
    ];

    private static readonly Case[] Cases =
    [
        new(5, 300, 0, 1),
        new(8, 300, 0, 1),
        new(12, 300, 0, 1),
        new(8, 300, 2, 1),
        new(8, 60, 0, 1),
        new(8, 1000, 0, 1),
        new(40, 300, 0, 1),
        new(8, 300, 0, 3),
    ];

    public string Name => "rank";

    public string Description => "how often a rank is too large, and how often right, with environments drawn anew";

    public int Seeds => 500;

    public IReadOnlyList<string> Options => [];

    public void Write(FitsOptions options, FitBench bench, TextWriter output)
    {
        output.WriteLine(
            $"d = {Texts.Of(Dimension)}, r1 = 1, orthogonal, η = {Texts.Of(StepSize)}, {Texts.Of(Steps)} steps of whole environments in shuffled order, a fifth held out, "
                + $"seeds {Texts.Of(options.First)} to {Texts.Of(options.First + (ulong)(options.Seeds - 1))}; of a hundred fits that say a rank: "
                + "too large, right; in brackets the same of all eigenvalues of a tenth of the largest:\n");
        output.WriteLine($"| environments | rows | noise | r2 | {string.Join(" | ", Laws.Select(law => $"s {law.Name}"))} |\n|---|---|---|---|{string.Concat(Laws.Select(_ => "---|"))}");
        foreach (Case one in Cases)
        {
            string[] cells = [.. Laws.Select(law => Cell(one, law, options, bench))];
            output.WriteLine($"| {Texts.Of(one.Environments)} | {Texts.Of(one.Samples)} | {Texts.Of(one.Noise)} | {Texts.Of(one.SpuriousRank)} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(Case one, Law law, FitsOptions options, FitBench bench)
    {
        (int said, int tooLarge, int right, int sizableTooLarge, int sizableRight) = (0, 0, 0, 0, 0);
        foreach (ulong seed in options.EachSeed)
        {
            using DataSet<double> data = bench.Make<double>(RecipeOf(one, law, seed));
            FitRecipe recipe = new()
            {
                Training = new() { Steps = Steps, Every = 2, StepSize = StepSize, EnvironmentOrder = Core.Environments.EnvironmentOrderKind.Shuffled, Seed = seed },
            };
            if (bench.Fit(data, recipe).RankTest is { } test)
            {
                said++;
                tooLarge += test.Rank > 1 ? 1 : 0;
                right += test.Rank == 1 ? 1 : 0;
                sizableTooLarge += test.Components.Count > 1 ? 1 : 0;
                sizableRight += test.Components.Count == 1 ? 1 : 0;
            }
        }

        Console.Error.WriteLine($"{one} {law}: {said} of {options.Seeds} say a rank");
        return $"{Share(tooLarge)}, {Share(right)} ({Share(sizableTooLarge)}, {Share(sizableRight)})";

        string Share(int count) => said == 0 ? "–" : (100.0 * count / said).ToString("0.#", CultureInfo.InvariantCulture);
    }

    private static RunRecipe RecipeOf(Case one, Law law, ulong seed)
    {
        double[] numbers = new double[one.Environments * one.SpuriousRank];
        new RandomStream(seed, StreamPurpose.User, 17).FillGaussian(numbers.AsSpan());
        double[][] values = [.. numbers.Select(z => law.Mean + (law.Spread * (law.HasTwoValues ? Math.Sign(z) : z))).Chunk(one.SpuriousRank)];
        RunRecipe recipe = new()
        {
            Dimension = Dimension,
            SpuriousRank = one.SpuriousRank,
            Orthogonal = true,
            Measurements = MeasurementKind.Regenerated,
            Samples = one.Samples,
            Noise = one.Noise,
            Seed = seed,
        };
        return EnvironmentLists.OfDiagonals(recipe, values);
    }

    private sealed record Case(int Environments, int Samples, double Noise, int SpuriousRank);

    private sealed record Law(string Name, double Mean, double Spread, bool HasTwoValues);
}
