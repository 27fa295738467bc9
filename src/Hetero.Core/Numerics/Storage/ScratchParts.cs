namespace Hetero.Core.Numerics;

/// <summary>Takes parts of scratch memory, one after the other. Thread-safe: no state.</summary>
internal static class ScratchParts
{
    /// <summary>Takes a matrix off the start of scratch; its entries have no particular values.</summary>
    public static MatrixSpan<T> Take<T>(scoped ref Span<T> scratch, int rows, int columns)
        where T : unmanaged
        => new(Take(ref scratch, rows * columns), rows, columns);

    /// <summary>Takes elements off the start of scratch.</summary>
    public static Span<T> Take<T>(scoped ref Span<T> scratch, int length)
        where T : unmanaged
    {
        Span<T> taken = scratch[..length];
        scratch = scratch[length..];
        return taken;
    }
}
