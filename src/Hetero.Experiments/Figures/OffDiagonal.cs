using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// What entries off the diagonal of Σ^(e) do. The paper says after (7) that recovery fails when they are of the order of the diagonal, and
/// shows nothing. Directions have their own draws and the subspaces are orthogonal, so that without these entries every spurious direction dies out
/// (E log|1 + ηs| = −0.03 at M = 8, mean 1).
/// </summary>
/// <param name="common">The recipe that all groups share; smaller ones than the figure's are for tests.</param>
/// <param name="factors">The number of factors behind a Lyapunov exponent.</param>
internal sealed class OffDiagonal(RunRecipe common, int factors) : Figure<(OffDiagonalGroup[] Groups, LyapunovEstimate[][] Exponents)>
{
    private static readonly int[] TrainedRanks = [2, 3];
    internal static readonly int[] ExponentRanks = [2, 3, 5];
    private static readonly double[] Ratios = [0, 0.25, 0.5, 1];
    internal static readonly double[] ExponentRatios = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];

    private static readonly RowQuantity[] Quantities = [RowQuantity.Signal, RowQuantity.Spurious, RowQuantity.Error];

    /// <summary>The experiment.</summary>
    public OffDiagonal()
        : this(
            new RunRecipe
            {
                Dimension = 60, InvariantRank = 1, Spread = 8, OwnDraws = true, Orthogonal = true, Steps = 400, Every = 4,
            },
            400_000)
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>The number of factors behind a Lyapunov exponent.</summary>
    internal int Factors => factors;

    public override string Name => "off-diagonal";

    public override string Description
        => $"entries off the diagonal of the spurious signals, of size o = 0…M (M = {Texts.Of(common.Spread)}, d = {common.Dimension}, r2 = 2 and 3)";

    public override (FigureNumbers Numbers, (OffDiagonalGroup[] Groups, LyapunovEstimate[][] Exponents) Data) Compute(FigureRequest request)
    {
        OffDiagonalGroup[] groups = Groups(request.Seed);
        SeedSweep[] sweeps =
        [
            .. groups.Select(group => new SeedSweep(
                NameOf(group), group.Recipe with { Seed = request.Seed }, withSingleRun: false)),
        ];
        request.Train(sweeps);
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i].Bands = [.. Quantities.Select(quantity => sweeps[i].Band(quantity.Of))];
            groups[i].Late = Quantiles.OfSorted(sweeps[i].LateMeans(row => row.Spurious), 0.5);
            groups[i].Diverged = sweeps[i].Diverged;
        }

        LyapunovEstimate[][] exponents = Exponents(request);
        FigureNumbers numbers = new()
        {
            Table = CreateTable(groups, exponents),
            Verdicts = Judge(groups, exponents),
            Sweeps = sweeps,
        };
        return (numbers, (groups, exponents));
    }

    /// <summary>What is trained, before anything is computed.</summary>
    internal OffDiagonalGroup[] Groups(ulong seed) =>
    [
        .. TrainedRanks.SelectMany(rank => Ratios.Select(ratio => new OffDiagonalGroup(
            rank, ratio, common with { Seed = seed, SpuriousRank = rank, OffDiagonal = ratio * common.Spread }))),
    ];

    /// <summary>For each rank and ratio the top exponent; the products are independent of the runs' environments.</summary>
    private LyapunovEstimate[][] Exponents(FigureRequest request)
    {
        LyapunovEstimate[][] exponents = [.. ExponentRanks.Select(_ => new LyapunovEstimate[ExponentRatios.Length])];
        request.InParallel(
            ExponentRanks.Length * ExponentRatios.Length,
            i =>
            {
                (int rank, int ratio) = Math.DivRem(i, ExponentRatios.Length);
                DiagonalEnvironments diagonal = DiagonalEnvironments.TwoPoint(
                    ExponentRanks[rank], common.SpuriousMean, common.Spread, ownDraws: true);
                exponents[rank][ratio] = LyapunovEstimate.Of(
                    new OffDiagonalEnvironments(diagonal, ExponentRatios[ratio] * common.Spread), common.StepSize, request.Seed, factors);
            });
        return exponents;
    }

    private CsvTable CreateTable(OffDiagonalGroup[] groups, LyapunovEstimate[][] exponents)
    {
        CsvTable table = new("spurious_rank", "off_diagonal_over_spread", "step", "quantity", "median", "q10", "q90");
        foreach (OffDiagonalGroup group in groups)
        {
            for (int row = 0; row < group.Bands[0].Median.Length; row++)
            {
                for (int q = 0; q < Quantities.Length; q++)
                {
                    QuantileBand band = group.Bands[q];
                    table.Add(
                        Texts.Of(group.Rank),
                        Texts.Of(group.Ratio),
                        Texts.Of(row * common.Every),
                        Quantities[q].Name,
                        CsvTable.Cell(band.Median[row]),
                        CsvTable.Cell(band.Low[row]),
                        CsvTable.Cell(band.High[row]));
                }
            }
        }

        for (int rank = 0; rank < ExponentRanks.Length; rank++)
        {
            for (int i = 0; i < ExponentRatios.Length; i++)
            {
                // Not quantiles here: the estimate, and two standard errors to either side.
                LyapunovEstimate exponent = exponents[rank][i];
                table.Add(
                    Texts.Of(ExponentRanks[rank]),
                    Texts.Of(ExponentRatios[i]),
                    "",
                    "lyapunov_exponent_and_2_standard_errors",
                    CsvTable.Cell(exponent.Value),
                    CsvTable.Cell(Math.Round(exponent.Value - (2 * exponent.StandardError), 6)),
                    CsvTable.Cell(Math.Round(exponent.Value + (2 * exponent.StandardError), 6)));
            }
        }

        return table;
    }

    /// <remarks>
    /// With an exponent λ above 0 the spurious part grows until saturation holds it: a dominant direction q loses ηq² on average of the growth of
    /// its logarithm, so that E q² = λ/η to first order, and the share is at least about λ/(η·r2) on average over time. At a single step it
    /// spreads over decades, and its median says little.
    /// </remarks>
    private List<Verdict> Judge(OffDiagonalGroup[] groups, LyapunovEstimate[][] exponents)
    {
        LyapunovEstimate Exponent(int rank, double ratio) => exponents[Array.IndexOf(ExponentRanks, rank)][Array.IndexOf(ExponentRatios, ratio)];
        OffDiagonalGroup Of(int rank, double ratio) => groups.Single(g => g.Rank == rank && g.Ratio == ratio);
        (double mean, double spread, double rate) = (common.SpuriousMean, common.Spread, common.StepSize);
        double diagonal = 0.5 * (Math.Log(Math.Abs(1 + (rate * (mean + spread)))) + Math.Log(Math.Abs(1 + (rate * (mean - spread)))));
        LyapunovEstimate failing = Exponent(3, 1);
        List<Verdict> verdicts =
        [
            .. TrainedRanks.Select(rank => Verdict.Below($"r2 = {rank}, o = 0: median of the late spurious share", Of(rank, 0).Late, 0.05)),
            .. TrainedRanks.Select(rank => Verdict.Above(
                $"r2 = {rank}, o = 0: median true share at the last step", Of(rank, 0).Bands[0].Median[^1], 0.9)),
            Verdict.Below(
                "r2 = 2, o = 0: distance of the exponent from E log|1 + ηs|, in standard errors",
                Math.Abs(Exponent(2, 0).Value - diagonal) / Exponent(2, 0).StandardError,
                4),
            Verdict.Above(
                "r2 = 3, o = M: exponent less 4 standard errors (above 0: cannot die out)", failing.Value - (4 * failing.StandardError), 0),
            Verdict.Above(
                "r2 = 3, o = M: median of the late spurious share, at least half of exponent/(η·r2)",
                Of(3, 1).Late,
                Math.Round(0.5 * failing.Value / (3 * rate), 3)),
            Verdict.Above("r2 = 3: median error at the last step, o = M over o = 0", Of(3, 1).Bands[2].Median[^1] / Of(3, 0).Bands[2].Median[^1], 2),
        ];
        foreach (OffDiagonalGroup group in groups)
        {
            LyapunovEstimate exponent = Exponent(group.Rank, group.Ratio);
            verdicts.Add(Verdict.Information($"{NameOf(group)}: exponent", exponent.Value, Error(exponent)));
            verdicts.Add(Verdict.Information(
                $"{NameOf(group)}: median of the late spurious share",
                group.Late,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"last step: share {group.Bands[1].Median[^1]:0.####}, error {group.Bands[2].Median[^1]:0.###}; {group.Diverged} diverged")));
        }

        foreach (int rank in TrainedRanks)
        {
            DiagonalEnvironments wide = DiagonalEnvironments.TwoPoint(rank, mean, 1.5 * spread, ownDraws: true);
            LyapunovEstimate exponent = LyapunovEstimate.Of(new OffDiagonalEnvironments(wide, 1.5 * spread), rate, groups[0].Recipe.Seed, factors);
            verdicts.Add(Verdict.Information(
                $"r2 = {rank}, o = M = {Texts.Of(1.5 * spread)}: exponent", exponent.Value, Error(exponent)));
        }

        return verdicts;
    }

    private static string Error(LyapunovEstimate exponent)
        => string.Create(CultureInfo.InvariantCulture, $"± {exponent.StandardError:0.#####}");

    private static string NameOf(OffDiagonalGroup group) => $"r2 = {group.Rank}, o/M = {Texts.Of(group.Ratio)}";
}
