using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Dynamics;
using Xunit;

namespace Hetero.Core.Theory.Tests.Dynamics;

public class OneStepDynamicsTests
{
    // Every term against (22)–(24) as printed, with Id_res as a d×d matrix and plain loops; then the sum against the next iterate.
    [Fact]
    public void TermsAreThoseOfTheFormulas()
        => Properties.Check(
            Properties.Between(2, 14).Generator.Zip(Properties.Between(1, 100_000).Generator, (d, seed) => (d, seed)).ToArbitrary(),
            shape =>
            {
                (int d, int seed) = shape;
                System.Random random = new(seed);
                int r1 = 1 + random.Next(d - 1), r2 = 1 + random.Next(d - r1), k = 1 + random.Next(d);

                // Far outside every hypothesis: steps up to 10, Σ up to 100, gradients without any relation to the factor.
                double eta = Math.Pow(10, (4 * random.NextDouble()) - 3), size = Math.Pow(10, (3 * random.NextDouble()) - 2);
                double[] eigenvalues = [.. Enumerable.Range(0, r1).Select(_ => 0.1 + random.NextDouble())];
                SensingProblem problem = SensingProblem.Create(d, r1, r2, (ulong)seed, eigenvalues: eigenvalues);
                double[,] u = Random(d, k), sigma = Symmetric(r2, 100), rip = Symmetric(d, 5);
                double[,] star = Copy(problem.InvariantBasis), spurious = Copy(problem.SpuriousBasis), lambda = new double[r1, r1];
                for (int i = 0; i < r1; i++)
                {
                    lambda[i, i] = eigenvalues[i];
                }

                double[,] signal = Times(Times(star, lambda), T(star)), environment = Times(Times(spurious, sigma), T(spurious));
                double[,] population = Add(Times(u, T(u)), Add(signal, environment, 1), -1), gradient = Add(population, rip, 1);
                double[,] rest = Add(Add(Identity(d), Times(star, T(star)), -1), Times(spurious, T(spurious)), -1);
                double[,] r = Times(T(u), star), q = Times(T(u), spurious), e = Times(rest, u);
                double[,] damping = Add(Identity(k), Times(T(u), u), -eta);

                OneStepDynamics<double> dynamics = new(problem, k);
                dynamics.Compute(View(u), eta, [.. sigma.Cast<double>()], Svec(gradient), Svec(population));
                double scale = Norm(u) + (eta * (Norm(gradient) + Norm(signal) + Norm(environment) + Norm(Times(u, T(u)))) * Norm(u));
                Same(Add(Times(damping, r), Times(r, lambda), eta), dynamics.Invariant.Main, scale);
                Same(Scale(eta, Times(T(u), Times(environment, star))), dynamics.Invariant.Interaction, scale);
                Same(Scale(-eta, Times(T(u), Times(rip, star))), dynamics.Invariant.RipError, scale);
                Same(Add(Times(damping, q), Times(q, sigma), eta), dynamics.Spurious.Main, scale);
                Same(Scale(eta, Times(T(u), Times(signal, spurious))), dynamics.Spurious.Interaction, scale);
                Same(Scale(-eta, Times(T(u), Times(rip, spurious))), dynamics.Spurious.RipError, scale);
                Same(Times(e, damping), dynamics.Residual.Main, scale);
                Same(Scale(eta, Times(rest, Times(Add(signal, environment, 1), u))), dynamics.Residual.Interaction, scale);
                Same(Scale(-eta, Times(rest, Times(rip, u))), dynamics.Residual.RipError, scale);
                Same(rip, dynamics.RipError, scale / eta);

                double[,] next = Add(u, Times(gradient, u), -eta);
                SameSum(Times(T(next), star), dynamics.Invariant, scale);
                SameSum(Times(T(next), spurious), dynamics.Spurious, scale);
                SameSum(Times(rest, next), dynamics.Residual, scale);

                double[,] Random(int rows, int columns)
                {
                    double[,] entries = new double[rows, columns];
                    for (int i = 0; i < rows; i++)
                    {
                        for (int j = 0; j < columns; j++)
                        {
                            entries[i, j] = size * ((2 * random.NextDouble()) - 1);
                        }
                    }

                    return entries;
                }

                double[,] Symmetric(int order, double largest)
                {
                    double[,] entries = new double[order, order];
                    for (int i = 0; i < order; i++)
                    {
                        for (int j = 0; j <= i; j++)
                        {
                            entries[i, j] = entries[j, i] = largest * ((2 * random.NextDouble()) - 1);
                        }
                    }

                    return entries;
                }
            });

