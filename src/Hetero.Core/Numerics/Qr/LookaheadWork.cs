using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reflections of a panel for all columns behind it, those of the next panel first: whoever takes these factors that panel as soon as they are done, while others go on with the rest (lookahead:
/// Strazdins, Parallel Computing 27, 2001). What one thread alone can do then costs no other one's time. No entry's sums depend on who does what. Thread-safe as long as calls share no memory.
/// </summary>
internal ref struct LookaheadWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ChunkQueue _chunks;

    /// <summary>Gets the reflections, which are cut into chunks from the end of the next panel on.</summary>
    public required ReflectionWork<T> Reflections { get; init; }

    /// <summary>Gets the panels.</summary>
    public required ReductionPanels<T> Panels { get; init; }

    /// <summary>Gets the first column of the next panel.</summary>
    public required int Start { get; init; }

    /// <summary>Gets its number of columns; 0 behind the last one.</summary>
    public required int Width { get; init; }

    /// <summary>Cuts the columns; before a run.</summary>
    public void Cut() => _chunks = new ChunkQueue(1 + ProductBlocking.Blocks(Reflections.Columns.Rows - Width, Reflections.ChunkRows));

    public void Execute(int part)
    {
        Span<T> scratch = Reflections.ScratchOf(part);
        int all = Reflections.Columns.Rows;
        if (Reflections.Parts == 1)
        {
            Reflections.Reflect(0, all, scratch);
            FactorNext(scratch);
            return;
        }

        while (_chunks.TryTake(part, out int chunk))
        {
            if (chunk == 0)
            {
                Reflections.Reflect(0, Width, scratch);
                FactorNext(scratch);
            }
            else
            {
                int start = Width + ((chunk - 1) * Reflections.ChunkRows);
                Reflections.Reflect(start, Math.Min(Reflections.ChunkRows, all - start), scratch);
            }
        }
    }

    private readonly void FactorNext(Span<T> scratch)
    {
        int own = Width * Panels.Triangles.Columns;
        BlockedQr.FactorPanel(Panels, Start, Reflections.First[..own], Reflections.Second[..own], scratch);
    }
}
