using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a small symmetric tridiagonal matrix: values by <see cref="SturmEigenvalues{T}"/>, vectors by <see cref="TwistedVectors{T}"/> all at once,
/// then <see cref="Orthonormalization{T}"/>. No step of the iteration waits for rotations of vectors, and none of n² rotations is applied. Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// It refuses what it cannot do to working precision: eigenvalues within 64·ε of the norm (in double about 10⁻⁹ of it, where the iteration takes too long), whose vectors are not determined
/// one by one; residuals above 4·√n·ε of the norm; and vectors that are not nearly orthonormal. With neither, n orthonormal vectors with small residuals are there, so that no eigenvalue is missing.
/// </remarks>
internal static unsafe class TwistedEigen
{
    /// <summary>The least size.</summary>
    public const int MinimumRows = Orthonormalization<double>.MinimumRows;

    /// <summary>The rows up to which it is faster than divide and conquer.</summary>
    public const int MaximumRows = 100;

    /// <summary>Gets the scratch for so many rows.</summary>
    public static int GetScratchLength<T>(int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => size is < MinimumRows or > MaximumRows ? 0 : (((2 * size) + 6) * LinePath.Padded<T>(size)) + TwistedVectors<T>.GetScratchLength(size);

    /// <summary>Decomposes, or returns false with nothing but scratch, values and vectors overwritten.</summary>
    /// <param name="diagonal">The n diagonal entries of a matrix with magnitudes near 1, n from <see cref="MinimumRows"/> on.</param>
    /// <param name="beside">n elements, the first n − 1 beside the diagonal.</param>
    /// <param name="values">The padded length; receives the n eigenvalues, ascending.</param>
    /// <param name="vectors">n rows; receives the eigenvectors as columns, and zeros beyond.</param>
    /// <param name="stride">The distance between two of its rows, whole registers.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    public static bool TryDecompose<T>(
        ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside, Span<T> values, Span<T> vectors, int stride, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length, padded = LinePath.Padded<T>(n);
        if (!TryFindValues(diagonal, beside, values, scratch, proves: false))
        {
            return false;
        }

        T norm = T.Max(T.Abs(values[0]), T.Abs(values[n - 1]));
        T epsilon = T.BitIncrement(T.One) - T.One;
        if (!HasGaps(values[..n], T.CreateChecked(64) * epsilon * norm))
        {
            return false;
        }

        T unit = epsilon * norm;
        fixed (T* d = diagonal, e = beside, w = values, v = vectors, s = scratch)
        {
            T* source = s + (6 * padded);
            TwistedVectors<T> twisted = new()
            {
                Diagonal = d,
                Beside = e,
                Rows = n,
                Values = w,
                Count = n,
                Vectors = source,
                Stride = padded,
                Square = T.One,
                Scratch = source + (2 * n * padded),
                Corrects = true,
                Settled = T.CreateChecked(9) * unit * unit,
            };
            LinePath.Run<T, TwistedVectors<T>>(ref twisted);

            // Corrections move values by less than the gaps, or something is wrong.
            if (!(twisted.Residual <= T.CreateChecked(16 * n) * unit * unit) || !HasGaps(values[..n], T.Zero))
            {
                return false;
            }

            Orthonormalization<T> polish = new()
            {
                Rows = n,
                Vectors = source,
                Stride = padded,
                Target = v,
                TargetStride = stride,
                Coefficients = source + (n * padded),
            };
            LinePath.Run<T, Orthonormalization<T>>(ref polish);
            return polish.Succeeded;
        }
    }

    /// <summary>Finds the eigenvalues, ascending, and the last one again up to the padded length; returns false, with nothing but scratch and values overwritten, where they are close.</summary>
    /// <param name="diagonal">The n ≥ 1 diagonal entries.</param>
    /// <param name="beside">At least n − 1 elements beside the diagonal.</param>
    /// <param name="values">The padded length.</param>
    /// <param name="scratch">Six times the padded length.</param>
    /// <param name="proves">Whether values are proved by counts: where no vectors prove them.</param>
    public static bool TryFindValues<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside, Span<T> values, Span<T> scratch, bool proves)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length, padded = LinePath.Padded<T>(n);
        T lower = T.PositiveInfinity, upper = T.NegativeInfinity, before = T.Zero, least = T.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            // Gershgorin's circles.
            T after = i < n - 1 ? T.Abs(beside[i]) : T.Zero, radius = before + after;
            least = i < n - 1 ? T.MinNative(least, after) : least;
            lower = T.MinNative(lower, diagonal[i] - radius);
            upper = T.MaxNative(upper, diagonal[i] + radius);
            scratch[i] = diagonal[i];
            scratch[padded + i] = -(before * before);
            before = after;
        }

        // A matrix that falls in parts mostly has values in common to them, as of low rank, and the iteration is fast where it has parts.
        if (least <= T.CreateChecked(4) * (T.BitIncrement(T.One) - T.One) * (upper - lower))
        {
            return false;
        }

        fixed (T* s = scratch, w = values)
        {
            SturmEigenvalues<T> sturm = new()
            {
                Diagonal = s,
                Squares = s + padded,
                Rows = n,
                Count = n,
                Lower = lower,
                Upper = upper,
                Start = lower,
                Values = w,
                Scratch = s + (2 * padded),
                Proves = proves,
            };
            LinePath.Run<T, SturmEigenvalues<T>>(ref sturm);
            return sturm.Succeeded;
        }
    }

    /// <summary>Says whether ascending values are apart.</summary>
    public static bool HasGaps<T>(ReadOnlySpan<T> values, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (!(values[i] - values[i - 1] > least))
            {
                return false;
            }
        }

        return true;
    }
}
