using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

[Collection(Allocations.Collection)]
public sealed class NumericsAllocationTests
{
    [Fact]
    public void NothingAllocatesInDouble() => Check<double>();

    [Fact]
    public void NothingAllocatesInFloat() => Check<float>();

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int N = 20;
        T[] x = Data.Uniform<T>(1 << 17);
        T[] a = Data.Uniform<T>(400 * 400);
        T[] b = Data.Uniform<T>(400 * 400);
        T[] c = new T[400 * 400];
        T[] small = Matrices.Mirrored(Data.Uniform<T>(N * N), N);
        T[] values = new T[N];
        using WorkerTeam team = new(3);
        T[] scratch = new T[Products.GetMultiplyScratchLength<T>(400, 400, 400, team)];
        T sum = T.Zero;

        foreach (WorkerTeam? lent in (WorkerTeam?[])[null, team])
        {
            Assert.Equal(0, Allocations.Of(() => sum += Reductions.Dot<T>(x, x, lent)));
            Assert.Equal(0, Allocations.Of(() => Products.Multiply<T>(new(a, 400, 400), new(b, 400, 400), scratch, new(c, 400, 400), lent)));
            Assert.Equal(0, Allocations.Of(() => Products.MultiplyAdd<T>(new(a, 400, 400), new(b, 400, 400), scratch, new(c, 400, 400), lent)));
            Assert.Equal(0, Allocations.Of(() => Products.Gram<T>(new(a, 400, 400), scratch, new(c, 400, 400), lent)));
        }

        Assert.Equal(0, Allocations.Of(() => sum += Reductions.Norm<T>(x)));
        Assert.Equal(0, Allocations.Of(() => Reductions.AllFinite<T>(x)));
        Assert.Equal(0, Allocations.Of(() => HouseholderQr.Decompose<T>(new(small, N, N), scratch, new(a.AsSpan(0, N * N), N, N), new(b.AsSpan(0, N * N), N, N))));
        foreach ((int rows, int columns) in ((int, int)[])[(100, 100), (25_000, 6)])
        {
            T[] tall = Data.Uniform<T>(rows * columns), part = new T[HouseholderQr.GetScratchLength<T>(rows, columns, team)], q = new T[rows * columns], r = new T[columns * columns];
            Assert.Equal(0, Allocations.Of(() => HouseholderQr.Decompose<T>(new(tall, rows, columns), part, new(q, rows, columns), new(r, columns, columns))));
            Assert.Equal(0, Allocations.Of(() => HouseholderQr.Decompose<T>(new(tall, rows, columns), part, new(q, rows, columns), new(r, columns, columns), team)));
            CheckPivoting<T>(tall, rows, columns, null);
            CheckPivoting<T>(tall, rows, columns, team);
        }

