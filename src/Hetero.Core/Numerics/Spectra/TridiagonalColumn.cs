using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A column of <see cref="FusedTridiagonalization{T}"/>: what the last pass left to do, the next reflection, and the next pass. Each of some lanes does all of it but the pass, of which it does
/// a share: so a column is one call of the team, and of vectors only products go from thread to thread, where three more would if one thread made them for all.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct TridiagonalColumn<T> : ITeamWork, ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The vectors of a lane.</summary>
    public const int LaneVectors = 3;

    /// <summary>What is reduced.</summary>
    public FusedTridiagonalization<T> Problem;

    /// <summary>The row whose reflection is made.</summary>
    public int Row;

    /// <summary>The lanes of this column, no more than of the last.</summary>
    public int Lanes;

    /// <summary>The length of a vector.</summary>
    public nint Padded;

    /// <summary>For each lane the reflections of this row and of the last, and w.</summary>
    public T* Vectors;

    /// <summary>For this row and for the last s, see <see cref="SymmetricPass{T}"/>, and y of each part.</summary>
    public T* Products;

    /// <summary>The vectors of a row's products.</summary>
    public int ProductVectors;

    private int _lane;

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        TridiagonalColumn<T> kernel = this;
        kernel._lane = part;
        LinePath.Run<T, TridiagonalColumn<T>>(ref kernel);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int i = Row;
        bool isFirst = i == Problem.Rows - 1, writes = _lane == Lanes - 1;
        T* vectors = Vectors + (_lane * LaneVectors * Padded);
        T* x = vectors + ((i & 1) * Padded), v = vectors + ((1 - (i & 1)) * Padded), w = vectors + (2 * Padded);
        T* row = Problem.Matrix + (i * Problem.Stride);
        if (isFirst)
        {
            Copy<TSimd, TVector>(row, x, i + 1);
        }
        else
        {
            Finish<TSimd, TVector>(i + 1, v, w);
            TVector vi = TSimd.Create(-v[i]), wi = TSimd.Create(-w[i]);
            for (nint k = 0; k <= i; k += TSimd.Count)
            {
                TVector e = TSimd.FusedMultiplyAdd(vi, TSimd.Load(ref w[k]), TSimd.FusedMultiplyAdd(wi, TSimd.Load(ref v[k]), TSimd.Load(ref row[k])));
                TSimd.Store(e, ref x[k]);
            }

            // Nobody reads the last row any more, while another lane may be reading this one.
            if (writes)
            {
                WriteRow<TSimd, TVector>(i + 1);
            }
        }

        T diagonal = x[i];
        (T beta, T tau) = Reflect<TSimd, TVector>(x, i);
        if (writes)
        {
            Problem.Diagonal[i] = diagonal;
            Problem.Beside[i - 1] = beta;
            Problem.Factors[i] = tau;
        }

        int parts = Tridiagonalization.Parts(i);
        T* sums = Sums(i);
        nint end = LinePath.Padded<T>(i);
        for (int part = _lane * parts / Lanes; part < (_lane + 1) * parts / Lanes; part++)
        {
            T* y = sums + ((1 + part) * Padded);
            for (nint k = 0; k < end; k += TSimd.Count)
            {
                TSimd.Store(TSimd.Zero, ref y[k]);
            }

            SymmetricPass<T> pass = new()
            {
                Matrix = Problem.Matrix,
                Stride = Problem.Stride,
                First = TrianglePartsWork<T>.Start(part, parts, i),
                End = TrianglePartsWork<T>.Start(part + 1, parts, i),
                V = isFirst ? null : v,
                W = w,
                X = x,
                Y = y,
                Sums = sums,
            };
            pass.Run<TSimd, TVector>();
        }
    }

    /// <summary>Row i of the matrix gets its reflection.</summary>
    public readonly void WriteRow<TSimd, TVector>(int i)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        => Copy<TSimd, TVector>(Vectors + (((_lane * LaneVectors) + (i & 1)) * Padded), Problem.Matrix + (i * Problem.Stride), i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TSimd, TVector>(T* from, T* to, int length)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        for (nint k = 0; k < length; k += TSimd.Count)
        {
            TSimd.Store(TSimd.Load(ref from[k]), ref to[k]);
        }
    }

    /// <summary>Makes of the row x, whose entry i is the diagonal's, the vector of its reflection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Beta, T Tau) Reflect<TSimd, TVector>(T* x, int i)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int end = LinePath.Padded<T>(i);
        T alpha = x[i - 1];
        x[i - 1] = T.Zero;
        for (int k = i; k < end; k++)
        {
            x[k] = T.Zero;
        }

        T squares = LineDot.Of<T, TSimd, TVector>(x, x, end);
        if (squares < HouseholderRow.SmallestSquares<T>())
        {
            x[i - 1] = alpha;
            return HouseholderRow.Create(new Span<T>(x, i));
        }

        T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
        T beta = T.IsNegative(alpha) ? norm : -norm;
        TVector scale = TSimd.Create(T.One / (alpha - beta));
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TSimd.Store(TSimd.Multiply(scale, TSimd.Load(ref x[k])), ref x[k]);
        }

        x[i - 1] = T.One;
        return (beta, (beta - alpha) / beta);
    }

    /// <summary>w = p − ½τ(pᵀx)·x with p = τ·A·x, for the reflection x of row i, of the parts' products in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish<TSimd, TVector>(int i, T* x, T* w)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int end = LinePath.Padded<T>(i), parts = Tridiagonalization.Parts(i);
        T* sums = Sums(i);
        T tau = Problem.Factors[i];
        TVector factor = TSimd.Create(tau);
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TVector y = TSimd.Zero;
            T* product = sums + Padded + k;
            for (int part = 0; part < parts; part++, product += Padded)
            {
                y = TSimd.Add(y, TSimd.Load(ref product[0]));
            }

            TSimd.Store(TSimd.Multiply(factor, TSimd.Add(y, TSimd.Load(ref sums[k]))), ref w[k]);
        }

        for (int k = i; k < end; k++)
        {
            w[k] = T.Zero;
        }

        TVector correction = TSimd.Create(T.CreateChecked(-0.5) * tau * LineDot.Of<T, TSimd, TVector>(w, x, end));
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TSimd.Store(TSimd.FusedMultiplyAdd(correction, TSimd.Load(ref x[k]), TSimd.Load(ref w[k])), ref w[k]);
        }
    }

    private readonly T* Sums(int i) => Products + ((i & 1) * ProductVectors * Padded);
}
