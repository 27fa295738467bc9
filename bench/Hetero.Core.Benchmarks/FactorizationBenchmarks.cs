using System.Numerics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks;

/// <summary>Cholesky factors, QR with and without pivots, and the solution of a system by QR, of d×d matrices on one thread.</summary>
/// <remarks>MathNet is its managed provider, told to use one thread as well. It has no decomposition into memory of the caller, and none with pivots.</remarks>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class FactorizationBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _residual = new T[1];
    private T[] _matrix = [];
    private T[] _definite = [];
    private T[] _side = [];
    private T[] _solution = [];
    private T[] _q = [];
    private T[] _r = [];
    private T[] _scratch = [];
    private int[] _permutation = [];
    private Matrix<T> _mathNetMatrix = null!;
    private Matrix<T> _mathNetDefinite = null!;

    [Params(40, 100, 300)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        int d = Dimension;
        (_matrix, _definite, _q, _r) = (new T[d * d], new T[d * d], new T[d * d], new T[d * d]);
        (_side, _solution, _permutation) = (new T[d], new T[d], new int[d]);
        new RandomStream(1, StreamPurpose.User).FillGaussian<T>(0, _matrix);
        new RandomStream(2, StreamPurpose.User).FillGaussian<T>(0, _side);
        Products.Gram(Square(_matrix), Result(_definite));
        for (int i = 0; i < d; i++)
        {
            _definite[i * (d + 1)] += T.One;
        }

        _scratch = new T[new[]
        {
            Cholesky.GetScratchLength<T>(d), HouseholderQr.GetScratchLength<T>(d, d), PivotedQr.GetScratchLength<T>(d, d), LeastSquares.GetScratchLength<T>(d, d, 1),
        }.Max()];
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        _mathNetMatrix = Matrix<T>.Build.DenseOfRowMajor(d, d, _matrix);
        _mathNetDefinite = Matrix<T>.Build.DenseOfRowMajor(d, d, _definite);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("L")]
    public object MathNetCholesky() => _mathNetDefinite.Cholesky();

    [Benchmark, BenchmarkCategory("L")]
    public void HeteroCholesky() => Cholesky.Decompose(Square(_definite), _scratch, Result(_q));

    [Benchmark(Baseline = true), BenchmarkCategory("Q, R")]
    public object MathNetQr() => _mathNetMatrix.QR();

    [Benchmark, BenchmarkCategory("Q, R")]
    public void HeteroQr() => HouseholderQr.Decompose(Square(_matrix), _scratch, Result(_q), Result(_r));

    [Benchmark, BenchmarkCategory("Q, R")]
    public void HeteroPivotedQr() => PivotedQr.Decompose(Square(_matrix), _scratch, Result(_q), Result(_r), _permutation);

    [Benchmark(Baseline = true), BenchmarkCategory("A⁻¹b")]
    public object MathNetSolve() => _mathNetMatrix.QR().Solve(CreateVector.Dense(_side));

    [Benchmark, BenchmarkCategory("A⁻¹b")]
    public T HeteroSolve() => LeastSquares.Solve(Square(_matrix), new(_side, Dimension, 1), _scratch, new(_solution, Dimension, 1), _residual);

    private ReadOnlyMatrixSpan<T> Square(T[] data) => new(data, Dimension, Dimension);

    private MatrixSpan<T> Result(T[] data) => new(data, Dimension, Dimension);
}
