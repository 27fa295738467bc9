using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The Cholesky factor of a block of few rows, G = Rᵀ·R, in place, by rows of R: every entry is one chain of multiply-adds, in ascending order of the rows that are taken off, and a
/// division. Thread-safe as long as calls share no memory.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct CholeskyLeaf<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets or sets the first of <see cref="Size"/> rows, <see cref="Stride"/> apart: row j of G from column j on becomes that of R; what is before becomes zero.</summary>
    public T* Rows { get; set; }

    /// <summary>Gets or sets memory of as many rows, for −R: a multiply-add takes its factor as it stands.</summary>
    public T* Negated { get; set; }

    /// <summary>Gets or sets memory of a row, for the pivots to come.</summary>
    public T* Pivots { get; set; }

    /// <summary>Gets or sets the number of rows.</summary>
    public int Size { get; set; }

    /// <summary>Gets or sets the distance between rows: whole registers, at least <see cref="Size"/>.</summary>
    public int Stride { get; set; }

    /// <summary>Gets or sets the first row whose pivot was not above 0; −1 if all were.</summary>
    public int Failed { get; set; }

    // Two registers of a row, the factor, the divisor. A chain waits for each of its multiply-adds; that of the next row starts meanwhile, for all of its links but the last are known. What a row has
    // to wait for is its root: the pivots' chains are led apart from those of their rows, the same links in the same order, so that a root needs nothing of its row but the row before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* rows = Rows, negated = Negated, pivots = Pivots;
        int size = Size, stride = Stride, width = TSimd.Count;
        TVector minus = TSimd.Create(-T.One);
        Failed = -1;
        for (int k = 0; k < size; k++)
        {
            pivots[k] = rows[(k * stride) + k];
        }

        for (int k = 0; k < size; k++)
        {
            T* row = rows + (k * stride), minusRow = negated + (k * stride);
            if (!(pivots[k] > T.Zero))
            {
                Failed = k;
                return;
            }

            T root = T.Sqrt(pivots[k]);
            TVector divisor = TSimd.Create(root);
            int column = k / width * width;
            for (; column + width < size; column += 2 * width)
            {
                TVector first = TSimd.Load(ref row[column]), second = TSimd.Load(ref row[column + width]);
                for (int i = 0; i < k; i++)
                {
                    T* above = rows + (i * stride);
                    TVector factor = TSimd.Create(negated[(i * stride) + k]);
                    first = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref above[column]), first);
                    second = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref above[column + width]), second);
                }

                Finish<TSimd, TVector>(first, divisor, minus, row + column, minusRow + column, pivots + column);
                Finish<TSimd, TVector>(second, divisor, minus, row + column + width, minusRow + column + width, pivots + column + width);
            }

            if (column < size)
            {
                TVector first = TSimd.Load(ref row[column]);
                for (int i = 0; i < k; i++)
                {
                    first = TSimd.FusedMultiplyAdd(TSimd.Create(negated[(i * stride) + k]), TSimd.Load(ref rows[(i * stride) + column]), first);
                }

                Finish<TSimd, TVector>(first, divisor, minus, row + column, minusRow + column, pivots + column);
            }

            row[k] = root;
            ClearBefore<TSimd, TVector>(row, k);
        }
    }

    /// <summary>The quotients of a register, and the next link of the pivots' chains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TSimd, TVector>(TVector sums, TVector divisor, TVector minus, T* row, T* minusRow, T* pivots)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector quotient = TSimd.Divide(sums, divisor), opposite = TSimd.Multiply(minus, quotient);
        TSimd.Store(TSimd.FusedMultiplyAdd(opposite, quotient, TSimd.Load(ref pivots[0])), ref pivots[0]);
        TSimd.Store(opposite, ref minusRow[0]);
        TSimd.Store(quotient, ref row[0]);
    }

    /// <summary>Zeros before the diagonal, by whole registers where they fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearBefore<TSimd, TVector>(T* row, int k)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int column = 0;
        for (; column + TSimd.Count <= k; column += TSimd.Count)
        {
            TSimd.Store(TSimd.Zero, ref row[column]);
        }

        for (; column < k; column++)
        {
            row[column] = T.Zero;
        }
    }
}
