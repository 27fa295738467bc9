using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>The invariance term is what it says: unbiased, without a preference for small matrices, and part of a criterion that chooses A*.</summary>
public class FitMeasureTests
{
    private const int D = 3;

    // D_e = diag(a − 1, b − s, 0), W = diag(a, b, 0)/max(a, b), Q_e = ((a − 1)²a + (b − s)²b)/max(a, b). The mean of 4,000 estimates lies within five standard errors of it but for one seed
    // in 10⁶, and that of tr(G₁WG₁), which one half alone would give, beyond ten.
    [Fact]
    public void The_invariance_term_is_unbiased_and_one_half_alone_would_not_be()
    {
        const int Trials = 4000, Half = 6;
        const double A = 0.8, B = 0.5, S = 2;
        double expected = (((A - 1) * (A - 1) * A) + ((B - S) * (B - S) * B)) / A;
        double[] matrix = AxisData.Matrix(D, A, B), estimates = new double[Trials], alone = new double[Trials], gradient = new double[D * D];
        for (int trial = 0; trial < Trials; trial++)
        {
            EnvironmentSamples<double> first = AxisData.Make(D, S, Half, (ulong)trial, 0), second = AxisData.Make(D, S, Half, (ulong)trial, 1);
            FitMeasure<double> measure = new(D, MeasurementLayout.Svec, [first], [second], [1.0], null);
            measure.Measure(matrix);
            estimates[trial] = measure.Invariance[0];
            measure.Gradient(0, matrix, gradient);
            for (int i = 0; i < D; i++)
            {
                alone[trial] += ((gradient[i * D] * gradient[i * D] * A) + (gradient[(i * D) + 1] * gradient[(i * D) + 1] * B)) / A;
            }
        }

        Assert.InRange(Math.Abs(estimates.Average() - expected), 0, 5 * StandardError(estimates));
        Assert.True(alone.Average() - expected > 10 * StandardError(alone));
    }

    // The same of inputs x of xxᵀ, of which G has another mean: 20,000 rows a half, so that entries are within 6·4·‖D‖/√20000 but for one seed in 10⁷.
    [Fact]
    public void Of_inputs_the_residual_is_found_behind_the_mean_of_the_gradient()
    {
        const int Rows = 20000;
        double[] x = new double[Rows * D], y = new double[Rows], residual = new double[D * D];
        new RandomStream(4, StreamPurpose.Measurements).FillGaussian(x.AsSpan());
        for (int i = 0; i < Rows; i++)
        {
            y[i] = (x[i * D] * x[i * D]) + (2 * x[(i * D) + 1] * x[(i * D) + 1]);
        }

        EnvironmentSamples<double> rows = new(x, y);
        new FitMeasure<double>(D, MeasurementLayout.RankOne, [rows], [rows], [1.0], null).Gradient(0, AxisData.Matrix(D, 0.8, 0.5), residual);
        double[] expected = [-0.2, 0, 0, 0, -1.5, 0, 0, 0, 0];
        Assert.All(expected.Zip(residual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.25));
    }

