using System.Globalization;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Quantities;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Theory;

/// <summary>Prints the numbers for people: symbol, value, where it stands in the paper, and what it means.</summary>
internal static class TheoryTable
{
    private const string Sharp = "beyond (45)";

    public static void Write(TextWriter writer, RunRecipe recipe, TheoryQuantities quantities)
    {
        TheoryParameters parameters = quantities.Parameters;
        string law = recipe.Environments.IsListed
            ? string.Create(CultureInfo.InvariantCulture, $"{Shown.Of(recipe.EnvironmentsText)}, {recipe.Environments.List.Count} environments")
            : $"{recipe.EnvironmentsText}, mean {Texts.Of(recipe.SpuriousMean)}, M = {Texts.Of(recipe.Spread)}"
                + (recipe is { OwnDraws: true, SpuriousRank: > 1 }
                    ? ", drawn for each direction: no number here depends on how directions vary together"
                    : "")
                + (recipe.OffDiagonal > 0 ? $", off the diagonal {Texts.Of(recipe.OffDiagonal)}" : "");
        writer.WriteLine(
            $"d = {parameters.Dimension}, r1 = {parameters.InvariantRank}, r2 = {recipe.SpuriousRank}, m = {parameters.Samples}, "
            + $"η = {Texts.Of(parameters.StepSize)}, α = {Texts.Of(parameters.InitialScale)}, γ = {Number(parameters.Gamma)}, c_v = {Texts.Of(parameters.ViolationConstant)}");
        writer.WriteLine($"environments: {law}");
        Section(writer, "Heterogeneity and step sizes", Heterogeneity(quantities));
        EntryQuantities[] distinct = [.. quantities.Directions.Distinct()];
        foreach (EntryQuantities direction in distinct)
        {
            int[] indices = [.. Enumerable.Range(0, quantities.Directions.Count).Where(i => quantities.Directions[i] == direction).Select(i => i + 1)];
            string which = distinct.Length == 1 ? indices.Length == 1 ? "The spurious direction" : $"Each of the {indices.Length} spurious directions"
                : $"Spurious direction {string.Join(", ", indices)}";
            Section(writer, $"{which}: s = Σ_ii from {Number(direction.Law.Minimum)} to {Number(direction.Law.Maximum)}", Direction(direction));
        }

        Section(writer, "Errors", Errors(quantities));
        Section(writer, "Phases", Phases(quantities));
    }

    private static IEnumerable<string[]> Heterogeneity(TheoryQuantities quantities)
    {
        SpuriousRegularity regularity = quantities.Regularity;
        double stepSize = quantities.Parameters.StepSize;
        yield return ["M1", Number(regularity.Bound), "(6)", "sup |Σ_ii|; every larger number does"];
        yield return ["M2", Number(regularity.Heterogeneity), "(6)", "min Var Σ_ii/(1 + |E Σ_ii|); every smaller number does"];
        yield return ["M1/M2", Number(regularity.BoundRatio), "(6)", "C_0 has to be larger"];
        if (regularity.OffDiagonal > 0)
        {
            yield return
                ["r2²·Σ|Σ_ij|", Number(regularity.OffDiagonal), "(7)", $"off the diagonal; c_o has to be {Number(regularity.DominanceConstant)} or more"];
        }

        yield return
        [
            "the paper's window",
            regularity.IsWindowEmpty ? "empty" : regularity.Window.ToString(),
            "Theorem 2",
            "(24/M2, 1/(64·M1))"
                + (regularity.IsWindowEmpty ? $" = {regularity.Window}; it opens for M2 > 1536·M1" : $"; η is {InOrOut(regularity.Window.Contains(stepSize))}"),
        ];
        yield return
        [
            "the sharp window",
            Set(quantities.StableStepSizes),
            Sharp,
            $"E log|1 + ηs| < 0, where the spurious part dies out; η is {InOrOut(quantities.StableStepSizes.Any(set => set.Contains(stepSize)))}"
                + (quantities.LyapunovExponent is null ? "; entries off the diagonal move it" : ""),
        ];
        if (quantities.Environments is Hetero.Core.Environments.DiagonalEnvironments or Hetero.Core.Environments.OffDiagonalEnvironments)
        {
            yield return
            [
                "the sharp M",
                quantities.StableSpreads is { } spreads ? $"({Number(spreads.Lower)}, {Number(spreads.Upper)})" : "none",
                Sharp,
                "half-widths M of this law for which it dies out at this η",
            ];
        }
    }

