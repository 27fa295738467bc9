using System.Globalization;
using System.Xml.Linq;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Plot;

/// <summary>hetero plot: where lines, bands, points and cells lie, by the numbers of tables made by hand.</summary>
public class PlotTests
{
    private const double Tolerance = 0.02;

    [Fact]
    public void Trajectories_lie_at_their_steps_and_logarithms_and_are_called_by_what_they_differ_in()
    {
        using TemporaryDirectory directory = new();
        string one = PlotSamples.WriteRun(directory, "one", 6);
        PlotSamples.WriteRun(directory, "two", 2);
        XElement svg = Draw(one, directory.File("two.json"), "--quantity", "spurious");
        Box box = Box.Of(svg);
        foreach (string line in new[] { "hc-line0", "hc-line1" })
        {
            // The axis goes from the least value, 10⁻⁶, to 1.
            AssertPoints([(0, 0), (0.25, 1 / 3.0), (1, 2 / 3.0)], box, PointsOf(svg, line).Single());
        }

        string[] texts = TextsOf(svg);
        Assert.Contains("spread 6", texts);
        Assert.Contains("spread 2", texts);
        Assert.Contains(texts, text => text.Contains("d = 100, r1 = 1, r2 = 1, m = 8000, η = 0.05, s = 1 ± M", StringComparison.Ordinal));
    }

    [Fact]
    public void Axes_are_spaced_as_they_are_asked_to_be_and_gaps_stay_gaps()
    {
        using TemporaryDirectory directory = new();
        string one = PlotSamples.WriteRun(directory, "one", 6);
        XElement svg = Draw(one, "--quantity", "signal,residual", "--y", "linear", "--x", "linear");
        Box box = Box.Of(svg);

        // From 0 to 1.1 at least.
        AssertPoints([(0, 0.1 / 1.1), (0.25, 0.2 / 1.1), (1, 0.3 / 1.1)], box, PointsOf(svg, "hc-line0").First());

        // The last residual is none.
        Assert.Equal([3, 2], PointsOf(svg, "hc-line0").Select(points => points.Count));
        Assert.Contains("one", TextsOf(Draw(one, directory.Write("three.csv", PlotSamples.Trajectory), directory.Write("three.json", PlotSamples.RunManifest("three.csv", 6, PlotSamples.Versions)))));
    }

