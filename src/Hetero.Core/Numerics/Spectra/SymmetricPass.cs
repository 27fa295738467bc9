using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// One pass over the lower triangle of a symmetric matrix: A ← A − v·wᵀ − w·vᵀ if it updates, and A·x, as y + s. Each entry is read, and written, once.
/// </summary>
/// <remarks>
/// <para>
/// Rows are cut in blocks of the lanes of 64 bytes. The blocks on the diagonal hold both triangles; entries beyond the matrix in them may be anything finite.
/// So there are whole registers alone. An entry below these blocks serves twice: row j adds x_j·a_jk to y_k, and a_jk·x_k to s_j. In a block both
/// halves are there, and rows add to y alone.
/// </para>
/// <para>y_k is a chain over the rows, s_j one chain for each lane, added by halves. Four rows at a time: 4 sums, 12 coefficients, 3 of v, w and x, y and an
/// entry take 21 of 32 registers; 8 multiply-adds (16 with the update) for 7 (8) loads.</para>
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct SymmetricPass<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix.</summary>
    public T* Matrix;

    /// <summary>The distance between the starts of two of its rows.</summary>
    public nint Stride;

    /// <summary>The first row, a multiple of four.</summary>
    public int First;

    /// <summary>The row after the last.</summary>
    public int End;

    /// <summary>v, or null if there is no update. Zero from the last row on, to a multiple of the lanes, as w and x are.</summary>
    public T* V;

    /// <summary>w.</summary>
    public T* W;

    /// <summary>x.</summary>
    public T* X;

    /// <summary>y: added to.</summary>
    public T* Y;

    /// <summary>s: written for the rows of this pass.</summary>
    public T* Sums;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int j = First;
        for (; j <= End - 4; j += 4)
        {
            if (V is null)
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
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void UpdateFour<TSimd, TVector>(int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        nint whole = j / lanes * lanes;
        T* v = V, w = W, x = X, y = Y;
        T* a0 = Matrix + (j * Stride), a1 = a0 + Stride, a2 = a1 + Stride, a3 = a2 + Stride;
        TVector v0 = TSimd.Create(-v[j]), v1 = TSimd.Create(-v[j + 1]), v2 = TSimd.Create(-v[j + 2]), v3 = TSimd.Create(-v[j + 3]);
        TVector w0 = TSimd.Create(-w[j]), w1 = TSimd.Create(-w[j + 1]), w2 = TSimd.Create(-w[j + 2]), w3 = TSimd.Create(-w[j + 3]);
        TVector x0 = TSimd.Create(x[j]), x1 = TSimd.Create(x[j + 1]), x2 = TSimd.Create(x[j + 2]), x3 = TSimd.Create(x[j + 3]);
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        nint k = 0;
        for (; k < whole; k += lanes)
        {
            TVector vk = TSimd.Load(ref v[k]), wk = TSimd.Load(ref w[k]), xk = TSimd.Load(ref x[k]), yk = TSimd.Load(ref y[k]);
            TVector e = TSimd.FusedMultiplyAdd(v0, wk, TSimd.FusedMultiplyAdd(w0, vk, TSimd.Load(ref a0[k])));
            TSimd.Store(e, ref a0[k]);
            yk = TSimd.FusedMultiplyAdd(x0, e, yk);
            s0 = TSimd.FusedMultiplyAdd(xk, e, s0);
            e = TSimd.FusedMultiplyAdd(v1, wk, TSimd.FusedMultiplyAdd(w1, vk, TSimd.Load(ref a1[k])));
            TSimd.Store(e, ref a1[k]);
            yk = TSimd.FusedMultiplyAdd(x1, e, yk);
            s1 = TSimd.FusedMultiplyAdd(xk, e, s1);
            e = TSimd.FusedMultiplyAdd(v2, wk, TSimd.FusedMultiplyAdd(w2, vk, TSimd.Load(ref a2[k])));
            TSimd.Store(e, ref a2[k]);
            yk = TSimd.FusedMultiplyAdd(x2, e, yk);
            s2 = TSimd.FusedMultiplyAdd(xk, e, s2);
            e = TSimd.FusedMultiplyAdd(v3, wk, TSimd.FusedMultiplyAdd(w3, vk, TSimd.Load(ref a3[k])));
            TSimd.Store(e, ref a3[k]);
            yk = TSimd.FusedMultiplyAdd(x3, e, yk);
            s3 = TSimd.FusedMultiplyAdd(xk, e, s3);
            TSimd.Store(yk, ref y[k]);
        }

        TVector vb = TSimd.Load(ref v[k]), wb = TSimd.Load(ref w[k]), yb = TSimd.Load(ref y[k]);
        TVector b = TSimd.FusedMultiplyAdd(v0, wb, TSimd.FusedMultiplyAdd(w0, vb, TSimd.Load(ref a0[k])));
        TSimd.Store(b, ref a0[k]);
        yb = TSimd.FusedMultiplyAdd(x0, b, yb);
        b = TSimd.FusedMultiplyAdd(v1, wb, TSimd.FusedMultiplyAdd(w1, vb, TSimd.Load(ref a1[k])));
        TSimd.Store(b, ref a1[k]);
        yb = TSimd.FusedMultiplyAdd(x1, b, yb);
        b = TSimd.FusedMultiplyAdd(v2, wb, TSimd.FusedMultiplyAdd(w2, vb, TSimd.Load(ref a2[k])));
        TSimd.Store(b, ref a2[k]);
        yb = TSimd.FusedMultiplyAdd(x2, b, yb);
        b = TSimd.FusedMultiplyAdd(v3, wb, TSimd.FusedMultiplyAdd(w3, vb, TSimd.Load(ref a3[k])));
        TSimd.Store(b, ref a3[k]);
        yb = TSimd.FusedMultiplyAdd(x3, b, yb);
        TSimd.Store(yb, ref y[k]);
        T* sums = Sums + j;
        sums[0] = TSimd.AddHalves(s0);
        sums[1] = TSimd.AddHalves(s1);
        sums[2] = TSimd.AddHalves(s2);
        sums[3] = TSimd.AddHalves(s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyFour<TSimd, TVector>(int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        nint whole = j / lanes * lanes;
        T* x = X, y = Y;
        T* a0 = Matrix + (j * Stride), a1 = a0 + Stride, a2 = a1 + Stride, a3 = a2 + Stride;
        TVector x0 = TSimd.Create(x[j]), x1 = TSimd.Create(x[j + 1]), x2 = TSimd.Create(x[j + 2]), x3 = TSimd.Create(x[j + 3]);
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        nint k = 0;
        for (; k < whole; k += lanes)
        {
            TVector xk = TSimd.Load(ref x[k]), yk = TSimd.Load(ref y[k]);
            TVector e = TSimd.Load(ref a0[k]);
            yk = TSimd.FusedMultiplyAdd(x0, e, yk);
            s0 = TSimd.FusedMultiplyAdd(xk, e, s0);
            e = TSimd.Load(ref a1[k]);
            yk = TSimd.FusedMultiplyAdd(x1, e, yk);
            s1 = TSimd.FusedMultiplyAdd(xk, e, s1);
            e = TSimd.Load(ref a2[k]);
            yk = TSimd.FusedMultiplyAdd(x2, e, yk);
            s2 = TSimd.FusedMultiplyAdd(xk, e, s2);
            e = TSimd.Load(ref a3[k]);
            yk = TSimd.FusedMultiplyAdd(x3, e, yk);
            s3 = TSimd.FusedMultiplyAdd(xk, e, s3);
            TSimd.Store(yk, ref y[k]);
        }

        TVector yb = TSimd.Load(ref y[k]);
        yb = TSimd.FusedMultiplyAdd(x0, TSimd.Load(ref a0[k]), yb);
        yb = TSimd.FusedMultiplyAdd(x1, TSimd.Load(ref a1[k]), yb);
        yb = TSimd.FusedMultiplyAdd(x2, TSimd.Load(ref a2[k]), yb);
        yb = TSimd.FusedMultiplyAdd(x3, TSimd.Load(ref a3[k]), yb);
        TSimd.Store(yb, ref y[k]);
        T* sums = Sums + j;
        sums[0] = TSimd.AddHalves(s0);
        sums[1] = TSimd.AddHalves(s1);
        sums[2] = TSimd.AddHalves(s2);
        sums[3] = TSimd.AddHalves(s3);
    }

    /// <summary>A row alone, by the same operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void One<TSimd, TVector>(int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        nint whole = j / lanes * lanes;
        T* a = Matrix + (j * Stride);
        bool updates = V is not null;
        TVector v = updates ? TSimd.Create(-V[j]) : TSimd.Zero, w = updates ? TSimd.Create(-W[j]) : TSimd.Zero, x = TSimd.Create(X[j]), s = TSimd.Zero;
        for (nint k = 0; k <= whole; k += lanes)
        {
            TVector e = TSimd.Load(ref a[k]);
            if (updates)
            {
                e = TSimd.FusedMultiplyAdd(v, TSimd.Load(ref W[k]), TSimd.FusedMultiplyAdd(w, TSimd.Load(ref V[k]), e));
                TSimd.Store(e, ref a[k]);
            }

            TSimd.Store(TSimd.FusedMultiplyAdd(x, e, TSimd.Load(ref Y[k])), ref Y[k]);
            s = k < whole ? TSimd.FusedMultiplyAdd(TSimd.Load(ref X[k]), e, s) : s;
        }

        Sums[j] = TSimd.AddHalves(s);
    }
}
