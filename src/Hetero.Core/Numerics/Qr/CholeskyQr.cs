using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// The thin QR decomposition A = Q·R of a tall matrix by repeated Cholesky QR: G = AᵀA = RᵀR, A ← A·R⁻¹, until A is orthonormal. The
/// diagonal of R is positive, so that the factors are those of <see cref="HouseholderQr"/> up to rounding; nearly all work is in
/// products. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// G loses everything below √ε·‖A‖, so one pass leaves QᵀQ − I of the order of κ²·ε, and two passes suffice up to κ ≈ 10⁷ (float: 10³), κ
/// being the condition of A with columns scaled to one length. Beyond, G is not positive definite in floating point; then G + s·diag(G) is
/// factored instead (shifted Cholesky QR: Fukaya, Kannan, Nakatsukasa, Yamamoto, Yanagisawa, SIAM J. Sci. Comput. 42, 2020), which divides
/// κ by about 1/√s, and more passes follow: three or more in all.
/// </para>
/// <para>
/// ‖A − QR‖ (times 1/‖A‖) and ‖QᵀQ − I‖ are then of the order of √n·ε. A matrix whose column j lies closer than 16·√k·ε·‖a_j‖ to
/// the span of those before it is refused: κ may reach about 10¹³ (float: 10⁴ to 10⁵) for k = 20. <see cref="HouseholderQr"/> takes any
/// matrix. Each pass costs 2·n·k² operations for n×k (half of G is mirrored).
/// </para>
/// <para>Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// </remarks>
public static partial class CholeskyQr
{
    /// <summary>The rows whose Gram matrix is one product; those of the blocks are added in ascending order.</summary>
    internal const int BlockRows = 2048;

    /// <summary>The passes after which the matrix counts as rank-deficient: a shifted pass gains at least a digit.</summary>
    private const int MaximumPasses = 16;

    /// <summary>Gets the scratch that <c>Decompose</c> needs: about 3·k² elements, k² for 2048 rows, and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">n.</param>
    /// <param name="columns">k.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 0, or <paramref name="rows"/> below
    /// it.</exception>
    public static int GetScratchLength<T>(int rows, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(columns, 0);
        Guard.AtLeast(rows, columns);
        Int128 k = columns;
        int threads = team?.Degree ?? 1;
        Int128 grams = (Blocks(rows) * k * k) + ((Int128)threads * GramScratch<T>(rows, columns));
        Int128 solve = threads * SolveScratch(k);
        Int128 product = Products.GetMultiplyScratchLength<T>(columns, columns, columns);
        return ScratchLength.Of((3 * k * k) + (2 * k) + Int128.Max(Int128.Max(grams, solve), product), rows, columns);
    }

    /// <summary>Decomposes A = Q·R.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×k with n ≥ k and full column rank, finite, magnitudes below the largest number / (4·n). Q may be the same
    /// memory if A is not transposed.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="q">Q, n×k, orthonormal columns.</param>
    /// <param name="r">R, k×k, upper triangular with zeros below; shares no memory with A and Q.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="RankDeficientException">A column depends on those before it, to working precision. Q and R are undefined
    /// then.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        int k = matrix.Columns;
        Guard.Element<T>();
        Guard.Tall(n, k, nameof(matrix));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Shape(q.Rows, q.Columns, n, k, nameof(q));
        Guard.Shape(r.Rows, r.Columns, k, k, nameof(r));
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(n, k, team), team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(q.Data, scratch, nameof(q), nameof(scratch));
        Guard.NoOverlap(r.Data, scratch, nameof(r), nameof(scratch));
        MatrixMemory.NoOverlap<T>(q, r, nameof(q), nameof(r));
        MatrixMemory.NoOverlap(matrix, r, nameof(matrix), nameof(r));
        bool inPlace = MatrixMemory.IsSame(matrix, q);
        if (!inPlace)
        {
            MatrixMemory.NoOverlap(matrix, q, nameof(matrix), nameof(q));
        }

        if (k == 0)
        {
            return;
        }

