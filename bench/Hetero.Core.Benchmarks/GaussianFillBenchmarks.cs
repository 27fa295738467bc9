using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Random;
using MathNet.Numerics.Distributions;

namespace Hetero.Core.Benchmarks;

/// <summary>10⁵ Gaussian numbers into a buffer that was written before.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class GaussianFillBenchmarks
{
    private const int Count = 100_000;

    private readonly double[] _doubles = new double[Count];
    private readonly float[] _floats = new float[Count];
    private readonly System.Random _random = new();
    private readonly RandomStream _stream = new(1, StreamPurpose.User);
    private readonly BoxMullerLoop _loop = new();
    private readonly BoxMullerTensor<double> _doubleTensor = new(Count);
    private readonly BoxMullerTensor<float> _floatTensor = new(Count);

    public double Numbers => Count;

    [GlobalSetup]
    public void Warm()
    {
        _loop.Fill(_doubles);
        _loop.Fill(_floats);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("double"), Work(WorkUnit.Number, nameof(Numbers))]
    public void LoopDouble() => _loop.Fill(_doubles);

    [Benchmark, BenchmarkCategory("double"), Work(WorkUnit.Number, nameof(Numbers))]
    public void TensorPrimitivesDouble() => _doubleTensor.Fill(_doubles);

    [Benchmark, BenchmarkCategory("double"), Work(WorkUnit.Number, nameof(Numbers))]
    public void TensorSpanDouble() => Tensor.FillGaussianNormalDistribution(new TensorSpan<double>(_doubles), _random);

    [Benchmark, BenchmarkCategory("double"), Work(WorkUnit.Number, nameof(Numbers))]
    public void MathNetDouble() => Normal.Samples(_random, _doubles, 0, 1);

    [Benchmark, BenchmarkCategory("double"), Work(WorkUnit.Number, nameof(Numbers))]
    public void HeteroDouble() => _stream.FillGaussian<double>(0, _doubles);

    [Benchmark(Baseline = true), BenchmarkCategory("float"), Work(WorkUnit.Number, nameof(Numbers))]
    public void LoopFloat() => _loop.Fill(_floats);

    [Benchmark, BenchmarkCategory("float"), Work(WorkUnit.Number, nameof(Numbers))]
    public void TensorPrimitivesFloat() => _floatTensor.Fill(_floats);

    [Benchmark, BenchmarkCategory("float"), Work(WorkUnit.Number, nameof(Numbers))]
    public void TensorSpanFloat() => Tensor.FillGaussianNormalDistribution(new TensorSpan<float>(_floats), _random);

    [Benchmark, BenchmarkCategory("float"), Work(WorkUnit.Number, nameof(Numbers))]
    public void HeteroFloat() => _stream.FillGaussian<float>(0, _floats);
}
