namespace Hetero.Core.Numerics;

/// <summary>What the panels of a reduction to a triangle work on. Thread-safe: an immutable view of memory that calls may not share.</summary>
internal readonly ref struct ReductionPanels<T>(MatrixSpan<T> columns, int rows, MatrixSpan<T> triangles, Span<T> diagonal, MatrixSpan<T> upper)
    where T : unmanaged
{
    /// <summary>Gets the columns as rows, which become those of Y.</summary>
    public readonly MatrixSpan<T> Columns = columns;

    /// <summary>Gets the length m of a column without what is behind it.</summary>
    public readonly int Rows = rows;

    /// <summary>Gets the panels' triangles N, one below the other, as wide as a panel.</summary>
    public readonly MatrixSpan<T> Triangles = triangles;

    /// <summary>Gets the diagonal of R, of either sign.</summary>
    public readonly Span<T> Diagonal = diagonal;

    /// <summary>Gets R, of which the part above the diagonal is written.</summary>
    public readonly MatrixSpan<T> Upper = upper;
}
