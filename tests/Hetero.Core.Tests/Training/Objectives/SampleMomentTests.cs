using Hetero.Core.Random;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>
/// docs/rivals.md, at a finite m: E G² = (1 + 1/m)·D² + (d + 1)/(2m)·‖D‖²·I for G = (1/m) Σ ⟨X_i, D⟩X_i, and E⟨X, D⟩²X_j² = ‖D‖² + 2D_j² in svec's coordinates.
/// Plain sums over 200,000 draws; intervals of five standard errors, a false alarm in 10⁵ runs.
/// </summary>
public class SampleMomentTests
{
    private const int Dimension = 4, Samples = 3, Draws = 200_000;

    [Fact]
    public void TheSquareOfASampledGradient()
    {
        // D = diag(2, −1, 0.5, 0) and M = diag(1, 0.5, 2, 0): ⟨D², M⟩ = 4 + 0.5 + 0.5 = 5, ‖D‖² = 5.25, tr M = 3.5.
        double[] d = [2, -1, 0.5, 0], m = [1, 0.5, 2, 0], x = new double[Dimension * (Dimension + 1) / 2], g = new double[Dimension * Dimension];
        double expected = ((1 + (1.0 / Samples)) * 5) + ((Dimension + 1) / (2.0 * Samples) * 5.25 * 3.5);
        double fourth = 5.25 + (2 * 4), sum = 0, squares = 0, moments = 0, momentSquares = 0;
        RandomStream stream = new(17, StreamPurpose.User);
        double[] numbers = new double[Draws * Samples * x.Length];
        stream.FillGaussian<double>(0, numbers);
        for (int draw = 0; draw < Draws; draw++)
        {
            Array.Clear(g);
            double moment = 0;
            for (int i = 0; i < Samples; i++)
            {
                numbers.AsSpan(((draw * Samples) + i) * x.Length, x.Length).CopyTo(x);

                // The diagonal first, then the rest with variance ½.
                double inner = 0;
                for (int j = 0; j < Dimension; j++)
                {
                    inner += d[j] * x[j];
                }

                moment += inner * inner * x[0] * x[0] / Samples;
                int at = Dimension;
                for (int row = 0; row < Dimension; row++)
                {
                    g[(row * Dimension) + row] += inner * x[row] / Samples;
                    for (int column = 0; column < row; column++, at++)
                    {
                        double entry = inner * x[at] / Math.Sqrt(2) / Samples;
                        g[(row * Dimension) + column] += entry;
                        g[(column * Dimension) + row] += entry;
                    }
                }
            }

            double value = 0;
            for (int k = 0; k < Dimension; k++)
            {
                for (int j = 0; j < Dimension; j++)
                {
                    value += m[k] * g[(j * Dimension) + k] * g[(j * Dimension) + k];
                }
            }

            (sum, squares, moments, momentSquares) = (sum + value, squares + (value * value), moments + moment, momentSquares + (moment * moment));
        }

        Near(expected, sum, squares);
        Near(fourth, moments, momentSquares);
    }

    private static void Near(double expected, double sum, double squares)
    {
        double mean = sum / Draws, error = Math.Sqrt(((squares / Draws) - (mean * mean)) / Draws);
        Assert.InRange(mean, expected - (5 * error), expected + (5 * error));
        Assert.True(error < 0.02 * expected);
    }
}
