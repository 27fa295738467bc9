using System.Numerics;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>Triple loops over rows: no indices into a matrix, no bounds checks inside, but one number at a time.</summary>
internal readonly struct LoopProducts : IProducts
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
                T factor = left[(i * d) + k];
                ReadOnlySpan<T> row = right.Slice(k * d, target.Length);
                for (int j = 0; j < row.Length; j++)
                {
                    target[j] += factor * row[j];
                }
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
                T sum = LoopDot.Dot(row, factor.Slice(j * d, d));
                destination[(i * d) + j] = sum;
                destination[(j * d) + i] = sum;
            }
        }
    }
}
