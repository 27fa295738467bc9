using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Singular values and vectors of a small upper bidiagonal matrix: values by <see cref="SturmEigenvalues{T}"/>, vectors by <see cref="TwistedVectors{T}"/> all at once, then
/// <see cref="Orthonormalization{T}"/> of each kind. Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// Row after row, right and left vectors in turn, v₀, u₀, v₁, u₁, …, are an eigenvector, with eigenvalue σ, of the tridiagonal matrix that has zeros on its diagonal and d₀, e₀, d₁, … beside it
/// (Golub, Kahan); that with −σ is as close to it as 2σ. What cannot be done to working precision is refused as in <see cref="TwistedEigen"/>: also a σ within 32·ε of zero.
/// </remarks>
internal static unsafe class TwistedSvd
{
    /// <summary>The least size.</summary>
    public const int MinimumRows = Orthonormalization<double>.MinimumRows;

    /// <summary>The rows up to which it is faster than divide and conquer, and minors of twice as many stay in the range.</summary>
    public static int MaximumRows<T>()
        where T : unmanaged
        => sizeof(T) == sizeof(float) ? 64 : 96;

    /// <summary>Gets the scratch for so many rows.</summary>
    public static int GetScratchLength<T>(int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => size < MinimumRows || size > MaximumRows<T>() ? 0
            : (((3 * size) + 11) * LinePath.Padded<T>(size)) + TwistedVectors<T>.GetScratchLength(2 * size);

    /// <summary>Decomposes B = left·diag(values)·rightᵀ, or returns false with nothing but scratch, values and vectors overwritten.</summary>
    /// <param name="diagonal">The n diagonal entries of a matrix whose norm is near 1, n from <see cref="MinimumRows"/> to <see cref="MaximumRows"/>.</param>
    /// <param name="beside">n − 1 elements.</param>
    /// <param name="values">Receives the n singular values, descending.</param>
    /// <param name="left">n rows; receives the left vectors as columns, and zeros beyond.</param>
    /// <param name="right">n rows; receives the right vectors as columns, and zeros beyond.</param>
    /// <param name="stride">The distance between two of their rows, whole registers.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    public static bool TryDecompose<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside, Span<T> values, Span<T> left, Span<T> right, int stride, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length, padded = LinePath.Padded<T>(n);
        fixed (T* s = scratch, u = left, v = right)
        {
            T* zeros = s + padded, entries = zeros + (2 * padded), squares = entries + (2 * padded), coefficients = squares + (6 * padded), source = coefficients + (n * padded);
            Span<T> found = new(s, padded);
            T upper = T.Zero, before = T.Zero, smallest = T.PositiveInfinity;
            for (int i = 0; i < 2 * n; i++)
            {
                // Gershgorin's circles around zero.
                T after = i == (2 * n) - 1 ? T.Zero : int.IsEvenInteger(i) ? diagonal[i / 2] : beside[i / 2];
                upper = T.MaxNative(upper, T.Abs(before) + T.Abs(after));
                smallest = i < (2 * n) - 1 ? T.MinNative(smallest, T.Abs(after)) : smallest;
                zeros[i] = T.Zero;
                entries[i] = after;
                squares[i] = -(before * before);
                before = after;
            }

            // As in TwistedEigen.TryFindValues.
            T epsilon = T.BitIncrement(T.One) - T.One;
            if (smallest <= T.CreateChecked(8) * epsilon * upper)
            {
                return false;
            }

            SturmEigenvalues<T> sturm = new()
            {
                Diagonal = zeros,
                Squares = squares,
                Rows = 2 * n,
                First = n,
                Count = n,
                Lower = -upper,
                Upper = upper,
                Values = s,
                Scratch = squares + (2 * padded),
            };
            LinePath.Run<T, SturmEigenvalues<T>>(ref sturm);
            found[..n].Reverse();
            T least = T.CreateChecked(64) * epsilon * found[0];
            if (!sturm.Succeeded || !(found[n - 1] + found[n - 1] > least) || !HasGaps<T>(found[..n], least))
            {
                return false;
            }

            found[n..].Fill(found[n - 1]);
            T unit = epsilon * found[0];
            TwistedVectors<T> twisted = new()
            {
                Diagonal = zeros,
                Beside = entries,
                Rows = 2 * n,
                Values = s,
                Count = n,
                Vectors = source,
                Stride = padded,
                Square = T.One + T.One,
                Corrects = true,
                Settled = T.CreateChecked(9) * unit * unit,
                Scratch = source + (2 * n * padded),
            };
            LinePath.Run<T, TwistedVectors<T>>(ref twisted);
            if (!(twisted.Residual <= T.CreateChecked(16 * n) * unit * unit) || !HasGaps<T>(found[..n], T.Zero) || T.IsNegative(found[n - 1]))
            {
                return false;
            }

            found[..n].CopyTo(values);
            Orthonormalization<T> polish = new()
            {
                Rows = n,
                Vectors = source,
                Stride = 2 * padded,
                Target = v,
                TargetStride = stride,
                Coefficients = coefficients,
            };
            LinePath.Run<T, Orthonormalization<T>>(ref polish);
            if (!polish.Succeeded)
            {
                return false;
            }

            polish.Vectors = source + padded;
            polish.Target = u;
            LinePath.Run<T, Orthonormalization<T>>(ref polish);
            return polish.Succeeded;
        }
    }

    /// <summary>Says whether descending values are apart.</summary>
    private static bool HasGaps<T>(ReadOnlySpan<T> values, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (!(values[i - 1] - values[i] > least))
            {
                return false;
            }
        }

        return true;
    }
}
