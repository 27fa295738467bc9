using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>
/// Hashes of results that pass through every kernel. They are the same on every machine and register width; run the tests with
/// DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0 to see it.
/// </summary>
public sealed class PinnedBitsTests
{
    [Fact]
    public void TheHashesAreThoseOfVersion6() => Assert.Equal(6, Arithmetic.Version);

    [Fact]
    public void DoubleResultsAreTheSameEverywhere() => Assert.Equal("3177fef97b38638e", Hash<double>().ToString("x16"));

    [Fact]
    public void FloatResultsAreTheSameEverywhere() => Assert.Equal("5da7a45aea19996c", Hash<float>().ToString("x16"));

    [Fact]
    public void LargeDecompositionsOfDoubleAreTheSameEverywhere() => Assert.Equal("a41d0949810428da", HashOfLarge<double>().ToString("x16"));

    [Fact]
    public void LargeDecompositionsOfFloatAreTheSameEverywhere() => Assert.Equal("ee17c4e0939bf17e", HashOfLarge<float>().ToString("x16"));

    [Fact]
    public void SystemsOfDoubleAreTheSameEverywhere() => Assert.Equal("727d09d1a2d32c61", HashOfSystems<double>().ToString("x16"));

    [Fact]
    public void SystemsOfFloatAreTheSameEverywhere() => Assert.Equal("60bff3f9d2e1b5a3", HashOfSystems<float>().ToString("x16"));

    [Fact]
    public void FramesOfDoubleAreTheSameEverywhere() => Assert.Equal("5d528a1996793c20", HashOfFrames<double>().ToString("x16"));

    [Fact]
    public void FramesOfFloatAreTheSameEverywhere() => Assert.Equal("4f1e4010a79b89d8", HashOfFrames<float>().ToString("x16"));

    [Fact]
    public void PivotingOfDoubleIsTheSameEverywhere() => Assert.Equal("7fba458e26b9b904", HashOfPivoting<double>().ToString("x16"));

    [Fact]
    public void PivotingOfFloatIsTheSameEverywhere() => Assert.Equal("868bca5eadab1c6d", HashOfPivoting<float>().ToString("x16"));

    [Fact]
    public void SingularValuesOfDoubleAreTheSameEverywhere() => Assert.Equal("d02f558be33979d2", HashOfSingularValues<double>().ToString("x16"));

    [Fact]
    public void SingularValuesOfFloatAreTheSameEverywhere() => Assert.Equal("b4c97fc320db809b", HashOfSingularValues<float>().ToString("x16"));

    [Fact]
    public void PassesInPartsOfDoubleAreTheSameEverywhere() => Assert.Equal("da7bb644434f1400", HashOfPassesInParts<double>().ToString("x16"));

    [Fact]
    public void PassesInPartsOfFloatAreTheSameEverywhere() => Assert.Equal("03a1bfbff308f3a6", HashOfPassesInParts<float>().ToString("x16"));

