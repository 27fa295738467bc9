using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// B ← H_{n−1}·…·H₁·B for few rows, one reflection after the other on a strip of columns that stays in the first-level cache. An entry of vᵀB is one chain over the rows.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct ReflectorSweep<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Row i holds the i entries of the vector of H_i, from its start on.</summary>
    public T* Reflectors;

    /// <summary>The distance between two of its rows.</summary>
    public nint Stride;

    /// <summary>τ of each.</summary>
    public T* Factors;

    /// <summary>B: rows of whole registers.</summary>
    public T* Target;

    /// <summary>The distance between two of its rows.</summary>
    public nint TargetStride;

    /// <summary>n.</summary>
    public int Rows;

    /// <summary>How many more than i entries the vector of H_i has. If there are any, H₀ is a reflection too.</summary>
    public int Lead;

    /// <summary>The columns of B, a multiple of the lanes.</summary>
    public int Columns;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        int column = 0;
        for (; column <= Columns - (4 * lanes); column += 4 * lanes)
        {
            Four<TSimd, TVector>(Target + column);
        }

        if (column <= Columns - (3 * lanes))
        {
            Three<TSimd, TVector>(Target + column);
            column += 3 * lanes;
        }

        for (; column < Columns; column += lanes)
        {
            One<TSimd, TVector>(Target + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Four<TSimd, TVector>(T* target)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        for (int i = Lead == 0 ? 1 : 0; i < Rows; i++)
        {
            int length = i + Lead;
            T* v = Reflectors + (i * Stride);
            T* row = target;
            TVector y0 = TSimd.Zero, y1 = TSimd.Zero, y2 = TSimd.Zero, y3 = TSimd.Zero;
            for (int r = 0; r < length; r++, row += TargetStride)
            {
                TVector c = TSimd.Create(v[r]);
                y0 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[0]), y0);
                y1 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[lanes]), y1);
                y2 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[2 * lanes]), y2);
                y3 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[3 * lanes]), y3);
            }

            TVector tau = TSimd.Create(-Factors[i]);
            y0 = TSimd.Multiply(tau, y0);
            y1 = TSimd.Multiply(tau, y1);
            y2 = TSimd.Multiply(tau, y2);
            y3 = TSimd.Multiply(tau, y3);
            row = target;
            for (int r = 0; r < length; r++, row += TargetStride)
            {
                TVector c = TSimd.Create(v[r]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y0, TSimd.Load(ref row[0])), ref row[0]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y1, TSimd.Load(ref row[lanes])), ref row[lanes]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y2, TSimd.Load(ref row[2 * lanes])), ref row[2 * lanes]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y3, TSimd.Load(ref row[3 * lanes])), ref row[3 * lanes]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Three<TSimd, TVector>(T* target)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        for (int i = Lead == 0 ? 1 : 0; i < Rows; i++)
        {
            int length = i + Lead;
            T* v = Reflectors + (i * Stride);
            T* row = target;
            TVector y0 = TSimd.Zero, y1 = TSimd.Zero, y2 = TSimd.Zero;
            for (int r = 0; r < length; r++, row += TargetStride)
            {
                TVector c = TSimd.Create(v[r]);
                y0 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[0]), y0);
                y1 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[lanes]), y1);
                y2 = TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[2 * lanes]), y2);
            }

            TVector tau = TSimd.Create(-Factors[i]);
            y0 = TSimd.Multiply(tau, y0);
            y1 = TSimd.Multiply(tau, y1);
            y2 = TSimd.Multiply(tau, y2);
            row = target;
            for (int r = 0; r < length; r++, row += TargetStride)
            {
                TVector c = TSimd.Create(v[r]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y0, TSimd.Load(ref row[0])), ref row[0]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y1, TSimd.Load(ref row[lanes])), ref row[lanes]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, y2, TSimd.Load(ref row[2 * lanes])), ref row[2 * lanes]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void One<TSimd, TVector>(T* target)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        for (int i = Lead == 0 ? 1 : 0; i < Rows; i++)
        {
            int length = i + Lead;
            T* v = Reflectors + (i * Stride);
            T* row = target;
            TVector y = TSimd.Zero;
            for (int r = 0; r < length; r++, row += TargetStride)
            {
                y = TSimd.FusedMultiplyAdd(TSimd.Create(v[r]), TSimd.Load(ref row[0]), y);
            }

            y = TSimd.Multiply(TSimd.Create(-Factors[i]), y);
            row = target;
            for (int r = 0; r < length; r++, row += TargetStride)
            {
                TSimd.Store(TSimd.FusedMultiplyAdd(TSimd.Create(v[r]), y, TSimd.Load(ref row[0])), ref row[0]);
            }
        }
    }
}
