using System.Numerics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks;

/// <summary>Eigenvalues and vectors of symmetric d×d matrices, singular values and vectors of square ones, on one thread.</summary>
/// <remarks>MathNet is its managed provider, told to use one thread as well. It has no decomposition into memory of the caller.</remarks>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class DecompositionBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _matrix = [];
    private T[] _symmetric = [];
    private T[] _values = [];
    private T[] _left = [];
    private T[] _right = [];
    private T[] _scratch = [];
    private T[] _draw = [];
    private T[] _sketch = [];
    private Matrix<T> _mathNetMatrix = null!;
    private Matrix<T> _mathNetSymmetric = null!;

    // The largest ten of the singular values, from a sketch of twice as many columns.
    private const int Largest = 10;
    private const int SketchColumns = 20;

    [Params(40, 100, 300)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        int d = Dimension;
        (_matrix, _symmetric, _values, _left, _right) = (new T[d * d], new T[d * d], new T[d], new T[d * d], new T[d * d]);
        new RandomStream(1, StreamPurpose.User).FillGaussian<T>(0, _matrix);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                _symmetric[(i * d) + j] = _matrix[(Math.Max(i, j) * d) + Math.Min(i, j)];
            }
        }

        (_draw, _sketch) = (new T[d * SketchColumns], new T[d * SketchColumns]);
        new RandomStream(2, StreamPurpose.User).FillGaussian<T>(0, _draw);
        _scratch = new T[new[]
        {
            SymmetricEigen.GetScratchLength<T>(d), Svd.GetScratchLength<T>(d, d), Svd.GetValuesScratchLength<T>(d, d), JacobiSvd.GetScratchLength<T>(d, d),
            TruncatedSvd.GetScratchLength<T>(d, d, SketchColumns), 2 * d * d,
        }.Max()];
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        _mathNetMatrix = Matrix<T>.Build.DenseOfRowMajor(d, d, _matrix);
        _mathNetSymmetric = Matrix<T>.Build.DenseOfRowMajor(d, d, _symmetric);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("λ, V")]
    public void LoopEigen() => LoopJacobi.Decompose<T>(Dimension, _symmetric, _scratch.AsSpan(0, Dimension * Dimension), _values, _right);

    [Benchmark, BenchmarkCategory("λ, V")]
    public object MathNetEigen() => _mathNetSymmetric.Evd(Symmetricity.Symmetric);

    [Benchmark, BenchmarkCategory("λ, V")]
    public void HeteroEigen() => SymmetricEigen.Decompose(Square(_symmetric), _scratch, _values, Vectors(_right));

    [Benchmark, BenchmarkCategory("λ, V")]
    public void HeteroEigenvaluesAlone() => SymmetricEigen.Decompose(Square(_symmetric), _scratch, _values);

    [Benchmark(Baseline = true), BenchmarkCategory("σ, U, V")]
    public object MathNetSvd() => _mathNetMatrix.Svd(computeVectors: true);

    [Benchmark, BenchmarkCategory("σ, U, V")]
    public void HeteroSvd() => Svd.Decompose(Square(_matrix), _scratch, Vectors(_left), _values, Vectors(_right));

    [Benchmark, BenchmarkCategory("σ, U, V")]
    public void HeteroJacobiSvd() => JacobiSvd.Decompose(Square(_matrix), _scratch, Vectors(_left), _values, Vectors(_right));

    [Benchmark, BenchmarkCategory("σ, U, V")]
    public T HeteroTruncatedSvd()
    {
        // The sketch is overwritten.
        _draw.CopyTo(_sketch, 0);
        return TruncatedSvd.Decompose(
            Square(_matrix), new MatrixSpan<T>(_sketch, Dimension, SketchColumns), 1, _scratch, Columns(_left), _values.AsSpan(0, Largest), Columns(_right));
    }

    [Benchmark(Baseline = true), BenchmarkCategory("σ")]
    public object MathNetSingularValues() => _mathNetMatrix.Svd(computeVectors: false);

    [Benchmark, BenchmarkCategory("σ")]
    public void HeteroSingularValues() => Svd.Decompose(Square(_matrix), _scratch, _values);

    [Benchmark, BenchmarkCategory("σ")]
    public void HeteroJacobiSingularValues() => JacobiSvd.Decompose(Square(_matrix), _scratch, _values);

    private ReadOnlyMatrixSpan<T> Square(T[] data) => new(data, Dimension, Dimension);

    private MatrixSpan<T> Vectors(T[] data) => new(data, Dimension, Dimension);

    private MatrixSpan<T> Columns(T[] data) => new(data.AsSpan(0, Dimension * Largest), Dimension, Largest);
}
