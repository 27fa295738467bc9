namespace Hetero.Core.Numerics;

/// <summary>Copies vectors, the rows of a matrix, to the columns of another in a given order, some at a time.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="rows">The vectors.</param>
/// <param name="order">For each column the row that it gets.</param>
/// <param name="gathered">As many rows as columns are wanted: gets the rows in order.</param>
/// <param name="columns">Gets the vectors.</param>
internal readonly ref struct OrderedVectors<T>(MatrixSpan<T> rows, ReadOnlySpan<int> order, MatrixSpan<T> gathered, MatrixSpan<T> columns) : ITeamWork
    where T : unmanaged
{
    private const int VectorsPerPart = 64;

    private readonly MatrixSpan<T> _rows = rows, _gathered = gathered, _columns = columns;
    private readonly ReadOnlySpan<int> _order = order;

    /// <summary>Copies on a team, if there is one.</summary>
    public static void Copy(MatrixSpan<T> rows, ReadOnlySpan<int> order, MatrixSpan<T> gathered, MatrixSpan<T> columns, WorkerTeam? team)
    {
        OrderedVectors<T> work = new(rows, order, gathered, columns);
        WorkerTeam.Run(team, ref work, (order.Length + VectorsPerPart - 1) / VectorsPerPart);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int start = part * VectorsPerPart, count = Math.Min(VectorsPerPart, _order.Length - start), length = _columns.Rows;
        for (int i = start; i < start + count; i++)
        {
            _rows.Row(_order[i])[..length].CopyTo(_gathered.Row(i));
        }

        Transposition.Copy<T>(_gathered.Slice(start, 0, count, length), _columns.Slice(0, start, length, count));
    }
}