        Assert.Equal(0, Allocations.Of(() => SymmetricEigen.Decompose<T>(new(small, N, N), scratch, values, new(b.AsSpan(0, N * N), N, N))));
        CheckLarge<T>(team, 60);
        CheckLarge<T>(team, 270);
        CheckSystems<T>(null);
        CheckSystems<T>(team);
        Assert.Equal(0, Allocations.Of(() => JacobiSvd.Decompose<T>(new(small, N, N), scratch, new(a.AsSpan(0, N * N), N, N), values, new(b.AsSpan(0, N * N), N, N))));
        Assert.Equal(0, Allocations.Of(() => JacobiSvd.Decompose<T>(new(small, N, N), scratch, values)));
        Assert.Equal(0, Allocations.Of(() => sum += Norms.GeneralNuclear<T>(new(small, N, N), scratch)));
        Assert.Equal(0, Allocations.Of(() => sum += Norms.Operator<T>(new(small, N, N), scratch)));
        Assert.Equal(0, Allocations.Of(() => sum += Norms.Spectral<T>(new(small, N, N), scratch)));
    }

    private static void CheckPivoting<T>(T[] a, int m, int n, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] q = new T[m * n], r = new T[n * n], b = Data.Uniform<T>(m), x = new T[n], residual = new T[1];
        T[] scratch = new T[PivotedQr.GetScratchLength<T>(m, n, team) + LeastSquares.GetScratchLength<T>(m, n, 1, team) + LeastSquares.GetMinimumNormScratchLength<T>(m, n, 1, team)];
        int[] permutation = new int[n];
        Assert.Equal(0, Allocations.Of(() => PivotedQr.Decompose<T>(new(a, m, n), scratch, new(q, m, n), new(r, n, n), permutation, team)));
        Assert.Equal(0, Allocations.Of(() => LeastSquares.Solve<T>(new(a, m, n), new(b, m, 1), scratch, new(x, n, 1), residual, team)));
        Assert.Equal(0, Allocations.Of(() => LeastSquares.SolveMinimumNorm(new(a, m, n), new(b, m, 1), T.CreateChecked(0.5), scratch, new(x, n, 1), residual, team)));
    }

    /// <summary>Scaled products of blocks, triangular systems and the Cholesky decomposition, on a team and without.</summary>
    private static void CheckSystems<T>(WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond what one block and one thread do.
        const int N = 400;
        T[] a = Matrices.Mirrored(Data.Uniform<T>(N * N), N), l = new T[N * N], b = Data.Uniform<T>(N * N), z = new T[N * N];
        for (int i = 0; i < N; i++)
        {
            a[i * (N + 1)] = T.CreateChecked(N);
        }

        T[] scratch = new T[Cholesky.GetScratchLength<T>(N, team) + Products.GetMultiplyScratchLength<T>(N, N, N, team)
            + TriangularSystem.GetScratchLength<T>(N, N, MatrixSide.Right, team)];
        Assert.Equal(0, Allocations.Of(() => Cholesky.Decompose<T>(new(a, N, N), scratch, new(l, N, N), team)));
        Assert.Equal(0, Allocations.Of(() => Cholesky.Solve<T>(new(l, N, N), scratch, new(b, N, N), team)));
        Assert.Equal(0, Allocations.Of(() =>
        {
            b.AsSpan().Fill(T.One);
            TriangularSystem.Solve<T>(new(l, N, N), Triangle.Lower, MatrixSide.Right, scratch, new(b, N, N), team);
        }));
        Assert.Equal(0, Allocations.Of(() => Products.Multiply<T>(
            T.One, new ReadOnlyMatrixSpan<T>(a, N, N).Slice(1, 1, 90, 80), new ReadOnlyMatrixSpan<T>(l, N, N).Slice(2, 2, 80, 70), T.One, scratch,
            new MatrixSpan<T>(z, N, N).Slice(3, 3, 90, 70), team)));
        Assert.Equal(0, Allocations.Of(() => new Hetero.Core.Random.RandomStream(1).FillGaussian(z, T.One, T.One)));
        Assert.Equal(0, Allocations.Of(() => new Hetero.Core.Random.RandomStream(1).FillUniform(z, T.Zero, T.One)));
    }

    /// <summary>Sizes beyond the thresholds: several panels, several blocks of rows, a shift.</summary>
    private static void CheckLarge<T>(WorkerTeam team, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 5000, K = 10;
        T[] symmetric = Data.Uniform<T>(n * n);
        T[] values = new T[n];
        T[] vectors = new T[n * n];
        T[] tall = Data.Uniform<T>(Rows * K);
        for (int i = 0; i < tall.Length; i += K)
        {
            tall[i] = tall[i + 1] + (tall[i] * T.Sqrt(Data.Epsilon<T>()));
        }

        T[] q = new T[Rows * K];
        T[] r = new T[K * K];
        foreach (WorkerTeam? lent in (WorkerTeam?[])[null, team])
        {
            T[] eigenScratch = new T[SymmetricEigen.GetScratchLength<T>(n, lent)];
            Assert.Equal(0, Allocations.Of(() => SymmetricEigen.Decompose<T>(new(symmetric, n, n), eigenScratch, values, new(vectors, n, n), lent)));
            T[] bidiagonalScratch = new T[BidiagonalSvd.GetScratchLength<T>(n, true, lent)];
            Assert.Equal(0, Allocations.Of(() =>
            {
                values.AsSpan().Fill(T.One);
                q.AsSpan(0, n - 1).Fill(T.One);
                BidiagonalSvd.Decompose<T>(values, q.AsSpan(0, n - 1), bidiagonalScratch, new(symmetric, n, n), new(vectors, n, n), lent);
                q.AsSpan(0, n - 1).Fill(T.One);
                BidiagonalSvd.Values<T>(values, q.AsSpan(0, n - 1), bidiagonalScratch);
            }));
            T[] rangeScratch = new T[SymmetricEigen.GetRangeScratchLength<T>(n, 3, lent)];
            Assert.Equal(
                0, Allocations.Of(() => SymmetricEigen.DecomposeRange<T>(new(symmetric, n, n), rangeScratch, 2, values.AsSpan(0, 3), new(vectors.AsSpan(0, 3 * n), n, 3), lent)));
            T[] scratch = new T[CholeskyQr.GetScratchLength<T>(Rows, K, lent)];
            Assert.Equal(0, Allocations.Of(() => CholeskyQr.Decompose<T>(new(tall, Rows, K), scratch, new(q, Rows, K), new(r, K, K), lent)));
        }

        foreach ((int rows, int columns) in ((int, int)[])[(n, n), (2 * n, n), (150, 140), (400, 390)])
        {
            T[] a = Data.Uniform<T>(rows * columns), u = new T[rows * columns], sigma = new T[columns], v = new T[columns * columns];
            T[] svdScratch = new T[Svd.GetScratchLength<T>(rows, columns, team)];
            foreach (WorkerTeam? lent in (WorkerTeam?[])[null, team])
            {
                Assert.Equal(0, Allocations.Of(() => Svd.Decompose<T>(new(a, rows, columns), svdScratch, new(u, rows, columns), sigma, new(v, columns, columns), lent)));
                Assert.Equal(0, Allocations.Of(() => Svd.Decompose<T>(new(a, rows, columns), svdScratch, sigma, lent)));
            }
        }

        T[] valuesScratch = new T[SymmetricEigen.GetValuesScratchLength<T>(n, team)];
        Assert.Equal(0, Allocations.Of(() => SymmetricEigen.Decompose<T>(new(symmetric, n, n), valuesScratch, values)));
        Assert.Equal(0, Allocations.Of(() => SymmetricEigen.Decompose<T>(new(symmetric, n, n), valuesScratch, values, team)));
    }
}
