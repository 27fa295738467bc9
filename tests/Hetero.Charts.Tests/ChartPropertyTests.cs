using FsCheck;
using FsCheck.Fluent;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class ChartPropertyTests
{
    [Fact]
    public void Any_data_stay_inside_the_picture() => Prop.ForAll<double[], bool, bool>((values, isLogX, isLogY) =>
    {
        double[] x = [.. values.Select((v, i) => i % 3 == 0 ? v : i)];
        double[] low = [.. values.Select(v => v - Math.Abs(v))];
        Panel panel = new(
            "any",
            isLogX ? Axis.Log("x") : Axis.Linear("x"),
            isLogY ? Axis.Log("y") with { NonPositive = NonPositive.Floor } : Axis.Linear("y"),
            [
                new BandSeries(null, 0, x, low, values),
                new LineSeries("line", 0, x, values),
                new PointSeries("points", 1, x, values, low, values),
            ])
        { ReferenceLines = [ReferenceLine.Horizontal(1, "one"), ReferenceLine.Vertical(2, "two")] };
        SvgAudit svg = SvgAudit.Of(new Chart("any", [panel]) { Width = 420 });
        svg.AssertInside();
        Assert.DoesNotContain("NaN", svg.Text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_fits_into_the_picture() => Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((title, label, name) =>
    {
        Panel panel = new("p" + title.Get, Axis.Linear(label.Get), Axis.Linear(title.Get), [new LineSeries("n" + name.Get, 0, [0, 1], [0, 1])]);
        Panel beside = new("p" + name.Get, Axis.Named(name.Get, ["a" + name.Get, "b" + title.Get]), Axis.Linear(label.Get), [new BarSeries("n" + title.Get, 1, [0, 1], [2, 3])])
        {
            Legend = LegendPlacement.Right,
        };
        SvgAudit svg = SvgAudit.Of(new Chart("t" + title.Get, [panel, beside]) { Subtitle = label.Get, Caption = name.Get, Width = 500, PlotHeight = 150 });
        svg.AssertInside();
    }).QuickCheckThrowOnFailure();
}
