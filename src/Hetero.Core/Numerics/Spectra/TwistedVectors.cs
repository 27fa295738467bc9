using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvectors of a symmetric tridiagonal matrix from its eigenvalues, a register of them at once, by twisted factorizations (Dhillon, Parlett, SIAM J. Matrix Anal. Appl. 25, 2003;
/// LAPACK: LAR1V).
/// </summary>
/// <remarks>
/// <para>
/// T − λ = L·D·Lᵀ from the top and U·D·Uᵀ from the bottom meet in any row r: with γ_r = D⁺_r + e_r·u_r, z_r = 1 and z running both ways from there by the quotients of L and U,
/// (T − λ)·z = γ_r·e_r. Where |γ_r| is least, z is largest, and |γ|/‖z‖ as small as the error of λ allows. So z is orthogonal to the others up to that over the gap between the
/// eigenvalues, no better: what comes out is to be made orthonormal.
/// </para>
/// <para>No pivot is guarded: one that is zero leaves vectors that are not finite, and a residual that is not either.</para>
/// <para>Quotients from both ends are two chains, which wait for the divider rather than for each other: 20 cycles a row where one chain takes 18.</para>
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct TwistedVectors<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The diagonal.</summary>
    public T* Diagonal;

    /// <summary>What stands beside it.</summary>
    public T* Beside;

    /// <summary>The number of rows, at least 2.</summary>
    public int Rows;

    /// <summary>The eigenvalues, whole registers of them.</summary>
    public T* Values;

    /// <summary>The number of eigenvalues; those up to the next whole register are any, and get vectors of zeros.</summary>
    public int Count;

    /// <summary>Receives a row for each of <see cref="Rows"/>, a column for each value.</summary>
    public T* Vectors;

    /// <summary>The distance between two of its rows.</summary>
    public nint Stride;

    /// <summary>The square of the vectors' length.</summary>
    public T Square;

    /// <summary>Three registers for each row, and one.</summary>
    public T* Scratch;

    /// <summary>Whether values become their vectors' Rayleigh quotients, λ + γ/‖z‖².</summary>
    public bool Corrects;

    /// <summary>Above this (γ/‖z‖)² vectors are computed once more, from the corrected values.</summary>
    public T Settled;

    /// <summary>Receives the largest (γ/‖z‖)², which may be anything where a pivot was zero.</summary>
    public T Residual;

    /// <summary>Gets the scratch.</summary>
    public static int GetScratchLength(int rows) => ((3 * rows) + 1) * LinePath.Count<T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        Residual = T.Zero;
        for (int column = 0; column < Count; column += TSimd.Count)
        {
            T residual = Block<TSimd, TVector>(column);
            if (residual > Settled)
            {
                residual = Block<TSimd, TVector>(column);
            }

            Residual = T.Max(Residual, residual);
        }
    }

    /// <summary>A register of vectors; returns the largest (γ/‖z‖)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly T Block<TSimd, TVector>(int column)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count, n = Rows;
        T* d = Diagonal, e = Beside;
        T* pivots = Scratch, down = pivots + (n * lanes), up = down + (n * lanes), lane = up + (n * lanes);
        TVector one = TSimd.Create(T.One);
        TVector value = TSimd.Load(ref Values[column]);
        TVector top = TSimd.Subtract(TSimd.Create(d[0]), value), bottom = TSimd.Subtract(TSimd.Create(d[n - 1]), value);
        TSimd.Store(top, ref pivots[0]);
        for (int i = 0, k = n - 2; i < n - 1; i++, k--)
        {
            TVector l = TSimd.Divide(TSimd.Create(-e[i]), top), u = TSimd.Divide(TSimd.Create(-e[k]), bottom);
            TSimd.Store(l, ref down[i * lanes]);
            TSimd.Store(u, ref up[k * lanes]);
            top = TSimd.FusedMultiplyAdd(TSimd.Create(e[i]), l, TSimd.Subtract(TSimd.Create(d[i + 1]), value));
            bottom = TSimd.FusedMultiplyAdd(TSimd.Create(e[k]), u, TSimd.Subtract(TSimd.Create(d[k]), value));
            TSimd.Store(top, ref pivots[(i + 1) * lanes]);
        }

        TVector gamma = top, least = TSimd.Multiply(top, top), index = TSimd.Create(T.CreateTruncating(n - 1)), twist = index;
        for (int i = n - 2; i >= 0; i--)
        {
            index = TSimd.Subtract(index, one);
            TVector g = TSimd.FusedMultiplyAdd(TSimd.Create(e[i]), TSimd.Load(ref up[i * lanes]), TSimd.Load(ref pivots[i * lanes]));
            TVector square = TSimd.Multiply(g, g);
            twist = TSimd.SelectLess(square, least, index, twist);
            gamma = TSimd.SelectLess(square, least, g, gamma);
            least = TSimd.SelectLess(square, least, square, least);
        }

        // One pass writes what is above the twist, and 1 from there on; the other what is below and 1 up to there: an entry is their product.
        T* z = Vectors + column;
        TVector entry = one;
        index = TSimd.Create(T.CreateTruncating(n - 1));
        TSimd.Store(one, ref z[(n - 1) * Stride]);
        for (int i = n - 2; i >= 0; i--)
        {
            index = TSimd.Subtract(index, one);
            entry = TSimd.SelectLess(index, twist, TSimd.Multiply(TSimd.Load(ref down[i * lanes]), entry), one);
            TSimd.Store(entry, ref z[i * Stride]);
        }

        TVector norm = TSimd.Multiply(entry, entry);
        entry = one;
        index = TSimd.Zero;
        for (int i = 1; i < n; i++)
        {
            index = TSimd.Add(index, one);
            entry = TSimd.SelectLess(twist, index, TSimd.Multiply(TSimd.Load(ref up[(i - 1) * lanes]), entry), one);
            TVector product = TSimd.Multiply(entry, TSimd.Load(ref z[i * Stride]));
            TSimd.Store(product, ref z[i * Stride]);
            norm = TSimd.FusedMultiplyAdd(product, product, norm);
        }

        TVector scale = TSimd.Sqrt(TSimd.Divide(TSimd.Create(Square), norm));
        if (Count - column < lanes)
        {
            TSimd.Store(scale, ref lane[0]);
            for (int k = Count - column; k < lanes; k++)
            {
                lane[k] = T.Zero;
            }

            scale = TSimd.Load(ref lane[0]);
        }

        for (int i = 0; i < n; i++)
        {
            TSimd.Store(TSimd.Multiply(scale, TSimd.Load(ref z[i * Stride])), ref z[i * Stride]);
        }

        if (Corrects)
        {
            TSimd.Store(TSimd.Add(value, TSimd.Divide(gamma, norm)), ref Values[column]);
        }

        TSimd.Store(TSimd.Divide(least, norm), ref lane[0]);
        T residual = T.Zero;
        for (int k = 0; k < Math.Min(lanes, Count - column); k++)
        {
            residual = T.Max(residual, lane[k]);
        }

        return residual;
    }
}
