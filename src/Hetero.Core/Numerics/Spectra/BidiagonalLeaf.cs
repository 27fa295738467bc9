using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A small upper bidiagonal matrix of n rows and n + 1 columns by <see cref="BidiagonalQr"/>: brought to a square one, and turned so that its larger end comes first, as
/// the iteration is fast there.
/// </summary>
internal static class BidiagonalLeaf
{
    /// <summary>Gets the scratch for so many rows.</summary>
    public static int GetScratchLength<T>(int size)
        where T : unmanaged
        => ((2 * (size + 1)) * LinePath.Padded<T>(size + 1)) + (6 * (size + 1));

    /// <summary>Decomposes.</summary>
    /// <param name="values">The n ≥ 1 diagonal entries; become the singular values, in no order.</param>
    /// <param name="beside">n entries, the last one in column n.</param>
    /// <param name="left">Receives n rows of n, the left vectors.</param>
    /// <param name="right">Receives n + 1 rows of n + 1, the right vectors, the last one of the null space.</param>
    /// <param name="scratch">See <see cref="GetScratchLength"/>.</param>
    /// <param name="negligible">See <see cref="BidiagonalQr"/>.</param>
    /// <param name="maximumSteps">The steps for each value.</param>
    public static void Decompose<T>(
        Span<T> values, ReadOnlySpan<T> beside, MatrixSpan<T> left, MatrixSpan<T> right, Span<T> scratch, T negligible, int maximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = values.Length;
        // Whole registers of columns, of which the last ones stay zero.
        int stride = LinePath.Padded<T>(n + 1);
        Span<T> memory = scratch[..((n + 1) * stride)];
        MatrixSpan<T> rightRows = new(memory, n + 1, stride);
        scratch = scratch[memory.Length..];
        Span<T> leftMemory = scratch[..(n * stride)];
        MatrixSpan<T> leftRows = new(leftMemory, n, stride);
        scratch = scratch[((n + 1) * stride)..];
        Span<T> diagonal = scratch[..n], off = scratch.Slice(n, n), rotations = scratch.Slice(2 * n, 4 * n);
        memory.Clear();
        leftMemory.Clear();
        values.CopyTo(diagonal);
        beside.CopyTo(off);
        bool isLower = !T.IsZero(beside[n - 1]);
        for (int i = 0; i <= n; i++)
        {
            rightRows[n - i, i] = T.One;
        }

        if (isLower)
        {
            ToLower(diagonal, off, rotations);
            RotationSweep.Apply(rightRows, 0, n, rotations);
        }

        bool isReversed = T.Abs(diagonal[0]) >= T.Abs(diagonal[n - 1]);
        if (isReversed)
        {
            diagonal.Reverse();
            off[..(n - 1)].Reverse();
        }
        else
        {
            for (int i = 0; i < (n + 1) / 2; i++)
            {
                ColumnwisePivotedQr.Swap(rightRows.Row(i), rightRows.Row(n - i));
            }
        }

        for (int i = 0; i < n; i++)
        {
            leftRows[i, isReversed ? n - 1 - i : i] = T.One;
        }

        // The null space has the first row of reversed ones.
        MatrixSpan<T> turned = rightRows.Slice(isReversed ? 1 : 0, 0, n, stride);
        if (isLower == isReversed)
        {
            BidiagonalQr.Diagonalize(diagonal, off, turned, leftRows, rotations, negligible, maximumSteps);
        }
        else
        {
            BidiagonalQr.Diagonalize(diagonal, off, leftRows, turned, rotations, negligible, maximumSteps);
        }

        for (int i = 0; i < n; i++)
        {
            leftRows.Row(i)[..n].CopyTo(left.Row(i));
            turned.Row(i)[..(n + 1)].CopyTo(right.Row(i));
        }

        rightRows.Row(isReversed ? 0 : n)[..(n + 1)].CopyTo(right.Row(n));
        diagonal.CopyTo(values);
    }

    /// <summary>Rotations of columns i and i + 1 for i = 0, 1, … leave a square lower bidiagonal matrix: for rows in reverse.</summary>
    private static void ToLower<T>(Span<T> diagonal, Span<T> off, Span<T> rotations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length;
        T d = diagonal[0];
        for (int i = 0; i < n; i++)
        {
            T length = T.CopySign(TridiagonalQl.Hypotenuse(d, off[i]), d);
            bool turns = !T.IsZero(length);
            T halfTangent = turns ? off[i] / (d + length) : T.Zero;
            int place = 2 * (n - 1 - i);
            rotations[place] = (halfTangent + halfTangent) / T.FusedMultiplyAdd(halfTangent, halfTangent, T.One);
            rotations[place + 1] = halfTangent;
            T cosine = turns ? d / length : T.One, sine = turns ? off[i] / length : T.Zero;
            diagonal[i] = length;
            if (i < n - 1)
            {
                off[i] = sine * diagonal[i + 1];
                d = cosine * diagonal[i + 1];
            }
        }
    }
}
