using System.Globalization;
using Hetero.Core.Statistics;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Theorem 2's two scalings: the error of the estimate falls like √(d/m), and the number of steps to the invariant signal grows like log(1/α)/η. M = 8 at η = 0.05,
/// where the spurious part dies out though the theorem's own window is empty.
/// </summary>
/// <param name="common">The recipe that all groups share; smaller ones than the figure's are for tests.</param>
/// <param name="reach">ηT of the runs for the error; log(1/α) + 6 leads beyond the convergence of R_t.</param>
internal sealed class SampleComplexity(RunRecipe common, double reach = 13) : Figure<ScalingPoint[]>
{
    private const double Level = 0.95;
    private const double Share = 0.9;
    private const int Doublings = 7;

    // The smallest m of each d; different m/d, so that the points do not lie upon each other.
    private static readonly (int Dimension, long Samples)[] Starts = [(10, 250), (20, 640), (40, 1600)];
    private static readonly double[] StepSizes = [0.035, 0.05, 0.1];
    private static readonly double[] Scales = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>The experiment.</summary>
    public SampleComplexity()
        : this(new RunRecipe { Dimension = 16, Spread = 8, Orthogonal = true })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>ηT of the runs for the error.</summary>
    internal double Reach => reach;

    public override string Name => "sample-complexity";

    public override string Description => "Theorem 2's scalings: the error against d/m, the steps to the true signal against log(1/α)/η (M = 8, r1 = r2 = 1)";

    public override long SeedCount(int seeds) => (long)Points(0, seeds).Length * seeds;

    public override (FigureNumbers Numbers, ScalingPoint[] Data) Compute(FigureRequest request)
    {
        ScalingPoint[] points = Points(request.Seed, request.Seeds);
        SeedSweep[] sweeps = [.. points.Select(point => new SeedSweep(point.Title, point.Recipe, withSingleRun: false))];
        request.Train(sweeps);
        for (int i = 0; i < points.Length; i++)
        {
            points[i].Measure(sweeps[i], Share);
        }

        return (new FigureNumbers { Table = CreateTable(points), Verdicts = Judge(points), Sweeps = sweeps }, points);
    }

    /// <summary>What is trained. Every point has seeds of its own, one block after another, so that the fitted points are independent.</summary>
    internal ScalingPoint[] Points(ulong seed, int seeds)
    {
        int errorSteps = (int)Math.Ceiling(reach / common.StepSize);
        IEnumerable<(bool IsTime, string Title, RunRecipe Recipe)> errors =
            from start in Starts
            from doubling in Enumerable.Range(0, Doublings + 1)
            let samples = start.Samples << doubling
            select (false, $"d = {start.Dimension}, m = {samples}", common with
            {
                Dimension = start.Dimension,
                Samples = samples,
                Steps = errorSteps,
                Every = errorSteps,
            });
        IEnumerable<(bool IsTime, string Title, RunRecipe Recipe)> times =
            from stepSize in StepSizes
            from scale in Scales
            select (true, $"η = {Texts.Of(stepSize)}, α = {Texts.Of(scale)}", common with
            {
                StepSize = stepSize,
                InitialScale = scale,
                Steps = (int)Math.Ceiling((1.1 * Math.Log(1 / scale) / stepSize) + (3 / stepSize)),
                Every = 1,
            });
        return
        [
            .. errors.Concat(times).Select((point, i) => new ScalingPoint(
                point.IsTime, point.Title, point.Recipe with { Seed = seed + ((ulong)i * (ulong)seeds) })),
        ];
    }

