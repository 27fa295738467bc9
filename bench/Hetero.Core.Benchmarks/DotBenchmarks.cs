using System.Numerics;
using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Benchmarks;

/// <summary>x·y: the length of svec at d = 100, in the cache, and a million, out of it.</summary>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class DotBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _x = [];
    private T[] _y = [];
    private MathNet.Numerics.LinearAlgebra.Vector<T> _mathNetX = null!;
    private MathNet.Numerics.LinearAlgebra.Vector<T> _mathNetY = null!;

    [Params(5050, 1_000_000)]
    public int Length { get; set; }

    public double Flops => 2.0 * Length;

    [GlobalSetup]
    public void Fill()
    {
        (_x, _y) = (new T[Length], new T[Length]);
        new RandomStream(1, StreamPurpose.User).FillGaussian<T>(0, _x);
        new RandomStream(2, StreamPurpose.User).FillGaussian<T>(0, _y);
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        _mathNetX = MathNet.Numerics.LinearAlgebra.Vector<T>.Build.Dense(_x);
        _mathNetY = MathNet.Numerics.LinearAlgebra.Vector<T>.Build.Dense(_y);
    }

    [Benchmark(Baseline = true), Work(WorkUnit.Flop, nameof(Flops))]
    public T Loop() => LoopDot.Dot<T>(_x, _y);

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public T TensorPrimitivesDot() => TensorPrimitives.Dot<T>(_x, _y);

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public T MathNetDot() => _mathNetX.DotProduct(_mathNetY);

    [Benchmark, Work(WorkUnit.Flop, nameof(Flops))]
    public T HeteroDot() => Reductions.Dot<T>(_x, _y);
}
