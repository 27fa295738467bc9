using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Makes n nearly orthonormal columns of n entries orthonormal: V ← V·(I − U) with U the upper triangle of E = VᵀV − I, its diagonal halved, until what is left is rounding.
/// </summary>
/// <remarks>
/// <para>
/// As U + Uᵀ = E, a step leaves VᵀV − I = −(U² + UᵀU + (Uᵀ)²) + …, at most 3·‖U‖² in the first order: digits double. It is the first term of Cholesky QR, in triangles, and costs half
/// of a Newton–Schulz step, V·(I − E/2).
/// </para>
/// <para>
/// Where columns are eigenvectors with residuals R, those of a step are R·(I − U) + V·(UΛ − ΛU), and e_ij·(λ_j − λ_i) is a difference of products of residuals and vectors:
/// residuals stay what they are, however close λ_i and λ_j, which R over their distance had made e_ij large. Left and right singular vectors, made orthonormal on their own, differ by
/// Σ·U_v − U_u·Σ, which is as small for the same reason.
/// </para>
/// <para>Four rows of three registers at a time: 12 sums, three registers of a row and a factor take 16 of 32. Every sum is one chain in ascending order.</para>
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct Orthonormalization<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Four rows are computed at a time, so that there must be as many.</summary>
    public const int MinimumRows = 4;

    /// <summary>n, at least <see cref="MinimumRows"/>.</summary>
    public int Rows;

    /// <summary>V, n rows of whole registers with zeros beyond the columns; overwritten.</summary>
    public T* Vectors;

    /// <summary>The distance between two of its rows.</summary>
    public nint Stride;

    /// <summary>Receives as many rows.</summary>
    public T* Target;

    /// <summary>The distance between two of its rows.</summary>
    public nint TargetStride;

    /// <summary>n rows of the padded length.</summary>
    public T* Coefficients;

    /// <summary>Receives whether the columns were near enough to orthonormal ones.</summary>
    public bool Succeeded;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        // From ‖U‖ = 1/32, four steps end far below ε.
        T epsilon = T.BitIncrement(T.One) - T.One, largest = T.ScaleB(T.One, -10), done = epsilon / T.CreateChecked(24);
        T* source = Vectors, target = Target;
        nint sourceStride = Stride, targetStride = TargetStride;
        Succeeded = false;
        for (int step = 0; step < 5; step++)
        {
            T departure = Measure<TSimd, TVector>(source, sourceStride);
            if (!(departure <= largest))
            {
                return;
            }

            Update<TSimd, TVector>(source, sourceStride, target, targetStride);
            if (departure <= done)
            {
                Succeeded = true;
                break;
            }

            T* other = source;
            source = target;
            target = other;
            (sourceStride, targetStride) = (targetStride, sourceStride);
        }

        if (target != Target)
        {
            int padded = LinePath.Padded<T>(Rows);
            for (int i = 0; i < Rows; i++)
            {
                new ReadOnlySpan<T>(target + (i * targetStride), padded).CopyTo(new Span<T>(Target + (i * TargetStride), padded));
            }
        }
    }

    /// <summary>Fills the coefficients with −U; returns ‖U‖².</summary>
    private readonly T Measure<TSimd, TVector>(T* v, nint stride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int n = Rows, lanes = TSimd.Count, padded = LinePath.Padded<T>(n);
        T* c = Coefficients;
        for (int i = 0; i < n; i += 4)
        {
            int row = Math.Min(i, n - 4);
            for (int column = row / lanes * lanes, width; column < padded; column += width)
            {
                width = Width(padded - column, lanes);
                Multiply<TSimd, TVector>(v + row, stride, 1, v + column, stride, n, null, 0, c + (row * padded) + column, padded, width / lanes);
            }
        }

        for (int i = 0; i < n; i++)
        {
            T* row = c + (i * padded);
            row[i] = (row[i] - T.One) * T.CreateChecked(0.5);
            int start = i / lanes * lanes;
            for (int k = 0; k < start; k += lanes)
            {
                TSimd.Store(TSimd.Zero, ref row[k]);
            }

            for (int k = start; k < i; k++)
            {
                row[k] = T.Zero;
            }
        }

        TVector sum = TSimd.Zero, minus = TSimd.Create(-T.One);
        for (int i = 0; i < n; i++)
        {
            T* row = c + (i * padded);
            for (int k = i / lanes * lanes; k < padded; k += lanes)
            {
                TVector u = TSimd.Multiply(minus, TSimd.Load(ref row[k]));
                TSimd.Store(u, ref row[k]);
                sum = TSimd.FusedMultiplyAdd(u, u, sum);
            }
        }

        return TSimd.AddHalves(sum);
    }

    /// <summary>V − V·U.</summary>
    private readonly void Update<TSimd, TVector>(T* v, nint stride, T* target, nint targetStride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int n = Rows, lanes = TSimd.Count, padded = LinePath.Padded<T>(n);
        for (int column = 0, width; column < padded; column += width)
        {
            width = Width(padded - column, lanes);
            int end = Math.Min(n, column + width);
            for (int i = 0; i < n; i += 4)
            {
                int row = Math.Min(i, n - 4);
                T* rows = v + (row * stride);
                Multiply<TSimd, TVector>(
                    rows, 1, stride, Coefficients + column, padded, end, rows + column, stride, target + (row * targetStride) + column, targetStride, width / lanes);
            }
        }
    }

    /// <summary>The columns to take of those that are left: three registers, or what leaves no single one.</summary>
    private static int Width(int left, int lanes) => left == 4 * lanes ? 2 * lanes : Math.Min(left, 3 * lanes);

    /// <summary>Four rows of C + A·B, A's entry (r, k) at r·row + k·step, of one to three registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TSimd, TVector>(
        T* a, nint step, nint row, T* b, nint stride, int count, T* c, nint sourceStride, T* target, nint targetStride, int registers)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        switch (registers)
        {
            case 3:
                Three<TSimd, TVector>(a, step, row, b, stride, count, c, sourceStride, target, targetStride);
                break;
            case 2:
                Two<TSimd, TVector>(a, step, row, b, stride, count, c, sourceStride, target, targetStride);
                break;
            default:
                One<TSimd, TVector>(a, step, row, b, stride, count, c, sourceStride, target, targetStride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three<TSimd, TVector>(T* a, nint step, nint row, T* b, nint stride, int count, T* c, nint sourceStride, T* target, nint targetStride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        TVector s00 = TSimd.Zero, s01 = TSimd.Zero, s02 = TSimd.Zero, s10 = TSimd.Zero, s11 = TSimd.Zero, s12 = TSimd.Zero;
        TVector s20 = TSimd.Zero, s21 = TSimd.Zero, s22 = TSimd.Zero, s30 = TSimd.Zero, s31 = TSimd.Zero, s32 = TSimd.Zero;
        if (c is not null)
        {
            (s00, s01, s02) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]), TSimd.Load(ref c[2 * lanes]));
            c += sourceStride;
            (s10, s11, s12) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]), TSimd.Load(ref c[2 * lanes]));
            c += sourceStride;
            (s20, s21, s22) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]), TSimd.Load(ref c[2 * lanes]));
            c += sourceStride;
            (s30, s31, s32) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]), TSimd.Load(ref c[2 * lanes]));
        }

        for (int k = 0; k < count; k++, a += step, b += stride)
        {
            TVector b0 = TSimd.Load(ref b[0]), b1 = TSimd.Load(ref b[lanes]), b2 = TSimd.Load(ref b[2 * lanes]);
            TVector factor = TSimd.Create(a[0]);
            s00 = TSimd.FusedMultiplyAdd(factor, b0, s00);
            s01 = TSimd.FusedMultiplyAdd(factor, b1, s01);
            s02 = TSimd.FusedMultiplyAdd(factor, b2, s02);
            factor = TSimd.Create(a[row]);
            s10 = TSimd.FusedMultiplyAdd(factor, b0, s10);
            s11 = TSimd.FusedMultiplyAdd(factor, b1, s11);
            s12 = TSimd.FusedMultiplyAdd(factor, b2, s12);
            factor = TSimd.Create(a[2 * row]);
            s20 = TSimd.FusedMultiplyAdd(factor, b0, s20);
            s21 = TSimd.FusedMultiplyAdd(factor, b1, s21);
            s22 = TSimd.FusedMultiplyAdd(factor, b2, s22);
            factor = TSimd.Create(a[3 * row]);
            s30 = TSimd.FusedMultiplyAdd(factor, b0, s30);
            s31 = TSimd.FusedMultiplyAdd(factor, b1, s31);
            s32 = TSimd.FusedMultiplyAdd(factor, b2, s32);
        }

        TSimd.Store(s00, ref target[0]);
        TSimd.Store(s01, ref target[lanes]);
        TSimd.Store(s02, ref target[2 * lanes]);
        target += targetStride;
        TSimd.Store(s10, ref target[0]);
        TSimd.Store(s11, ref target[lanes]);
        TSimd.Store(s12, ref target[2 * lanes]);
        target += targetStride;
        TSimd.Store(s20, ref target[0]);
        TSimd.Store(s21, ref target[lanes]);
        TSimd.Store(s22, ref target[2 * lanes]);
        target += targetStride;
        TSimd.Store(s30, ref target[0]);
        TSimd.Store(s31, ref target[lanes]);
        TSimd.Store(s32, ref target[2 * lanes]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TSimd, TVector>(T* a, nint step, nint row, T* b, nint stride, int count, T* c, nint sourceStride, T* target, nint targetStride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        TVector s00 = TSimd.Zero, s01 = TSimd.Zero, s10 = TSimd.Zero, s11 = TSimd.Zero;
        TVector s20 = TSimd.Zero, s21 = TSimd.Zero, s30 = TSimd.Zero, s31 = TSimd.Zero;
        if (c is not null)
        {
            (s00, s01) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]));
            c += sourceStride;
            (s10, s11) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]));
            c += sourceStride;
            (s20, s21) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]));
            c += sourceStride;
            (s30, s31) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[lanes]));
        }

        for (int k = 0; k < count; k++, a += step, b += stride)
        {
            TVector b0 = TSimd.Load(ref b[0]), b1 = TSimd.Load(ref b[lanes]);
            TVector factor = TSimd.Create(a[0]);
            s00 = TSimd.FusedMultiplyAdd(factor, b0, s00);
            s01 = TSimd.FusedMultiplyAdd(factor, b1, s01);
            factor = TSimd.Create(a[row]);
            s10 = TSimd.FusedMultiplyAdd(factor, b0, s10);
            s11 = TSimd.FusedMultiplyAdd(factor, b1, s11);
            factor = TSimd.Create(a[2 * row]);
            s20 = TSimd.FusedMultiplyAdd(factor, b0, s20);
            s21 = TSimd.FusedMultiplyAdd(factor, b1, s21);
            factor = TSimd.Create(a[3 * row]);
            s30 = TSimd.FusedMultiplyAdd(factor, b0, s30);
            s31 = TSimd.FusedMultiplyAdd(factor, b1, s31);
        }

        TSimd.Store(s00, ref target[0]);
        TSimd.Store(s01, ref target[lanes]);
        target += targetStride;
        TSimd.Store(s10, ref target[0]);
        TSimd.Store(s11, ref target[lanes]);
        target += targetStride;
        TSimd.Store(s20, ref target[0]);
        TSimd.Store(s21, ref target[lanes]);
        target += targetStride;
        TSimd.Store(s30, ref target[0]);
        TSimd.Store(s31, ref target[lanes]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSimd, TVector>(T* a, nint step, nint row, T* b, nint stride, int count, T* c, nint sourceStride, T* target, nint targetStride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        if (c is not null)
        {
            (s0, s1) = (TSimd.Load(ref c[0]), TSimd.Load(ref c[sourceStride]));
            (s2, s3) = (TSimd.Load(ref c[2 * sourceStride]), TSimd.Load(ref c[3 * sourceStride]));
        }

        for (int k = 0; k < count; k++, a += step, b += stride)
        {
            TVector b0 = TSimd.Load(ref b[0]);
            s0 = TSimd.FusedMultiplyAdd(TSimd.Create(a[0]), b0, s0);
            s1 = TSimd.FusedMultiplyAdd(TSimd.Create(a[row]), b0, s1);
            s2 = TSimd.FusedMultiplyAdd(TSimd.Create(a[2 * row]), b0, s2);
            s3 = TSimd.FusedMultiplyAdd(TSimd.Create(a[3 * row]), b0, s3);
        }

        TSimd.Store(s0, ref target[0]);
        TSimd.Store(s1, ref target[targetStride]);
        TSimd.Store(s2, ref target[2 * targetStride]);
        TSimd.Store(s3, ref target[3 * targetStride]);
    }
}