    /// <summary>What must be seen.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<ScalingPoint> points)
    {
        List<Verdict> verdicts = [];
        foreach (int dimension in points.Where(p => !p.IsTime).Select(p => p.Recipe.Dimension).Distinct())
        {
            ScalingPoint[] own = [.. points.Where(p => !p.IsTime && p.Recipe.Dimension == dimension)];
            ConfidenceInterval exponent = Exponent(own);
            string name = $"d = {dimension}: β in error ∝ (d/m)^β";
            verdicts.Add(Verdict.Above($"{name}, lower end of its {Texts.Of(100 * Level)} % interval", exponent.Lower, 0.4));
            verdicts.Add(Verdict.Below($"{name}, upper end of its {Texts.Of(100 * Level)} % interval", exponent.Upper, 0.6));
            verdicts.Add(Verdict.Information(name, exponent.Estimate, "0.5"));
            verdicts.Add(Verdict.Information(
                $"d = {dimension}: median error over √(d/m), mean over m",
                own.Average(p => p.Measured.Median / Math.Sqrt(p.Ratio)),
                string.Create(CultureInfo.InvariantCulture, $"{Prediction(own[0].Recipe):0.###} for d ≫ 2: √(η·E[s²]/2)")));
            verdicts.Add(Verdict.Information(
                $"d = {dimension}: 90 % quantile over √(d/m), largest over smallest m",
                own[^1].Measured.High / own[0].Measured.High * Math.Sqrt(own[0].Ratio / own[^1].Ratio),
                "near 1; by (10) it would fall"));
        }

        ScalingPoint[] times = [.. points.Where(p => p.IsTime)];
        foreach (double stepSize in times.Select(p => p.Recipe.StepSize).Distinct())
        {
            ScalingPoint[] own = [.. times.Where(p => p.Recipe.StepSize == stepSize)];
            (double slope, _, double deviation) = Line(own);
            string name = $"η = {Texts.Of(stepSize)}: T against log(1/α)/η";
            verdicts.Add(Verdict.Between($"{name}, slope", slope, 0.95, 1.15));
            verdicts.Add(Verdict.Below($"{name}, largest distance of a median from the line, of T", deviation, 0.05));
        }

        (double all, double offset, double spread) = Line(times);
        verdicts.Add(Verdict.Between("all η together: slope of T against log(1/α)/η", all, 0.9, 1.2));
        verdicts.Add(Verdict.Below("all η together: largest distance of a median from T = a·log(1/α)/η + b/η, of T", spread, 0.1));
        verdicts.Add(Verdict.Information("all η together: b", offset, "½·log 9 = 1.1 for small η, from (25)"));
        return verdicts;
    }

    /// <summary>β with its interval, from −∞ to +∞ if a median is not finite, so that nothing is met.</summary>
    private static ConfidenceInterval Exponent(ScalingPoint[] points)
        => points.All(p => double.IsFinite(p.Measured.Median) && p.Measured.Median > 0)
            ? PowerLawFit.Fit([.. points.Select(p => p.Ratio)], [.. points.Select(p => p.Measured.Median)], Level).Slope
            : new ConfidenceInterval(double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, Level);

    /// <summary>
    /// The line ηT = a·log(1/α) + b by least squares, and the largest relative distance of a point from it. In these units the errors of all η are of one size.
    /// </summary>
    private static (double Slope, double Offset, double Deviation) Line(ScalingPoint[] points)
    {
        double[] x = [.. points.Select(p => p.LogScale)], y = [.. points.Select(p => p.Recipe.StepSize * p.Measured.Median)];
        double meanX = x.Average(), meanY = y.Average();
        double slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        double offset = meanY - (slope * meanX);
        double deviation = x.Zip(y, (a, b) => Math.Abs((b - offset - (slope * a)) / b)).Max();
        return (slope, offset, double.IsFinite(slope) ? deviation : double.PositiveInfinity);
    }

    /// <summary>The error over √(d/m) that noise along R_t leaves in the long run: the residual, −s·vvᵀ, never vanishes.</summary>
    internal static double Prediction(RunRecipe recipe)
        => Math.Sqrt(recipe.StepSize * ((recipe.SpuriousMean * recipe.SpuriousMean) + (recipe.Spread * recipe.Spread)) / 2);

    private static CsvTable CreateTable(ScalingPoint[] points)
    {
        CsvTable table = new("quantity", "dimension", "samples", "step_size", "init_scale", "x", "median", "q10", "q90");
        foreach (ScalingPoint point in points)
        {
            table.Add(
                point.IsTime ? "first_step_above_0.9" : "error",
                Texts.Of(point.Recipe.Dimension),
                point.Recipe.Samples.ToString(CultureInfo.InvariantCulture),
                CsvTable.Cell(point.Recipe.StepSize),
                CsvTable.Cell(point.Recipe.InitialScale),
                CsvTable.Cell(point.IsTime ? Math.Round(point.LogScale / point.Recipe.StepSize, 6) : point.Ratio),
                CsvTable.Cell(point.Measured.Median),
                CsvTable.Cell(point.Measured.Low),
                CsvTable.Cell(point.Measured.High));
        }

        return table;
    }
}