    private static IEnumerable<string[]> Direction(EntryQuantities direction) =>
    [
        ["E log|1 + ηs|", Number(direction.LyapunovExponent), Sharp, "growth of log‖q_t‖ in a step while q_t is small"],
        [
            "κ",
            direction.TailExponent is { } tail ? Number(tail) : "none",
            Sharp,
            direction.TailExponent switch
            {
                null => "E|1 + ηs|^κ = 1 has no solution above 0: q_t does not die out",
                double.PositiveInfinity => "|1 + ηs| ≤ 1 always: what is fed stays bounded",
                _ => "E|1 + ηs|^κ = 1: where q_t is fed, P(q > x) ∝ x^−κ",
            },
        ],
        ["E|1 + ηs|^(1−γ)", Moment(direction.MomentExcess), "section 4", Martingale(direction.MomentExcess, "‖q_t‖^(1−γ)")],
        ["E|1 + ηs + 2η|^(1−γ)", Moment(direction.DriftingMomentExcess), "(42)", Martingale(direction.DriftingMomentExcess, "X_{k,t}^(1−γ)")],
        ["first ≤ 1 for η in", Set(direction.SupermartingaleStepSizes), "section 4", "exact, for this γ"],
        ["second ≤ 1 for η in", Set(direction.DriftingStepSizes), "(42)", "exact, for this γ: where Lemma 7's conclusion holds"],
        [
            "the proof's window",
            direction.LemmaWindow.Lower < direction.LemmaWindow.Upper ? direction.LemmaWindow.ToString() : "empty",
            "(45)",
            "(4(2 + E s)/(γ·Var s), 1/(64·sup|s|))",
        ],
    ];

    private static IEnumerable<string[]> Errors(TheoryQuantities quantities) =>
    [
        ["δ", Number(quantities.RipConstant), "(10)", "√(d/m)"],
        ["δ allowed", Number(quantities.RipThreshold), "Assumption 3", "1/((M2·log d)^1.5·r2^2.5·√(r1 + r2)), with 1 for its constant"],
        [
            "p",
            Number(quantities.ViolationProbability),
            "Definition 4",
            "c_v/(M2·log d)" + (quantities.ViolationProbability < 1 ? "" : "; no probability: Definition 4 says nothing here"),
        ],
        ["δ* as printed", Number(quantities.PrintedDeltaStar), "Theorem 2", "(c_v·M2·log d)^1.5·δ·r2²·√(r1 + r2)"],
        ["δ* of Definition 4", Number(quantities.DeltaStar), "(64)", "p^−1.5·δ·r2²·√(r1 + r2): c_v^−1.5, not c_v^1.5; the same for c_v = 1 alone"],
        ["error", Number(quantities.ErrorBound), "(9)", "max(δ*²·√r1·M1², δ*·M1)·log² d with C = 1; it has no term for the start"],
    ];

    private static IEnumerable<string[]> Phases(TheoryQuantities quantities) => (quantities.Phases, quantities.GrowthBound) switch
    {
        ({ } phases, { } bound) =>
        [
            ["T1", Texts.Of(phases.GrowthEnd), "Lemma 5", $"first t with R_t of (25) in (1/3 − η, 1/3); at most {Number(bound)}"],
            ["T2", Texts.Of(phases.ConvergenceEnd), "Theorem 5", "T1 + log(1/α)/η, as its proof takes it"],
        ],
        (null, { } bound) => [["T1", "not counted", "Lemma 5", $"at most {Number(bound)}: too many steps to count them"]],
        _ => [["T1", "none", "Lemma 5", "α is 1/3 or above, beyond phase 1"]],
    };

    private static string Martingale(double excess, string power)
        => excess <= 0 ? $"{power} is a supermartingale" : $"{power} is no supermartingale: its mean grows";

    /// <summary>A moment with the digits in which it differs from 1.</summary>
    private static string Moment(double excess) => Math.Abs(excess) >= 1e-3 ? Number(1 + excess) : $"1 {(excess < 0 ? '−' : '+')} {Number(Math.Abs(excess))}";

    private static string InOrOut(bool isIn) => isIn ? "in it" : "not in it";

    private static string Set(IReadOnlyList<StepSizeInterval> intervals) => intervals.Count == 0 ? "none" : string.Join(" ∪ ", intervals);

    /// <summary>Six digits.</summary>
    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static void Section(TextWriter writer, string title, IEnumerable<string[]> lines)
    {
        string[][] rows = [.. lines];
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
        writer.WriteLine();
        writer.WriteLine(title);
        foreach (string[] row in rows)
        {
            writer.WriteLine("  " + string.Join("  ", row.Select((cell, column) => column < widths.Length ? cell.PadRight(widths[column]) : cell)));
        }
    }
}
