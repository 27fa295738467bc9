using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class StructuredMatricesOfDoubleTests : StructuredMatricesTests<double>;

public sealed class StructuredMatricesOfFloatTests : StructuredMatricesTests<float>;

/// <summary>
/// Matrices whose entries repeat, whose rank is low, whose eigenvalues coincide or whose rows are graded: sums of equal terms round the same way again and
/// again, and what is left of the matrix after some columns is rounding alone. Vectors must be orthonormal there as for any other matrix.
/// </summary>
public abstract class StructuredMatricesTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, int> Symmetric => new()
    {
        { "ones", 64 }, { "ones", 401 }, { "ones", 600 }, { "ones and a diagonal", 200 }, { "blocks of 2", 401 }, { "blocks of 7", 600 },
        { "rank one", 200 }, { "rank three", 200 }, { "two eigenvalues", 160 }, { "a projection", 160 }, { "a sine transform", 600 },
        { "graded down", 200 }, { "graded up", 200 }, { "second differences", 200 },
        { "wilkinson", 21 }, { "wilkinson", 201 }, { "glued wilkinson", 42 }, { "glued wilkinson", 210 }, { "hilbert", 100 }, { "a cluster", 66 }, { "a cluster", 200 },
    };

    public static TheoryData<string, int, int> Tall => new()
    {
        { "ones", 257, 257 }, { "ones", 2000, 60 }, { "ones", 400, 400 }, { "ones and a diagonal", 200, 200 }, { "blocks of 2", 2000, 60 }, { "blocks of 7", 200, 200 },
        { "rank one", 200, 200 }, { "rank three", 257, 257 }, { "two eigenvalues", 130, 130 }, { "a projection", 130, 130 }, { "a sine transform", 200, 200 },
        { "graded down", 257, 257 }, { "graded up", 300, 100 },
    };

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void EigenvectorsAreOrthonormalAndFit(string kind, int n)
    {
        T[] a = Create(kind, n, n), values = new T[n], vectors = new T[n * n];
        SymmetricEigen.Decompose<T>(new(a, n, n), new T[SymmetricEigen.GetScratchLength<T>(n)], values, new(vectors, n, n));
        IsSmall(Matrices.Defect(vectors, n, n), n, "VᵀV − I");
        IsSmall(Matrices.Residual(a, vectors, values, Matrices.Transposed(vectors, n, n), n, n, n) / Matrices.Norm(a), n, "A − VΛVᵀ");
    }

    [Theory]
    [MemberData(nameof(Tall))]
    public void SingularVectorsAreOrthonormalAndFit(string kind, int m, int n)
    {
        T[] a = Create(kind, m, n), left = new T[m * n], sigma = new T[n], right = new T[n * n];
        JacobiSvd.Decompose<T>(new(a, m, n), new T[JacobiSvd.GetScratchLength<T>(m, n)], new(left, m, n), sigma, new(right, n, n));
        IsSmall(Matrices.Defect(left, m, n), n, "UᵀU − I");
        IsSmall(Matrices.Defect(right, n, n), n, "VᵀV − I");
        IsSmall(Matrices.Residual(a, left, sigma, Matrices.Transposed(right, n, n), m, n, n) / Matrices.Norm(a), n, "A − UΣVᵀ");
    }

    [Theory]
    [MemberData(nameof(Tall))]
    public void SingularVectorsByReductionAreOrthonormalAndFit(string kind, int m, int n) => CheckReduction(kind, m, n);

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void SingularVectorsByReductionOfSymmetricMatricesAreOrthonormalAndFit(string kind, int n) => CheckReduction(kind, n, n);

    [Theory]
    [MemberData(nameof(Tall))]
    public void FramesAreOrthonormalAndFit(string kind, int m, int n)
    {
        T[] a = Create(kind, m, n), q = new T[m * n], r = new T[n * n];
        HouseholderQr.Decompose<T>(new(a, m, n), new T[HouseholderQr.GetScratchLength<T>(m, n)], new(q, m, n), new(r, n, n));
        IsSmall(Matrices.Defect(q, m, n), n, "Householder, QᵀQ − I");
        IsSmall(Matrices.Residual(a, q, null, r, m, n, n) / Matrices.Norm(a), n, "Householder, A − QR");
        try
        {
            CholeskyQr.Decompose<T>(new(a, m, n), new T[CholeskyQr.GetScratchLength<T>(m, n)], new(q, m, n), new(r, n, n));
        }
        catch (RankDeficientException)
        {
            Assert.True(kind is not ("ones and a diagonal" or "two eigenvalues" or "a sine transform"), "It has full rank.");
            return;
        }

        IsSmall(Matrices.Defect(q, m, n), n, "Cholesky, QᵀQ − I");
        IsSmall(Matrices.Residual(a, q, null, r, m, n, n) / Matrices.Norm(a), n, "Cholesky, A − QR");
    }

    private static void CheckReduction(string kind, int m, int n)
    {
        T[] a = Create(kind, m, n), left = new T[m * n], sigma = new T[n], right = new T[n * n];
        Svd.Decompose<T>(new(a, m, n), new T[Svd.GetScratchLength<T>(m, n)], new(left, m, n), sigma, new(right, n, n));
        IsSmall(Matrices.Defect(left, m, n), n, "UᵀU − I");
        IsSmall(Matrices.Defect(right, n, n), n, "VᵀV − I");
        IsSmall(Matrices.Residual(a, left, sigma, Matrices.Transposed(right, n, n), m, n, n) / Matrices.Norm(a), n, "A − UΣVᵀ");
    }

    /// <summary>A quarter of the house's bound.</summary>
    private static void IsSmall(double error, int n, string what)
        => Assert.True(error <= Matrices.Bound<T>(n) / 4, $"{what} is {error / Matrices.Bound<T>(n) * 128} times √n·ε");

    private static T[] Create(string kind, int m, int n)
    {
        double[] u = Data.Uniform<double>(m), v = m == n ? u : Data.Uniform<double>(n, 2), noise = Data.Uniform<double>(m * n, 3);
        double[] small = Matrices.Mirrored(Data.Uniform<double>(49, 4), 7);
        return kind switch
        {
            "two eigenvalues" => Matrices.WithEigenvalues<T>([.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1.0 : -2.0)]),
            "a projection" => Matrices.WithEigenvalues<T>([.. Enumerable.Range(0, n).Select(i => i < n / 2 ? 1.0 : 0)]),
            "ones" => Of((_, _) => 1),
            "ones and a diagonal" => Of((i, j) => i == j ? 2 : 1),
            "blocks of 2" => Of((i, j) => small[(i * 2 / m * 7) + (j * 2 / n)]),
            "blocks of 7" => Of((i, j) => small[(i * 7 / m * 7) + (j * 7 / n)]),
            "rank one" => Of((i, j) => u[i] * v[j]),
            "rank three" => Of((i, j) => (u[i] * v[j]) + (u[(i + 1) % m] * v[(j + 1) % n]) + (3 * u[(i + 2) % m] * v[(j + 2) % n])),

            // Symmetric and orthogonal: its eigenvalues are 1 and −1.
            "a sine transform" => Of((i, j) => Math.Sqrt(2.0 / (n + 1)) * Math.Sin(Math.PI * ((i + 1L) * (j + 1) % (2 * (n + 1))) / (n + 1))),
            "graded down" => Of((i, j) => noise[(Math.Max(i, j) * n) + Math.Min(i, j)] * Math.ScaleB(1, -60 * (i + j) / m)),
            "graded up" => Of((i, j) => noise[(Math.Max(i, j) * n) + Math.Min(i, j)] * Math.ScaleB(1, 60 * (i + j - m - n) / m)),
            "wilkinson" => Of((i, j) => i == j ? Math.Abs(i - ((n - 1) / 2.0)) : Math.Abs(i - j) == 1 ? 1 : 0),

            // Copies of W21+, whose large eigenvalues come in pairs, so weakly coupled that each pair becomes a cluster.
            "glued wilkinson" => Of((i, j) => i == j ? Math.Abs((i % 21) - 10) : Math.Abs(i - j) == 1 ? (Math.Max(i, j) % 21 == 0 ? 1e-7 : 1) : 0),
            "hilbert" => Of((i, j) => 1.0 / (i + j + 1)),
            "a cluster" => Of((i, j) => i == j ? 1 + (1e-10 * u[i]) : 1e-12 * noise[(Math.Max(i, j) * n) + Math.Min(i, j)]),
            "second differences" => Of((i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0),
            _ => throw new ArgumentException(kind, nameof(kind)),
        };

        T[] Of(Func<int, int, double> entry)
        {
            T[] a = new T[m * n];
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    a[(i * n) + j] = T.CreateChecked(entry(i, j));
                }
            }

            return a;
        }
    }
}
