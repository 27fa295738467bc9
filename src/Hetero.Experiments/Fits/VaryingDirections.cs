using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Fits;

/// <summary>The directions in which environments vary: large eigenvectors of the product of their deviations in two halves of the rows, as many as are beyond chance.</summary>
internal static class VaryingDirections
{
    // Beside the largest, what is smaller than this does not decide about stability.
    private const double Counted = 0.05;

    /// <summary>The directions that vary, in columns, d×r.</summary>
    public static double[] Of(double[][] deviations, IReadOnlyList<double> probabilities, int d, int blocks, CancellationToken cancellation)
    {
        int square = d * d, p = Svec.Length(d);
        double[] covariance = new double[square], product = new double[square], values = new double[d], vectors = new double[square];
        for (int e = 0; e < deviations.Length; e++)
        {
            double[] a = FitSpectrum.Square<double>(d, BlockFits.Mean(deviations[e], p, 0, blocks / 2)), b = FitSpectrum.Square<double>(d, BlockFits.Mean(deviations[e], p, blocks / 2, blocks));
            Products.Multiply<double>(new ReadOnlyMatrixSpan<double>(a, d, d), new ReadOnlyMatrixSpan<double>(b, d, d), new MatrixSpan<double>(product, d, d), cancellation: cancellation);
            for (int i = 0; i < square; i++)
            {
                covariance[i] += probabilities[e] / 2 * (product[i] + product[(i % d * d) + (i / d)]);
            }
        }

        if (!Reductions.AllFinite<double>(covariance))
        {
            throw RecipeException.Of("--step-size", "auto", "a number where products of responses and measurements have squares beyond the range of numbers; divide the responses by a constant");
        }

        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(covariance, d, d), values, new MatrixSpan<double>(vectors, d, d));
        int[] order = [.. Enumerable.Range(0, d).OrderByDescending(k => values[k])];
        double least = Counted * values[order[0]];
        List<double[]> found = [];
        while (found.Count < d && values[order[found.Count]] > Math.Max(least, 0) && IsBeyondChance(deviations, probabilities, blocks))
        {
            cancellation.ThrowIfCancellationRequested();
            double[] direction = [.. Enumerable.Range(0, d).Select(i => vectors[(i * d) + order[found.Count]])];
            found.Add(direction);
            for (int e = 0; e < deviations.Length; e++)
            {
                for (int k = 0; k < blocks; k++)
                {
                    TakeOff(direction, deviations[e].AsSpan(k * p, p));
                }
            }
        }

        return [.. Enumerable.Range(0, d).SelectMany(i => found.Select(direction => direction[i]))];
    }

    private static bool IsBeyondChance(double[][] deviations, IReadOnlyList<double> probabilities, int blocks)
    {
        double[] products = new double[blocks * blocks];
        for (int e = 0; e < deviations.Length; e++)
        {
            ChanceTest.AddProducts(deviations[e], blocks, probabilities[e], products);
        }

        return ChanceTest.IsBeyondChance(products, blocks);
    }

    /// <summary>(I − vvᵀ)C(I − vvᵀ) in the place of C, svec.</summary>
    private static void TakeOff(double[] v, Span<double> svec)
    {
        int d = v.Length;
        double[] c = FitSpectrum.Square<double>(d, svec), w = new double[d];
        for (int i = 0; i < d; i++)
        {
            w[i] = Reductions.Dot<double>(c.AsSpan(i * d, d), v);
        }

        double along = Reductions.Dot<double>(v, w);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                c[(i * d) + j] += (along * v[i] * v[j]) - (v[i] * w[j]) - (w[i] * v[j]);
            }
        }

        Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<double>(c, d, d), svec);
    }
}
