using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Singular values and vectors of an upper bidiagonal matrix, with errors of some ε of its norm. Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class BidiagonalSvd
{
    /// <summary>Gets the scratch: with vectors about four matrices, else eight rows, or some eighteen beyond 200 rows.</summary>
    public static int GetScratchLength<T>(int n, bool vectors, WorkerTeam? team, int leafRows = DividedBidiagonal<double>.DefaultLeafRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = LinePath.Padded<T>(n + 1);
        return ScratchLength.Of(
            vectors
                ? ((Int128)4 * (n + 1) * stride) + (5 * (Int128)n) + DividedBidiagonal<T>.GetScratchLength(n, leafRows, team)
                : n <= DividedBidiagonalValues<T>.QdRows ? 8 * (Int128)n : DividedBidiagonalValues<T>.GetScratchLength(n),
            n);
    }

    /// <summary>Decomposes B = left·diag(d)·rightᵀ; no argument is checked.</summary>
    /// <param name="d">The n diagonal entries; become the singular values, descending, none negative.</param>
    /// <param name="e">The n − 1 entries above the diagonal; overwritten.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="left">n×n, receives the left singular vectors as columns.</param>
    /// <param name="right">n×n, receives the right singular vectors as columns.</param>
    /// <param name="team">The team for products and roots, if any.</param>
    /// <param name="leafRows">The rows up to which QR is used.</param>
    /// <param name="maximumSteps">The QR steps for each singular value.</param>
    /// <exception cref="NotConvergedException">The iteration did not converge.</exception>
    public static void Decompose<T>(
        Span<T> d,
        Span<T> e,
        Span<T> scratch,
        MatrixSpan<T> left,
        MatrixSpan<T> right,
        WorkerTeam? team,
        int leafRows = DividedBidiagonal<double>.DefaultLeafRows,
        int maximumSteps = BidiagonalQr.MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = d.Length;
        if (n == 0)
        {
            return;
        }

        T inverse = Normalize(d, e);
        int stride = LinePath.Padded<T>(n + 1);
        int size = (n + 1) * stride;
        DividedBidiagonal<T> divided = new()
        {
            Values = d,
            Left = new(Take(ref scratch, size), n, n, stride),
            Right = new(Take(ref scratch, size), n + 1, n + 1, stride),
            GatheredLeft = new(Take(ref scratch, size), n, n, stride),
            GatheredRight = new(Take(ref scratch, size), n + 1, n + 1, stride),
            InnerLeft = left,
            InnerRight = right,
            Beside = Take(ref scratch, n),
            Order = MemoryMarshal.Cast<T, int>(Take(ref scratch, n))[..n],
            Integers = MemoryMarshal.Cast<T, int>(Take(ref scratch, 3 * n))[..(3 * n)],
            Scratch = scratch,
            LeafRows = leafRows,
            MaximumSteps = maximumSteps,
            Team = team,
        };
        e.CopyTo(divided.Beside);
        divided.Beside[n - 1] = T.Zero;
        divided.Solve();
        Span<T> sorted = divided.Beside;
        for (int i = 0; i < n; i++)
        {
            sorted[i] = d[divided.Order[n - 1 - i]] * inverse;
        }

        sorted.CopyTo(d);
        divided.Order.Reverse();
        OrderedVectors<T>.Copy(divided.Left, divided.Order, divided.GatheredLeft, left, team);
        OrderedVectors<T>.Copy(divided.Right, divided.Order, divided.GatheredRight, right, team);
    }

    /// <summary>Computes the singular values alone; no argument is checked.</summary>
    /// <param name="d">The n diagonal entries; become the singular values, descending, none negative.</param>
    /// <param name="e">The n − 1 entries above the diagonal; overwritten.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="inner">n×n: scratch for many rows; empty, and the values come step by step, however many there are.</param>
    /// <param name="team">The team for many rows, if any.</param>
    /// <param name="maximumSteps">The steps for each singular value.</param>
    /// <exception cref="NotConvergedException">The iteration did not converge.</exception>
    public static void Values<T>(
        Span<T> d, Span<T> e, Span<T> scratch, MatrixSpan<T> inner = default, WorkerTeam? team = null, int maximumSteps = DifferentialQd<double>.MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = d.Length;
        if (n == 0)
        {
            return;
        }

        T inverse = Normalize(d, e);
        if (inner.Rows == 0 || n <= DividedBidiagonalValues<T>.QdRows)
        {
            DifferentialQd<T>.Run(d, e, scratch, maximumSteps);
        }
        else
        {
            DividedBidiagonalValues<T>.Solve(d, e, inner, scratch, team, maximumSteps: maximumSteps);
        }

        TensorPrimitives.Multiply(d, inverse, d);
        AscendingSort.Run(d);
        d.Reverse();
    }

    private static Span<T> Take<T>(ref Span<T> scratch, int length)
    {
        Span<T> taken = scratch[..length];
        scratch = scratch[length..];
        return taken;
    }

    /// <summary>Scales by a power of two to magnitudes below 4; returns its inverse.</summary>
    private static T Normalize<T>(Span<T> d, Span<T> e)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Abs(TensorPrimitives.MaxMagnitude<T>(d));
        largest = e.IsEmpty ? largest : T.Max(largest, T.Abs(TensorPrimitives.MaxMagnitude<T>(e)));
        (T scale, T inverse) = PowerOfTwo.Normalizing(largest);
        TensorPrimitives.Multiply(d, scale, d);
        TensorPrimitives.Multiply(e, scale, e);
        return inverse;
    }
}
