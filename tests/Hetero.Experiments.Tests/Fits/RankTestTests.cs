using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>A direction counts if the environments share it beyond chance, and what varies about a mean does not, however many environments there are.</summary>
public class RankTestTests
{
    private const int D = 4;

    // P(T > 4.3) etc. need no table: means of 1, of −1 and of 0.05 with a spread of a tenth, the last one below a tenth of the largest eigenvalue.
    [Fact]
    public void What_is_shared_is_large_beside_its_spread_and_beside_a_tenth_of_the_largest()
    {
        double[] steady = [0.9, 1, 1.1, 1, 0.9, 1.1], small = [0.045, 0.05, 0.055, 0.05, 0.045, 0.055], varying = [-3, 5, 5, -3, 5, 5];
        Assert.Equal([true], Shared([1], steady));
        Assert.Equal([true, true], Shared([1, -1], steady, [.. steady.Select(b => -b)]));
        Assert.Equal([true, false], Shared([1, -1], steady, steady));
        Assert.Equal([true, false], Shared([1, 0.2], steady, small));
        Assert.Equal([false, true], Shared([1.5, 1], varying, steady));

        // Of 600 environments with a mean of 2.3 and a spread of 3.8 the mean is beyond 0 by 15 deviations.
        Assert.Equal([true, false], Shared([1, 0.5], [.. Enumerable.Repeat(steady, 100).SelectMany(b => b)], [.. Enumerable.Repeat(varying, 100).SelectMany(b => b)]));

        static bool[] Shared(double[] spectrum, params double[][] found) => [.. RankTest.Of(spectrum, found).Components.Select(one => one.IsShared)];
    }

    // Chances of 0.02 fit 0.05 and, with two directions, 0.025, but not 0.0125: of the second of three it takes the first one's level.
    [Fact]
    public void Levels_go_on_from_what_is_found()
    {
        double[] steady = [0.9, 1, 1.1, 1, 0.9, 1.1], nothing = [1, -1, 1, -1, 1, -1];
        Assert.Equal([0.05], Levels([1], nothing));
        Assert.Equal([0.025, 0.025], Levels([1, 1], nothing, nothing));
        Assert.Equal([0.025, 0.0125, 0.0125], Levels([1, 1, 1], nothing, nothing, steady));
        Assert.Equal([0.025, 0.0375, 0.05], Levels([1, 1, 1], steady, steady, nothing));
        Assert.Equal([0.025, 0.0375, 0.0125], Levels([1, 1, 1], steady, nothing, nothing));

        static double[] Levels(double[] spectrum, params double[][] found) => [.. RankTest.Of(spectrum, found).Components.Select(one => Math.Round(one.Level, 12))];
    }

    // 4,000 data sets of 8 environments where b_e has one mean and spread: the level of 0.05 is exact there, so that 0.05 ± 0.016 has all but one seed in 10⁵.
    [Fact]
    public void The_rate_is_exact_where_mean_and_spread_are_equal()
    {
        const int Trials = 4000, N = 8;
        double[] numbers = new double[Trials * N];
        new RandomStream(3).FillGaussian(numbers.AsSpan());
        int found = numbers.Chunk(N).Count(z => RankTest.Of([2], [[.. z.Select(one => 2 + (2 * one))]]).Rank == 1);
        Assert.InRange(found / (double)Trials, 0.034, 0.066);
    }

    // A* = e₀e₀ᵀ, s = 1 ± 4: an estimate with 1, 0.5 and 0.3 on axes, of which rows held out find the first alone; and b_e is unbiased, so that 300 of them with 20 rows have means within five
    // standard errors of 1, 1 + s and 0 but for one seed in 10⁵.
    [Fact]
    public void Rows_held_out_tell_the_axes_apart()
    {
        double[] strengths = [-3, 5, 5, -3, -3, 5], estimate = AxisData.Matrix(D, 1, 0.5);
        estimate[Svec.IndexOf(2, 2)] = 0.3;
        RankTest test = Test(strengths, 400, 1, estimate)!;
        Assert.Equal([true, false, false], test.Components.Select(one => one.IsShared));
        Assert.Equal((1, 6), (test.Rank, test.Environments));
        Assert.InRange(test.Components[1].Deviation, 3, 6);

        double[][] means = [.. Enumerable.Range(0, 300).Select(seed => Test([0, 0, 0, 0, 0], 20, (ulong)seed + 50, estimate)!.Components.Select(one => one.Mean).ToArray())];
        foreach ((int k, double expected) in new[] { (0, 1.0), (1, 0.0), (2, 0.0) })
        {
            double[] column = [.. means.Select(row => row[k])];
            double mean = column.Average(), error = Math.Sqrt(column.Sum(b => (b - mean) * (b - mean)) / (column.Length - 1) / column.Length);
            Assert.InRange(mean, expected - (5 * error), expected + (5 * error));
        }
    }

    // What rows that were trained on say of an environment's own part is taken off: without it the residual s = ±30 on 40 rows would leave b_e of the shared axis a spread of 30/√40.
    [Fact]
    public void An_environments_own_part_does_not_hide_what_is_shared()
    {
        RankTest test = Test([-30, 30, -30, 30, 30, -30], 40, 5, AxisData.Matrix(D, 1, 0))!;
        Assert.InRange(test.Components[0].Deviation, 0, 2.5);
    }

    [Fact]
    public void Of_fewer_than_five_environments_of_like_size_and_without_rows_held_out_there_is_none()
    {
        double[] estimate = AxisData.Matrix(D, 1, 0);
        Assert.Null(Test([-3, 5, -3, 5], 100, 1, estimate));
        FitMeasure<double> training = new(D, MeasurementLayout.Svec, [.. Enumerable.Range(0, 6).Select(e => AxisData.Make(D, 1, 100, 1, e))], [], Equal(6), null);
        Assert.Null(RankTest.Of(training, training, estimate, default));

        // 20 of 2·100 rows do not count, and leave five of six environments.
        FitMeasure<double> uneven = Measure([.. Enumerable.Range(0, 6).Select(e => e == 2 ? 10 : 100)]);
        Assert.Equal(5, RankTest.Of(uneven, training, estimate, default)!.Environments);

        static FitMeasure<double> Measure(int[] rows) => new(
            D,
            MeasurementLayout.Svec,
            [.. rows.Select((n, e) => AxisData.Make(D, 1, n, 2, e))],
            [.. rows.Select((n, e) => AxisData.Make(D, 1, n, 2, 50 + e))],
            Equal(rows.Length),
            null);
    }

    private static double[] Equal(int count) => [.. Enumerable.Repeat(1.0 / count, count)];

    private static RankTest? Test(double[] strengths, int half, ulong seed, double[] estimate)
    {
        EnvironmentSamples<double>[] Rows(int part, int rows) => [.. strengths.Select((s, e) => AxisData.Make(D, s, rows, seed, (part * 100) + e))];
        FitMeasure<double> heldOut = new(D, MeasurementLayout.Svec, Rows(0, half), Rows(1, half), Equal(strengths.Length), null);
        FitMeasure<double> training = new(D, MeasurementLayout.Svec, Rows(2, 8 * half), [], Equal(strengths.Length), null);
        return RankTest.Of(heldOut, training, estimate, default);
    }
}
