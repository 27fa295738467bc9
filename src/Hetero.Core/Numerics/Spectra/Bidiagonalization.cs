using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Householder reduction of a matrix with m rows and n ≥ m columns to upper bidiagonal form, Qᵀ·A·P = (0 B), from the last row up (Golub, Kahan, SIAM J. Numer. Anal. 2, 1965; LAPACK's gebrd).
/// 4·m²·n − 4·m³/3 operations. Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static unsafe class Bidiagonalization
{
    /// <summary>Gets the scratch of a reduction.</summary>
    public static int GetScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => FusedBidiagonalization<T>.GetScratchLength(rows, columns, team);

    /// <summary>Reduces the matrix.</summary>
    /// <param name="work">A, rows of whole registers with zeros beyond the columns. Row i gets the vector of its reflection, i + 1 + n − m entries that end with 1; P = G_{m−1}·…·G₀.</param>
    /// <param name="stride">The distance between two rows, see <see cref="Tridiagonalization.PaddedStride"/>.</param>
    /// <param name="columns">n.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="diagonal">The m ≥ 1 diagonal entries of B.</param>
    /// <param name="beside">m elements; the first m − 1 are the entries above the diagonal, the last is 0.</param>
    /// <param name="rowFactors">m elements: τ of the reflection of row i.</param>
    /// <param name="columnFactors">m elements: τ of the reflection of the rows above row i, 0 for row 0.</param>
    /// <param name="reflectors">m rows of whole registers: row i gets the i entries of the vector of that reflection, which end with 1; Q = H_{m−1}·…·H₁. Empty if they are not wanted.</param>
    /// <param name="reflectorStride">The distance between two of them.</param>
    /// <param name="team">The team for passes, if any.</param>
    public static void Reduce<T>(
        Span<T> work,
        int stride,
        int columns,
        Span<T> scratch,
        Span<T> diagonal,
        Span<T> beside,
        Span<T> rowFactors,
        Span<T> columnFactors,
        Span<T> reflectors,
        int reflectorStride,
        WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* matrix = work, d = diagonal, e = beside, rt = rowFactors, ct = columnFactors, u = reflectors, s = scratch)
        {
            FusedBidiagonalization<T> fused = new()
            {
                Matrix = matrix,
                Stride = stride,
                Rows = diagonal.Length,
                Columns = columns,
                Diagonal = d,
                Beside = e,
                RowFactors = rt,
                ColumnFactors = ct,
                Reflectors = u,
                ReflectorStride = reflectorStride,
                Scratch = s,
                Team = team,
            };
            LinePath.Run<T, FusedBidiagonalization<T>>(ref fused);
        }
    }
}
