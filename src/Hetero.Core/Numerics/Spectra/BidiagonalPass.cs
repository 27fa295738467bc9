using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// One pass over the rows of a matrix: A ← A − u·yᵀ − x·vᵀ if it updates, then x ← τ·A·p, u ← A·e_k − x and z ← z + Aᵀ·u. An entry comes from memory once; when z needs
/// it, four rows are still in the first-level cache (Howell, Demmel, Fulton, Hammarling, Marmol, ACM Trans. Math. Softw. 34, 2008).
/// </summary>
/// <remarks>
/// <para>
/// Rows are whole registers of 64 bytes; entries beyond the matrix may be anything finite where y, v and p are zero. x_j is one chain for each lane, added by halves, and z_k a
/// chain over the rows, both in an order that no width and no team changes.
/// </para>
/// <para>Four rows at a time: 8 coefficients, 4 sums, y, v, p and an entry take 16 of 32 registers; 16 multiply-adds for 12 loads and 5 stores.</para>
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct BidiagonalPass<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix.</summary>
    public T* Matrix;

    /// <summary>The distance between the starts of two of its rows.</summary>
    public nint Stride;

    /// <summary>The first row.</summary>
    public int First;

    /// <summary>The row after the last.</summary>
    public int End;

    /// <summary>The columns: whole registers.</summary>
    public int Columns;

    /// <summary>k.</summary>
    public int Last;

    /// <summary>y, or null if there is no update.</summary>
    public T* Y;

    /// <summary>v.</summary>
    public T* V;

    /// <summary>p.</summary>
    public T* P;

    /// <summary>τ.</summary>
    public T Tau;

    /// <summary>x: read for a row's update, then written.</summary>
    public T* X;

    /// <summary>u: likewise.</summary>
    public T* U;

    /// <summary>z: added to.</summary>
    public T* Z;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int j = First;
        for (; j <= End - 4; j += 4)
        {
            if (Y is null)
            {
                MultiplyFour<TSimd, TVector>(j);
            }
            else
            {
                UpdateFour<TSimd, TVector>(j);
            }
        }

        for (; j < End; j++)
        {
            One<TSimd, TVector>(j);
            T* a = Matrix + (j * Stride);
            TVector c = TSimd.Create(U[j]);
            for (nint k = 0; k < Columns; k += TSimd.Count)
            {
                TSimd.Store(TSimd.FusedMultiplyAdd(c, TSimd.Load(ref a[k]), TSimd.Load(ref Z[k])), ref Z[k]);
            }
        }
    }

    /// <summary>A row alone, by the same operations, without z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void One<TSimd, TVector>(int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* a = Matrix + (j * Stride), y = Y, v = V, p = P;
        TVector s = TSimd.Zero;
        nint columns = Columns;
        if (y is null)
        {
            for (nint k = 0; k < columns; k += TSimd.Count)
            {
                s = TSimd.FusedMultiplyAdd(TSimd.Load(ref p[k]), TSimd.Load(ref a[k]), s);
            }
        }
        else
        {
            TVector u = TSimd.Create(-U[j]), x = TSimd.Create(-X[j]);
            for (nint k = 0; k < columns; k += TSimd.Count)
            {
                TVector e = TSimd.FusedMultiplyAdd(u, TSimd.Load(ref y[k]), TSimd.FusedMultiplyAdd(x, TSimd.Load(ref v[k]), TSimd.Load(ref a[k])));
                TSimd.Store(e, ref a[k]);
                s = TSimd.FusedMultiplyAdd(TSimd.Load(ref p[k]), e, s);
            }
        }

        X[j] = Tau * TSimd.AddHalves(s);
        U[j] = a[Last] - X[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void UpdateFour<TSimd, TVector>(int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count, columns = Columns;
        T* y = Y, v = V, p = P, u = U + j, x = X + j;
        T* a0 = Matrix + (j * Stride), a1 = a0 + Stride, a2 = a1 + Stride, a3 = a2 + Stride;
        TVector u0 = TSimd.Create(-u[0]), u1 = TSimd.Create(-u[1]), u2 = TSimd.Create(-u[2]), u3 = TSimd.Create(-u[3]);
        TVector x0 = TSimd.Create(-x[0]), x1 = TSimd.Create(-x[1]), x2 = TSimd.Create(-x[2]), x3 = TSimd.Create(-x[3]);
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        for (nint k = 0; k < columns; k += lanes)
        {
            TVector yk = TSimd.Load(ref y[k]), vk = TSimd.Load(ref v[k]), pk = TSimd.Load(ref p[k]);
            TVector e = TSimd.FusedMultiplyAdd(u0, yk, TSimd.FusedMultiplyAdd(x0, vk, TSimd.Load(ref a0[k])));
            TSimd.Store(e, ref a0[k]);
            s0 = TSimd.FusedMultiplyAdd(pk, e, s0);
            e = TSimd.FusedMultiplyAdd(u1, yk, TSimd.FusedMultiplyAdd(x1, vk, TSimd.Load(ref a1[k])));
            TSimd.Store(e, ref a1[k]);
            s1 = TSimd.FusedMultiplyAdd(pk, e, s1);
            e = TSimd.FusedMultiplyAdd(u2, yk, TSimd.FusedMultiplyAdd(x2, vk, TSimd.Load(ref a2[k])));
            TSimd.Store(e, ref a2[k]);
            s2 = TSimd.FusedMultiplyAdd(pk, e, s2);
            e = TSimd.FusedMultiplyAdd(u3, yk, TSimd.FusedMultiplyAdd(x3, vk, TSimd.Load(ref a3[k])));
            TSimd.Store(e, ref a3[k]);
            s3 = TSimd.FusedMultiplyAdd(pk, e, s3);
        }

        AddFour<TSimd, TVector>(j, TSimd.AddHalves(s0), TSimd.AddHalves(s1), TSimd.AddHalves(s2), TSimd.AddHalves(s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyFour<TSimd, TVector>(int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count, columns = Columns;
        T* p = P;
        T* a0 = Matrix + (j * Stride), a1 = a0 + Stride, a2 = a1 + Stride, a3 = a2 + Stride;
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        for (nint k = 0; k < columns; k += lanes)
        {
            TVector pk = TSimd.Load(ref p[k]);
            s0 = TSimd.FusedMultiplyAdd(pk, TSimd.Load(ref a0[k]), s0);
            s1 = TSimd.FusedMultiplyAdd(pk, TSimd.Load(ref a1[k]), s1);
            s2 = TSimd.FusedMultiplyAdd(pk, TSimd.Load(ref a2[k]), s2);
            s3 = TSimd.FusedMultiplyAdd(pk, TSimd.Load(ref a3[k]), s3);
        }

        AddFour<TSimd, TVector>(j, TSimd.AddHalves(s0), TSimd.AddHalves(s1), TSimd.AddHalves(s2), TSimd.AddHalves(s3));
    }

    /// <summary>x and u of four rows, and what they add to z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddFour<TSimd, TVector>(int j, T s0, T s1, T s2, T s3)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count, columns = Columns, last = Last;
        T tau = Tau;
        T* z = Z, u = U + j, x = X + j;
        T* a0 = Matrix + (j * Stride), a1 = a0 + Stride, a2 = a1 + Stride, a3 = a2 + Stride;
        s0 *= tau;
        s1 *= tau;
        s2 *= tau;
        s3 *= tau;
        x[0] = s0;
        x[1] = s1;
        x[2] = s2;
        x[3] = s3;
        s0 = a0[last] - s0;
        s1 = a1[last] - s1;
        s2 = a2[last] - s2;
        s3 = a3[last] - s3;
        u[0] = s0;
        u[1] = s1;
        u[2] = s2;
        u[3] = s3;
        TVector c0 = TSimd.Create(s0), c1 = TSimd.Create(s1), c2 = TSimd.Create(s2), c3 = TSimd.Create(s3);
        for (nint k = 0; k < columns; k += lanes)
        {
            TVector zk = TSimd.FusedMultiplyAdd(c0, TSimd.Load(ref a0[k]), TSimd.Load(ref z[k]));
            zk = TSimd.FusedMultiplyAdd(c1, TSimd.Load(ref a1[k]), zk);
            zk = TSimd.FusedMultiplyAdd(c2, TSimd.Load(ref a2[k]), zk);
            TSimd.Store(TSimd.FusedMultiplyAdd(c3, TSimd.Load(ref a3[k]), zk), ref z[k]);
        }
    }
}
