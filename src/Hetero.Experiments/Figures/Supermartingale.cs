using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Where ‖q_t‖^{1−γ} is a supermartingale, E|1 + ηs|^{1−γ} ≤ 1, over M and η for several γ, with E log|1 + ηs| &lt; 0 as the limit γ → 1, and
/// Theorem 2's window.
/// Everything is exact; no random number is drawn.
/// </summary>
/// <param name="spreads">The number of values of M; fewer than the figure's are for tests.</param>
internal sealed class Supermartingale(int spreads) : Figure<SupermartingaleRegion[]>
{
    internal const double SpuriousMean = 1;
    internal const double LeastSpread = 2;
    internal const double LargestSpread = 20_000;
    internal const double NearSpread = 40;

    // So near to 1 that the region is that of the limit but for 1 − γ.
    private const double LimitGamma = 0.9999;

    internal static readonly double[] Gammas = [1.0 / 3, 0.5, 0.75];
    internal static readonly (string Name, ScalarLaw Law)[] Laws = [("two-point", ScalarLaw.TwoPoint), ("uniform", ScalarLaw.Uniform)];

    /// <summary>The figure.</summary>
    public Supermartingale()
        : this(161)
    {
    }

    public override string Name => "supermartingale";

    public override string Description => "where E|1 + ηs|^(1−γ) ≤ 1 over M and η for several γ, with E log|1 + ηs| < 0 as their limit and Theorem 2's window (mean 1)";

    public override long SeedCount(int seeds) => 1;

