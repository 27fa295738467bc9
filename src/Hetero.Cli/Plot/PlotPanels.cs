using System.Globalization;
using System.Text.Json;
using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>What the pictures of all kinds of tables have in common.</summary>
internal static class PlotPanels
{
    /// <summary>The numbers of a quantity, of which there must be one.</summary>
    public static double[] Numbers(PlotSource source, string column)
    {
        double[] numbers = source.Numbers(column);
        return numbers.Length == 0 || numbers.Any(number => !double.IsNaN(number))
            ? numbers
            : throw source.Refuse($"has no numbers in the column '{column}'", "a quantity that the runs have");
    }

    /// <summary>The axis of what varies.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="values">All its values.</param>
    /// <param name="isLogarithmic">How it is spaced; null for what suits the values.</param>
    /// <param name="isWhole">Whether every value needs a place; else those without a logarithm are left out.</param>
    /// <exception cref="UsageException">A logarithm is asked for of what has none.</exception>
    public static Axis Horizontal(string label, IEnumerable<double> values, bool? isLogarithmic, bool isWhole = false)
    {
        double[] own = [.. values.Distinct().Order()];
        bool isLog = isLogarithmic ?? IsEven(own);
        return !isLog ? Axis.Linear(label)
            : own[isWhole ? 0 : ^1] <= 0 ? throw UsageException.Of("--x", "log", "linear, as there are values that are not above 0")
            : Axis.Log(label);
    }

    /// <summary>The axis of steps; that of a single one goes a step on.</summary>
    public static Axis Steps(IEnumerable<double> values, bool? isLogarithmic)
    {
        double[] own = [.. values.Distinct()];
        Axis axis = Horizontal("step", own, isLogarithmic ?? false) with { Tight = true };
        return own is [var only] && axis.Scale == AxisScale.Linear ? axis.From(only, only + 1) : axis;
    }

    /// <summary>The axis of a quantity.</summary>
    /// <param name="label">What it shows; empty for nothing.</param>
    /// <param name="quantity">What is drawn.</param>
    /// <param name="values">All values that are drawn.</param>
    /// <param name="isLogarithmic">How it is spaced; null for what suits the values.</param>
    /// <exception cref="UsageException">A logarithm is asked for of what has none.</exception>
    public static Axis Vertical(string label, PlotQuantity quantity, IEnumerable<double> values, bool? isLogarithmic)
    {
        double[] own = [.. values];
        return isLogarithmic == true && own.Any(value => value < 0)
            ? throw UsageException.Of("--y", "log", $"linear, as '{quantity.Name}' has values below 0")
            : QuantityAxis.Of(label, quantity.Of, own, isLogarithmic);
    }

    /// <summary>A picture's width: a panel stays readable, and no picture is wider than a page.</summary>
    public static double WidthOf(int panels, bool isMap = false) => Math.Clamp((isMap ? 560 : 400) * panels, 560, 1200);

    /// <summary>What runs have in common, for a line below the title.</summary>
    public static string Settings(IReadOnlyList<RunRecipe> recipes)
    {
        RunRecipe first = recipes[0];
        List<string> parts = [];
        Add("dimension", $"d = {Texts.Of(first.Dimension)}");
        Add("invariant-rank", $"r1 = {Texts.Of(first.InvariantRank)}");
        Add("spurious-rank", $"r2 = {Texts.Of(first.SpuriousRank)}");
        Add("samples", first.Measurements == MeasurementKind.Population ? "m = ∞" : $"m = {Texts.Of(first.Samples)}");
        Add("step-size", $"η = {Texts.Of(first.StepSize)}");
        if (first.Environments.IsListed && IsCommon("environments"))
        {
            parts.Add($"{Texts.Of(first.Environments.List.Count)} environments");
        }
        else if (!first.Environments.IsListed && IsCommon("spurious-mean") && IsCommon("environments"))
        {
            string law = first.Law == ScalarLaw.Uniform ? ", uniform" : "";
            parts.Add($"s = {Texts.Of(first.SpuriousMean)} ± {(IsCommon("spread") ? Texts.Of(first.Spread) : "M")}{law}");
        }

        return string.Join(", ", parts);

        void Add(string option, string text)
        {
            if (IsCommon(option))
            {
                parts.Add(text);
            }
        }

        bool IsCommon(string option) => recipes.DistinctBy(RunOptions.Find(option)!.TextOf).Count() == 1;
    }

    /// <summary>What medians and bands are of, for the small print.</summary>
    public static string OfSeeds(long seeds, ulong? first, bool isMap = false)
    {
        (string what, string gone) = isMap
            ? ("Median", "gray cells are those where half of the runs have")
            : ("Median and 10–90 % band", "where a line ends, half of the runs have");
        return string.Create(
            CultureInfo.InvariantCulture, $"{what} over {seeds} {(seeds == 1 ? "seed" : "seeds")}{(first is { } seed ? $" from {seed}" : " a cell")}. A run that diverged counts as infinite: {gone}.");
    }

    /// <summary>Whether a number of a manifest is that of a table, to the bit.</summary>
    public static bool Same(JsonElement element, double number) => element.ValueKind switch
    {
        JsonValueKind.Null => double.IsNaN(number),
        JsonValueKind.Number => element.GetDouble() == number,
        JsonValueKind.String => double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double word) && word.Equals(number),
        _ => false,
    };

    /// <summary>Whether ascending numbers have even ratios rather than even differences: they are meant to be spaced by their logarithm.</summary>
    private static bool IsEven(double[] ascending)
    {
        if (ascending.Length < 3 || ascending[0] <= 0)
        {
            return false;
        }

        double[] ratios = [.. ascending.Zip(ascending.Skip(1), (a, b) => Math.Log(b / a))], differences = [.. ascending.Zip(ascending.Skip(1), (a, b) => b - a)];
        return ratios.Max() / ratios.Min() < Math.Sqrt(differences.Max() / differences.Min());
    }
}
