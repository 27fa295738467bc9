using System.Numerics;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>The dot product that everybody writes first: one accumulator.</summary>
internal static class LoopDot
{
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The lengths are equal, but only this line tells the compiler.
        y = y[..x.Length];
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
