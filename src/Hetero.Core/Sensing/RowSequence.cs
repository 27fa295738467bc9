using System.Globalization;
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
/// each set and size was selected. Not thread-safe while it selects; then positions may be asked for by many threads.</para>
/// </remarks>
internal sealed class RowSequence
{
    private readonly long _rows;
    private readonly ulong _seed;
    private readonly int[][] _permutations;
    private readonly int[] _epochs;
    private int[] _batch = [];
    private long _first;
    private (int Step, int Set, long Batch) _selected = (-1, 0, 0);

    /// <summary>Names the sequences of some sets of rows.</summary>
    /// <param name="order">The order.</param>
    /// <param name="rows">The number n of rows in a set, 1 or more.</param>
    /// <param name="sets">The number of sets.</param>
    /// <param name="seed">The seed.</param>
    public RowSequence(RowOrder order, long rows, int sets, ulong seed)
    {
        Guard.Defined(order);
        (Order, _rows, _seed) = (order, rows, seed);
        bool shuffled = order == RowOrder.Shuffled;
        _permutations = new int[shuffled ? sets : 0][];
        _epochs = new int[shuffled ? sets : 0];
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
        string rows = _rows.ToString(CultureInfo.InvariantCulture);
        if (Order != RowOrder.WithReplacement && batch > _rows)
        {
            return $"at most {rows}, the stored samples of a set, unless they are drawn with replacement";
        }

        return Lists(batch) && Math.Max(batch, _rows) > Array.MaxLength
            ? $"at most {Array.MaxLength} samples, stored and in a batch, or rows in turn; {rows} are stored in a set"
            : null;
    }

    /// <summary>Selects all rows in their order.</summary>
    public void SelectAll() => (IsListed, _first, _selected) = (false, 0, (-1, 0, 0));

    /// <summary>Selects the rows of a batch.</summary>
    /// <param name="step">The step t.</param>
    /// <param name="set">The set.</param>
    /// <param name="batch">The number m of samples in the batch, one that is not refused.</param>
    public void Select(int step, int set, long batch)
    {
        if (_selected == (step, set, batch))
        {
            return;
        }

        // Where this is given up, nothing counts as selected.
        SelectAll();
        if (!Lists(batch))
        {
            _first = (long)((Int128)step * batch % _rows);
        }
        else if (Order == RowOrder.WithReplacement)
        {
            Draw(step, set, List(batch));
        }
        else
        {
            CopyShuffled(step, set, List(batch));
        }

        _selected = (step, set, batch);
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

    private bool Lists(long batch) => Order == RowOrder.WithReplacement || (Order == RowOrder.Shuffled && batch < _rows);

    private Span<int> List(long batch)
    {
        if (_batch.Length < batch)
        {
            _batch = new int[batch];
        }

        IsListed = true;
        return _batch.AsSpan(0, (int)batch);
    }

    private void Draw(int step, int set, Span<int> batch)
    {
        RandomSequence sequence = new(new RandomStream(_seed, StreamPurpose.Rows, step, set));
        foreach (ref int row in batch)
        {
            row = (int)sequence.NextBelow(_rows);
        }
    }

    private void CopyShuffled(int step, int set, Span<int> batch)
    {
        // At most n − 1 rows: the end of one epoch and the start of the next. An epoch is at most t, as a batch is at most an epoch.
        (long epoch, long place) = Math.DivRem((long)step * batch.Length, _rows);
        ReadOnlySpan<int> rest = Permuted(set, (int)epoch)[(int)place..];
        int taken = Math.Min(rest.Length, batch.Length);
        rest[..taken].CopyTo(batch);
        if (taken < batch.Length)
        {
            Permuted(set, (int)epoch + 1)[..(batch.Length - taken)].CopyTo(batch[taken..]);
        }
    }

    private ReadOnlySpan<int> Permuted(int set, int epoch)
    {
        ref int[] permutation = ref _permutations[set];
        if (permutation is null || _epochs[set] != epoch)
        {
            permutation ??= new int[_rows];
            _epochs[set] = -1;
            Permutation.Fill(permutation, new RandomStream(_seed, StreamPurpose.Rows, epoch, set));
            _epochs[set] = epoch;
        }

        return permutation;
    }
}
