using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Reproduce;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Sequences;
using Hetero.Experiments.Figures;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>The two pictures of the proof: their files, their numbers against plain ones, and that what they expect can be missed.</summary>
public class ProofFigureTests
{
    private const string BarrierColumns = "run,step,signal_norm,lower,reference,upper,spurious_norm,controller,calibration,barrier";

    [Theory]
    [InlineData("barrier", BarrierColumns, 2)]
    [InlineData("supermartingale", "law,gamma,spread,lower,upper", 0)]
    public void Numbers_picture_and_manifest(string name, string header, int runs)
    {
        using TemporaryDirectory directory = new();
        using StringWriter output = new();
        CommandContext context = new(output, TextWriter.Null, TerminalWidth: null, default);
        Assert.Equal(0, ReproduceCommand.Execute([SmallFigures.Of(name)], new ReproduceRequest(directory.Path, 3, 1, IsQuick: true, 2), context));
        Assert.Equal([$"{name}.csv", $"{name}.json", $"{name}.svg"], directory.Names);
        string[] lines = File.ReadAllLines(directory.File($"{name}.csv"));
        Assert.Equal(header, lines[0]);
        Assert.All(lines[1..], line => Assert.Equal(header.Split(',').Length, line.Split(',').Length));
        Assert.Equal("svg", XDocument.Load(directory.File($"{name}.svg")).Root!.Name.LocalName);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File($"{name}.json")));
        Assert.Equal(runs, manifest.RootElement.GetProperty("runs").GetArrayLength());
        Assert.NotEqual(0, manifest.RootElement.GetProperty("verdicts").GetArrayLength());
    }

    [Fact]
    public void The_barriers_numbers_follow_their_recursions()
    {
        FigureRequest request = new(1, 2, 2);
        IReadOnlyList<IReadOnlyList<string>> rows = SmallFigures.Barrier.Compute(request).Numbers.Table.Rows;
        double[][] first = [.. rows.Where(row => row[0] == "M = 20").Select(row => row.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        double eta = 0.05, alpha = 0.1, slope = 40 * 21 * Math.Sqrt(6e-9) * Math.Sqrt(2), drift = eta / (32 * Math.Log(10)), factor = Math.Pow(200 * Math.Log(6), 1.5);
        (double r, double lower, double upper) = (alpha, alpha, alpha);
        for (int t = 0; t < first.Length; t++)
        {
            Assert.Equal(t, first[t][0]);
            Assert.Equal(lower, first[t][2], 1e-12);
            Assert.Equal(r, first[t][3], 1e-12);
            Assert.Equal(upper, first[t][4], 1e-12);
            Assert.Equal(Math.Max(alpha, slope * r), first[t][7], 1e-12);
            Assert.Equal(factor * first[t][7], first[t][8], 1e-9 * first[t][8]);
            Assert.True(first[t][6] >= first[t][7]);
            (lower, upper) = (lower + (eta * lower * (1 - (lower * lower))) - (drift * upper), upper + (eta * upper * (1 - (upper * upper))) + (drift * upper));
            r += eta * r * (1 - (r * r));
        }

        // The controller multiplies by 1 + ηs + 2η, s = 1 ± 20, or is reflected.
        for (int t = 1; t < first.Length; t++)
        {
            double ratio = first[t][6] / first[t - 1][6];
            Assert.True(Math.Abs(ratio - 2.15) < 1e-9 || Math.Abs(ratio - 0.15) < 1e-9 || first[t][6] == first[t][7], $"{t}: {ratio}");
        }
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1.05, 1, false)]
    [InlineData(0.95, 1, false)]
    [InlineData(1, 3, false)]
    [InlineData(1, double.PositiveInfinity, false)]
    public void The_barrier_wants_the_signal_between_its_sequences_and_the_column_below_its_controller(double signal, double spurious, bool met)
    {
        BarrierPath Path(double spread, double stepSize, double ripConstant)
        {
            EnvironmentDistribution environments = DiagonalEnvironments.TwoPoint(1, 1, spread);
            TheoryQuantities quantities = TheoryQuantities.Of(environments, new TheoryParameters { StepSize = stepSize, Dimension = 5 });
            int last = quantities.Phases!.ConvergenceEnd;
            BarrierPath path = new(new CalibrationLine(new AuxiliarySequences(stepSize, 1e-3, last), 1 + spread, ripConstant, 1, 1), quantities);
            for (int t = 0; t <= last; t++)
            {
                // Up and down in turn: the controller rises to 2.15·L_t at most.
                double s = 1 + (t % 2 == 0 ? -spread : spread);
                path.Add(t, path.Sequences.Reference[t] * (t == 50 ? signal : 1), 0.5e-3, s);
                path.Spurious[t] = t == 40 ? spurious * path.Controller[t] : Math.Pow(0.9, t) * 1e-3;
            }

            return path;
        }

        BarrierPath inside = Path(20, 0.05, 0);

        // One large excursion of the controller, which the verdict on it wants to see.
        inside.Controller[60] = 100 * inside.Line.Values[60];
        Assert.Equal(met, ProofBarrier.Judge([Path(20, 0.05, 1e-6)], inside).All(verdict => verdict.Met != false));
    }

    [Fact]
    public void The_supermartingale_wants_nested_regions_with_exact_ends()
    {
        SupermartingaleRegion[] regions = new Supermartingale(41).Regions();
        Assert.All(Supermartingale.Judge(regions), verdict => Assert.NotEqual(false, verdict.Met));
        Missed(region => region with { Set = [new StepSizeInterval(1.2 * region.Lower, region.Upper)] });
        Missed(region => region with { Set = [new StepSizeInterval(region.Lower, 1.2 * region.Upper)] });
        Missed(region => region with { Set = [new StepSizeInterval(100 * region.Lower, region.Upper)] });
        Missed(region => region with { Set = [] });
        Missed(region => region with { Set = [new StepSizeInterval(region.Lower, region.Upper), new StepSizeInterval(region.Upper, 2 * region.Upper)] });

        void Missed(Func<SupermartingaleRegion, SupermartingaleRegion> change)
        {
            foreach (double gamma in new[] { 1.0 / 3, 1 })
            {
                int at = Array.FindIndex(regions, region => region.Gamma == gamma && region.Spread > 10_000);
                SupermartingaleRegion[] changed = [.. regions];
                changed[at] = change(regions[at]);
                Assert.Contains(Supermartingale.Judge(changed), verdict => verdict.Met == false);
            }
        }
    }
}