    public override int LeastSeeds => 1;

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, SupermartingaleRegion[] Data) Compute(FigureRequest request)
    {
        SupermartingaleRegion[] regions = Regions();
        FigureNumbers numbers = new()
        {
            Table = CreateTable(regions),
            Verdicts = Judge(regions),
            Constants = [("spurious-mean", SpuriousMean), ("least-spread", LeastSpread), ("largest-spread", LargestSpread), ("spreads", spreads)],
        };
        return (numbers, regions);
    }

    /// <summary>All regions: for each law and M those of the values of γ, ascending, and of the limit.</summary>
    internal SupermartingaleRegion[] Regions() =>
    [
        .. from law in Laws
           from spread in Spreads()
           let own = LawOf(law.Law, spread)
           from gamma in (double[])[.. Gammas, 1]
           select new SupermartingaleRegion(
               law.Name, gamma, spread, gamma == 1 ? StepSizeSets.Stable(own) : StepSizeSets.Supermartingale(own, 1 - gamma)),
    ];

    /// <summary>What must be seen. Moments are computed here once more, as plain sums.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<SupermartingaleRegion> regions)
    {
        List<Verdict> verdicts = [];
        foreach ((string name, ScalarLaw law) in Laws)
        {
            SupermartingaleRegion[] own = [.. regions.Where(region => region.Law == name && region.Set.Count > 0)];
            verdicts.Add(Verdict.Between($"{name}: intervals of a region, most", own.Max(region => region.Set.Count), 1, 1));
            verdicts.Add(Verdict.Above($"{name}: ends of a region beyond those of the next γ, least distance, relative", LeastStep(own), 0));
            verdicts.Add(Verdict.Below($"{name}: points near the ends on the wrong side, by plain sums", WrongSides(own, law), 1));
            verdicts.Add(Verdict.Below(
                $"{name}: points of a grid below 1 but in no region, by plain sums",
                regions.Where(region => region.Law == name).Sum(region => Missed(region, law)),
                1));
            verdicts.Add(Verdict.Below(
                $"{name}: distance of the region of γ = {Texts.Of(LimitGamma)} from its limit, largest, relative", LimitDistance(own, law), 0.01));
            (double lower, double upper) = Room(own, law);
            verdicts.Add(Verdict.Above($"{name}: lower end of Theorem 2's window over that for γ = 1/3, least", lower, 1));
            verdicts.Add(Verdict.Above($"{name}: upper end for γ = 1/3 over that of Theorem 2's window, least", upper, 1));
            if (law == ScalarLaw.TwoPoint)
            {
                verdicts.Add(Verdict.Below(
                    $"{name}: distance of the limit from 2·mean/(M² − mean²) and its upper end, largest, relative", ClosedDistance(own), 1e-9));
            }
        }

        return verdicts;
    }

    private double[] Spreads()
        => [.. Enumerable.Range(0, spreads).Select(i => LeastSpread * Math.Pow(LargestSpread / LeastSpread, i / (spreads - 1.0)))];

    internal static EntryLaw LawOf(ScalarLaw law, double spread)
        => law == ScalarLaw.TwoPoint ? EntryLaw.TwoPoint(SpuriousMean, spread) : EntryLaw.Uniform(SpuriousMean, spread);

    /// <summary>By how much regions grow with γ, as a share of their ends; below 0 if one does not lie within the next.</summary>
    private static double LeastStep(IReadOnlyList<SupermartingaleRegion> regions)
        => regions.GroupBy(region => region.Spread)
            .SelectMany(group => group.Zip(group.Skip(1), (inner, outer) => Math.Min((inner.Lower / outer.Lower) - 1, (outer.Upper / inner.Upper) - 1)))
            .Min();

    /// <summary>
    /// How many points 10 % beyond the ends, or a tenth of the way from one to the other within them, are not on the side that they should be.
    /// </summary>
    private static int WrongSides(IReadOnlyList<SupermartingaleRegion> regions, ScalarLaw law)
        => regions.Sum(region =>
        {
            double tenth = Math.Pow(region.Upper / region.Lower, 0.1);
            (double StepSize, bool IsInside)[] points =
                [(0.9 * region.Lower, false), (region.Lower * tenth, true), (region.Upper / tenth, true), (1.1 * region.Upper, false)];
            return points.Count(point => PlainMean(law, region.Spread, point.StepSize, region.Gamma) < 0 != point.IsInside);
        });

    /// <summary>
    /// How many step sizes between 0.1/M² and 10/M belong to the region and are not in it, which may be empty; those next to its ends do not count.
    /// </summary>
    private static int Missed(SupermartingaleRegion region, ScalarLaw law)
    {
        const int Points = 24;
        double first = 0.1 / (region.Spread * region.Spread), last = 10 / region.Spread;
        return Enumerable.Range(0, Points).Count(i =>
        {
            double stepSize = first * Math.Pow(last / first, i / (Points - 1.0));
            return PlainMean(law, region.Spread, stepSize, region.Gamma) < -1e-5 && !region.Set.Any(interval => interval.Contains(stepSize));
        });
    }

    /// <summary>
    /// E|1 + ηs|^(1−γ) − 1, or E log|1 + ηs| for γ = 1: over two points, or over the middles of a thousand parts, on either side of 1 + ηs = 0 the
    /// finer the nearer
    /// they are to it.
    /// </summary>
    private static double PlainMean(ScalarLaw law, double spread, double stepSize, double gamma)
    {
        const int Parts = 1000;
        double middle = 1 + (stepSize * SpuriousMean), half = stepSize * spread;
        return law == ScalarLaw.TwoPoint ? (Value(middle - half) + Value(middle + half)) / 2
            : half > middle ? (FromZero(half + middle) + FromZero(half - middle)) / (2 * half)
            : Enumerable.Range(0, Parts).Average(i => Value(middle + (half * (((2 * i) + 1.0 - Parts) / Parts))));

        double Value(double x) => gamma == 1 ? Math.Log(Math.Abs(x)) : Math.Pow(Math.Abs(x), 1 - gamma) - 1;

        double FromZero(double end) => end * Enumerable.Range(0, Parts).Average(i =>
        {
            double place = (i + 0.5) / Parts;
            return 3 * place * place * Value(end * place * place * place);
        });
    }

    private static double LimitDistance(IReadOnlyList<SupermartingaleRegion> regions, ScalarLaw law)
        => regions.Where(region => region.IsLimit).Max(limit =>
        {
            IReadOnlyList<StepSizeInterval> near = StepSizeSets.Supermartingale(LawOf(law, limit.Spread), 1 - LimitGamma);
            return near.Count == 0 ? double.PositiveInfinity
                : Math.Max(Math.Abs((near[0].Lower / limit.Lower) - 1), Math.Abs((near[^1].Upper / limit.Upper) - 1));
        });

    /// <summary>How much room Theorem 2's window leaves within the region of γ = 1/3, below and above, where it is not empty.</summary>
    private static (double Lower, double Upper) Room(IReadOnlyList<SupermartingaleRegion> regions, ScalarLaw law)
    {
        (double Lower, double Upper)[] rooms =
        [
            .. from region in regions
               where region.Gamma == Gammas[0]
               let regularity = RegularityOf(law, region.Spread)
               where !regularity.IsWindowEmpty
               select (regularity.Window.Lower / region.Lower, region.Upper / regularity.Window.Upper),
        ];
        return rooms.Length == 0 ? (double.NaN, double.NaN) : (rooms.Min(room => room.Lower), rooms.Min(room => room.Upper));
    }

    internal static SpuriousRegularity RegularityOf(ScalarLaw law, double spread) => SpuriousRegularity.Of(
        law == ScalarLaw.TwoPoint ? DiagonalEnvironments.TwoPoint(1, SpuriousMean, spread) : DiagonalEnvironments.Uniform(1, SpuriousMean, spread));

    private static double ClosedDistance(IReadOnlyList<SupermartingaleRegion> regions)
        => regions.Where(region => region.IsLimit).Max(limit =>
        {
            // (1 + η·mean)² − η²M² is 1 at the lower end and −1 at the upper one.
            double gap = (limit.Spread - SpuriousMean) * (limit.Spread + SpuriousMean);
            double lower = 2 * SpuriousMean / gap, upper = (SpuriousMean + Math.Sqrt((SpuriousMean * SpuriousMean) + (2 * gap))) / gap;
            return Math.Max(Math.Abs((limit.Lower / lower) - 1), Math.Abs((limit.Upper / upper) - 1));
        });

    private static CsvTable CreateTable(SupermartingaleRegion[] regions)
    {
        CsvTable table = new("law", "gamma", "spread", "lower", "upper");
        foreach (SupermartingaleRegion region in regions)
        {
            foreach (StepSizeInterval interval in region.Set)
            {
                table.Add(
                    region.Law,
                    region.IsLimit ? "limit" : CsvTable.Cell(region.Gamma),
                    CsvTable.Cell(region.Spread),
                    CsvTable.Cell(interval.Lower),
                    CsvTable.Cell(interval.Upper));
            }
        }

        foreach ((string name, ScalarLaw law) in Laws)
        {
            foreach (double spread in regions.Where(region => region.Law == name).Select(region => region.Spread).Distinct())
            {
                SpuriousRegularity regularity = RegularityOf(law, spread);
                if (!regularity.IsWindowEmpty)
                {
                    table.Add(name, "theorem2", CsvTable.Cell(spread), CsvTable.Cell(regularity.Window.Lower), CsvTable.Cell(regularity.Window.Upper));
                }
            }
        }

        return table;
    }
}
