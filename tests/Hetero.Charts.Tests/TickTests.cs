using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class TickTests
{
    private static readonly Arbitrary<double> Numbers = Gen.Choose(-200_000, 200_000)
        .SelectMany(m => Gen.Choose(-40, 40).Select(e => m * Math.Pow(10, e / 2.0)))
        .ToArbitrary();

    [Fact]
    public void Linear_ticks_cover_the_range_and_are_few_even_and_round() => Prop.ForAll(Numbers, Numbers, (a, b) =>
    {
        ResolvedAxis axis = Resolve(Axis.Linear("x"), Math.Min(a, b), Math.Max(a, b), 9);
        double[] ticks = [.. axis.Ticks.Select(t => t.Value)];
        double step = ticks[1] - ticks[0];
        double slack = 1e-6 * step;
        Assert.InRange(ticks.Length, 3, 9);
        Assert.True(axis.Low <= Math.Min(a, b) && axis.High >= Math.Max(a, b));
        Assert.InRange(ticks[0], axis.Low, axis.Low + slack);
        Assert.InRange(ticks[^1], axis.High - slack, axis.High);
        Assert.Equal(axis.Ticks.Count, axis.Labels.Distinct().Count());
        string digits = step.ToString("E4", CultureInfo.InvariantCulture)[..6];
        Assert.Contains(digits, new[] { "1.0000", "2.0000", "2.5000", "5.0000" });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_fixed_range_keeps_its_ends_and_still_gets_three_ticks() => Prop.ForAll(Numbers, Numbers, (a, b) =>
    {
        double low = Math.Min(a, b);
        double high = Math.Max(a, b);
        if (high - low <= 1e-6 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            return;
        }

        ResolvedAxis axis = ResolvedAxis.Of(Axis.Linear("x").From(low, high), Extent.None, 6);
        Assert.Equal((low, high), (axis.Low, axis.High));
        Assert.InRange(axis.Ticks.Count, 3, 6);
        double slack = 1e-6 * (high - low);
        Assert.All(axis.Ticks, t => Assert.InRange(t.Value, low - slack, high + slack));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Logarithmic_ticks_cover_the_range_and_are_few() => Prop.ForAll(Gen.Choose(-2900, 2900).Two().ToArbitrary(), pair =>
    {
        double low = Math.Pow(10, Math.Min(pair.Item1, pair.Item2) / 10.0);
        double high = Math.Pow(10, Math.Max(pair.Item1, pair.Item2) / 10.0);
        ResolvedAxis axis = Resolve(Axis.Log("x"), low, high, 8);
        Assert.True(axis.Low <= low && axis.High >= high);
        Assert.InRange(axis.Labels.Count(), 3, 8);
        Assert.All(axis.Ticks, t => Assert.InRange(t.Value, axis.Low, axis.High));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decades_are_written_with_superscripts() => Assert.Equal(
        ["10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"],
        Resolve(Axis.Log("x"), 1e-3, 10, 9).Labels);

    [Fact]
    public void Less_than_two_decades_get_round_numbers_between() => Assert.Equal(
        ["0.1", "0.2", "0.5", "1"],
        Resolve(Axis.Log("x"), 0.12, 0.9, 9).Labels);

    [Theory]
    [InlineData(0, 200, "0 25 50 75 100 125 150 175 200")]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-0.3, 0.3, "−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3")]
    [InlineData(0, 8e6, "0 1×10⁶ 2×10⁶ 3×10⁶ 4×10⁶ 5×10⁶ 6×10⁶ 7×10⁶ 8×10⁶")]
    [InlineData(0, 2e-7, "0 0.25×10⁻⁷ 0.50×10⁻⁷ 0.75×10⁻⁷ 1.00×10⁻⁷ 1.25×10⁻⁷ 1.50×10⁻⁷ 1.75×10⁻⁷ 2.00×10⁻⁷")]
    public void Labels_read_as_people_write_them(double low, double high, string expected) =>
        Assert.Equal(expected.Split(' '), Resolve(Axis.Linear("x"), low, high, 9).Labels);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(-1e300, 1e300)]
    [InlineData(1e-320, 2e-320)]
    [InlineData(1e16, 1.0000000000000002e16)]
    public void Extreme_ranges_still_give_an_axis(double low, double high)
    {
        ResolvedAxis axis = Resolve(Axis.Linear("x"), low, high, 9);
        Assert.True(axis.Low < axis.High && axis.Low <= low && axis.High >= high);
        Assert.InRange(axis.Ticks.Count, 3, 9);
    }

    [Fact]
    public void A_tight_axis_ends_where_the_data_end()
    {
        ResolvedAxis axis = Resolve(Axis.Linear("x") with { Tight = true }, 3, 171, 9);
        Assert.Equal((3, 171), (axis.Low, axis.High));
    }

    [Fact]
    public void Data_beyond_a_fixed_end_do_not_turn_the_axis_round()
    {
        ResolvedAxis axis = Resolve(Axis.Linear("x") with { Minimum = 10 }, 1, 2, 9);
        Assert.Equal(10, axis.Low);
        Assert.True(axis.High > 10);
    }

    private static ResolvedAxis Resolve(Axis axis, double low, double high, int most) =>
        ResolvedAxis.Of(axis, new Extent(low, high, false), most);
}
