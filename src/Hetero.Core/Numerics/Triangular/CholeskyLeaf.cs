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

    /// <summary>Gets or sets the number of rows.</summary>
    public int Size { get; set; }

    /// <summary>Gets or sets the distance between rows: whole registers, at least <see cref="Size"/>.</summary>
    public int Stride { get; set; }

    /// <summary>Gets or sets the first row whose pivot was not above 0; −1 if all were.</summary>
    public int Failed { get; set; }

    // Two registers of a row and the factor. A chain waits for each of its multiply-adds; that of the next row starts meanwhile, for all of its links but the last are known.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* rows = Rows, negated = Negated;
        int size = Size, stride = Stride, width = TSimd.Count;
        TVector minus = TSimd.Create(-T.One);
        Failed = -1;
        for (int k = 0; k < size; k++)
        {
            T* row = rows + (k * stride);
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

                TSimd.Store(first, ref row[column]);
                TSimd.Store(second, ref row[column + width]);
            }

            if (column < size)
            {
                TVector first = TSimd.Load(ref row[column]);
                for (int i = 0; i < k; i++)
                {
                    first = TSimd.FusedMultiplyAdd(TSimd.Create(negated[(i * stride) + k]), TSimd.Load(ref rows[(i * stride) + column]), first);
                }

                TSimd.Store(first, ref row[column]);
            }

            if (!(row[k] > T.Zero))
            {
                Failed = k;
                return;
            }

            T root = T.Sqrt(row[k]);
            TVector divisor = TSimd.Create(root);
            for (column = k / width * width; column < size; column += width)
            {
                TVector quotient = TSimd.Divide(TSimd.Load(ref row[column]), divisor);
                TSimd.Store(quotient, ref row[column]);
                TSimd.Store(TSimd.Multiply(minus, quotient), ref negated[(k * stride) + column]);
            }

            row[k] = root;
            new Span<T>(row, k).Clear();
        }
    }
}
