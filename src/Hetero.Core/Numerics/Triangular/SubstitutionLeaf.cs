using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Substitution with a triangle of few rows, in place: an entry is one chain of multiply-adds, in ascending order of the rows that are taken off, and a division. Thread-safe as long
/// as calls share no memory.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct SubstitutionLeaf<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets or sets −T beside the diagonal and T on it, <see cref="Size"/> rows of as many entries.</summary>
    public T* Triangle { get; set; }

    /// <summary>Gets or sets whether T is lower triangular.</summary>
    public bool IsLower { get; set; }

    /// <summary>Gets or sets the number of rows.</summary>
    public int Size { get; set; }

    /// <summary>Gets or sets the right-hand sides, <see cref="Size"/> rows of <see cref="Columns"/> entries, <see cref="Stride"/> apart.</summary>
    public T* Sides { get; set; }

    /// <summary>Gets or sets the number of right-hand sides.</summary>
    public int Columns { get; set; }

    /// <summary>Gets or sets the distance between rows of right-hand sides.</summary>
    public int Stride { get; set; }

    /// <summary>Gets or sets memory of a register for each row, for the columns that do not fill one.</summary>
    public T* Rest { get; set; }

    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count, column = 0;
        for (; column + (4 * width) <= Columns; column += 4 * width)
        {
            Four<TSimd, TVector>(Sides + column);
        }

        for (; column + width <= Columns; column += width)
        {
            One<TSimd, TVector>(Sides + column, Stride);
        }

        if (column < Columns)
        {
            long bytes = (Columns - column) * sizeof(T);
            for (int i = 0; i < Size; i++)
            {
                // What the register holds beyond the last column is computed as well; it may be anything but a source of traps, and there are none.
                Buffer.MemoryCopy(Sides + (i * (long)Stride) + column, Rest + (i * width), bytes, bytes);
            }

            One<TSimd, TVector>(Rest, width);
            for (int i = 0; i < Size; i++)
            {
                Buffer.MemoryCopy(Rest + (i * width), Sides + (i * (long)Stride) + column, bytes, bytes);
            }
        }
    }

    // Four chains cover the latency of the multiply-add: 4 registers of the row, the factor.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Four<TSimd, TVector>(T* sides)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int size = Size, width = TSimd.Count;
        long stride = Stride;
        for (int step = 0; step < size; step++)
        {
            int i = IsLower ? step : size - 1 - step;
            int from = IsLower ? 0 : i + 1, to = IsLower ? i : size;
            T* row = sides + (i * stride), factors = Triangle + (i * size);
            TVector first = TSimd.Load(ref row[0]), second = TSimd.Load(ref row[width]);
            TVector third = TSimd.Load(ref row[2 * width]), fourth = TSimd.Load(ref row[3 * width]);
            for (int j = from; j < to; j++)
            {
                TVector factor = TSimd.Create(factors[j]);
                T* other = sides + (j * stride);
                first = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref other[0]), first);
                second = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref other[width]), second);
                third = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref other[2 * width]), third);
                fourth = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref other[3 * width]), fourth);
            }

            TVector divisor = TSimd.Create(factors[i]);
            TSimd.Store(TSimd.Divide(first, divisor), ref row[0]);
            TSimd.Store(TSimd.Divide(second, divisor), ref row[width]);
            TSimd.Store(TSimd.Divide(third, divisor), ref row[2 * width]);
            TSimd.Store(TSimd.Divide(fourth, divisor), ref row[3 * width]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void One<TSimd, TVector>(T* sides, long stride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int size = Size;
        for (int step = 0; step < size; step++)
        {
            int i = IsLower ? step : size - 1 - step;
            int from = IsLower ? 0 : i + 1, to = IsLower ? i : size;
            T* row = sides + (i * stride), factors = Triangle + (i * size);
            TVector sum = TSimd.Load(ref row[0]);
            for (int j = from; j < to; j++)
            {
                sum = TSimd.FusedMultiplyAdd(TSimd.Create(factors[j]), TSimd.Load(ref sides[j * stride]), sum);
            }

            TSimd.Store(TSimd.Divide(sum, TSimd.Create(factors[i])), ref row[0]);
        }
    }
}
