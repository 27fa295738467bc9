using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>The responses are those of the signals, and rows are the same however they are cut into pieces.</summary>
public class DataGeneratorTests
{
    // 7·8·d(d + 1)/2 bytes: of d = 46,340 those are 56 GiB, which nobody was asked for before.
    [Fact]
    public void Signals_that_do_not_fit_are_refused_and_the_work_can_be_ended()
    {
        RunRecipe recipe = DataFolder.Recipe with { Dimension = 1000, Memory = 28_027_999 };
        string refusal = Assert.Throws<RecipeException>(() => new DataGenerator(recipe)).Message;
        Assert.StartsWith("'dimension' is '1000'; accepted is what fits into 'memory', ", refusal, StringComparison.Ordinal);
        Assert.Contains(": the signals and a row need ", refusal, StringComparison.Ordinal);
        DataGenerator generator = new(recipe with { Memory = 28_028_000 });
        CancellationToken ended = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => new DataGenerator(DataFolder.Recipe, cancellation: ended));
        Assert.Throws<OperationCanceledException>(() => generator.Fill<double>(0, 0, new double[generator.RowLength], new double[1], ended));
        Assert.Throws<OperationCanceledException>(() => new GeneratedData<double>(DataFolder.Recipe with { Samples = 10 }, cancellation: ended));
        using Cancelled stream = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new GeneratedData<double>(recipe with { Memory = null, Samples = 1000 }).WriteEnvironment(0, stream, Stream.Null, 2, null, stream.Token));
    }

    // Two environments s = 1 ± 3 without noise: least squares give A* + A^(e), and A* is their mean less a sixth of their difference.
    [Fact]
    public void Least_squares_of_two_environments_give_the_invariant_signal()
    {
        DataGenerator generator = new(DataFolder.Recipe);
        const int Samples = 30;
        int p = generator.RowLength;
        List<double[]> fits = [];
        for (int e = 0; e < 2; e++)
        {
            double[] x = new double[Samples * p], y = new double[Samples];
            generator.Fill<double>(e, 0, x, y);
            fits.Add(LeastSquares(x, y, p));
        }

        for (int i = 0; i < p; i++)
        {
            double mean = (fits[0][i] + fits[1][i]) / 2, sixth = (fits[1][i] - fits[0][i]) / 6;
            double candidate = Math.Abs(mean - sixth - generator.Invariant[i]) < Math.Abs(mean + sixth - generator.Invariant[i]) ? mean - sixth : mean + sixth;
            Assert.Equal(generator.Invariant[i], candidate, 1e-10);
        }

        // A projection of rank 1.
        double[] square = new double[16];
        Svec.Unpack(generator.Invariant, new MatrixSpan<double>(square, 4, 4));
        Assert.Equal(1, square[0] + square[5] + square[10] + square[15], 1e-12);
        Assert.Equal(1, square.Sum(entry => entry * entry), 1e-12);
    }

    // y of each row by a plain double loop over the signals that least squares find from the other layout, and moments of N(0, 1) inputs.
    [Fact]
    public void Inputs_are_standard_and_their_responses_are_forms_of_the_same_signals()
    {
        DataGenerator svec = new(DataFolder.Recipe), inputs = new(DataFolder.Recipe, layout: MeasurementLayout.RankOne);
        int p = svec.RowLength;
        Assert.Equal(4, inputs.RowLength);
        double[] rows = new double[30 * p], responses = new double[30], square = new double[16], x = new double[4000 * 4], y = new double[4000];
        for (int e = 0; e < 2; e++)
        {
            svec.Fill<double>(e, 0, rows, responses);
            Svec.Unpack(LeastSquares(rows, responses, p), new MatrixSpan<double>(square, 4, 4));
            inputs.Fill<double>(e, 0, x, y);
            for (int i = 0; i < 50; i++)
            {
                double form = 0;
                for (int j = 0; j < 16; j++)
                {
                    form += x[(i * 4) + (j / 4)] * square[j] * x[(i * 4) + (j % 4)];
                }

                Assert.Equal(form, y[i], 1e-9);
            }

            // Within 6·√(2/16000) of 1 but for one seed in 10⁸.
            Assert.InRange(x.Average(value => value * value), 0.933, 1.067);
        }

        Assert.Throws<ArgumentException>("layout", () => new DataGenerator(DataFolder.Recipe, layout: MeasurementLayout.Vector));
    }

    [Fact]
    public void Rows_do_not_depend_on_how_they_are_asked_for_and_differ_between_environments()
    {
        DataGenerator generator = new(DataFolder.Recipe with { Noise = 0.5 });
        int p = generator.RowLength;
        double[] whole = new double[12 * p], responses = new double[12], part = new double[5 * p], some = new double[5], other = new double[12 * p];
        generator.Fill<double>(0, 0, whole, responses);
        generator.Fill<double>(0, 4, part, some);
        generator.Fill<double>(1, 0, other, new double[12]);
        Assert.Equal(whole[(4 * p)..(9 * p)], part);
        Assert.Equal(responses[4..9], some);
        Assert.Empty(whole.Intersect(other));
    }

    // The variance of 4,000 standardized numbers is within 6·√(2/4000) = 0.13 of 1 but for one seed in 10⁸.
    [Fact]
    public void The_noise_has_its_deviation_and_rows_are_standard()
    {
        DataGenerator quiet = new(DataFolder.Recipe), noisy = new(DataFolder.Recipe with { Noise = 0.5 });
        double[] rows = new double[4000 * quiet.RowLength], exact = new double[4000], disturbed = new double[4000];
        quiet.Fill<double>(1, 0, rows, exact);
        noisy.Fill<double>(1, 0, rows, disturbed);
        Assert.InRange(exact.Zip(disturbed, (a, b) => (a - b) * (a - b) / 0.25).Average(), 0.87, 1.13);
        Assert.InRange(rows.Average(x => x * x), 0.955, 1.045);
    }

    [Fact]
    public void Environments_are_each_of_a_list_once_or_drawn_from_a_law()
    {
        RunRecipe uniform = DataFolder.Recipe with { Law = ScalarLaw.Uniform };
        Assert.Contains("accepted for a law that is not finite", Assert.Throws<ArgumentException>(() => new DataGenerator(uniform)).Message, StringComparison.Ordinal);
        Assert.Equal(7, new DataGenerator(uniform, 7).EnvironmentCount);
        Assert.Equal(1.0 / 7, new DataGenerator(uniform, 7).GetProbability(3));
        DataGenerator listed = new(DataFolder.Recipe with
        {
            Environments = new EnvironmentRecipe { List = [new ListedEnvironment([3], 0.25), new ListedEnvironment([-2], 0.5), new ListedEnvironment([1], 0.25)] },
        });
        Assert.Equal(3, listed.EnvironmentCount);
        Assert.Equal(0.5, listed.GetProbability(1));
    }

    /// <summary>By the normal equations and plain Gaussian elimination.</summary>
    private static double[] LeastSquares(double[] x, double[] y, int p)
    {
        double[,] a = new double[p, p + 1];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < p; j++)
            {
                for (int k = 0; k < p; k++)
                {
                    a[j, k] += x[(i * p) + j] * x[(i * p) + k];
                }

                a[j, p] += x[(i * p) + j] * y[i];
            }
        }

        for (int j = 0; j < p; j++)
        {
            for (int i = 0; i < p; i++)
            {
                double factor = i == j ? 0 : a[i, j] / a[j, j];
                for (int k = j; k <= p; k++)
                {
                    a[i, k] -= factor * a[j, k];
                }
            }
        }

        return [.. Enumerable.Range(0, p).Select(j => a[j, p] / a[j, j])];
    }

    /// <summary>Somebody who ends the work when the first rows come, while others are made.</summary>
    private sealed class Cancelled : MemoryStream
    {
        private readonly CancellationTokenSource _source = new();

        public CancellationToken Token => _source.Token;

        public override void Write(ReadOnlySpan<byte> buffer) => _source.Cancel();

        public override void Write(byte[] buffer, int offset, int count) => _source.Cancel();

        protected override void Dispose(bool disposing)
        {
            _source.Dispose();
            base.Dispose(disposing);
        }
    }
}
