using Hetero.Core.Sensing;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>Environments that do not vary are told from those that do, at a rate that is known, however small d and however few environments.</summary>
public class EnvironmentVariationTests
{
    // One in a hundred at most: more than 14 of 400 has a chance below 1 in 10⁴ for each case. Of two environments half of all data sets had a direction at d = 1 before, and many at d = 2 and 3.
    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(1, 5, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 2, 0)]
    [InlineData(3, 6, 1)]
    [InlineData(8, 2, 1)]
    public void No_direction_is_found_where_there_is_none(int d, int environments, double noise)
    {
        const int Trials = 400;
        int alarms = 0;
        for (ulong seed = 0; seed < Trials; seed++)
        {
            // Another noise in each environment, which is no variation of signals.
            EnvironmentSamples<double>[] rows = [.. Enumerable.Range(0, environments).Select(e => Rows(d, 0, 60 + (20 * e), seed, e, noise * (e + 1)))];
            alarms += Variation(d, rows, seed).Rank > 0 ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 14);
    }

    // With ten rows in one of eight environments 5.5 of a hundred had a direction, counting all: more than 28 of 1,000 have a chance below 10⁻⁶ at one of a hundred, and 28 or fewer below 10⁻⁴ then.
    // (At d = 2 a block's fit of one row has the skewness of χ² and little beside it.)
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Unequal_rows_make_no_direction(int few)
    {
        int alarms = 0;
        for (ulong seed = 0; seed < 1000; seed++)
        {
            alarms += Variation(2, [.. Enumerable.Range(0, 8).Select(e => Rows(2, 0, e == 3 ? few : 1000, seed, e, 0))], seed).Rank > 0 ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 28);
    }

    // The one with few rows does not decide, and has its Σ_e beside those of the others.
    [Fact]
    public void An_environment_of_few_rows_has_its_own_value_in_the_directions_of_the_others()
    {
        EnvironmentSamples<double>[] rows = [Rows(3, -2, 4000, 7, 0, 0), Rows(3, 50, 30, 7, 1, 0), Rows(3, 2, 4000, 7, 2, 0)];
        Assert.Equal([0, 2], EnvironmentVariation.Counted(rows));
        EnvironmentVariation all = Variation(3, rows, 1), two = Variation(3, [rows[0], rows[2]], 1);
        Assert.Equal((1, 3), (all.Rank, all.Sigma.Length));
        Assert.Equal(two.Sigma[0][0], all.Sigma[0][0], 0.05);
        Assert.InRange(all.Sigma[1][0], 15, 120);
        Assert.Equal([0, 1], EnvironmentVariation.Counted([Rows(3, 0, 200, 1, 0, 0), Rows(3, 0, 5000, 1, 1, 0)]));
        Assert.Equal([0, 1], EnvironmentVariation.Counted([Rows(3, 0, 20, 1, 0, 0), Rows(3, 0, 40, 1, 1, 0)]));
        Assert.Equal([1], EnvironmentVariation.Counted([Rows(3, 0, 20, 1, 0, 0), Rows(3, 0, 41, 1, 1, 0)]));
    }

    // A direction of deviations ±2 beside entries of a block's fit that have standard deviations of √(2·5/40): found in each of 50 data sets, and no second one but by chance of one in a hundred.
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(6, 5)]
    public void A_direction_that_varies_is_found_and_alone(int d, int environments)
    {
        int[] ranks = [.. Enumerable.Range(0, 50).Select(seed => Variation(d, [.. Enumerable.Range(0, environments).Select(e => Rows(d, e % 2 == 0 ? 2 : -2, 400, (ulong)seed, e, 0))], 1).Rank)];
        Assert.DoesNotContain(0, ranks);
        Assert.InRange(ranks.Count(rank => rank > 1), 0, 6);
    }

    // Rows sorted by response, or by time where something drifts: halves by their order would have means of their own in every environment.
    [Fact]
    public void Halves_do_not_follow_the_order_of_the_file()
    {
        int alarms = 0, directions = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            EnvironmentSamples<double>[] same = [.. Enumerable.Range(0, 3).Select(e => Sorted(Rows(4, 0, 200, seed, e, 0.5)))];
            EnvironmentSamples<double>[] other = [.. Enumerable.Range(0, 3).Select(e => Sorted(Rows(4, 3 * (e - 1), 200, seed, e, 0.5)))];
            alarms += Variation(4, same, 1).Rank > 0 ? 1 : 0;
            directions += Variation(4, other, 1).Rank == 1 ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 7);
        Assert.InRange(directions, 93, 100);
    }

    [Fact]
    public void It_follows_from_the_seed_and_not_from_the_layout()
    {
        EnvironmentSamples<double>[] rows = [Rows(3, -2, 50, 7, 0, 0), Rows(3, 4, 60, 7, 1, 0)];
        EnvironmentSamples<double>[] squares = [.. rows.Select(environment => Squares(environment, 3))];
        EnvironmentVariation one = Variation(3, rows, 1), other = Variation(3, rows, 2);
        EnvironmentVariation square = EnvironmentVariation.Of(3, MeasurementLayout.Square, squares, [0.5, 0.5], null, 1);
        Assert.Equal(1, one.Rank);
        Assert.Equal(one.Sigma[0][0], square.Sigma[0][0], 1e-12);
        Assert.NotEqual(one.Sigma[0][0], other.Sigma[0][0]);
    }

    private static EnvironmentVariation Variation(int d, EnvironmentSamples<double>[] rows, ulong seed)
        => EnvironmentVariation.Of(d, MeasurementLayout.Svec, rows, [.. rows.Select(_ => 1.0 / rows.Length)], null, seed);

    /// <summary>y = X₀₀ + s·X_{d−1,d−1} + noise.</summary>
    private static EnvironmentSamples<double> Rows(int d, double s, int count, ulong seed, int e, double noise)
    {
        EnvironmentSamples<double> rows = AxisData.Make(Math.Max(d, 2), 0, count, seed, e, noise);
        int p = Svec.Length(d);
        double[] x = d > 1 ? rows.Measurements.ToArray() : [.. Enumerable.Range(0, count).Select(i => rows.Measurements.Span[i * 3])], y = rows.Responses.ToArray();
        for (int i = 0; i < count; i++)
        {
            y[i] += s * x[(i * p) + p - 1];
        }

        return new(x, y);
    }

    private static EnvironmentSamples<double> Sorted(EnvironmentSamples<double> rows)
    {
        int width = rows.Measurements.Length / rows.Responses.Length;
        int[] order = [.. Enumerable.Range(0, rows.Responses.Length).OrderBy(i => rows.Responses.Span[i])];
        return new((double[])[.. order.SelectMany(i => rows.Measurements.Slice(i * width, width).ToArray())], (double[])[.. order.Select(i => rows.Responses.Span[i])]);
    }

    private static EnvironmentSamples<double> Squares(EnvironmentSamples<double> rows, int d)
    {
        int p = Svec.Length(d), n = rows.Responses.Length;
        double[] squares = new double[n * d * d];
        for (int i = 0; i < squares.Length; i++)
        {
            (int row, int j, int k) = (i / (d * d), i / d % d, i % d);
            squares[i] = rows.Measurements.Span[(row * p) + Svec.IndexOf(Math.Max(j, k), Math.Min(j, k))] / (j == k ? 1 : Math.Sqrt(2));
        }

        return new(squares, rows.Responses);
    }
}
