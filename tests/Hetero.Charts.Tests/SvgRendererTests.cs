using System.Globalization;
using System.Xml.Linq;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class SvgRendererTests
{
    public static TheoryData<string> Names => Samples.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_chart_is_well_formed_and_inside_its_picture(string name)
    {
        SvgAudit svg = SvgAudit.Of(Samples.All[name]);
        svg.AssertInside();
        Assert.DoesNotContain("NaN", svg.Text);
        Assert.DoesNotContain("Infinity", svg.Text);
        Assert.DoesNotContain("∞", svg.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_lies_on_another(string name) => SvgAudit.Of(Samples.All[name]).AssertNoTextOverlaps();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_chart_gives_the_same_text_in_every_culture(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string here = SvgRenderer.Render(Samples.All[name]);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(here, SvgRenderer.Render(Samples.All[name]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_picture_is_named_and_described_for_readers_who_cannot_see_it()
    {
        SvgAudit svg = SvgAudit.Of(Samples.All["figure"]);
        Assert.Equal("img", (string?)svg.Root.Attribute("role"));
        Assert.Equal("title", svg.Root.Elements().First().Name.LocalName);
        Assert.Equal("Figure", svg.All("title").Single().Value);
        string description = svg.All("desc").Single().Value;
        Assert.Contains("value against step t", description);
        Assert.Contains("spurious signal", description);
    }

    [Fact]
    public void Size_and_view_box_agree()
    {
        XElement root = SvgAudit.Of(Samples.All["line"]).Root;
        Assert.Equal($"0 0 {(string)root.Attribute("width")!} {(string)root.Attribute("height")!}", (string?)root.Attribute("viewBox"));
        Assert.Equal("500", (string?)root.Attribute("width"));
    }

    [Fact]
    public void Markup_in_texts_is_escaped()
    {
        Chart chart = new("a < b & \"c\" > d", [Samples.PanelOf(new LineSeries("<script>&amp;", 0, [0, 1], [0, 1]))]);
        SvgAudit svg = SvgAudit.Of(chart);
        Assert.Contains("a < b & \"c\" > d", svg.Texts());
        Assert.Contains("<script>&amp;", svg.Texts());
        Assert.DoesNotContain("<script>", svg.Text);
    }

    [Fact]
    public void Characters_that_xml_cannot_hold_are_replaced()
    {
        SvgAudit svg = SvgAudit.Of(new Chart("bell\a and half \ud800 pair", [Samples.PanelOf()]));
        Assert.Equal("bell\uFFFD and half \uFFFD pair", svg.All("title").Single().Value);
    }

    [Fact]
    public void Every_named_series_is_in_the_legend_once()
    {
        SvgAudit svg = SvgAudit.Of(Samples.All["figure"]);
        foreach (string name in new[] { "true signal", "spurious signal", "one run" })
        {
            Assert.Single(svg.Texts(), name);
        }
    }

    [Fact]
    public void Without_a_shared_legend_each_panel_has_its_own()
    {
        Panel panel = Samples.PanelOf(new LineSeries("mine", 0, [0, 1], [0, 1]));
        Assert.Equal(2, SvgAudit.Of(new Chart("t", [panel, panel])).Texts().Count(t => t == "mine"));
        Panel none = new("p", panel.X, panel.Y, panel.Series) { Legend = LegendPlacement.None };
        Assert.DoesNotContain("mine", SvgAudit.Of(new Chart("t", [none])).Texts());
    }

    [Fact]
    public void A_missing_value_breaks_the_line()
    {
        Assert.Equal(1, Moves([0, 1, 2, 3, 4]));
        Assert.Equal(2, Moves([0, 1, double.NaN, 3, 4]));
        Assert.Equal(2, Moves([0, 1, double.PositiveInfinity, 3, 4]));
    }

    [Fact]
    public void A_value_between_two_gaps_is_still_seen()
    {
        SvgAudit svg = SvgAudit.Of(Samples.One(new LineSeries(null, 3, [0, 1, 2], [double.NaN, 1, double.NaN])));
        Assert.Single(svg.All("circle"));
    }

    [Fact]
    public void A_missing_end_breaks_a_band()
    {
        BandSeries band = new(null, 2, [0, 1, 2, 3, 4], [0, 0, double.NaN, 0, 0], [1, 1, 1, 1, 1]);
        string path = (string)SvgAudit.Of(Samples.One(band)).WithClass("hc-fill2").Single().Attribute("d")!;
        Assert.Equal(2, path.Count(c => c == 'Z'));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void Zero_on_a_logarithmic_axis_is_a_gap_or_the_floor(bool hasFloor, int moves)
    {
        Axis y = Axis.Log("y") with { NonPositive = hasFloor ? NonPositive.Floor : NonPositive.Gap };
        Chart chart = new("t", [new Panel(null, Axis.Linear("x"), y, [new LineSeries(null, 0, [0, 1, 2, 3, 4], [1, 0.1, 0, 0.1, 1])])]);
        SvgAudit svg = SvgAudit.Of(chart);
        Assert.Equal(moves, ((string)svg.WithClass("hc-line0").Single().Attribute("d")!).Count(c => c == 'M'));
    }

    [Fact]
    public void Lines_are_cut_to_the_plot()
    {
        Panel panel = new(null, Axis.Linear("").From(0, 1), Axis.Linear("").From(0, 1), [new LineSeries(null, 0, [-1e200, 0.5, 1e299], [-5, 0.5, 1e300])]);
        SvgAudit svg = SvgAudit.Of(new Chart("t", [panel]));
        svg.AssertInside();
        Assert.Single(svg.WithClass("hc-line0"));
    }

    [Theory]
    [InlineData(9.9e299)]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    public void The_largest_and_smallest_values_can_be_drawn(double size)
    {
        double[] values = [-size, 0, size];
        Series[] series = [new BarSeries("b", 0, values, values), new PointSeries("p", 1, values, values), new LineSeries("l", 2, values, values)];
        SvgAudit.Of(Samples.One(series)).AssertInside();
        SvgAudit.Of(new Chart("log", [new Panel(null, Axis.Log("x"), Axis.Log("y"), series)])).AssertInside();
        double[] centres = [size, 2 * size];
        if (centres[1] <= 1e300)
        {
            SvgAudit.Of(Samples.One(new HeatMap(centres, centres, new double[,] { { size, 0 }, { -size, 1 } }, Axis.Linear("c")))).AssertInside();
        }
    }

    [Fact]
    public void Long_runs_are_thinned_without_losing_their_peaks()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        double[] y = new double[x.Length];
        y[50_007] = 1;
        SvgAudit svg = SvgAudit.Of(Samples.One(new LineSeries(null, 0, x, y)));
        string path = (string)svg.WithClass("hc-line0").Single().Attribute("d")!;
        Assert.InRange(path.Length, 100, 100_000);
        string top = ((string)svg.WithClass("hc-axis").First().Attribute("d")!).Split('L')[0].Split(',')[1];
        Assert.Contains($",{top}L", path);
    }

    [Fact]
    public void Cells_without_a_value_are_marked_and_explained()
    {
        SvgAudit svg = SvgAudit.Of(Samples.All["heat"]);
        Assert.Equal(2, svg.WithClass("hc-missing").Count());
        Assert.Contains("no data", svg.Texts());
        Assert.Contains("share", svg.Texts());
    }

    [Fact]
    public void Both_themes_are_in_one_picture_unless_one_is_asked_for()
    {
        Chart chart = Samples.All["line"];
        Assert.Contains("prefers-color-scheme: dark", SvgRenderer.Render(chart));
        Assert.DoesNotContain("prefers-color-scheme", SvgRenderer.Render(chart, Theme.Light));
        Assert.DoesNotContain(Palette.Dark.Paper, SvgRenderer.Render(chart, Theme.Light));
        Assert.DoesNotContain(Palette.Light.Paper, SvgRenderer.Render(chart, Theme.Dark));
    }

    [Fact]
    public void Nothing_has_an_identifier_that_could_clash_in_a_page() =>
        Assert.All(Samples.All.Values, c => Assert.DoesNotContain(SvgAudit.Of(c).Root.DescendantsAndSelf(), e => e.Attribute("id") is not null));

    private static int Moves(double[] y)
    {
        SvgAudit svg = SvgAudit.Of(Samples.One(new LineSeries(null, 0, [0, 1, 2, 3, 4], y)));
        return ((string)svg.WithClass("hc-line0").Single().Attribute("d")!).Count(c => c == 'M');
    }
}
