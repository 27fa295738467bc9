using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class BadInputTests
{
    private static readonly double[] Two = [1, 2];

    [Fact]
    public void Lengths_that_differ() =>
        Fails("y has 3 values; accepted: 2, as many as x", () => new LineSeries("a", 0, Two, [1, 2, 3]));

    [Fact]
    public void A_slot_that_does_not_exist() =>
        Fails("slot is 8; accepted: a colour slot from 0 to 7", () => new LineSeries("a", 8, Two, Two));

    [Fact]
    public void A_band_that_is_upside_down() =>
        Fails("low[1] is 2; accepted: at most high[1], which is 1", () => new BandSeries("a", 0, Two, [0, 2], [1, 1]));

    [Fact]
    public void Half_a_whisker() =>
        Fails("high is null; accepted: both ends of the whiskers, or neither", () => new BarSeries("a", 0, Two, Two, low: Two));

    [Fact]
    public void A_width_that_is_no_number() =>
        Fails("Width is NaN; accepted: a number from 0.5 to 10", () => new LineSeries("a", 0, Two, Two) { Width = double.NaN });

    [Fact]
    public void A_dash_that_does_not_exist() =>
        Fails("Dash is 42; accepted: BySlot, Solid", () => new LineSeries("a", 0, Two, Two) { Dash = (LineDash)42 });

    [Fact]
    public void A_blank_title() => Fails("title is ' '; accepted: text that is not blank", () => new Chart(" ", [Samples.PanelOf()]));

    [Fact]
    public void No_panels() => Fails("panels has 0 panels; accepted: 1 or more", () => new Chart("a", []));

    [Fact]
    public void More_columns_than_panels() =>
        Fails("Columns is 2; accepted: a number from 1 to 1", () => new Chart("a", [Samples.PanelOf()]) { Columns = 2 });

    [Fact]
    public void A_range_in_the_wrong_order() =>
        Fails("Maximum is 1; accepted: more than the minimum, 2", () => Axis.Linear("x").From(2, 1));

    [Fact]
    public void A_logarithmic_range_from_zero() =>
        Fails("Minimum is 0; accepted: at least 1e-300 on a logarithmic axis", () => Axis.Log("x").From(0, 1));

    [Fact]
    public void A_matrix_of_the_wrong_shape() =>
        Fails("values is 2×3; accepted: 3×2 (y by x)", () => new HeatMap(Two, [1, 2, 3], new double[2, 3], Axis.Linear("v")));

    [Fact]
    public void Cell_centres_out_of_order() =>
        Fails("x[1] is 1; accepted: finite numbers in increasing order", () => new HeatMap([1, 1], Two, new double[2, 2], Axis.Linear("v")));

    [Fact]
    public void Cells_at_zero_on_a_logarithmic_axis()
    {
        HeatMap map = new([0, 1], Two, new double[2, 2], Axis.Linear("v"));
        Fails("x[0] = 0; accepted: at least 1e-300", () => new Panel(null, Axis.Log("x"), Axis.Linear("y"), [map]));
    }

    [Fact]
    public void Two_heat_maps_in_a_panel()
    {
        HeatMap map = new(Two, Two, new double[2, 2], Axis.Linear("v"));
        Fails("series has 2 heat maps; accepted: at most 1", () => Samples.PanelOf(map, map));
    }

    [Fact]
    public void A_reference_line_nowhere() =>
        Fails("value is Infinity; accepted: a number", () => ReferenceLine.Horizontal(double.PositiveInfinity));

    private static void Fails(string message, Func<object> action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
