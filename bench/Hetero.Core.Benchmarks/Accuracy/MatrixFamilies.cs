using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Benchmarks.Accuracy;

/// <summary>200 matrices that decompositions find easy or hard: four kinds by chance, four seeds each, and four kinds without, in ten sizes.</summary>
internal static class MatrixFamilies
{
    private const int Seeds = 4;

    // Graded over twelve decades; within a cluster they differ by a few roundings of a double.
    private const double Decades = 12;
    private const double ClusterWidth = 1e-14;
    private const double Glue = 1e-8;

    public static IReadOnlyList<MatrixFamily> All { get; } =
    [
        new("random", Seeds, Random),
        new("graded", Seeds, Graded),
        new("clustered", Seeds, Clustered),
        new("rank n/4", Seeds, Deficient),
        new("Wilkinson", 1, (n, _, _) => Wilkinson(n, n)),
        new("glued Wilkinson", 1, (n, _, _) => Wilkinson(n, Math.Min(n, 11))),
        new("all ones", 1, (n, _, _) => Fill(n, (_, _) => 1)),
        new("Hilbert", 1, (n, _, _) => Fill(n, (i, j) => 1.0 / (i + j + 1))),
    ];

    private static double[] Random(int n, int seed, bool isSymmetric)
    {
        double[] matrix = Gaussian(n * n, seed);
        return isSymmetric ? Fill(n, (i, j) => matrix[(Math.Max(i, j) * n) + Math.Min(i, j)]) : matrix;
    }

    /// <summary>Rows over twelve decades, and columns as well where it has to be symmetric.</summary>
    private static double[] Graded(int n, int seed, bool isSymmetric)
    {
        double[] matrix = Random(n, seed, isSymmetric);
        double Scale(int i) => Math.Pow(10, -Decades * i / (isSymmetric ? 2 * n : n));
        return Fill(n, (i, j) => matrix[(i * n) + j] * Scale(i) * (isSymmetric ? Scale(j) : 1));
    }

    /// <summary>Values at 1, 2 and 3, each many times over.</summary>
    private static double[] Clustered(int n, int seed, bool isSymmetric)
    {
        double[] left = Frame(n, seed), right = isSymmetric ? left : Frame(n, seed + Seeds);
        return Fill(n, (i, j) =>
        {
            // The order of a symmetric sum must not depend on which index is the row.
            double sum = 0;
            for (int k = 0; k < n; k++)
            {
                sum += (1 + (k % 3) + (k * ClusterWidth)) * (left[(i * n) + k] * right[(j * n) + k]);
            }

            return sum;
        });
    }

    private static double[] Deficient(int n, int seed, bool isSymmetric)
    {
        int rank = Math.Max(1, n / 4);
        double[] left = Gaussian(n * rank, seed), right = isSymmetric ? left : Gaussian(n * rank, seed + Seeds);
        return Fill(n, (i, j) => Enumerable.Range(0, rank).Sum(k => left[(i * rank) + k] * right[(j * rank) + k]));
    }

    /// <summary>Blocks of W⁺: |i − (b − 1)/2| on the diagonal and 1 beside it, joined by a small number.</summary>
    private static double[] Wilkinson(int n, int block) => Fill(n, (i, j) =>
    {
        int last = Math.Min(n, ((i / block) + 1) * block) - (i / block * block) - 1;
        return i == j ? Math.Abs((i % block) - (last / 2.0))
            : Math.Abs(i - j) != 1 ? 0
            : i / block == j / block ? 1 : Glue;
    });

    private static double[] Frame(int n, int seed)
    {
        double[] q = new double[n * n], r = new double[n * n];
        HouseholderQr.Decompose(new ReadOnlyMatrixSpan<double>(Gaussian(n * n, seed), n, n), new MatrixSpan<double>(q, n, n), new MatrixSpan<double>(r, n, n));
        return q;
    }

    private static double[] Gaussian(int count, int seed)
    {
        double[] values = new double[count];
        new RandomStream((ulong)seed).FillGaussian(values.AsSpan());
        return values;
    }

    private static double[] Fill(int n, Func<int, int, double> entry)
    {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[(i * n) + j] = entry(i, j);
            }
        }

        return matrix;
    }
}