    [Fact]
    public void Bands_of_a_comparison_are_medians_with_quantiles_around_them()
    {
        using TemporaryDirectory directory = new();
        directory.Write("bands.csv", PlotSamples.Bands);
        XElement svg = Draw(directory.Write("manifest.json", PlotSamples.CompareManifest), "--quantity", "spurious");
        Box box = Box.Of(svg);
        AssertPoints([(0, 0), (1, 1 / 3.0)], box, PointsOf(svg, "hc-line0").Single());

        // The second one ends where most of its runs have diverged.
        AssertPoints([(0, 0), (0.5, 2 / 3.0)], box, PointsOf(svg, "hc-line1").Single());
        AssertPoints([(0, 0), (1, 2 / 3.0), (1, 1 / 6.0), (0, 0)], box, PointsOf(svg, "hc-fill0").First());
        Assert.Contains("a, first", TextsOf(svg));
        Assert.Contains(TextsOf(svg), text => text.Contains("3 seeds from 1", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_a_comparison_is_points_with_whiskers()
    {
        using TemporaryDirectory directory = new();
        directory.Write("compare.json", PlotSamples.CompareManifest);
        XElement svg = Draw(directory.Write("methods.csv", PlotSamples.Methods), directory.File("compare.json"), "--quantity", "spurious");
        Assert.Contains("a, first", TextsOf(svg));
        Assert.Contains("b", TextsOf(svg));
    }

    [Fact]
    public void A_sweep_over_a_number_is_a_line_with_its_band_and_the_predicted_boundary()
    {
        using TemporaryDirectory directory = new();
        string folder = PlotSamples.WriteSweep(
            directory, PlotSamples.SweepManifest("\"spread\":[9,5,7]"), PlotSamples.Cells("spread", ("9", 1e-5), ("5", 1e-3), ("7", 1e-4)));
        XElement svg = Draw(folder, "--quantity", "spurious");
        Box box = Box.Of(svg);

        // From the least quantile, 10⁻⁶, to 1, in the order of M, whatever the table's.
        IReadOnlyList<(double X, double Y)> line = PointsOf(svg, "hc-line0").Single();
        double Place(double spread) => (line[0].X + ((spread - 5) / 4 * (line[2].X - line[0].X)) - box.Left) / (box.Right - box.Left);
        AssertPoints([(Place(5), 0.5), (Place(7), 1 / 3.0), (Place(9), 1 / 6.0)], box, line);
        AssertPoints(
            [(Place(5), 2 / 3.0), (Place(7), 0.5), (Place(9), 1 / 3.0), (Place(9), 0), (Place(7), 1 / 6.0), (Place(5), 1 / 3.0)], box, PointsOf(svg, "hc-fill0").First());

        // √41 = 6.403 at η = 0.05.
        Assert.Contains(TextsOf(svg), text => text.Contains("E log|1 + ηs| = 0", StringComparison.Ordinal));
        double boundary = PointsOf(svg, "hc-reference").Single()[0].X;
        Assert.Equal(box.Left + (Place(Math.Sqrt(41)) * (box.Right - box.Left)), boundary, 0.1);
    }

    // Inputs xxᵀ have another mean gradient, and cut responses another one still.
    [Theory]
    [InlineData("\"measurements\":\"rank-one\"")]
    [InlineData("\"measurements\":\"regenerated\",\"truncation\":30")]
    public void Where_the_mean_gradient_is_another_no_boundary_is_predicted(string option)
    {
        using TemporaryDirectory directory = new();
        string folder = PlotSamples.WriteSweep(
            directory,
            PlotSamples.SweepManifest("\"spread\":[9,5,7]").Replace("\"measurements\":\"population\"", option, StringComparison.Ordinal),
            PlotSamples.Cells("spread", ("9", 1e-5), ("5", 1e-3), ("7", 1e-4)));
        Assert.DoesNotContain(TextsOf(Draw(folder, "--quantity", "spurious")), text => text.Contains("E log", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sweep_over_words_has_a_line_for_each()
    {
        using TemporaryDirectory directory = new();
        (string, double)[] rows = [("hetero-sgd,1", 1e-5), ("hetero-sgd,2", 1e-4), ("pooled-gd,1", 1e-3), ("pooled-gd,2", 1e-2)];
        string folder = PlotSamples.WriteSweep(
            directory, PlotSamples.SweepManifest("\"algorithm\":[\"hetero-sgd\",\"pooled-gd\"],\"spread\":[1,2]"), PlotSamples.Cells("algorithm,spread", rows));
        XElement svg = Draw(folder, "--quantity", "spurious");
        Box box = Box.Of(svg);
        double[] heights = [.. new[] { "hc-line0", "hc-line1" }.SelectMany(line => PointsOf(svg, line).Single()).Select(point => (box.Bottom - point.Y) / (box.Bottom - box.Top))];
        Assert.Equal(4, heights.Length);
        Assert.All(heights.Zip([1 / 6.0, 1 / 3.0, 0.5, 2 / 3.0]), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.Contains("algorithm pooled-gd", TextsOf(svg));
        Assert.Equal(2, PointsOf(Draw(folder, "--quantity", "spurious_mean", "--y", "linear"), "hc-line0").Single().Count);
    }

    // Centers in order of M and η, colors a third and two thirds of viridis, and the curve (1 + η)² − η²M² = 1.
    [Fact]
    public void A_sweep_over_spread_and_step_size_is_a_heat_map_with_the_predicted_boundary()
    {
        using TemporaryDirectory directory = new();
        (string, double)[] rows =
        [
            .. from step in new[] { 0.02, 0.04, 0.08 }
               from spread in new[] { 4, 6, 8 }
               select (string.Create(CultureInfo.InvariantCulture, $"{step},{spread}"), step == 0.08 && spread == 8 ? double.PositiveInfinity : spread switch { 4 => 1e-2, 6 => 1e-4, _ => 1e-6 }),
        ];
        string folder = PlotSamples.WriteSweep(
            directory, PlotSamples.SweepManifest("\"step-size\":[0.02,0.04,0.08],\"spread\":[4,6,8]"), PlotSamples.Cells("step_size,spread", rows));
        XElement svg = Draw(folder, "--quantity", "spurious");
        XElement[] cells = [.. svg.Descendants().Where(element => element.Name.LocalName == "rect").Skip(1).Take(9)];
        Assert.Equal(["#35b779", "#31688e", "#440154", "#35b779", "#31688e", "#440154", "#35b779", "#31688e", null], cells.Select(cell => cell.Attribute("fill")?.Value));

        // The frame of a heat map has its cells from 3 to 9 in M and from 0.02/√2 to 0.08·√2 in η.
        (double left, double right, double top, double bottom) = Box.Of(svg);
        (double X, double Y)[] curve = [.. PointsOf(svg, "hc-line1").First()];
        Assert.True(curve.Length > 20);
        foreach ((double x, double y) in curve)
        {
            double spread = 3 + (6 * (x - left) / (right - left)), step = 0.02 / Math.Sqrt(2) * Math.Pow(8, (bottom - y) / (bottom - top));
            Assert.Equal(1, ((1 + step) * (1 + step)) - (step * step * spread * spread), 2e-3);
        }
    }

    [Fact]
    public void Options_in_step_are_drawn_over_the_first_of_them()
    {
        using TemporaryDirectory directory = new();
        string folder = PlotSamples.WriteSweep(
            directory,
            PlotSamples.SweepManifest("\"spread\":[2,4],\"step-size\":[0.1,0.05]", isZipped: true),
            PlotSamples.Cells("spread,step_size", ("2,0.1", 1e-4), ("4,0.05", 1e-2)));
        Assert.Equal(2, PointsOf(Draw(folder, "--quantity", "spurious"), "hc-line0").Single().Count);
    }

    [Fact]
    public void The_commands_own_tables_are_drawn_with_the_same_bytes_each_time()
    {
        using TemporaryDirectory directory = new();
        const string Small = "--dimension 6 --samples 40 --steps 8 --spread 3";
        Assert.Equal(0, CommandCall.Line($"run {Small} --out {directory.File("r.csv")} --json {directory.File("r.json")}").Code);
        Assert.Equal(0, CommandCall.Line($"run {Small} --seed 2 --precision single --out {directory.File("s.csv")} --json {directory.File("s.json")}").Code);
        Assert.Equal(
            0,
            CommandCall.Line(
                $"compare --method hetero-sgd --method pooled-sgd {Small} --seeds 3 --out {directory.File("c.csv")} --bands {directory.File("b.csv")} --json {directory.File("c.json")}").Code);
        string[][] calls = [["r.csv", "s.json"], ["c.csv"], ["c.json"], ["b.csv", "c.json"]];
        foreach (string[] names in calls)
        {
            string[] files = [.. names.Select(directory.File)];
            CommandCall first = CommandCall.Of(["plot", .. files]), again = CommandCall.Of(["plot", .. files, "--out", directory.File("p.svg")]);
            Assert.Equal((0, "", 0, "", ""), (first.Code, first.Error, again.Code, again.Error, again.Output));
            Assert.Equal(first.Output, File.ReadAllText(directory.File("p.svg")));
        }
    }

    // Two folders have a table of one name, one of them its manifest under another one, which is given; the other's stands beside it.
    [Fact]
    public void A_table_goes_with_the_manifest_of_its_folder()
    {
        using TemporaryDirectory directory = new();
        string[] tables = [.. new[] { "first", "second" }.Select(folder =>
        {
            Directory.CreateDirectory(directory.File(folder));
            return directory.Write(Path.Combine(folder, "run.csv"), PlotSamples.Trajectory);
        })];
        string given = directory.Write(Path.Combine("first", "manifest.json"), PlotSamples.RunManifest("elsewhere/run.csv", 6, PlotSamples.Versions));
        directory.Write(Path.Combine("second", "run.json"), PlotSamples.RunManifest("run.csv", 2, PlotSamples.Versions));
        string[] texts = TextsOf(Draw([.. tables, given, "--quantity", "spurious"]));
        Assert.Contains("spread 6", texts);
        Assert.Contains("spread 2", texts);

        // One that was written to standard output goes with the manifest that names none.
        string manifest = directory.Write("m.json", PlotSamples.RunManifest("-", 6, PlotSamples.Versions));
        Assert.NotEmpty(TextsOf(Draw(directory.Write("output.csv", PlotSamples.Trajectory), manifest)));
    }

    // From 10⁻² over 10 to 10⁵ beyond the axis, which ends at 100: a fourth of the way from step 10 to step 20.
    [Fact]
    public void A_line_that_leaves_the_picture_is_marked_where_it_does_and_the_end_of_the_run_is_said()
    {
        using TemporaryDirectory directory = new();
        string table = directory.Write("run.csv", PlotSamples.Diverging);
        directory.Write("run.json", PlotSamples.DivergedManifest);
        XElement svg = Draw(table, "--quantity", "spurious");
        Box box = Box.Of(svg);
        XElement mark = Assert.Single(svg.Descendants(), element => element.Name.LocalName == "circle");
        Assert.Equal(box.Left + (12.5 / 20 * (box.Right - box.Left)), (double)mark.Attribute("cx")!, Tolerance);
        Assert.Equal(box.Top, (double)mark.Attribute("cy")!, Tolerance);
        string text = string.Join(' ', TextsOf(svg));
        Assert.Contains("The run diverged at step 23.", text, StringComparison.Ordinal);
        Assert.Contains("A mark on the upper edge", text, StringComparison.Ordinal);

        // Other pictures have neither.
        Assert.DoesNotContain("upper edge", string.Join(' ', TextsOf(Draw(PlotSamples.WriteRun(directory, "other", 6)))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_diverged_has_a_mark_on_the_upper_edge()
    {
        using TemporaryDirectory directory = new();
        directory.Write("compare.json", PlotSamples.CompareManifest);
        XElement svg = Draw(directory.Write("methods.csv", PlotSamples.Methods), directory.File("compare.json"), "--quantity", "spurious");
        Box box = Box.Of(svg);
        IEnumerable<XElement> paths = svg.Descendants().Where(element => element.Name.LocalName == "path" && (string?)element.Attribute("class") == "hc-fill1");
        (double X, double Y)[] squares =
            [.. paths.Select(path => path.Attribute("d")!.Value.Split('M', 'L', 'Z').SelectMany(Numbers).ToArray()).Select(ends => ((ends[0] + ends[4]) / 2, (ends[1] + ends[5]) / 2))];
        double middle = box.Left + (0.75 * (box.Right - box.Left));
        Assert.Contains(squares, square => Math.Abs(square.Y - box.Top) < Tolerance && Math.Abs(square.X - middle) < Tolerance);
        Assert.Contains("a median beyond it, or infinite", string.Join(' ', TextsOf(svg)), StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_say_what_gray_is_and_do_not_go_below_0()
    {
        using TemporaryDirectory directory = new();
        (string, double)[] rows = [("0,0.02", 1e-4), ("0,0.04", 1e-4), ("2,0.02", 1e-4), ("2,0.04", double.PositiveInfinity)];
        string folder = PlotSamples.WriteSweep(directory, PlotSamples.SweepManifest("\"spread\":[0,2],\"step-size\":[0.02,0.04]"), PlotSamples.Cells("spread,step_size", rows));
        string[] texts = TextsOf(Draw(folder, "--quantity", "spurious"));
        Assert.Contains("half of the runs diverged", texts);
        Assert.DoesNotContain(texts, text => text.StartsWith('−') || text.StartsWith('-'));
    }

    [Fact]
    public void A_single_row_stands_at_the_beginning_of_its_axis()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, CommandCall.Line($"run --dimension 6 --samples 40 --steps 0 --out {directory.File("r.csv")} --json {directory.File("r.json")}").Code);
        XElement svg = Draw(directory.File("r.csv"));
        Assert.DoesNotContain("−1", TextsOf(svg));
        Assert.DoesNotContain("-1", TextsOf(svg));
    }

    private static XElement Draw(params string[] args)
    {
        CommandCall call = CommandCall.Of(["plot", .. args]);
        Assert.Equal((0, ""), (call.Code, call.Error));
        return XElement.Parse(call.Output);
    }

    private static string[] TextsOf(XElement svg) => [.. svg.Descendants().Where(element => element.Name.LocalName is "text" or "desc").Select(element => element.Value.Trim())];

    private static IEnumerable<IReadOnlyList<(double X, double Y)>> PointsOf(XElement svg, string style) =>
        from element in svg.Descendants()
        where element.Name.LocalName == "path" && (string?)element.Attribute("class") == style && element.Attribute("d")!.Value.Contains('L', StringComparison.Ordinal)
        where !IsLegend(element)
        let numbers = element.Attribute("d")!.Value.Split('M', 'L', 'Z').Where(part => part.Length > 0).Select(part => Numbers(part).ToArray()).ToArray()
        select (IReadOnlyList<(double X, double Y)>)[.. numbers.Select(pair => (pair[0], pair[1]))];

    // Samples of the legend stand below the plot.
    private static bool IsLegend(XElement element)
    {
        Box box = Box.Of(element.Document?.Root ?? element.AncestorsAndSelf().Last());
        return Numbers(element.Attribute("d")!.Value.Split('M', 'L')[1]).Last() > box.Bottom + 1;
    }

    private static IEnumerable<double> Numbers(string pair) => pair.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture));

    private static void AssertPoints((double X, double Y)[] shares, Box box, IReadOnlyList<(double X, double Y)> points)
    {
        Assert.Equal(shares.Length, points.Count);
        for (int i = 0; i < shares.Length; i++)
        {
            Assert.Equal(box.Left + (shares[i].X * (box.Right - box.Left)), points[i].X, Tolerance);
            Assert.Equal(box.Bottom - (shares[i].Y * (box.Bottom - box.Top)), points[i].Y, Tolerance);
        }
    }

    /// <summary>The first plot: its axes are drawn from the upper left corner to the lower right one, or around its cells.</summary>
    private sealed record Box(double Left, double Right, double Top, double Bottom)
    {
        public static Box Of(XElement svg)
        {
            double[][] all =
                [.. from element in svg.Descendants() where (string?)element.Attribute("class") == "hc-axis" select element.Attribute("d")!.Value.Split('M', 'L', 'Z').SelectMany(Numbers).ToArray()];

            // The frame of a heat map is wider than that of its colors.
            return all.Where(numbers => numbers.Length == 8 && numbers[2] - numbers[0] > 50).Select(numbers => new Box(numbers[0], numbers[2], numbers[1], numbers[5])).FirstOrDefault()
                ?? new(all[0][0], all[0][4], all[0][1], all[0][5]);
        }
    }
}
