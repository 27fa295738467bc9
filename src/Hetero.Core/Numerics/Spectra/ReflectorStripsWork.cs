using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Reflections on one strip of columns after the other, in memory of a thread's own: rows of whole registers that start at a cache line, whatever the matrix's do.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct ReflectorStripsWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The kernel without strip and scratch.</summary>
    public ReflectorStrip<T> Kernel;

    /// <summary>B.</summary>
    public T* Target;

    /// <summary>The distance between two of its rows.</summary>
    public nint TargetStride;

    /// <summary>The rows of B.</summary>
    public int TargetRows;

    /// <summary>The columns of B.</summary>
    public int Columns;

    /// <summary>For each part <see cref="GetScratchLength"/> elements that start at a cache line.</summary>
    public T* Scratch;

    private int _taken;

    /// <summary>Gets the columns of a strip.</summary>
    public static int StripColumns => ReflectorStrip<T>.Registers * LinePath.Count<T>();

    /// <summary>Gets the number of strips, and of the most parts.</summary>
    public static int Strips(int columns) => (columns + StripColumns - 1) / StripColumns;

    /// <summary>Gets the scratch of a part: whole registers.</summary>
    public static int GetScratchLength(int rows, int width) => checked((rows + (2 * width)) * StripColumns);

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int wide = StripColumns;
        ReflectorStrip<T> kernel = Kernel;
        kernel.Strip = Scratch + ((nint)part * GetScratchLength(TargetRows, kernel.Width));
        kernel.Inner = kernel.Strip + ((nint)TargetRows * wide);
        for (int strip = Interlocked.Increment(ref _taken) - 1; strip < Strips(Columns); strip = Interlocked.Increment(ref _taken) - 1)
        {
            int columns = Math.Min(wide, Columns - (strip * wide));
            T* target = Target + ((nint)strip * wide);
            for (nint i = 0; i < TargetRows; i++)
            {
                Span<T> line = new(kernel.Strip + (i * wide), wide);
                new ReadOnlySpan<T>(target + (i * TargetStride), columns).CopyTo(line);
                line[columns..].Clear();
            }

            LinePath.Run<T, ReflectorStrip<T>>(ref kernel);
            for (nint i = 0; i < TargetRows; i++)
            {
                new ReadOnlySpan<T>(kernel.Strip + (i * wide), columns).CopyTo(new Span<T>(target + (i * TargetStride), columns));
            }
        }
    }
}