    /// <summary>As many rows as passes over a matrix are cut from into more than two parts, and values alone by divide and conquer.</summary>
    private static ulong HashOfPassesInParts<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int N = 517;
        T[] a = Data.Uniform<T>(N * N, 3), u = new T[N * N], v = new T[N * N], values = new T[N], alone = new T[N], singular = new T[N], singularAlone = new T[N], w = new T[N * N];
        SymmetricEigen.Decompose<T>(new(a, N, N), values, new MatrixSpan<T>(w, N, N));
        SymmetricEigen.Decompose<T>(new(a, N, N), alone);
        Svd.Decompose<T>(new(a, N, N), new MatrixSpan<T>(u, N, N), singular, new MatrixSpan<T>(v, N, N));
        Svd.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, N, N), singularAlone);
        return Fnv(values, w, alone, u, singular, v, singularAlone);
    }

    /// <summary>Small and large matrices, wide, square and tall, with vectors and without, and the largest singular values alone.</summary>
    private static ulong HashOfSingularValues<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<T[]> results = [];
        foreach ((int m, int n) in ((int, int)[])[(20, 20), (40, 53), (150, 139), (420, 60), (7, 90)])
        {
            int k = Math.Min(m, n);
            T[] a = Data.Uniform<T>(m * n, m), u = new T[m * k], values = new T[k], v = new T[n * k], alone = new T[k], omega = Data.Uniform<T>(n * 6, 5), largest = new T[4];
            Svd.Decompose<T>(new(a, m, n), new MatrixSpan<T>(u, m, k), values, new MatrixSpan<T>(v, n, k));
            Svd.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, m, n), alone);
            results.AddRange([[.. u], values, [.. v], alone]);
            T error = TruncatedSvd.Decompose<T>(
                new(a, m, n), new MatrixSpan<T>(omega, n, 6), 1, new MatrixSpan<T>(u.AsSpan(0, m * 4), m, 4), largest, new MatrixSpan<T>(v.AsSpan(0, n * 4), n, 4));
            results.AddRange([u, largest, v, [error]]);
        }

        return Fnv([.. results]);
    }

    [Fact]
    public void LargeFramesOfDoubleAreTheSameEverywhere() => Assert.Equal("580f8a671c76e60a", HashOfLargeFrames<double>().ToString("x16"));

    [Fact]
    public void LargeFramesOfFloatAreTheSameEverywhere() => Assert.Equal("eedafb7df991b87e", HashOfLargeFrames<float>().ToString("x16"));

    /// <summary>QR of as many columns as have wide panels in float.</summary>
    private static ulong HashOfLargeFrames<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 401, N = 390;
        T[] a = Data.Uniform<T>(M * N, 1), q = new T[M * N], r = new T[N * N];
        HouseholderQr.Decompose<T>(new(a, M, N), new MatrixSpan<T>(q, M, N), new MatrixSpan<T>(r, N, N));
        return Fnv(q, r);
    }

    /// <summary>QR with pivoting in panels, and least squares of full and of lower rank.</summary>
    private static ulong HashOfPivoting<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 130, N = 101, Rows = 20_001, K = 6;
        T[] a = Data.Uniform<T>(M * N, 1), q = new T[M * N], r = new T[N * N], b = Data.Uniform<T>(M * 3, 4), x = new T[N * 3], y = new T[N * 3], residuals = new T[6];
        int[] permutation = new int[N];
        PivotedQr.Decompose<T>(new(a, M, N), new MatrixSpan<T>(q, M, N), new MatrixSpan<T>(r, N, N), permutation);
        LeastSquares.Solve<T>(new(a, M, N), new(b, M, 3), new MatrixSpan<T>(x, N, 3), residuals.AsSpan(0, 3));
        LeastSquares.SolveMinimumNorm<T>(new(a, M, N), new(b, M, 3), T.CreateChecked(0.3), new MatrixSpan<T>(y, N, 3), residuals.AsSpan(3));
        T[] tall = Data.Uniform<T>(Rows * K, 2), side = Data.Uniform<T>(Rows, 3), z = new T[K], w = new T[K], least = new T[1];
        LeastSquares.Solve<T>(new(tall, Rows, K), new(side, Rows, 1), new MatrixSpan<T>(z, K, 1), least);
        LeastSquares.SolveMinimumNorm<T>(new(tall, Rows, K), new(side, Rows, 1), T.CreateChecked(0.99), new MatrixSpan<T>(w, K, 1), least);
        const int Columns = 40;
        T[] thin = new T[M * Columns], thinR = new T[Columns * Columns];
        int[] thinOrder = new int[Columns];
        PivotedQr.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, M, N).Slice(0, 0, M, Columns), new MatrixSpan<T>(thin, M, Columns), new MatrixSpan<T>(thinR, Columns, Columns), thinOrder);
        return Fnv(q, r, [.. permutation.Select(T.CreateChecked)], x, y, residuals, z, w, least, thin, thinR, [.. thinOrder.Select(T.CreateChecked)]);
    }

    /// <summary>QR in panels, and in blocks of rows.</summary>
    private static ulong HashOfFrames<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 130, N = 101, Rows = 20_001, K = 6;
        T[] a = Data.Uniform<T>(M * N, 1), q = new T[M * N], r = new T[N * N];
        HouseholderQr.Decompose<T>(new(a, M, N), new MatrixSpan<T>(q, M, N), new MatrixSpan<T>(r, N, N));
        T[] tall = Data.Uniform<T>(Rows * K, 2), frame = new T[Rows * K], triangle = new T[K * K];
        HouseholderQr.Decompose<T>(new(tall, Rows, K), new MatrixSpan<T>(frame, Rows, K), new MatrixSpan<T>(triangle, K, K));
        return Fnv(q, r, frame, triangle);
    }

    /// <summary>Scaled products, a Cholesky decomposition and triangular systems of several blocks, and scaled fills.</summary>
    private static ulong HashOfSystems<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int N = 203, M = 61;
        T[] g = new T[N * M], a = new T[N * N], b = new T[N * M], x = new T[M * N], u = new T[100];
        Hetero.Core.Random.RandomStream stream = new(11);
        stream.FillGaussian(g, T.CreateChecked(0.25), T.CreateChecked(1.5));
        stream.FillUniform(b, T.CreateChecked(-2), T.CreateChecked(3));
        stream.FillUniform(u, T.CreateChecked(1), T.CreateChecked(7));
        b.AsSpan().CopyTo(x);
        for (int i = 0; i < N; i++)
        {
            a[i * (N + 1)] = T.CreateChecked(30);
        }

        Products.Gram(T.CreateChecked(0.7), new ReadOnlyMatrixSpan<T>(g, N, M), T.CreateChecked(1.3), new MatrixSpan<T>(a, N, N));
        T[] l = new T[N * N];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, N, N), new MatrixSpan<T>(l, N, N));
        Cholesky.Solve(new ReadOnlyMatrixSpan<T>(l, N, N), new MatrixSpan<T>(b, N, M));
        TriangularSystem.Solve(new ReadOnlyMatrixSpan<T>(l, N, N), Triangle.Lower, MatrixSide.Right, new MatrixSpan<T>(x, M, N));
        T[] norm = [Norms.Frobenius<T>(new MatrixSpan<T>(l, N, N).Slice(3, 1, N - 5, N - 7))];
        return Fnv(g, u, a, l, b, x, norm);
    }

    private static ulong Hash<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 53, N = 37;
        T[] a = Data.Uniform<T>(M * N);
        T[] scratch = new T[20_000];
        T[] gram = new T[N * N];
        T[] values = new T[N];
        T[] vectors = new T[N * N];
        T[] q = new T[M * N];
        T[] r = new T[N * N];
        Products.Gram(new ReadOnlyMatrixSpan<T>(a, M, N).Transposed, scratch, new(gram, N, N));
        SymmetricEigen.Decompose<T>(new(gram, N, N), scratch, values, new(vectors, N, N));
        HouseholderQr.Decompose<T>(new(a, M, N), scratch, new(q, M, N), new(r, N, N));
        T[] norms = [Reductions.Norm<T>(Data.Uniform<T>(70_000)), Norms.Spectral<T>(new(a, M, N), scratch)];

        return Fnv(gram, values, vectors, q, r, norms);
    }

    /// <summary>Tridiagonal reduction in panels, a shifted Cholesky QR of several blocks, and a singular value decomposition.</summary>
    private static ulong HashOfLarge<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int N = 77, Rows = 5000, K = 13, M = 45;
        T[] values = new T[N];
        T[] vectors = new T[N * N];
        SymmetricEigen.Decompose<T>(new(Data.Uniform<T>(N * N), N, N), new T[SymmetricEigen.GetScratchLength<T>(N)], values, new(vectors, N, N));

        T[] tall = Data.Uniform<T>(Rows * K);
        for (int i = 0; i < tall.Length; i += K)
        {
            tall[i] = tall[i + 1] + (tall[i] * T.Sqrt(Data.Epsilon<T>()));
        }

        T[] q = new T[Rows * K];
        T[] r = new T[K * K];
        CholeskyQr.Decompose<T>(new(tall, Rows, K), new T[CholeskyQr.GetScratchLength<T>(Rows, K)], new(q, Rows, K), new(r, K, K));

        T[] left = new T[N * M];
        T[] sigma = new T[M];
        T[] right = new T[M * M];
        JacobiSvd.Decompose<T>(new(Data.Uniform<T>(N * M, 2), N, M), new T[JacobiSvd.GetScratchLength<T>(N, M)], new(left, N, M), sigma, new(right, M, M));
        T[] norms = [Norms.GeneralNuclear<T>(new(left, N, M), new T[Norms.GetGeneralNuclearScratchLength<T>(N, M)])];
        return Fnv(values, vectors, q, r, left, sigma, right, norms);
    }

    /// <summary>FNV-1a.</summary>
    private static ulong Fnv<T>(params T[][] results)
        where T : unmanaged
    {
        ulong hash = 14695981039346656037;
        foreach (T[] result in results)
        {
            foreach (byte value in MemoryMarshal.AsBytes<T>(result))
            {
                hash = (hash ^ value) * 1099511628211;
            }
        }

        return hash;
    }
}