        MatrixSpan<T> gram = new(scratch[..(k * k)], k, k);
        MatrixSpan<T> factor = new(scratch.Slice(k * k, k * k), k, k);
        MatrixSpan<T> product = new(scratch.Slice(2 * k * k, k * k), k, k);
        Span<T> columnScales = scratch.Slice(3 * k * k, k);
        Span<T> coefficients = scratch.Slice((3 * k * k) + k, k);
        Span<T> rest = scratch[((3 * k * k) + (2 * k))..];

        if (!inPlace)
        {
            MatrixMemory.Copy(matrix, q);
        }

        MatrixMemory.Clear(r);
        for (int j = 0; j < k; j++)
        {
            r[j, j] = T.One;
        }

        int dependent = ScaleColumns(q, gram, columnScales, rest, team);
        bool orthonormal = false;
        for (int pass = 0; !orthonormal && dependent < 0; pass++)
        {
            if (pass > 0)
            {
                Gram(q, gram, rest, team);
            }

            dependent = pass == MaximumPasses ? LeastDiagonal(r) : ZeroColumn(gram);
            if (dependent >= 0)
            {
                break;
            }

            bool plain = Factor(n, gram, coefficients, factor);

            // A pass over a matrix whose singular values are within √½ and √(3/2) leaves rounding errors alone.
            orthonormal = plain && Defect(gram) <= T.CreateChecked(0.5);
            Solve(q, factor, product, rest, team);
            Products.Multiply(factor, r, rest, product);
            MatrixMemory.Copy(product, r);
        }

        dependent = dependent < 0 ? NegligibleColumn(r, coefficients) : dependent;
        if (dependent >= 0)
        {
            // The column that failed is not always the first: a shift may have kept alive others before it.
            int first = DependentColumn.Find(q, r, Negligible<T>(k), coefficients, columnScales);
            throw new RankDeficientException(nameof(matrix), first < 0 ? dependent : first);
        }

