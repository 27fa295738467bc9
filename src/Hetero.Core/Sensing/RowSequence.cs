using System.Runtime.CompilerServices;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Which of n rows stands at which position of a step's batch: a pure function of order, seed, measurement set, step and m, whatever was asked for
/// before. A run that was saved at step t goes on with the same rows.
/// </summary>
/// <remarks>
/// <para>Shuffled: position i of step t is entry (tm + i) mod n of the permutation of epoch ⌊(tm + i)/n⌋, drawn from the stream (seed,
/// <see cref="StreamPurpose.Rows"/>, epoch, set). With replacement: the positions draw their rows one after another from the stream (seed, Rows, t,
/// set). In turn: row (tm + i) mod n. If m = n, shuffled and in turn take the rows in their order.</para>
/// <para>Keeps, where it is needed, the rows of one batch, and shuffled a permutation for each set, 4 bytes a row. Selecting allocates nothing once
/// each set and size was selected, or room was made before. Not thread-safe while it selects; then positions may be asked for by many threads.</para>
/// </remarks>
internal sealed class RowSequence
{
    private readonly long _rows;
    private readonly ulong _seed;
    private readonly int _firstSet;
    private readonly int[][] _permutations;
    private readonly int[] _epochs;
    private readonly RowList _batch;
    private long _first;
    private (Int128 Before, int Step, int Set, long Count) _selected = (-1, 0, 0, 0);

    /// <summary>Names the sequences of some sets of rows.</summary>
    /// <param name="order">The order.</param>
    /// <param name="rows">The number n of rows in a set, 1 or more.</param>
    /// <param name="sets">The number of sets.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="firstSet">What the first of the sets is called in the streams.</param>
    /// <param name="list">Memory for the rows of a batch, which other sequences share; null for one's own.</param>
    public RowSequence(RowOrder order, long rows, int sets, ulong seed, int firstSet = 0, RowList? list = null)
    {
        Guard.Defined(order);
        (Order, _rows, _seed, _firstSet) = (order, rows, seed, firstSet);
        _batch = list ?? new RowList();
        bool shuffled = order == RowOrder.Shuffled;
        _permutations = new int[shuffled ? sets : 0][];
        _epochs = new int[shuffled ? sets : 0];
        Array.Fill(_epochs, -1);
    }

    /// <summary>Gets the order.</summary>
    public RowOrder Order { get; }

    /// <summary>Gets whether the selected rows are listed one by one; else each follows the one before, the first one the last.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Says whether the order makes a difference to a batch of m samples.</summary>
    public bool ChoosesRows(long batch) => Order == RowOrder.WithReplacement || batch < _rows;

    /// <summary>Says what is accepted instead of a batch of m samples; null if it can be selected.</summary>
    public string? Refusal(long batch)
    {
        // Asked in every step: a number is written where it is needed alone.
        if (Order != RowOrder.WithReplacement && batch > _rows)
        {
            return FormattableString.Invariant($"at most {_rows}, the stored samples of a set, unless they are drawn with replacement");
        }

        return Lists(batch) && Math.Max(batch, _rows) > Array.MaxLength
            ? FormattableString.Invariant($"at most {Array.MaxLength} samples, stored and in a batch, or rows in turn; {_rows} are stored in a set")
            : null;
    }

    /// <summary>The bytes of the list of a batch's rows, and of the permutations.</summary>
    public Int128 Bytes(long batch) => Lists(batch) ? sizeof(int) * (batch + (Order == RowOrder.Shuffled ? (Int128)_rows * _permutations.Length : 0)) : 0;

    /// <summary>Makes room for the permutations of all sets, before their turn comes.</summary>
    public void ReservePermutations()
    {
        foreach (ref int[] permutation in _permutations.AsSpan())
        {
            permutation ??= new int[_rows];
        }
    }

    /// <summary>Selects all rows in their order.</summary>
    public void SelectAll() => (IsListed, _first, _selected) = (false, 0, (-1, 0, 0, 0));

    /// <summary>Selects the rows of a batch.</summary>
    /// <param name="step">The step t.</param>
    /// <param name="set">The set.</param>
    /// <param name="batch">The number m of samples in the batch, one that is not refused.</param>
    public void Select(int step, int set, long batch) => Select((Int128)step * batch, step, set, batch);

    /// <summary>
    /// Selects the next rows of a set after some that were taken before: with t the step and (tm + i) replaced by (before + i) in what this class says of
    /// a batch, and of any number of rows.
    /// </summary>
    /// <param name="before">The number of rows that were taken before.</param>
    /// <param name="step">The step t, by which rows are drawn with replacement.</param>
    /// <param name="set">The set.</param>
    /// <param name="count">The number of rows.</param>
    public void Select(Int128 before, int step, int set, long count)
    {
        if (_selected == (before, step, set, count) && (!IsListed || _batch.Owner == this))
        {
            return;
        }

        // Where this is given up, nothing counts as selected.
        SelectAll();
        if (Order == RowOrder.WithReplacement)
        {
            Draw(step, set, List(count));
        }
        else if (Order == RowOrder.Shuffled && !(count == _rows && before % _rows == 0))
        {
            CopyShuffled(before, set, List(count));
        }
        else if (count <= _rows)
        {
            _first = (long)(before % _rows);
        }
        else
        {
            CopyInTurn((long)(before % _rows), List(count));
        }

        _selected = (before, step, set, count);
    }

    /// <summary>Returns the row at a position of the selected batch.</summary>
    public long At(long position) => IsListed ? _batch[position] : Follow(position);

    /// <summary>Returns the row at a position of a selected batch that is not listed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Follow(long position)
    {
        long row = _first + position;
        return row < _rows ? row : row - _rows;
    }

    /// <summary>Says whether the rows of a batch of m samples are listed.</summary>
    public bool Lists(long batch) => Order == RowOrder.WithReplacement || (Order == RowOrder.Shuffled && batch < _rows);

    private Span<int> List(long batch)
    {
        IsListed = true;
        return _batch.Take(this, batch);
    }

    private void Draw(int step, int set, Span<int> batch)
    {
        RandomSequence sequence = new(new RandomStream(_seed, StreamPurpose.Rows, step, _firstSet + set));
        foreach (ref int row in batch)
        {
            row = (int)sequence.NextBelow(_rows);
        }
    }

    private void CopyInTurn(long first, Span<int> batch)
    {
        foreach (ref int row in batch)
        {
            row = (int)first;
            first = first + 1 < _rows ? first + 1 : 0;
        }
    }

    private void CopyShuffled(Int128 before, int set, Span<int> batch)
    {
        // The end of one epoch and the start of the next, or of as many as it takes.
        (Int128 epoch, Int128 place) = Int128.DivRem(before, _rows);
        while (!batch.IsEmpty)
        {
            ReadOnlySpan<int> rest = Permuted(set, checked((int)epoch))[(int)place..];
            int taken = Math.Min(rest.Length, batch.Length);
            rest[..taken].CopyTo(batch);
            batch = batch[taken..];
            (epoch, place) = (epoch + 1, 0);
        }
    }

    private ReadOnlySpan<int> Permuted(int set, int epoch)
    {
        ref int[] permutation = ref _permutations[set];
        if (_epochs[set] != epoch)
        {
            permutation ??= new int[_rows];
            _epochs[set] = -1;
            Permutation.Fill(permutation, new RandomStream(_seed, StreamPurpose.Rows, epoch, _firstSet + set));
            _epochs[set] = epoch;
        }

        return permutation;
    }
}
