using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Householder reduction of a symmetric matrix to tridiagonal form, QᵀAQ = T, from the last row up. Large matrices go in panels (Dongarra, Hammarling, Sorensen,
/// J. Comput. Appl. Math. 27, 1989; LAPACK's sytrd): half of the 4n³/3 operations are products of the triangle and a vector, the other half
/// products of matrices. What is left, and small matrices, goes by <see cref="FusedTridiagonalization{T}"/>. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// In a panel the matrix stays as it was; after c rows it stands for A − Σ (v_r·w_rᵀ + w_r·v_rᵀ), r &lt; c. What is left to reduce is always the leading
/// block, so that nothing moves, and row i keeps the reflection that was made of it.
/// </remarks>
internal static unsafe class Tridiagonalization
{
    /// <summary>The rows of a panel.</summary>
    public const int PanelRows = 32;

    /// <summary>Up to so many rows a pass that reads and writes the triangle for each column is faster than one that reads it beside the products of a panel's vectors.</summary>
    public const int FusedRows = 1200;

    /// <summary>The rows from which on a pass over the triangle is worth waking a team.</summary>
    public const int TeamRows = 192;

    /// <summary>The rows of the matrix that a product updates at once; it computes up to the diagonal's end alone.</summary>
    private const int UpdateRows = 192;

    /// <summary>The rows of the matrix to two parts of a pass: an even number of parts is work for two threads. It defines the sums' order.</summary>
    private const int RowsPerPair = 256;

    /// <summary>Gets the distance between two rows: whole registers of 64 bytes, and not a multiple of 4 KiB, at which rows would get in each other's way in a cache.</summary>
    public static int PaddedStride<T>(int size)
        where T : unmanaged
    {
        int stride = LinePath.Padded<T>(size);
        return stride * (long)Unsafe.SizeOf<T>() % 4096 == 0 && stride != 0 ? stride + LinePath.Count<T>() : stride;
    }

    /// <summary>Gets the scratch of a reduction.</summary>
    public static int GetScratchLength<T>(int size, int fusedRows, int width, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int padded = LinePath.Padded<T>(size);
        int fused = FusedTridiagonalization<T>.GetScratchLength(Math.Min(size, fusedRows), team);
        if (size <= fusedRows)
        {
            return fused;
        }

        int product = 0;
        for (int m = size; m > fusedRows && m > 1;)
        {
            int rows = Math.Min(width, m - 1);
            m -= rows;
            for (int start = 0; start < m; start += UpdateRows)
            {
                int taken = Math.Min(UpdateRows, m - start);
                product = Math.Max(product, Products.GetMultiplyScratchLength<T>(taken, 2 * rows, LinePath.Padded<T>(start + taken), team));
            }
        }

        return Math.Max(fused, checked((((4 * width) + Parts(size) + 6) * padded) + width + product));
    }

    /// <summary>Reduces the matrix.</summary>
    /// <param name="work">A: the lower triangle with whole blocks on the diagonal, see <see cref="SymmetricPass{T}"/>. Row i gets v of the reflection made of it, i entries that
    /// end with 1, and zeros to the next whole register; Q = H_{n−1}·…·H₁.</param>
    /// <param name="stride">The distance between two rows, see <see cref="PaddedStride"/>.</param>
    /// <param name="fusedRows">The rows up to which there are no panels, 1 or more.</param>
    /// <param name="width">The rows of a panel, 1 or more.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="diagonal">The n ≥ 1 diagonal entries of T.</param>
    /// <param name="beside">n elements; the first n − 1 are the entries beside the diagonal, the last is 0.</param>
    /// <param name="factors">n elements: τ of the reflection of row i, 0 for row 0.</param>
    /// <param name="team">The team for products, if any.</param>
    public static void Reduce<T>(
        Span<T> work,
        int stride,
        int fusedRows,
        int width,
        Span<T> scratch,
        Span<T> diagonal,
        Span<T> beside,
        Span<T> factors,
        WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length;
        int m = n;
        while (m > fusedRows && m > 1)
        {
            int rows = Math.Min(width, m - 1);
            int padded = LinePath.Padded<T>(m);
            Span<T> v = scratch[..(rows * padded)];
            Span<T> w = scratch.Slice(rows * padded, rows * padded);
            Span<T> rest = scratch[(2 * rows * padded)..];
            for (int c = 0; c < rows; c++)
            {
                int i = m - 1 - c;
                ReduceRow(work, stride, i, c, padded, v, w, rest, out diagonal[i], out beside[i - 1], out factors[i], team);
            }

            m -= rows;
            Update(work, stride, m, rows, padded, scratch, team);
        }

        fixed (T* matrix = work, d = diagonal, e = beside, t = factors, s = scratch)
        {
            FusedTridiagonalization<T> fused = new() { Matrix = matrix, Stride = stride, Rows = m, Diagonal = d, Beside = e, Factors = t, Scratch = s, Team = team };
            T last = m < n ? beside[m - 1] : T.Zero;
            LinePath.Run<T, FusedTridiagonalization<T>>(ref fused);
            beside[m - 1] = last;
        }
    }

    /// <summary>The parts of a pass over a triangle or a matrix.</summary>
    public static int Parts(int rows) => rows < TeamRows ? 1 : Math.Clamp(2 * (rows / RowsPerPair), 2, 16);

    /// <summary>The threads that share a pass: those beyond its parts would have nothing to do.</summary>
    public static int Lanes(int rows, WorkerTeam? team) => Math.Min(team?.Degree ?? 1, Parts(rows));

    /// <summary>Reflects row i, the row c of a panel from its end, and finds v_c and w_c, where HAH = A − v·wᵀ − w·vᵀ.</summary>
    private static void ReduceRow<T>(
        Span<T> work, int stride, int i, int c, int padded, Span<T> vs, Span<T> ws, Span<T> scratch, out T diagonal, out T beside, out T tau, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> row = work.Slice(i * stride, LinePath.Padded<T>(i + 1));
        Span<T> coefficients = scratch[..c];
        AddPairs(vs, ws, i, padded, coefficients, row[..(i + 1)]);
        diagonal = row[i];
        (beside, tau) = HouseholderRow.Create(row[..i]);
        row[i..].Clear();
        Span<T> v = vs.Slice(c * padded, padded);
        row.CopyTo(v);
        v[row.Length..].Clear();

        // w = p − ½τ(pᵀv)·v with p = τ·A·v.
        Span<T> w = ws.Slice(c * padded, padded);
        w.Clear();
        Multiply(work, stride, i, v, scratch[c..], w, team);
        w[i..].Clear();
        Span<T> head = v[..i];
        RowProducts.Compute(ws, padded, head, coefficients);
        TensorPrimitives.Negate(coefficients, coefficients);
        RowCombination.Add(coefficients, vs[..(c * padded)], padded, w[..i]);
        RowProducts.Compute(vs, padded, head, coefficients);
        TensorPrimitives.Negate(coefficients, coefficients);
        RowCombination.Add(coefficients, ws[..(c * padded)], padded, w[..i]);
        Span<T> p = w[..i];
        TensorPrimitives.Multiply<T>(p, tau, p);
        T half = T.CreateChecked(-0.5) * tau * Reductions.Dot<T>(p, head);
        TensorPrimitives.FusedMultiplyAdd<T>(head, half, p, p);
    }

    /// <summary>w ← A·v for the leading block of <paramref name="rows"/> rows.</summary>
    private static void Multiply<T>(Span<T> work, int stride, int rows, Span<T> v, Span<T> scratch, Span<T> w, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int parts = Parts(rows);
        int padded = LinePath.Padded<T>(rows);
        Span<T> sums = scratch[..padded];
        Span<T> products = scratch.Slice(padded, parts * padded);
        products.Clear();
        sums.Clear();
        fixed (T* matrix = work, x = v, y = products, s = sums)
        {
            TrianglePartsWork<T> parted = new()
            {
                Pass = new() { Matrix = matrix, Stride = stride, X = x, Sums = s },
                Products = y,
                PaddedRows = padded,
                Rows = rows,
                Parts = parts,
            };
            WorkerTeam.Run(team, ref parted, parts);
        }

        sums.CopyTo(w);
        for (int part = 0; part < parts; part++)
        {
            TensorPrimitives.Add(w[..padded], products.Slice(part * padded, padded), w);
        }
    }

    /// <summary>y ← y − Σ_r (v_r·w_r[index] + w_r·v_r[index]).</summary>
    private static void AddPairs<T>(ReadOnlySpan<T> vs, ReadOnlySpan<T> ws, int index, int padded, Span<T> coefficients, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < coefficients.Length; r++)
        {
            coefficients[r] = -ws[(r * padded) + index];
        }

        RowCombination.Add(coefficients, vs[..(coefficients.Length * padded)], padded, y);
        for (int r = 0; r < coefficients.Length; r++)
        {
            coefficients[r] = -vs[(r * padded) + index];
        }

        RowCombination.Add(coefficients, ws[..(coefficients.Length * padded)], padded, y);
    }

    /// <summary>Applies a panel to the leading block of m rows: A ← A − V·Wᵀ − W·Vᵀ, up to the end of the diagonal's blocks.</summary>
    private static void Update<T>(Span<T> work, int stride, int m, int rows, int padded, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int half = rows * padded;
        Span<T> pairs = scratch[..(2 * half)];
        Span<T> negated = scratch.Slice(2 * half, 2 * half);
        TensorPrimitives.Negate(pairs[..half], negated[half..]);
        TensorPrimitives.Negate(pairs[half..], negated);
        ReadOnlyMatrixSpan<T> left = new(pairs, 2 * rows, padded);
        ReadOnlyMatrixSpan<T> right = new(negated, 2 * rows, padded);
        for (int start = 0; start < m; start += UpdateRows)
        {
            int taken = Math.Min(UpdateRows, m - start);
            int columns = LinePath.Padded<T>(start + taken);
            MatrixSpan<T> target = new(work.Slice(start * stride, ((taken - 1) * stride) + columns), taken, columns, stride);
            Products.MultiplyAdd(
                left.Slice(0, start, 2 * rows, taken).Transposed, right.Slice(0, 0, 2 * rows, columns), scratch[(4 * half)..], target, team);
        }
    }
}