        for (int i = 0; i < k; i++)
        {
            Span<T> row = r.Row(i);
            row[..i].Clear();
            for (int j = i; j < k; j++)
            {
                row[j] /= columnScales[j];
            }
        }
    }

    private static int Blocks(int rows) => (int)(((long)rows + BlockRows - 1) / BlockRows);

    private static int GramScratch<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Math.Max(
            Products.GetGramScratchLength<T>(columns, Math.Min(rows, BlockRows)),
            Products.GetGramScratchLength<T>(columns, rows % BlockRows));

    private static Int128 SolveScratch(Int128 columns) => columns * (TriangularSolveWork<double>.ChunkRows + 1);

    /// <summary>
    /// Forms G, the columns scaled by powers of two first whose squares lose digits, or all of them if squares may overflow: one scale for
    /// all would make small columns vanish beside large ones. Cholesky factors do not care about the scale of columns, as long as it is exact.
    /// Returns a column of zeros, which has no scale; −1 if there is none.
    /// </summary>
    private static int ScaleColumns<T>(MatrixSpan<T> q, MatrixSpan<T> gram, Span<T> columnScales, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // 2³¹ squares of floats up to 2⁴⁰ add up to 2¹¹¹.
        T huge = T.ScaleB(T.One, typeof(T) == typeof(double) ? 400 : 40);
        T tiny = T.ScaleB(T.One, typeof(T) == typeof(double) ? -800 : -70);
        bool isHuge = MatrixMemory.LargestMagnitude<T>(q) > huge;
        if (!isHuge)
        {
            Gram(q, gram, scratch, team);
        }

        bool scaled = false;
        columnScales.Fill(T.One);
        for (int j = 0; j < q.Columns; j++)
        {
            if (!isHuge && gram[j, j] >= tiny)
            {
                continue;
            }

            T largest = T.Zero;
            for (int i = 0; i < q.Rows; i++)
            {
                largest = T.Max(largest, T.Abs(q.Data[(i * q.RowStride) + j]));
            }

            if (T.IsZero(largest))
            {
                return j;
            }

            columnScales[j] = PowerOfTwo.Normalizing(largest).Scale;
            scaled = true;
        }

        if (scaled)
        {
            for (int i = 0; i < q.Rows; i++)
            {
                TensorPrimitives.Multiply<T>(q.Row(i), columnScales, q.Row(i));
            }

            Gram(q, gram, scratch, team);
        }

        return -1;
    }

    private static void Gram<T>(MatrixSpan<T> q, MatrixSpan<T> gram, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = gram.Data.Length;
        int blocks = Blocks(q.Rows);
        Span<T> grams = scratch[..(blocks * size)];
        int parts = Math.Min(blocks, team?.Degree ?? 1);
        GramBlocksWork<T> work = new()
        {
            Matrix = q,
            BlockRows = BlockRows,
            Parts = parts,
            Grams = grams,
            Scratch = scratch.Slice(grams.Length, parts * GramScratch<T>(q.Rows, q.Columns)),
        };
        WorkerTeam.Run(team, ref work, parts);
        grams[..size].CopyTo(gram.Data);
        for (int block = 1; block < blocks; block++)
        {
            TensorPrimitives.Add(gram.Data, grams.Slice(block * size, size), gram.Data);
        }
    }

    /// <summary>Returns a column of which nothing remained, as it was a combination of the others exactly; −1 if there is none.</summary>
    private static int ZeroColumn<T>(MatrixSpan<T> gram)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0;
        while (j < gram.Rows && !T.IsZero(gram[j, j]))
        {
            j++;
        }

        return j < gram.Rows ? j : -1;
    }

    /// <summary>Factors G, shifted if it has to be; returns whether it was not.</summary>
    private static bool Factor<T>(int rows, MatrixSpan<T> gram, Span<T> coefficients, MatrixSpan<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The errors of G and of its factorization, relative to the diagonal, with the usual square roots for their accumulation.
        T errors = T.Sqrt(T.CreateChecked(Math.Min(rows, BlockRows) + Blocks(rows))) + T.CreateChecked(gram.Rows);
        T shift = (T.BitIncrement(T.One) - T.One) * errors;
        if (CholeskyFactor.TryFactor<T>(gram, T.Zero, shift, coefficients, factor, out _))
        {
            return true;
        }

        // With a shift of 1 the scaled matrix has no eigenvalue below 1, so that this ends.
        while (!CholeskyFactor.TryFactor(gram, shift, T.Zero, coefficients, factor, out _))
        {
            shift *= T.CreateChecked(8);
        }

        return false;
    }

    /// <summary>‖G − I‖_F.</summary>
    private static T Defect<T>(MatrixSpan<T> gram)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < gram.Rows; j++)
        {
            gram[j, j] -= T.One;
        }

        return Reductions.Norm<T>(gram.Data);
    }

    private static void Solve<T>(MatrixSpan<T> q, MatrixSpan<T> factor, MatrixSpan<T> transposed, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = factor.Rows;
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                transposed.Data[(j * k) + i] = factor.Data[(i * k) + j];
            }
        }

        int parts = Math.Min(TriangularSolveWork<T>.ChunksOf(q.Rows), team?.Degree ?? 1);
        TriangularSolveWork<T> work = new()
        {
            Matrix = q,
            Transposed = transposed,
            Parts = parts,
            Scratch = scratch[..(int)(parts * SolveScratch(k))],
        };
        WorkerTeam.Run(team, ref work, parts);
    }

    /// <summary>The share of a column's length that is round-off.</summary>
    private static T Negligible<T>(int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.CreateChecked(16) * (T.BitIncrement(T.One) - T.One) * T.Sqrt(T.CreateChecked(columns));

    /// <summary>
    /// r_jj is the distance of column j from the span of those before it; below rounding errors it means nothing. Returns the first such column; −1 if
    /// there is none.
    /// </summary>
    private static int NegligibleColumn<T>(MatrixSpan<T> r, Span<T> column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T negligible = Negligible<T>(r.Rows);
        for (int j = 0; j < r.Rows; j++)
        {
            for (int i = 0; i <= j; i++)
            {
                column[i] = r[i, j];
            }

            if (!(r[j, j] > negligible * Reductions.Norm<T>(column[..(j + 1)])))
            {
                return j;
            }
        }

        return -1;
    }

    private static int LeastDiagonal<T>(MatrixSpan<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int least = 0;
        for (int j = 1; j < r.Rows; j++)
        {
            least = r[j, j] < r[least, least] ? j : least;
        }

        return least;
    }
}
