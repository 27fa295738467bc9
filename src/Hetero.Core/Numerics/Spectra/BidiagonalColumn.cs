using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A row and a column of <see cref="FusedBidiagonalization{T}"/>: what the last pass left to do, the next reflection of a row, and the next pass. Each of some lanes does all of it but the
/// pass, of which it does a share: so it is one call of the team, and of vectors only products go from thread to thread.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct BidiagonalColumn<T> : ITeamWork, ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What is reduced.</summary>
    public FusedBidiagonalization<T> Problem;

    /// <summary>The row whose reflection is made.</summary>
    public int Row;

    /// <summary>The lanes of this row, no more than of the last.</summary>
    public int Lanes;

    /// <summary>Those of the last.</summary>
    public int LastLanes;

    /// <summary>Scratch, see <see cref="GetScratchLength"/>.</summary>
    public T* Memory;

    /// <summary>The lanes that the scratch is for.</summary>
    public int MostLanes;

    /// <summary>Aᵀu of the last column, if it had to be multiplied anew, see <see cref="NeedsProduct"/>.</summary>
    public bool HasProduct;

    /// <summary>Whether nothing was done, as the last column is too small for its products to be worth anything.</summary>
    public bool NeedsProduct;

    private int _lane;

    private readonly nint Wide => LinePath.Padded<T>(Problem.Columns);

    private readonly nint High => LinePath.Padded<T>(Problem.Rows);

    private readonly nint LaneLength => (5 * Wide) + (2 * High);

    private readonly nint ProductLength => (2 * High) + (Tridiagonalization.Parts(Problem.Rows) * Wide);

    /// <summary>Aᵀu where it is multiplied anew.</summary>
    private readonly T* Anew => Memory + (MostLanes * LaneLength) + (2 * ProductLength);

    /// <summary>Gets the scratch.</summary>
    public static int GetScratchLength(int rows, int columns, int lanes)
    {
        int wide = LinePath.Padded<T>(columns), high = LinePath.Padded<T>(rows);
        return checked((lanes * ((5 * wide) + (2 * high))) + (2 * ((2 * high) + (Tridiagonalization.Parts(rows) * wide))) + wide);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        BidiagonalColumn<T> kernel = this;
        kernel._lane = part;
        LinePath.Run<T, BidiagonalColumn<T>>(ref kernel);
        if (kernel.NeedsProduct)
        {
            Volatile.Write(ref NeedsProduct, true);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int i = Row, last = i + Problem.Columns - Problem.Rows, end = LinePath.Padded<T>(last + 1);
        bool isFirst = i == Problem.Rows - 1, writes = _lane == Lanes - 1;
        T* p = Memory + (_lane * LaneLength) + ((i & 1) * Wide), v = p + ((i & 1) == 0 ? Wide : -Wide);
        T* y = Memory + (_lane * LaneLength) + (2 * Wide), z = y + Wide, row = z + Wide, x = row + Wide, u = x + High;
        T* matrix = Problem.Matrix + (i * Problem.Stride);
        if (isFirst)
        {
            Copy<TSimd, TVector>(matrix, row, end);
            Clear<TSimd, TVector>(x, LinePath.Padded<T>(i));
            Clear<TSimd, TVector>(u, LinePath.Padded<T>(i));
        }
        else
        {
            if (!HasProduct)
            {
                Gather<TSimd, TVector>(i, x, u, z);
            }

            if (!Finish<TSimd, TVector>(i + 1, v, x, u, y, z, row, writes))
            {
                NeedsProduct = true;
                return;
            }

            TVector ui = TSimd.Create(-u[i]), xi = TSimd.Create(-x[i]);
            for (nint k = 0; k < end; k += TSimd.Count)
            {
                TSimd.Store(TSimd.FusedMultiplyAdd(ui, TSimd.Load(ref y[k]), TSimd.FusedMultiplyAdd(xi, TSimd.Load(ref v[k]), TSimd.Load(ref row[k]))), ref row[k]);
            }
        }

        T tau = ReflectRow<TSimd, TVector>(row, last, end, p, out T beta);
        if (writes)
        {
            Problem.Diagonal[i] = beta;
            Problem.RowFactors[i] = tau;

            // Nobody reads the last row any more, while another lane may be reading this one.
            if (!isFirst)
            {
                Copy<TSimd, TVector>(v, matrix + Problem.Stride, LinePath.Padded<T>(last + 2));
            }
        }

        if (i == 0)
        {
            Copy<TSimd, TVector>(p, matrix, end);
            return;
        }

        BidiagonalPass<T> pass = new()
        {
            Stride = Problem.Stride, Columns = end, Last = last, Y = isFirst ? null : y, V = v, P = p, Tau = tau, X = x, U = u,
        };
        Copy<TSimd, TVector>(matrix - Problem.Stride, row, end);
        pass.Matrix = row - ((i - 1) * Problem.Stride);
        pass.One<TSimd, TVector>(i - 1);
        pass.Matrix = Problem.Matrix;
        int parts = Tridiagonalization.Parts(i - 1);
        T* products = Products(i);
        for (int part = _lane * parts / Lanes; part < (_lane + 1) * parts / Lanes; part++)
        {
            pass.First = Start(part, parts, i - 1);
            pass.End = Start(part + 1, parts, i - 1);
            pass.Z = products + (2 * High) + (part * Wide);
            Clear<TSimd, TVector>(pass.Z, end);
            pass.Run<TSimd, TVector>();
            if (Lanes > 1)
            {
                int length = pass.End - pass.First;
                new ReadOnlySpan<T>(x + pass.First, length).CopyTo(new Span<T>(products + pass.First, length));
                new ReadOnlySpan<T>(u + pass.First, length).CopyTo(new Span<T>(products + High + pass.First, length));
            }
        }
    }

    /// <summary>Multiplies the last column's reflection with the matrix anew, where lanes said that it needs it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void MultiplyAnew<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        // Lane 0 has made the reflection of the column, and has the row that passes leave alone.
        int i = Row + 1, end = LinePath.Padded<T>(i + 1 + Problem.Columns - Problem.Rows);
        T* own = Memory + (4 * Wide), u = own + Wide + High, z = Anew;
        Clear<TSimd, TVector>(z, end);
        for (int j = 0; j < i; j++)
        {
            T* row = j == i - 1 ? own : Problem.Matrix + (j * Problem.Stride);
            TVector c = TSimd.Create(u[j]);
            for (nint k = 0; k < end; k += TSimd.Count)
            {
                TSimd.Store(TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[k]), TSimd.Load(ref z[k])), ref z[k]);
            }
        }

        (NeedsProduct, HasProduct) = (false, true);
    }

    /// <summary>The first of a part's rows, about as many each.</summary>
    private static int Start(int part, int parts, int rows) => part == parts ? rows : (int)((long)rows * part / parts) / 4 * 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear<TSimd, TVector>(T* line, int end)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TSimd.Store(TSimd.Zero, ref line[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TSimd, TVector>(T* from, T* to, int end)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TSimd.Store(TSimd.Load(ref from[k]), ref to[k]);
        }
    }

    /// <summary>Makes of a row the vector p of its reflection; returns τ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ReflectRow<TSimd, TVector>(T* row, int last, int end, T* p, out T beta)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T alpha = row[last];
        for (int k = last; k < end; k++)
        {
            row[k] = T.Zero;
        }

        T squares = LineDot.Of<T, TSimd, TVector>(row, row, end);
        if (squares < HouseholderRow.SmallestSquares<T>())
        {
            row[last] = alpha;
            (beta, T factor) = HouseholderRow.Create(new Span<T>(row, last + 1));
            Copy<TSimd, TVector>(row, p, end);
            return factor;
        }

        T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
        beta = T.IsNegative(alpha) ? norm : -norm;
        TVector scale = TSimd.Create(T.One / (alpha - beta));
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TSimd.Store(TSimd.Multiply(scale, TSimd.Load(ref row[k])), ref p[k]);
        }

        p[last] = T.One;
        return (beta - alpha) / beta;
    }

    /// <summary>The products of the last pass, over the rows above row i: x and u of all lanes' rows, and z of the parts in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Gather<TSimd, TVector>(int i, T* x, T* u, T* z)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int end = LinePath.Padded<T>(i + 2 + Problem.Columns - Problem.Rows), parts = Tridiagonalization.Parts(i);
        T* products = Products(i + 1);
        if (LastLanes > 1)
        {
            new ReadOnlySpan<T>(products, i).CopyTo(new Span<T>(x, i));
            new ReadOnlySpan<T>(products + High, i).CopyTo(new Span<T>(u, i));
        }

        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TVector sum = TSimd.Zero;
            T* product = products + (2 * High) + k;
            for (int part = 0; part < parts; part++, product += Wide)
            {
                sum = TSimd.Add(sum, TSimd.Load(ref product[0]));
            }

            TSimd.Store(sum, ref z[k]);
        }
    }

    /// <summary>
    /// Makes of a, of which z has the product without its last entry, the reflection u of the rows above row i, z = Aᵀu, and of p the y of u·yᵀ = (τ·u·uᵀ)·(A − x·pᵀ);
    /// returns whether it could.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Finish<TSimd, TVector>(int i, T* p, T* x, T* u, T* y, T* z, T* above, bool writes)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int padded = LinePath.Padded<T>(i), last = i + Problem.Columns - Problem.Rows, end = LinePath.Padded<T>(last + 1);
        T tau;
        if (HasProduct)
        {
            tau = Problem.ColumnFactors[i];
            Copy<TSimd, TVector>(Anew, z, end);
        }
        else
        {
            T alpha = u[i - 1], beta;
            for (int k = i - 1; k < padded; k++)
            {
                u[k] = T.Zero;
            }

            T squares = LineDot.Of<T, TSimd, TVector>(u, u, padded);
            bool isSmall = squares < HouseholderRow.SmallestSquares<T>();
            if (isSmall)
            {
                u[i - 1] = alpha;
                (beta, tau) = HouseholderRow.Create(new Span<T>(u, i));
            }
            else
            {
                T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
                beta = T.IsNegative(alpha) ? norm : -norm;
                TVector scale = TSimd.Create(T.One / (alpha - beta));
                for (nint k = 0; k < padded; k += TSimd.Count)
                {
                    TSimd.Store(TSimd.Multiply(scale, TSimd.Load(ref u[k])), ref u[k]);
                }

                u[i - 1] = T.One;
                tau = (beta - alpha) / beta;
                for (nint k = 0; k < end; k += TSimd.Count)
                {
                    TSimd.Store(TSimd.FusedMultiplyAdd(scale, TSimd.Load(ref z[k]), TSimd.Load(ref above[k])), ref z[k]);
                }
            }

            if (writes)
            {
                Problem.Beside[i - 1] = beta;
                Problem.ColumnFactors[i] = tau;
                if (Problem.Reflectors is not null)
                {
                    Copy<TSimd, TVector>(u, Problem.Reflectors + (i * Problem.ReflectorStride), padded);
                }
            }

            if (isSmall)
            {
                return false;
            }
        }

        TVector factor = TSimd.Create(tau), across = TSimd.Create(-LineDot.Of<T, TSimd, TVector>(x, u, padded));
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TSimd.Store(TSimd.Multiply(factor, TSimd.FusedMultiplyAdd(across, TSimd.Load(ref p[k]), TSimd.Load(ref z[k]))), ref y[k]);
        }

        for (int k = last; k < end; k++)
        {
            y[k] = T.Zero;
        }

        return true;
    }

    private readonly T* Products(int i) => Memory + (MostLanes * LaneLength) + ((i & 1) * ProductLength);
}
