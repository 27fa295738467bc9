using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class RentingOfDoubleTests : RentingTests<double>;

public sealed class RentingOfFloatTests : RentingTests<float>;

/// <summary>The overloads without scratch have the bits of those with it.</summary>
public abstract class RentingTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int M = 61, N = 45;

    private readonly T[] _tall = Data.Uniform<T>(M * N, 1);
    private readonly T[] _symmetric = Matrices.Mirrored(Data.Uniform<T>(N * N, 2), N);
    private readonly T[] _scratch = new T[200_000];
    private readonly T[] _x = new T[M * M], _y = new T[M * M], _z = new T[M * M], _p = new T[M * M], _q = new T[M * M], _r = new T[M * M];

    [Fact]
    public void ProductsAndGrams()
    {
        Products.Multiply<T>(new(_tall, M, N), new(_symmetric, N, N), _scratch, new(_x.AsSpan(0, M * N), M, N));
        Products.Multiply<T>(new(_tall, M, N), new(_symmetric, N, N), new MatrixSpan<T>(_p.AsSpan(0, M * N), M, N));
        Products.MultiplyAdd<T>(new(_tall, M, N), new(_symmetric, N, N), _scratch, new(_x.AsSpan(0, M * N), M, N));
        Products.MultiplyAdd<T>(new(_tall, M, N), new(_symmetric, N, N), new MatrixSpan<T>(_p.AsSpan(0, M * N), M, N));
        Products.Gram<T>(new(_tall, M, N), _scratch, new(_y, M, M));
        Products.Gram<T>(new(_tall, M, N), new MatrixSpan<T>(_q, M, M));
        Products.GramLower<T>(new(_tall, M, N), _scratch, new(_z, M, M));
        Products.GramLower<T>(new(_tall, M, N), new MatrixSpan<T>(_r, M, M));
        Compare();
    }

    [Fact]
    public void ThinQr()
    {
        HouseholderQr.Decompose<T>(new(_tall, M, N), _scratch, new(_x.AsSpan(0, M * N), M, N), new(_y.AsSpan(0, N * N), N, N));
        HouseholderQr.Decompose<T>(new(_tall, M, N), new MatrixSpan<T>(_p.AsSpan(0, M * N), M, N), new(_q.AsSpan(0, N * N), N, N));
        Compare();
        CholeskyQr.Decompose<T>(new(_tall, M, N), _scratch, new(_x.AsSpan(0, M * N), M, N), new(_y.AsSpan(0, N * N), N, N));
        CholeskyQr.Decompose<T>(new(_tall, M, N), new MatrixSpan<T>(_p.AsSpan(0, M * N), M, N), new(_q.AsSpan(0, N * N), N, N));
        Compare();
    }

    [Fact]
    public void PivotingAndLeastSquares()
    {
        int[] permutation = new int[N], other = new int[N];
        PivotedQr.Decompose<T>(new(_tall, M, N), _scratch, new(_x.AsSpan(0, M * N), M, N), new(_y.AsSpan(0, N * N), N, N), permutation);
        PivotedQr.Decompose<T>(new(_tall, M, N), new MatrixSpan<T>(_p.AsSpan(0, M * N), M, N), new(_q.AsSpan(0, N * N), N, N), other);
        Assert.Equal(permutation, other);
        Compare();
        T first = LeastSquares.Solve<T>(new(_symmetric, N, N), new(_tall.AsSpan(0, N * 3), N, 3), _scratch, new(_x.AsSpan(0, N * 3), N, 3), _y.AsSpan(0, 3));
        T second = LeastSquares.Solve<T>(new(_symmetric, N, N), new(_tall.AsSpan(0, N * 3), N, 3), new MatrixSpan<T>(_p.AsSpan(0, N * 3), N, 3), _q.AsSpan(0, 3));
        Assert.Equal(first, second);
        Compare();
        LeastSquares.SolveMinimumNorm<T>(new(_symmetric, N, N), new(_tall.AsSpan(0, N), N, 1), first, _scratch, new(_x.AsSpan(0, N), N, 1), _y.AsSpan(0, 1));
        LeastSquares.SolveMinimumNorm<T>(new(_symmetric, N, N), new(_tall.AsSpan(0, N), N, 1), first, new MatrixSpan<T>(_p.AsSpan(0, N), N, 1), _q.AsSpan(0, 1));
        Compare();
    }

    [Fact]
    public void SpectraAndNorms()
    {
        JacobiSvd.Decompose<T>(new(_tall, M, N), _scratch, new(_x.AsSpan(0, M * N), M, N), _y.AsSpan(0, N), new(_z.AsSpan(0, N * N), N, N));
        JacobiSvd.Decompose<T>(new(_tall, M, N), new MatrixSpan<T>(_p.AsSpan(0, M * N), M, N), _q.AsSpan(0, N), new(_r.AsSpan(0, N * N), N, N));
        Compare();
        JacobiSvd.Decompose<T>(new(_tall, M, N), _p.AsSpan(0, N));
        Assert.True(Data.SameBits<T>(_y.AsSpan(0, N), _p.AsSpan(0, N)));

        Svd.Decompose<T>(new(_tall, M, N), _scratch, new(_x.AsSpan(0, M * N), M, N), _y.AsSpan(0, N), new(_z.AsSpan(0, N * N), N, N));
        Svd.Decompose<T>(new(_tall, M, N), new(_p.AsSpan(0, M * N), M, N), _q.AsSpan(0, N), new(_r.AsSpan(0, N * N), N, N));
        Compare();
        Svd.Decompose<T>(new(_tall, M, N), _scratch, _y.AsSpan(0, N));
        Svd.Decompose<T>(new ReadOnlyMatrixSpan<T>(_tall, M, N), _p.AsSpan(0, N));
        Assert.True(Data.SameBits<T>(_y.AsSpan(0, N), _p.AsSpan(0, N)));

        // The third argument is the vectors: an array of its own type behind new(…) is not taken for values.
        SymmetricEigen.Decompose<T>(new(_symmetric, N, N), _scratch, _x.AsSpan(0, N), new(_y.AsSpan(0, N * N), N, N));
        SymmetricEigen.Decompose<T>(new(_symmetric, N, N), _p.AsSpan(0, N), new(_q.AsSpan(0, N * N), N, N));
        Assert.True(Data.SameBits<T>(_x.AsSpan(0, N), _p.AsSpan(0, N)));
        Assert.True(Data.SameBits<T>(_y.AsSpan(0, N * N), _q.AsSpan(0, N * N)));
        SymmetricEigen.Decompose<T>(new(_symmetric, N, N), _scratch, _x.AsSpan(0, N));
        SymmetricEigen.Decompose<T>(new(_symmetric, N, N), _p.AsSpan(0, N));
        Assert.True(Data.SameBits<T>(_x.AsSpan(0, N), _p.AsSpan(0, N)));
        SymmetricEigen.DecomposeRange<T>(new(_symmetric, N, N), _scratch, 1, _x.AsSpan(0, 2), new(_y.AsSpan(0, 2 * N), N, 2));
        SymmetricEigen.DecomposeRange<T>(new(_symmetric, N, N), 1, _p.AsSpan(0, 2), new(_q.AsSpan(0, 2 * N), N, 2));
        Assert.True(Data.SameBits<T>(_x.AsSpan(0, 2), _p.AsSpan(0, 2)));
        Assert.True(Data.SameBits<T>(_y.AsSpan(0, 2 * N), _q.AsSpan(0, 2 * N)));

        ReadOnlyMatrixSpan<T> tall = new(_tall, M, N), symmetric = new(_symmetric, N, N);
        Assert.Equal(Norms.Operator(symmetric, _scratch), Norms.Operator(symmetric));
        Assert.Equal(Norms.Nuclear(symmetric, _scratch), Norms.Nuclear(symmetric));
        Assert.Equal(Norms.Spectral(tall, _scratch), Norms.Spectral(tall));
        Assert.Equal(Norms.GeneralNuclear(tall, _scratch), Norms.GeneralNuclear(tall));
    }

    /// <summary>Scratch that was counted without the team is refused by a message that says so.</summary>
    [Fact]
    public void ScratchThatWasCountedWithoutTheTeamIsNamed()
    {
        using WorkerTeam team = new(3);
        const int Large = 600;
        T[] a = new T[Large * Large], c = new T[Large * Large];
        T[] scratch = new T[Products.GetMultiplyScratchLength<T>(Large, Large, Large)];
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => Products.Multiply<T>(new(a, Large, Large), new(a, Large, Large), scratch, new(c, Large, Large), team));
        Assert.Equal("scratch", refusal.ParamName);
        int needed = Products.GetMultiplyScratchLength<T>(Large, Large, Large, team);
        Assert.Contains($"accepted is at least {needed} for a team of 3 threads: the method that gets the length", refusal.Message, StringComparison.Ordinal);
    }

    private void Compare()
    {
        Assert.True(Data.SameBits<T>(_x, _p));
        Assert.True(Data.SameBits<T>(_y, _q));
        Assert.True(Data.SameBits<T>(_z, _r));
    }
}
