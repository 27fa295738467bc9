namespace Hetero.Core.Sensing;

/// <summary>
/// Memory for the rows of one selected batch, which sequences may share: the last to select has it. However many sets there are, there is one list, and none of them allocates when its turn
/// comes for the first time.
/// </summary>
/// <remarks>Not thread-safe while it is written; then rows may be read by many threads.</remarks>
internal sealed class RowList
{
    private int[] _rows = [];

    /// <summary>Gets the sequence whose rows these are; null for none.</summary>
    public RowSequence? Owner { get; private set; }

    /// <summary>Gets the row at a position.</summary>
    public int this[long position] => _rows[position];

    /// <summary>Makes room; what was listed may be lost.</summary>
    public void Reserve(long rows)
    {
        if (_rows.Length < rows)
        {
            (_rows, Owner) = (new int[rows], null);
        }
    }

    /// <summary>Hands the memory to a sequence.</summary>
    public Span<int> Take(RowSequence owner, long rows)
    {
        Reserve(rows);
        Owner = owner;
        return _rows.AsSpan(0, (int)rows);
    }
}
