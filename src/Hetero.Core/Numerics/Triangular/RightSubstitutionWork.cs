namespace Hetero.Core.Numerics;

/// <summary>B ← B·T⁻¹ as Tᵀ·Xᵀ = Bᵀ, where each part solves for rows of its own, some at a time; what a row becomes does not depend on the others.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct RightSubstitutionWork<T> : ITeamWork
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    private const int GroupRows = 8;

    /// <summary>Gets T.</summary>
    public required ReadOnlyMatrixSpan<T> Triangle { get; init; }

    /// <summary>Gets whether T is lower triangular.</summary>
    public required bool IsLower { get; init; }

    /// <summary>Gets B.</summary>
    public required MatrixSpan<T> Sides { get; init; }

    /// <summary>Gets the scratch of all parts.</summary>
    public required Span<T> Scratch { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets the team for products; none where the parts themselves are on one.</summary>
    public required WorkerTeam? Team { get; init; }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int size = Triangle.Rows, end = Start(part + 1);
        Span<T> scratch = Scratch.Slice(part * (Scratch.Length / Parts), Scratch.Length / Parts);
        for (int row = Start(part); row < end; row += TriangularSubstitution.ChunkRows)
        {
            int count = Math.Min(TriangularSubstitution.ChunkRows, end - row);
            MatrixSpan<T> chunk = Sides.Slice(row, 0, count, size);
            MatrixSpan<T> transposed = new(scratch[..(size * count)], size, count);
            Transposition.Copy(chunk, transposed);
            TriangularSubstitution.Left(Triangle.Transposed, !IsLower, scratch[(size * count)..], transposed, Team);
            Transposition.Copy(transposed, chunk);
        }
    }

    /// <summary>Whole groups of the rows that are transposed together.</summary>
    private int Start(int part) => Math.Min(Sides.Rows, (int)((long)ProductBlocking.Blocks(Sides.Rows, GroupRows) * part / Parts) * GroupRows);
}
