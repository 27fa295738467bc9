using Hetero.Core.Environments;
using Hetero.Core.Numerics;

namespace Hetero.Core.Tests.Training;

/// <summary>Moments of a law of Σ^(e), and minimizers over positive semidefinite matrices, by plain loops.</summary>
internal sealed class PlainLaw
{
    private readonly int _rank;
    private readonly double[][] _sigmas;
    private readonly double[] _odds;

    public PlainLaw(FiniteEnvironments law)
    {
        _rank = law.Rank;
        _odds = [.. Enumerable.Range(0, law.Count!.Value).Select(law.GetProbability)];
        _sigmas = [.. _odds.Select(_ => new double[_rank * _rank])];
        for (int e = 0; e < _sigmas.Length; e++)
        {
            law.CopyMatrix(e, _sigmas[e]);
        }

        Mean = Expect(sigma => sigma);
        Covariance = Expect(sigma => Square(Minus(sigma, Mean)));
        Second = Expect(Square);
    }

    /// <summary>Gets EΣ.</summary>
    public double[] Mean { get; }

    /// <summary>Gets C = E(Σ − EΣ)².</summary>
    public double[] Covariance { get; }

    /// <summary>Gets E Σ².</summary>
    public double[] Second { get; }

    /// <summary>E f(s) for r2 = 1.</summary>
    public double Of(Func<double, double> f) => _sigmas.Select((sigma, e) => _odds[e] * f(sigma[0])).Sum();

    /// <summary>E f(Σ).</summary>
    public double[] Expect(Func<double[], double[]> f)
        => _sigmas.Select((sigma, e) => Times(_odds[e], f(sigma))).Aggregate(Plus);

    /// <summary>Projected gradient descent over S ⪰ 0 on E R + λ·Var R.</summary>
    public double[] VRex(double weight)
    {
        double[] s = new double[_rank * _rank];
        double size = 1 / (1 + (2 * weight * _sigmas.Max(sigma => Dot(Minus(sigma, Mean), Minus(sigma, Mean)))));
        for (int step = 0; step < 4000; step++)
        {
            double[] away = Minus(s, Mean);
            double[] gradient = Plus(away, Times(weight, Expect(sigma =>
            {
                double[] t = Minus(sigma, Mean);
                return Times((2 * Dot(t, away)) - Dot(t, t), t);
            })));
            s = Positive(Minus(s, Times(size, gradient)));
        }

        return s;
    }

    /// <summary>The center of the smallest ball around all Σ^(e) over S ⪰ 0, from the weights of the dual problem by exponentiated ascent.</summary>
    public double[] Center()
    {
        double[] q = [.. _odds.Select(_ => 1.0 / _odds.Length)], s = [];
        double size = 0.1 / _sigmas.Max(sigma => 1 + Dot(sigma, sigma));
        for (int step = 0; step < 40_000; step++)
        {
            s = Positive(_sigmas.Select((sigma, e) => Times(q[e], sigma)).Aggregate(Plus));
            q = [.. q.Select((weight, e) => weight * Math.Exp(size * Dot(Minus(s, _sigmas[e]), Minus(s, _sigmas[e]))))];
            double sum = q.Sum();
            q = [.. q.Select(weight => weight / sum)];
        }

        return s;
    }

    /// <summary>The least λ with λ·EΣ² ⪰ EΣ and, if asked for, λ·E(I − Σ)² ⪰ EΣ − I, by bisection below 1; null if there is none.</summary>
    public double? LeastMatrixIrm(bool holdsAgainstTurning)
    {
        (double low, double high) = (0, 1);
        if (Smallest(high) < 0)
        {
            return null;
        }

        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Smallest(middle) < 0 ? (middle, high) : (low, middle);
        }

        return high;

        double Smallest(double weight)
        {
            double grows = Eigen(Minus(Times(weight, Second), Mean)).Values[0];
            if (!holdsAgainstTurning)
            {
                return grows;
            }

            double[] one = [.. Mean.Select((_, at) => at % (_rank + 1) == 0 ? 1.0 : 0)];
            double[] square = Expect(sigma => Square(Minus(one, sigma)));
            return Math.Min(grows, Eigen(Minus(Times(weight, square), Minus(Mean, one))).Values[0]);
        }
    }

    /// <summary>The positive part of a symmetric matrix.</summary>
    public double[] Positive(double[] matrix)
    {
        (double[] values, double[] vectors) = Eigen(matrix);
        double[] result = new double[matrix.Length];
        for (int k = 0; k < _rank; k++)
        {
            for (int at = 0; at < result.Length; at++)
            {
                result[at] += Math.Max(0, values[k]) * vectors[(at / _rank * _rank) + k] * vectors[(at % _rank * _rank) + k];
            }
        }

        return result;
    }

    public static double[] Plus(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

    public static double[] Minus(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a - b)];

    public static double[] Times(double factor, double[] x) => [.. x.Select(value => factor * value)];

    private double[] Square(double[] matrix) => PlainMatrix.Times(matrix, matrix, _rank, _rank, _rank);

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private (double[] Values, double[] Vectors) Eigen(double[] matrix)
    {
        double[] values = new double[_rank], vectors = new double[_rank * _rank];
        SymmetricEigen.Decompose<double>(new(matrix, _rank, _rank), values, new MatrixSpan<double>(vectors, _rank, _rank));
        return (values, vectors);
    }
}
