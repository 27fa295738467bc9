using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// B ← H_{n−1}·…·H₁·B with the reflections that <see cref="Tridiagonalization"/> and <see cref="Bidiagonalization"/> leave, in blocks as products of matrices: I − Y·T·Yᵀ
/// with T upper triangular (Schreiber, Van Loan, SIAM J. Sci. Stat. Comput. 10, 1989). Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static unsafe class ReflectorBlocks
{
    /// <summary>The reflections of a block.</summary>
    public const int BlockRows = 16;

    /// <summary>The rows up to which one reflection after the other is as fast, see <see cref="ReflectorSweep{T}"/>.</summary>
    public const int SweepRows = 100;

    /// <summary>Gets the scratch.</summary>
    public static int GetScratchLength<T>(int size, int columns, int width, WorkerTeam? team, int lead = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int parts = Math.Min(ReflectorStripsWork<T>.Strips(columns), team?.Degree ?? 1);
        int rows = size + Math.Max(lead - 1, 0);
        return checked((Blocks(size, width, lead) * width * width) + LinePath.Count<T>() + (parts * ReflectorStripsWork<T>.GetScratchLength(rows, width)));
    }

    /// <summary>Applies the reflections.</summary>
    /// <param name="reflectors">Row i holds the i entries of the vector of H_i, or more of them if <paramref name="lead"/> says so; what follows them is overwritten.</param>
    /// <param name="stride">The distance between two of its rows.</param>
    /// <param name="factors">τ of each.</param>
    /// <param name="width">The reflections of a block, 1 or more.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="target">B, n rows, or with a lead that many more less one.</param>
    /// <param name="team">The team for strips of columns, if any.</param>
    /// <param name="lead">How many more than i entries the vector of H_i has. If there are any, H₀ is a reflection too.</param>
    public static void Apply<T>(
        Span<T> reflectors, int stride, ReadOnlySpan<T> factors, int width, Span<T> scratch, MatrixSpan<T> target, WorkerTeam? team, int lead = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = First(lead), blocks = Blocks(factors.Length, width, lead);
        Span<T> triangles = ScratchParts.Take(ref scratch, blocks * width * width);
        ReflectorTriangles<T> block = new(reflectors, stride, factors, first, width, lead, triangles);
        WorkerTeam.Run(team, ref block, blocks);
        fixed (T* y = reflectors, t = triangles, b = target.Data, s = scratch)
        {
            nuint mask = ProductBlocking.Alignment - 1;
            ReflectorStripsWork<T> work = new()
            {
                Kernel = new() { Reflectors = y, Stride = stride, Triangles = t, Rows = factors.Length, Lead = lead, First = first, Width = width },
                Target = b,
                TargetStride = target.RowStride,
                TargetRows = target.Rows,
                Columns = target.Columns,
                Scratch = (T*)(((nuint)s + mask) & ~mask),
            };
            WorkerTeam.Run(team, ref work, Math.Min(ReflectorStripsWork<T>.Strips(target.Columns), team?.Degree ?? 1));
        }
    }

    private static int First(int lead) => lead == 0 ? 1 : 0;

    private static int Blocks(int size, int width, int lead) => Math.Max(0, (size - First(lead) + width - 1) / width);
}
