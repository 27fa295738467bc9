using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Norms and products of vectors of any magnitude, from subnormal numbers to the largest. Where squares keep their digits in the vectors' own
/// precision they are those of <see cref="Reductions"/>; beyond, sums over scaled elements in double. Thread-safe: no state.
/// </summary>
internal static class ScaledProducts
{
    private const int Block = 512;

    /// <summary>Returns Σᵢ xᵢ²; 0 or infinite only where double cannot hold it.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double squares = double.CreateTruncating(Reductions.SumOfSquares(x));
        if (x.IsEmpty || KeepsDigits<T>(squares))
        {
            return squares;
        }

        double scale = ScaleOf(x);
        return Sum(x, scale, x, scale) / scale / scale;
    }

    /// <summary>Returns √(Σᵢ xᵢ²); infinite only where double cannot hold it.</summary>
    /// <param name="x">The vector.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    public static double Norm<T>(ReadOnlySpan<T> x, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double squares = double.CreateTruncating(Reductions.Dot(x, x, team));
        if (x.IsEmpty || KeepsDigits<T>(squares))
        {
            return Math.Sqrt(squares);
        }

        double scale = ScaleOf(x);
        return Math.Sqrt(Sum(x, scale, x, scale)) / scale;
    }

    /// <summary>Returns ⟨w, x⟩/‖x‖, the component of w along x.</summary>
    /// <param name="w">w, of ordinary magnitude.</param>
    /// <param name="x">x, not 0, as long.</param>
    /// <param name="norm">‖x‖.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    public static double Component<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> x, double norm, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (KeepsDigits<T>(norm * norm))
        {
            return double.CreateTruncating(Reductions.Dot(w, x, team)) / norm;
        }

        double scale = ScaleOf(x);
        return Sum(w, 1, x, scale) / (norm * scale);
    }

    /// <summary>Writes x/‖x‖.</summary>
    /// <param name="x">x, not 0.</param>
    /// <param name="norm">‖x‖.</param>
    /// <param name="destination">As long as x; may be its memory.</param>
    public static void Normalize<T>(ReadOnlySpan<T> x, double norm, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (KeepsDigits<T>(norm * norm))
        {
            TensorPrimitives.Multiply(x, T.CreateTruncating(1 / norm), destination);
            return;
        }

        (T scale, _) = PowerOfTwo.Normalizing(T.Abs(TensorPrimitives.MaxMagnitude(x)));
        TensorPrimitives.Multiply(x, scale, destination);
        TensorPrimitives.Multiply(destination, T.CreateTruncating(1 / (norm * double.CreateTruncating(scale))), destination);
    }

    /// <summary>Whether the squares that make up a sum stay clear of the ends of the range of T.</summary>
    private static bool KeepsDigits<T>(double squares)
        => typeof(T) == typeof(double) ? squares is > 1e-280 and < 1e280 : squares is > 1e-24 and < 1e24;

    private static double ScaleOf<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => PowerOfTwo.Normalizing(double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude(x)))).Scale;

    private static double Sum<T>(ReadOnlySpan<T> x, double xScale, ReadOnlySpan<T> y, double yScale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> left = stackalloc double[Block], right = stackalloc double[Block];
        double sum = 0;
        for (int first = 0; first < x.Length; first += Block)
        {
            int length = Math.Min(Block, x.Length - first);
            Scale(x.Slice(first, length), xScale, left);
            Scale(y.Slice(first, length), yScale, right);
            sum += Reductions.Dot<double>(left[..length], right[..length]);
        }

        return sum;
    }

    private static void Scale<T>(ReadOnlySpan<T> x, double scale, Span<double> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.ConvertTruncating(x, destination);
        TensorPrimitives.Multiply(destination[..x.Length], scale, destination);
    }
}
