using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reduction to tridiagonal form column by column, in one pass each: the update by the last reflection and the product with the next one share it, so that
/// an entry is read and written once where LAPACK's sytd2 does it twice. For matrices that fit in the second-level cache.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct FusedTridiagonalization<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix, as <see cref="SymmetricPass{T}"/> wants it; row i gets the reflection that was made of it.</summary>
    public T* Matrix;

    /// <summary>The distance between the starts of two of its rows.</summary>
    public nint Stride;

    /// <summary>The number of rows, at least 1.</summary>
    public int Rows;

    /// <summary>The diagonal of the result.</summary>
    public T* Diagonal;

    /// <summary>What stands beside it: entry i belongs to rows i and i + 1.</summary>
    public T* Beside;

    /// <summary>τ of the reflection of row i.</summary>
    public T* Factors;

    /// <summary>Five vectors of the padded length, and one for each part of a pass, see <see cref="Tridiagonalization.Parts"/>.</summary>
    public T* Scratch;

    /// <summary>The team for passes over many rows, if any.</summary>
    public WorkerTeam? Team;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        int padded = LinePath.Padded<T>(Rows);
        T* v = Scratch, x = v + padded, w = x + padded, y = w + padded, sums = y + padded;
        new Span<T>(Scratch, 5 * padded).Clear();
        bool isFirst = true;
        T half = T.CreateChecked(-0.5);
        for (int i = Rows - 1; i > 0; i--)
        {
            T* row = Matrix + (i * Stride);
            int end = LinePath.Padded<T>(i);
            if (!isFirst)
            {
                TVector vi = TSimd.Create(-v[i]), wi = TSimd.Create(-w[i]);
                for (int k = 0; k <= i; k += lanes)
                {
                    TVector e = TSimd.FusedMultiplyAdd(vi, TSimd.Load(ref w[k]), TSimd.FusedMultiplyAdd(wi, TSimd.Load(ref v[k]), TSimd.Load(ref row[k])));
                    TSimd.Store(e, ref row[k]);
                }
            }

            Diagonal[i] = row[i];
            T alpha = row[i - 1];
            row[i - 1] = T.Zero;
            for (int k = i; k < end; k++)
            {
                row[k] = T.Zero;
            }

            T squares = Dot<TSimd, TVector>(row, row, end);
            T tau;
            if (squares < HouseholderRow.SmallestSquares<T>())
            {
                row[i - 1] = alpha;
                (Beside[i - 1], tau) = HouseholderRow.Create(new Span<T>(row, i));
                new ReadOnlySpan<T>(row, end).CopyTo(new Span<T>(x, end));
            }
            else
            {
                T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
                T beta = T.IsNegative(alpha) ? norm : -norm;
                TVector scale = TSimd.Create(T.One / (alpha - beta));
                for (int k = 0; k < end; k += lanes)
                {
                    TVector e = TSimd.Multiply(scale, TSimd.Load(ref row[k]));
                    TSimd.Store(e, ref x[k]);
                    TSimd.Store(e, ref row[k]);
                }

                x[i - 1] = T.One;
                row[i - 1] = T.One;
                Beside[i - 1] = beta;
                tau = (beta - alpha) / beta;
            }

            Factors[i] = tau;
            for (int k = 0; k < end; k += lanes)
            {
                TSimd.Store(TSimd.Zero, ref y[k]);
            }

            SymmetricPass<T> pass = new() { Matrix = Matrix, Stride = Stride, End = i, V = isFirst ? null : v, W = w, X = x, Y = y, Sums = sums };
            if (i < Tridiagonalization.TeamRows)
            {
                pass.Run<TSimd, TVector>();
            }
            else
            {
                RunParts<TSimd, TVector>(pass, sums + padded, end);
            }

            // w = p − ½τ(pᵀx)·x with p = τ·A·x.
            TVector factor = TSimd.Create(tau);
            for (int k = 0; k < end; k += lanes)
            {
                TSimd.Store(TSimd.Multiply(factor, TSimd.Add(TSimd.Load(ref y[k]), TSimd.Load(ref sums[k]))), ref w[k]);
            }

            for (int k = i; k < end; k++)
            {
                w[k] = T.Zero;
            }

            TVector correction = TSimd.Create(half * tau * Dot<TSimd, TVector>(w, x, end));
            for (int k = 0; k < end; k += lanes)
            {
                TSimd.Store(TSimd.FusedMultiplyAdd(correction, TSimd.Load(ref x[k]), TSimd.Load(ref w[k])), ref w[k]);
            }

            T* last = v;
            v = x;
            x = last;
            isFirst = false;
        }

        Diagonal[0] = Matrix[0];
        Beside[Rows - 1] = T.Zero;
        Factors[0] = T.Zero;
    }

    /// <summary>A pass in parts with a y each, which are added in their order.</summary>
    private readonly void RunParts<TSimd, TVector>(SymmetricPass<T> pass, T* products, int end)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int parts = Tridiagonalization.Parts(pass.End);
        new Span<T>(products, parts * end).Clear();
        TrianglePartsWork<T> parted = new() { Pass = pass, Products = products, PaddedRows = end, Rows = pass.End, Parts = parts };
        WorkerTeam.Run(Team, ref parted, parts);
        for (int part = 0; part < parts; part++, products += end)
        {
            for (int k = 0; k < end; k += TSimd.Count)
            {
                TSimd.Store(TSimd.Add(TSimd.Load(ref pass.Y[k]), TSimd.Load(ref products[k])), ref pass.Y[k]);
            }
        }
    }

    /// <summary>Two sums for each lane, then the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot<TSimd, TVector>(T* x, T* y, int end)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        TVector even = TSimd.Zero, odd = TSimd.Zero;
        int k = 0;
        for (; k < end - lanes; k += 2 * lanes)
        {
            even = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[k]), TSimd.Load(ref y[k]), even);
            odd = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[k + lanes]), TSimd.Load(ref y[k + lanes]), odd);
        }

        if (k < end)
        {
            even = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[k]), TSimd.Load(ref y[k]), even);
        }

        return TSimd.AddHalves(TSimd.Add(even, odd));
    }
}
