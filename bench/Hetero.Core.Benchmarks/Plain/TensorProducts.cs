using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>The same loops with the innermost one left to TensorPrimitives.</summary>
internal readonly struct TensorProducts : IProducts
{
    public static void Multiply<T>(int d, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        destination.Clear();
        for (int i = 0; i < d; i++)
        {
            Span<T> target = destination.Slice(i * d, d);
            for (int k = 0; k < d; k++)
            {
                TensorPrimitives.FusedMultiplyAdd(right.Slice(k * d, d), left[(i * d) + k], target, target);
            }
        }
    }

    public static void Gram<T>(int d, ReadOnlySpan<T> factor, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < d; i++)
        {
            ReadOnlySpan<T> row = factor.Slice(i * d, d);
            for (int j = 0; j <= i; j++)
            {
                T sum = TensorPrimitives.Dot(row, factor.Slice(j * d, d));
                destination[(i * d) + j] = sum;
                destination[(j * d) + i] = sum;
            }
        }
    }
}
