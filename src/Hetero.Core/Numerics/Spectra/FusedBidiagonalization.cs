using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reduction to bidiagonal form row by row and column by column, in one pass for each pair: the update by the last two reflections and both products with the next ones share it, where
/// LAPACK's gebd2 reads a matrix four times.
/// </summary>
/// <remarks>
/// The reflection I − τ·p·pᵀ of a row leaves A − x·pᵀ, x = τ·A·p. Its last column a = A·e_k − x is to be reflected by u = (a − β·e)/(α − β), e the last axis and
/// α = aᵀe. So Aᵀu = Aᵀe + Aᵀ(a − α·e)/(α − β): a row's a is known once its product with p is, and α and β, which take all of them, come in afterwards. |α − β| is at least
/// the length of a, so that nothing is lost.
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct FusedBidiagonalization<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix; row i gets the reflection that was made of it, i + 1 + columns − rows entries that end with 1, and zeros to the next whole register.</summary>
    public T* Matrix;

    /// <summary>The distance between the starts of two of its rows.</summary>
    public nint Stride;

    /// <summary>The number of rows, at least 1.</summary>
    public int Rows;

    /// <summary>The number of columns, at least that of rows.</summary>
    public int Columns;

    /// <summary>The diagonal of the result.</summary>
    public T* Diagonal;

    /// <summary>Entry i stands above the diagonal's entry i + 1.</summary>
    public T* Beside;

    /// <summary>τ of the reflection of row i.</summary>
    public T* RowFactors;

    /// <summary>τ of the reflection of the rows above row i.</summary>
    public T* ColumnFactors;

    /// <summary>Row i gets the i entries of that reflection; null if they are not wanted.</summary>
    public T* Reflectors;

    /// <summary>The distance between two of its rows.</summary>
    public nint ReflectorStride;

    /// <summary>Four vectors of the columns, two of the rows, all padded, and one of the columns for each part of a pass.</summary>
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
        int wide = LinePath.Padded<T>(Columns), high = LinePath.Padded<T>(Rows);
        T* v = Scratch, p = v + wide, y = p + wide, z = y + wide, x = z + wide, u = x + high, products = u + high;
        new Span<T>(x, 2 * high).Clear();
        BidiagonalPass<T> pass = new() { Matrix = Matrix, Stride = Stride, X = x, U = u };
        for (int i = Rows - 1; i >= 0; i--)
        {
            T* row = Matrix + (i * Stride);
            int last = i + Columns - Rows, end = LinePath.Padded<T>(last + 1);
            if (pass.Y is not null)
            {
                TVector ui = TSimd.Create(-u[i]), xi = TSimd.Create(-x[i]);
                for (nint k = 0; k < end; k += lanes)
                {
                    TSimd.Store(TSimd.FusedMultiplyAdd(ui, TSimd.Load(ref y[k]), TSimd.FusedMultiplyAdd(xi, TSimd.Load(ref v[k]), TSimd.Load(ref row[k]))), ref row[k]);
                }
            }

            T tau = ReflectRow<TSimd, TVector>(row, last, end, p, out Diagonal[i]);
            RowFactors[i] = tau;
            if (i == 0)
            {
                break;
            }

            for (nint k = 0; k < end; k += lanes)
            {
                TSimd.Store(TSimd.Zero, ref z[k]);
            }

            pass.End = i - 1;
            pass.Columns = end;
            pass.Last = last;
            pass.V = v;
            pass.P = p;
            pass.Tau = tau;
            pass.Z = z;
            pass.One<TSimd, TVector>(i - 1);
            if (i < Tridiagonalization.TeamRows)
            {
                pass.Run<TSimd, TVector>();
            }
            else
            {
                RunParts<TSimd, TVector>(pass, products);
            }

            ColumnFactors[i] = ReflectColumn<TSimd, TVector>(i, u, z, end, out Beside[i - 1]);

            // u·yᵀ = (τ·u·uᵀ)·(A − x·pᵀ).
            TVector factor = TSimd.Create(ColumnFactors[i]), across = TSimd.Create(-Dot<TSimd, TVector>(x, u, LinePath.Padded<T>(i)));
            for (nint k = 0; k < end; k += lanes)
            {
                TSimd.Store(TSimd.Multiply(factor, TSimd.FusedMultiplyAdd(across, TSimd.Load(ref p[k]), TSimd.Load(ref z[k]))), ref y[k]);
            }

            for (int k = last; k < end; k++)
            {
                y[k] = T.Zero;
            }

            pass.Y = y;
            T* old = v;
            v = p;
            p = old;
        }

        Beside[Rows - 1] = T.Zero;
        ColumnFactors[0] = T.Zero;
    }

    /// <summary>Replaces a row by the vector of its reflection, which p gets too; returns τ.</summary>
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

        T squares = Dot<TSimd, TVector>(row, row, end);
        if (squares < HouseholderRow.SmallestSquares<T>())
        {
            row[last] = alpha;
            (beta, T factor) = HouseholderRow.Create(new Span<T>(row, last + 1));
            new ReadOnlySpan<T>(row, end).CopyTo(new Span<T>(p, end));
            return factor;
        }

        T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
        beta = T.IsNegative(alpha) ? norm : -norm;
        TVector scale = TSimd.Create(T.One / (alpha - beta));
        for (nint k = 0; k < end; k += TSimd.Count)
        {
            TVector e = TSimd.Multiply(scale, TSimd.Load(ref row[k]));
            TSimd.Store(e, ref p[k]);
            TSimd.Store(e, ref row[k]);
        }

        p[last] = T.One;
        row[last] = T.One;
        return (beta - alpha) / beta;
    }

    /// <summary>Makes of a, of which z has the product without its last entry, the reflection u of the rows above row i, and z = Aᵀu; returns τ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T ReflectColumn<TSimd, TVector>(int i, T* u, T* z, int end, out T beta)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int padded = LinePath.Padded<T>(i);
        T alpha = u[i - 1];
        for (int k = i - 1; k < padded; k++)
        {
            u[k] = T.Zero;
        }

        T squares = Dot<TSimd, TVector>(u, u, padded), tau;
        T* above = Matrix + ((i - 1) * Stride);
        if (squares < HouseholderRow.SmallestSquares<T>())
        {
            u[i - 1] = alpha;
            (beta, tau) = HouseholderRow.Create(new Span<T>(u, i));
            MultiplyAnew<TSimd, TVector>(i, u, z, end);
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

        if (Reflectors is not null)
        {
            T* reflector = Reflectors + (i * ReflectorStride);
            for (nint k = 0; k < padded; k += TSimd.Count)
            {
                TSimd.Store(TSimd.Load(ref u[k]), ref reflector[k]);
            }
        }

        return tau;
    }

    /// <summary>z ← Aᵀu where a was too small for its products to be worth anything, or zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void MultiplyAnew<TSimd, TVector>(int i, T* u, T* z, int end)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        new Span<T>(z, end).Clear();
        for (int j = 0; j < i; j++)
        {
            T* row = Matrix + (j * Stride);
            TVector c = TSimd.Create(u[j]);
            for (nint k = 0; k < end; k += TSimd.Count)
            {
                TSimd.Store(TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[k]), TSimd.Load(ref z[k])), ref z[k]);
            }
        }
    }

    /// <summary>A pass in parts with a z each, which are added in their order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RunParts<TSimd, TVector>(BidiagonalPass<T> pass, T* products)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int parts = Tridiagonalization.Parts(pass.End), end = pass.Columns;
        new Span<T>(products, parts * end).Clear();
        BidiagonalPartsWork<T> parted = new() { Pass = pass, Products = products, Parts = parts };
        WorkerTeam.Run(Team, ref parted, parts);
        for (int part = 0; part < parts; part++, products += end)
        {
            for (int k = 0; k < end; k += TSimd.Count)
            {
                TSimd.Store(TSimd.Add(TSimd.Load(ref pass.Z[k]), TSimd.Load(ref products[k])), ref pass.Z[k]);
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
