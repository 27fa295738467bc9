using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Sums over vectors, in an order fixed by the length alone: the same bits on every register width and number of threads.
/// Thread-safe: no state.
/// </summary>
/// <remarks>
/// A vector is cut in blocks of 32768 elements. In a block, lane l of 2048 bits (32 doubles, 64 floats) is one chain of fused multiply-adds over the
/// elements i ≡ l; the lanes are added as a binary tree. The sums of the blocks are added in ascending order, 1024 at a time, and then the sums of these.
/// With L lanes and n elements the error is at most about (min(n, 2¹⁵)/L + log₂ L + min(n, 2²⁵)/2¹⁵ + n/2²⁵)·ε·Σ|xᵢyᵢ|: 1600·ε for 2³¹ − 1 floats.
/// </remarks>
public static class Reductions
{
    /// <summary>The block sums added at a time, 8 KiB of doubles on the stack. It defines a sum's bits beyond 2²⁵ elements.</summary>
    internal const int SumsPerRound = 1024;

    /// <summary>Returns Σᵢ xᵢ·yᵢ; 0 for empty vectors. The two may share memory.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector, as long as the first.</param>
    /// <returns>The dot product.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="y"/> is not that of <paramref name="x"/>.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Dot(x, y, null);

    /// <summary>Returns Σᵢ xᵢ², by the same operations as <c>Dot(x, x)</c>.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The vector; may be empty.</param>
    /// <returns>The sum of squares. It overflows to infinity, or underflows to 0, when the squares do.</returns>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Dot(x, x, null);

    /// <summary>Returns the Euclidean norm √(Σᵢ xᵢ²).</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The vector; may be empty.</param>
    /// <returns>The norm. Where squares would overflow or lose digits, the elements are scaled first: it is infinite only if it is not
    /// representable.</returns>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ScaledNorm.Of(x);

    /// <summary>Says whether no element is infinite or NaN; true for an empty vector.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The vector.</param>
    /// <returns>True if all elements are finite.</returns>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static bool AllFinite<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        return x.IsEmpty || TensorPrimitives.IsFiniteAll(x);
    }

    /// <summary>Returns Σᵢ xᵢ·yᵢ, the blocks spread over a team; the same bits as without it.</summary>
    internal static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Length(y.Length, x.Length, nameof(y));
        return x.Length <= DotKernel.BlockLength ? DotKernel.Block(x, y) : DotOfBlocks(x, y, team, SumsPerRound);
    }

    /// <summary>Adds the block sums in ascending order, <paramref name="blocksPerRound"/> (at most 1024) at a time, and then the sums of the rounds.</summary>
    internal static T DotOfBlocks<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, WorkerTeam? team, int blocksPerRound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[SumsPerRound];
        T total = T.Zero;
        while (!x.IsEmpty)
        {
            int length = Math.Min(x.Length, blocksPerRound * DotKernel.BlockLength);
            int blocks = (length + DotKernel.BlockLength - 1) / DotKernel.BlockLength;
            DotWork<T> work = new(x[..length], y[..length], sums);
            WorkerTeam.Run(team, ref work, blocks);
            T round = sums[0];
            foreach (T sum in sums[1..blocks])
            {
                round += sum;
            }

            total += round;
            x = x[length..];
            y = y[length..];
        }

        return total;
    }
}
