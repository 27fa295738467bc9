using System.Numerics;
using BenchmarkDotNet.Attributes;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks;

/// <summary>The thin QR decomposition of a tall matrix, with and without pivots, and least squares by it, on one thread.</summary>
/// <remarks>MathNet is its managed provider, told to use one thread as well. Its only thin decomposition of tall matrices with k columns of Q
/// that ends in reasonable time is modified Gram–Schmidt, whose Q is orthonormal up to κ·ε only.</remarks>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class TallQrBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _matrix = [];
    private T[] _q = [];
    private T[] _r = [];
    private T[] _scratch = [];
    private readonly T[] _residual = new T[1];
    private T[] _side = [];
    private T[] _solution = [];
    private int[] _permutation = [];
    private Matrix<T> _mathNet = null!;

    [Params(2_000, 100_000)]
    public int Rows { get; set; }

    [Params(20)]
    public int Columns { get; set; }

    // What Gram–Schmidt needs; the others do more.
    public double Flops => 2.0 * Rows * Columns * Columns;

    [GlobalSetup]
    public void Fill()
    {
        (int n, int k) = (Rows, Columns);
        (_matrix, _q, _r) = (new T[n * k], new T[n * k], new T[k * k]);
        new RandomStream(1, StreamPurpose.User).FillGaussian<T>(0, _matrix);
        (_side, _solution, _permutation) = (new T[n], new T[k], new int[k]);
        new RandomStream(2, StreamPurpose.User).FillGaussian<T>(0, _side);
        _scratch = new T[new[]
        {
            HouseholderQr.GetScratchLength<T>(n, k), CholeskyQr.GetScratchLength<T>(n, k), PivotedQr.GetScratchLength<T>(n, k), LeastSquares.GetScratchLength<T>(n, k, 1),
        }.Max()];
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        _mathNet = Matrix<T>.Build.DenseOfRowMajor(n, k, _matrix);
    }

    [Benchmark(Baseline = true), Work(WorkUnit.Flop, nameof(Flops))]
    public void LoopGramSchmidt() => LoopQr.Decompose<T>(Rows, Columns, _matrix, _q, _r);

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public object MathNetGramSchmidt() => _mathNet.GramSchmidt();

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public void HeteroHouseholder() => HouseholderQr.Decompose(Matrix(), _scratch, new MatrixSpan<T>(_q, Rows, Columns), Triangle());

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public void HeteroCholesky() => CholeskyQr.Decompose(Matrix(), _scratch, new MatrixSpan<T>(_q, Rows, Columns), Triangle());

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public void HeteroPivoted() => PivotedQr.Decompose(Matrix(), _scratch, new MatrixSpan<T>(_q, Rows, Columns), Triangle(), _permutation);

    // R alone, and one right-hand side.
    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public T HeteroLeastSquares() => LeastSquares.Solve(Matrix(), new(_side, Rows, 1), _scratch, new(_solution, Columns, 1), _residual);

    private ReadOnlyMatrixSpan<T> Matrix() => new(_matrix, Rows, Columns);

    private MatrixSpan<T> Triangle() => new(_r, Columns, Columns);
}