    [Fact]
    public void BadArgumentsAreNamed()
    {
        SensingProblem problem = SensingProblem.Create(4, 1, 2, 1);
        OneStepDynamics<double> dynamics = new(problem, 3);
        double[] factor = new double[12], sigma = new double[4], svec = new double[10];
        dynamics.Compute(new(factor, 4, 3), 0.1, sigma, svec, svec);
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => new OneStepDynamics<double>(problem, 0));
        Assert.Throws<ArgumentException>("factor", () => dynamics.Compute(new(factor, 3, 4), 0.1, sigma, svec, svec));
        Assert.Throws<ArgumentException>("sigma", () => dynamics.Compute(new(factor, 4, 3), 0.1, new double[3], svec, svec));
        Assert.Throws<ArgumentException>("gradient", () => dynamics.Compute(new(factor, 4, 3), 0.1, sigma, new double[9], svec));
        Assert.Throws<ArgumentException>("populationGradient", () => dynamics.Compute(new(factor, 4, 3), 0.1, sigma, svec, new double[9]));
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => dynamics.Compute(new(factor, 4, 3), double.NaN, sigma, svec, svec));
        svec[3] = double.NaN;
        Assert.Throws<ArgumentException>("gradient", () => dynamics.Compute(new(factor, 4, 3), 0.1, sigma, svec, new double[10]));
        factor[5] = double.PositiveInfinity;
        Assert.Throws<ArgumentException>("factor", () => dynamics.Compute(new(factor, 4, 3), 0.1, sigma, new double[10], new double[10]));
        Assert.Throws<ArgumentException>("destination", () => dynamics.Residual.CopySum(new(new double[12], 3, 4)));
    }

    private static void Same(double[,] expected, ReadOnlyMatrixSpan<double> actual, double scale)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.Rows, actual.Columns));
        for (int i = 0; i < actual.Rows; i++)
        {
            for (int j = 0; j < actual.Columns; j++)
            {
                Assert.Equal(expected[i, j], actual[i, j], 1e-13 * scale);
            }
        }
    }

    private static void SameSum(double[,] expected, StepSplit<double> split, double scale)
    {
        double[] sum = new double[expected.Length];
        split.CopySum(new MatrixSpan<double>(sum, expected.GetLength(0), expected.GetLength(1)));
        Same(expected, new ReadOnlyMatrixSpan<double>(sum, expected.GetLength(0), expected.GetLength(1)), scale);
    }

    private static double[] Svec(double[,] symmetric)
    {
        double[] svec = new double[Hetero.Core.Sensing.Svec.Length(symmetric.GetLength(0))];
        Hetero.Core.Sensing.Svec.PackSymmetricPart(View(symmetric), svec);
        return svec;
    }

    private static ReadOnlyMatrixSpan<double> View(double[,] matrix) => new(matrix.Cast<double>().ToArray(), matrix.GetLength(0), matrix.GetLength(1));

    private static double[,] Copy(ReadOnlyMatrixSpan<double> view) => Fill(view.Rows, view.Columns, view.Data.ToArray());

    private static double[,] Fill(int rows, int columns, double[] entries)
    {
        double[,] matrix = new double[rows, columns];
        Buffer.BlockCopy(entries, 0, matrix, 0, entries.Length * sizeof(double));
        return matrix;
    }

    private static double Norm(double[,] matrix) => Math.Sqrt(matrix.Cast<double>().Sum(entry => entry * entry));

    private static double[,] Identity(int size) => Add(new double[size, size], new double[size, size], 0, diagonal: 1);

    private static double[,] Scale(double factor, double[,] matrix) => Add(new double[matrix.GetLength(0), matrix.GetLength(1)], matrix, factor);

    private static double[,] Add(double[,] left, double[,] right, double factor, double diagonal = 0)
    {
        double[,] sum = new double[left.GetLength(0), left.GetLength(1)];
        for (int i = 0; i < sum.GetLength(0); i++)
        {
            for (int j = 0; j < sum.GetLength(1); j++)
            {
                sum[i, j] = left[i, j] + (factor * right[i, j]) + (i == j ? diagonal : 0);
            }
        }

        return sum;
    }

    private static double[,] T(double[,] matrix)
    {
        double[,] transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                transposed[j, i] = matrix[i, j];
            }
        }

        return transposed;
    }

    private static double[,] Times(double[,] left, double[,] right)
    {
        double[,] product = new double[left.GetLength(0), right.GetLength(1)];
        for (int i = 0; i < product.GetLength(0); i++)
        {
            for (int j = 0; j < product.GetLength(1); j++)
            {
                for (int l = 0; l < left.GetLength(1); l++)
                {
                    product[i, j] += left[i, l] * right[l, j];
                }
            }
        }

        return product;
    }
}
