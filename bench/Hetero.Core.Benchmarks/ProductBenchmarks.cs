using System.Numerics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks;

/// <summary>A·B and A·Aᵀ of d×d matrices on one thread.</summary>
/// <remarks>MathNet is its managed provider, told to use one thread as well.</remarks>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ProductBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _left = [];
    private T[] _right = [];
    private T[] _result = [];
    private T[] _scratch = [];
    private Matrix<T> _mathNetLeft = null!;
    private Matrix<T> _mathNetRight = null!;
    private Matrix<T> _mathNetResult = null!;

    [Params(40, 100, 400)]
    public int Dimension { get; set; }

    public double MultiplyFlops => 2.0 * Dimension * Dimension * Dimension;

    // A symmetric result has d(d + 1)/2 entries to compute, whoever computes more.
    public double GramFlops => (double)Dimension * Dimension * (Dimension + 1);

    [GlobalSetup]
    public void Fill()
    {
        int d = Dimension;
        (_left, _right, _result) = (new T[d * d], new T[d * d], new T[d * d]);
        new RandomStream(1, StreamPurpose.User).FillGaussian<T>(0, _left);
        new RandomStream(2, StreamPurpose.User).FillGaussian<T>(0, _right);
        _scratch = new T[Math.Max(Products.GetMultiplyScratchLength<T>(d, d, d), Products.GetGramScratchLength<T>(d, d))];
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        _mathNetLeft = Matrix<T>.Build.Dense(d, d, (T[])_left.Clone());
        _mathNetRight = Matrix<T>.Build.Dense(d, d, (T[])_right.Clone());
        _mathNetResult = Matrix<T>.Build.Dense(d, d);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("A·B"), Work(WorkUnit.Flop, nameof(MultiplyFlops))]
    public void LoopMultiply() => LoopProducts.Multiply<T>(Dimension, _left, _right, _result);

    [Benchmark, BenchmarkCategory("A·B"), Work(WorkUnit.Flop, nameof(MultiplyFlops))]
    public void TensorPrimitivesMultiply() => TensorProducts.Multiply<T>(Dimension, _left, _right, _result);

    [Benchmark, BenchmarkCategory("A·B"), Work(WorkUnit.Flop, nameof(MultiplyFlops))]
    public void MathNetMultiply() => _mathNetLeft.Multiply(_mathNetRight, _mathNetResult);

    [Benchmark, BenchmarkCategory("A·B"), Work(WorkUnit.Flop, nameof(MultiplyFlops))]
    public void HeteroMultiply() => Products.Multiply(Square(_left), Square(_right), _scratch, Result());

    [Benchmark(Baseline = true), BenchmarkCategory("A·Aᵀ"), Work(WorkUnit.Flop, nameof(GramFlops))]
    public void LoopGram() => LoopProducts.Gram<T>(Dimension, _left, _result);

    [Benchmark, BenchmarkCategory("A·Aᵀ"), Work(WorkUnit.Flop, nameof(GramFlops))]
    public void TensorPrimitivesGram() => TensorProducts.Gram<T>(Dimension, _left, _result);

    [Benchmark, BenchmarkCategory("A·Aᵀ"), Work(WorkUnit.Flop, nameof(GramFlops))]
    public void MathNetGram() => _mathNetLeft.TransposeAndMultiply(_mathNetLeft, _mathNetResult);

    [Benchmark, BenchmarkCategory("A·Aᵀ"), Work(WorkUnit.Flop, nameof(GramFlops))]
    public void HeteroGram() => Products.Gram(Square(_left), _scratch, Result());

    private ReadOnlyMatrixSpan<T> Square(T[] data) => new(data, Dimension, Dimension);

    private MatrixSpan<T> Result() => new(_result, Dimension, Dimension);
}
