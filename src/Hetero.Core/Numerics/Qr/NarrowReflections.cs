using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The Householder reflections of up to six long columns, which are stored as rows, one after the other, and the triangle N of their product I + Y·N·Yᵀ. A column is read three times: for its norm;
/// scaled, with its products with all others; and for each column behind it, which it is taken off. Thread-safe as long as calls share no memory.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe ref struct NarrowReflections<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most columns.</summary>
    public const int MostColumns = 6;

    /// <summary>
    /// The links of a chain in sums along a column. The reflections of a matrix whose entries repeat have entries that repeat: products of such terms round the same way again and again, so that
    /// long chains of them are off by many times ε.
    /// </summary>
    public const int Links = 16;

    /// <summary>Gets the columns of the panel as rows, the part's own and those before it.</summary>
    public required MatrixSpan<T> Columns { get; init; }

    /// <summary>Gets where the panel's first column has its diagonal element.</summary>
    public required int Offset { get; init; }

    /// <summary>Gets the first column of the part.</summary>
    public required int First { get; init; }

    /// <summary>Gets the number of columns of the part.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the panel's diagonal of R.</summary>
    public required Span<T> Diagonal { get; init; }

    /// <summary>Gets what receives the columns of R above the diagonal.</summary>
    public required MatrixSpan<T> Upper { get; init; }

    /// <summary>Gets the panel's N.</summary>
    public required MatrixSpan<T> Triangle { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* products = stackalloc T[MostColumns];
        int length = Columns.Columns, stride = Columns.RowStride;
        fixed (T* rows = Columns.Data)
        {
            T* part = rows + ((nint)First * stride);
            for (int k = 0; k < Count; k++)
            {
                int column = First + k, at = Offset + column, line = at / TSimd.Count * TSimd.Count;
                T* x = part + ((nint)k * stride);
                for (int i = 0; i < column; i++)
                {
                    Upper[i, column] = x[Offset + i];
                }

                new Span<T>(x, at).Clear();
                T squares = TailSquares<TSimd, TVector>(x, at + 1, length), inverse = T.One;
                if (!HouseholderReflection.IsInRange(x[at], squares))
                {
                    Span<T> rest = new(x + at, length - at);
                    if (!HouseholderReflection.TryNormalize(rest, out inverse))
                    {
                        (Diagonal[column], Triangle[column, column]) = (x[at], T.Zero);
                        rest.Clear();
                        continue;
                    }

                    squares = TailSquares<TSimd, TVector>(x, at + 1, length);
                }

                (Diagonal[column], T tau, T divisor) = HouseholderReflection.Measure(x[at], squares, inverse);
                Triangle[column, column] = -tau;

                // v is 1 at its place, which the products below add by themselves.
                x[at] = T.Zero;
                ScaleAndMultiply<TSimd, TVector>(part, stride, k, line, length, T.One / divisor, products);
                x[at] = T.One;
                for (int j = k + 1; j < Count; j++)
                {
                    T* y = part + ((nint)j * stride);
                    AddMultiple<TSimd, TVector>(x, line, length, -tau * (products[j] + y[at]), y);
                }

                for (int i = 0; i < k; i++)
                {
                    T sum = T.Zero;
                    for (int j = i; j < k; j++)
                    {
                        sum = T.FusedMultiplyAdd(Triangle[First + i, First + j], products[j] + part[((nint)j * stride) + at], sum);
                    }

                    Triangle[First + i, column] = -tau * sum;
                }
            }
        }
    }

    /// <summary>The sum of squares from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static T TailSquares<TSimd, TVector>(T* x, int start, int length)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count, line = start / width * width;
        TVector total = TSimd.Zero;
        if (start > line)
        {
            T* end = stackalloc T[width];
            for (int i = 0; i < width; i++)
            {
                end[i] = line + i < start ? T.Zero : x[line + i];
            }

            TVector last = TSimd.Load(ref end[0]);
            total = TSimd.Multiply(last, last);
            line += width;
        }

        while (line < length)
        {
            TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
            int end = Math.Min(length, line + (4 * Links * width));
            for (; line + (3 * width) < end; line += 4 * width)
            {
                TVector x0 = TSimd.Load(ref x[line]), x1 = TSimd.Load(ref x[line + width]), x2 = TSimd.Load(ref x[line + (2 * width)]), x3 = TSimd.Load(ref x[line + (3 * width)]);
                s0 = TSimd.FusedMultiplyAdd(x0, x0, s0);
                s1 = TSimd.FusedMultiplyAdd(x1, x1, s1);
                s2 = TSimd.FusedMultiplyAdd(x2, x2, s2);
                s3 = TSimd.FusedMultiplyAdd(x3, x3, s3);
            }

            for (; line < end; line += width)
            {
                TVector x0 = TSimd.Load(ref x[line]);
                s0 = TSimd.FusedMultiplyAdd(x0, x0, s0);
            }

            total = TSimd.Add(total, TSimd.Add(TSimd.Add(s0, s2), TSimd.Add(s1, s3)));
        }

        return TSimd.AddHalves(total);
    }

    /// <summary>x ← scale·x for row k, and its products with all other rows.</summary>
    /// <remarks>Register budget: five sums, five of whole chains, x and the scale: 12 of 32; narrower paths keep the chains' sums in memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ScaleAndMultiply<TSimd, TVector>(T* part, nint stride, int k, int line, int length, T scale, T* products)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        // Places without a column take x itself; nobody reads what becomes of it.
        int width = TSimd.Count;
        T* x = part + (k * stride);
        T* y0 = Other(part, stride, k, 0), y1 = Other(part, stride, k, 1), y2 = Other(part, stride, k, 2), y3 = Other(part, stride, k, 3), y4 = Other(part, stride, k, 4);
        TVector factor = TSimd.Create(scale), t0 = TSimd.Zero, t1 = TSimd.Zero, t2 = TSimd.Zero, t3 = TSimd.Zero, t4 = TSimd.Zero;
        while (line < length)
        {
            TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero, s4 = TSimd.Zero;
            for (int end = Math.Min(length, line + (Links * width)); line < end; line += width)
            {
                TVector v = TSimd.Multiply(factor, TSimd.Load(ref x[line]));
                s0 = TSimd.FusedMultiplyAdd(v, TSimd.Load(ref y0[line]), s0);
                s1 = TSimd.FusedMultiplyAdd(v, TSimd.Load(ref y1[line]), s1);
                s2 = TSimd.FusedMultiplyAdd(v, TSimd.Load(ref y2[line]), s2);
                s3 = TSimd.FusedMultiplyAdd(v, TSimd.Load(ref y3[line]), s3);
                s4 = TSimd.FusedMultiplyAdd(v, TSimd.Load(ref y4[line]), s4);
                TSimd.Store(v, ref x[line]);
            }

            t0 = TSimd.Add(t0, s0);
            t1 = TSimd.Add(t1, s1);
            t2 = TSimd.Add(t2, s2);
            t3 = TSimd.Add(t3, s3);
            t4 = TSimd.Add(t4, s4);
        }

        // Column j is the other one number j, or j − 1 behind x.
        T* others = stackalloc T[MostColumns - 1];
        others[0] = TSimd.AddHalves(t0);
        others[1] = TSimd.AddHalves(t1);
        others[2] = TSimd.AddHalves(t2);
        others[3] = TSimd.AddHalves(t3);
        others[4] = TSimd.AddHalves(t4);
        for (int j = 0; j < Count; j++)
        {
            products[j] = j == k ? T.Zero : others[j < k ? j : j - 1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T* Other(T* part, nint stride, int k, int index) => part + ((index < Count - 1 ? index < k ? index : index + 1 : k) * stride);

    /// <summary>y ← y + c·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddMultiple<TSimd, TVector>(T* x, int line, int length, T c, T* y)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector factor = TSimd.Create(c);
        for (; line < length; line += TSimd.Count)
        {
            TSimd.Store(TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref x[line]), TSimd.Load(ref y[line])), ref y[line]);
        }
    }
}
