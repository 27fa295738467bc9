using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>The same transform by whole-array operations: only the uniform numbers are still made one at a time.</summary>
internal sealed class BoxMullerTensor<T>(int length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly System.Random _random = new();
    private readonly T[] _radius = new T[(length + 1) / 2];
    private readonly T[] _angle = new T[(length + 1) / 2];

    public void Fill(Span<T> destination)
    {
        int half = destination.Length / 2;
        for (int i = 0; i < _radius.Length; i++)
        {
            _radius[i] = T.One - Uniform();
            _angle[i] = Uniform();
        }

        TensorPrimitives.Log(_radius, _radius);
        TensorPrimitives.Multiply(_radius, T.CreateTruncating(-2), _radius);
        TensorPrimitives.Sqrt(_radius, _radius);
        TensorPrimitives.Multiply(_angle, T.Tau, _angle);
        TensorPrimitives.Cos(_angle.AsSpan(), destination);
        TensorPrimitives.Sin(_angle.AsSpan(0, half), destination[_angle.Length..]);
        TensorPrimitives.Multiply(destination[.._radius.Length], _radius, destination[.._radius.Length]);
        TensorPrimitives.Multiply(destination[_radius.Length..], _radius.AsSpan(0, half), destination[_radius.Length..]);
    }

    private T Uniform() => typeof(T) == typeof(float) ? T.CreateTruncating(_random.NextSingle()) : T.CreateTruncating(_random.NextDouble());
}