    [Fact]
    public void Risk_and_invariance_are_those_of_plain_sums()
    {
        EnvironmentSamples<double> first = AxisData.Make(D, 3, 5, 9, 0, noise: 0.5), second = AxisData.Make(D, 3, 8, 9, 1, noise: 0.5);
        double[] matrix = AxisData.Matrix(D, 0.7, 0.2);
        matrix[Svec.IndexOf(2, 0)] = 0.3;
        FitMeasure<double> measure = new(D, MeasurementLayout.Svec, [first], [second], [1.0], null) { Truth = AxisData.Matrix(D, 1, 0) };
        measure.Measure(matrix);

        (double[,] g1, double sum1) = Plain(first, matrix);
        (double[,] g2, double sum2) = Plain(second, matrix);
        Assert.Equal((sum1 + sum2) / (2 * 13), measure.Risks[0], 1e-12);
        Assert.Equal(Math.Sqrt(0.09 + 0.04 + 0.09), measure.Error!.Value, 1e-12);

        // M has the eigenvalues of [[0.7, c], [c, 0]] and 0.2, c = 0.3/√2: the square root of M² by its closed form on that block.
        double c = 0.3 / Math.Sqrt(2), root = Math.Sqrt((0.35 * 0.35) + (c * c)), high = 0.35 + root, low = 0.35 - root;
        double[,] weight = new double[3, 3];
        double t = Math.Sqrt(-(high * low)), trace = high - low;
        weight[0, 0] = ((0.7 * 0.7) + (c * c) + (t * t)) / trace;
        weight[0, 2] = weight[2, 0] = 0.7 * c / trace;
        weight[2, 2] = ((c * c) + (t * t)) / trace;
        weight[1, 1] = 0.2;
        double expected = 0;
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                for (int k = 0; k < D; k++)
                {
                    expected += g1[i, j] * weight[j, k] * g2[k, i] / high;
                }
            }
        }

        Assert.Equal(expected, measure.Invariance[0], 1e-12 * Math.Abs(expected));
    }

    // Nothing is relative to 0: the error of such an A* was infinite, and NaN where the estimate is 0, too.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.7, 0.2)]
    public void There_is_no_relative_error_where_the_truth_is_0(double a, double b)
    {
        EnvironmentSamples<double> rows = AxisData.Make(D, 3, 5, 9, 0);
        FitMeasure<double> measure = new(D, MeasurementLayout.Svec, [rows], [], [1.0], null) { Truth = AxisData.Matrix(D, 0, 0) };
        measure.Measure(AxisData.Matrix(D, a, b));
        Assert.Null(measure.Error);
    }

    // Inputs and responses times c: R and Q are c² as large, and so is their sum, whatever the matrix. Without the scale Q was c⁴ as large, and the least of the sum another.
    [Theory]
    [InlineData(0.1)]
    [InlineData(20)]
    public void The_criterion_has_no_scale_of_inputs(double c)
    {
        EnvironmentSamples<double>[] first = [.. Enumerable.Range(0, 2).Select(e => AxisData.Make(D, 3 - (4 * e), 50, 9, e))];
        EnvironmentSamples<double>[] second = [.. Enumerable.Range(0, 2).Select(e => AxisData.Make(D, 3 - (4 * e), 50, 9, 2 + e))];
        FitMeasure<double> plain = new(D, MeasurementLayout.Svec, first, second, [0.5, 0.5], null);
        FitMeasure<double> scaled = new(D, MeasurementLayout.Svec, [.. first.Select(Scaled)], [.. second.Select(Scaled)], [0.5, 0.5], null) { Scales = [c * c, c * c] };
        foreach (double[] matrix in (double[][])[AxisData.Matrix(D, 1, 0), AxisData.Matrix(D, 1, 0.9), AxisData.Matrix(D, 1e-6, 1e-6)])
        {
            plain.Measure(matrix);
            scaled.Measure(matrix);
            Assert.Equal(plain.Criterion, scaled.Criterion / (c * c), 1e-9 * plain.Criterion);
        }

        EnvironmentSamples<double> Scaled(EnvironmentSamples<double> rows) => AxisData.Scaled(rows, c);
    }

    [Fact]
    public void The_scale_of_inputs_is_the_mean_square_of_their_numbers()
    {
        // Squares count with their symmetric part, whose svec has √2 times (1 + 3)/2; and X = xxᵀ with x of mean square 5/2 has (5/2)².
        EnvironmentSamples<double> square = new((double[])[2, 1, 3, 4], (double[])[0]), vector = new((double[])[1, 2], (double[])[0]);
        Assert.Equal((4 + 8 + 16) / 3.0, InputScale.Of(square, MeasurementLayout.Square, 2, default), 1e-12);
        Assert.Equal(6.25, InputScale.Of(vector, MeasurementLayout.RankOne, 2, default), 1e-12);
        Assert.Equal((1 + 4 + 4) / 3.0, InputScale.Of<double>(new((double[])[1, 2, 2], (double[])[0]), MeasurementLayout.Svec, 2, default), 1e-12);
        Assert.Equal(1, InputScale.Of<double>(new((double[])[0, 0, 0], (double[])[0]), MeasurementLayout.Svec, 2, default));
        Assert.Equal(1, InputScale.Of<float>(new((float[])[1e30f, 0, 0], (float[])[0]), MeasurementLayout.Svec, 2, default));
    }

    // s from −5 to 7 about 1. The worst risk is that of the middle of the range, b = 1, whatever the odds; the criterion chooses a = 1 and b = 0, and so it does where a start that has not
    // moved would have no penalty by ‖D_eU‖². With 2,000 rows a half the standard deviation of b at the least worst risk is 0.07, and the grid has steps of 0.25.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_worst_risk_chooses_the_middle_of_the_range_and_the_criterion_the_invariant_part(ulong seed)
    {
        double[] s = [-5, -1, 2, 7], probabilities = [0.25, 0.25, 0.25, 0.25];
        FitMeasure<double> measure = new(
            D,
            MeasurementLayout.Svec,
            [.. s.Select((value, e) => AxisData.Make(D, value, 2000, seed, e))],
            [.. s.Select((value, e) => AxisData.Make(D, value, 2000, seed, 10 + e))],
            probabilities,
            null);
        (double A, double B, double Worst, double Criterion, double Plain)[] grid =
        [
            .. from i in Enumerable.Range(0, 7)
               from j in Enumerable.Range(0, 8)
               select Measured(Math.Max(0.25 * i, 1e-6), Math.Max(0.25 * j, 1e-6)),
        ];
        Assert.InRange(grid.MinBy(point => point.Worst).B, 0.75, 1.25);
        (double chosenA, double chosenB, _, double least, _) = grid.MinBy(point => point.Criterion);
        Assert.InRange(chosenA, 0.75, 1.25);
        Assert.InRange(chosenB, 0, 1e-6);

        // The start has no penalty by ‖D_eU‖², and the criterion is far from its least there.
        (_, _, _, double start, double plain) = grid[0];
        Assert.InRange(plain, 0, 1e-3);
        Assert.True(start > least + 0.4);

        (double, double, double, double, double) Measured(double a, double b)
        {
            measure.Measure(AxisData.Matrix(D, a, b));
            return (a, b, measure.Risks.Max(), measure.Criterion, measure.Mean(measure.Invariance) * Math.Max(a, b));
        }
    }

    private static double StandardError(double[] numbers)
    {
        double mean = numbers.Average();
        return Math.Sqrt(numbers.Sum(x => (x - mean) * (x - mean)) / numbers.Length / (numbers.Length - 1));
    }

    private static (double[,] Gradient, double Squares) Plain(EnvironmentSamples<double> rows, double[] matrix)
    {
        double[,] gradient = new double[D, D];
        double squares = 0;
        for (int r = 0; r < rows.Responses.Length; r++)
        {
            ReadOnlySpan<double> x = rows.Row(r, matrix.Length);
            double residual = -rows.Responses.Span[r];
            for (int i = 0; i < matrix.Length; i++)
            {
                residual += x[i] * matrix[i];
            }

            squares += residual * residual;
            for (int i = 0; i < D; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double entry = residual * x[Svec.IndexOf(i, j)] / rows.Responses.Length / (i == j ? 1 : Math.Sqrt(2));
                    gradient[i, j] += entry;
                    gradient[j, i] = gradient[i, j];
                }
            }
        }

        return (gradient, squares);
    }
}
