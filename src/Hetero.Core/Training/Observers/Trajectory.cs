using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The recorded rows of a run, each with the label of the environment that led to it.</summary>
/// <remarks>Not thread-safe while it is written to; a second row at the same time is refused.</remarks>
public sealed class Trajectory
{
    private readonly int _labelLength;
    private TrajectoryRow[] _rows;
    private double[] _labels;
    private bool[] _labelled;
    private ExclusiveUse _use;

    /// <summary>Makes room for rows.</summary>
    /// <param name="capacity">The number of rows that fit without allocating.</param>
    /// <param name="labelLength">The length of an environment's label.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public Trajectory(int capacity, int labelLength)
    {
        Guard.AtLeast(capacity, 0);
        Guard.AtLeast(labelLength, 0);
        int labels = Guard.ArrayLength(capacity, labelLength, nameof(capacity));
        _labelLength = labelLength;
        _rows = new TrajectoryRow[capacity];
        _labels = new double[labels];
        _labelled = new bool[capacity];
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the rows.</summary>
    public ReadOnlySpan<TrajectoryRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>Returns the environment that led to a row; empty at the start and for pooled training.</summary>
    /// <param name="row">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> GetEnvironmentLabel(int row)
    {
        Guard.InRange(row, 0, Count - 1);
        return _labelled[row] ? _labels.AsSpan(row * _labelLength, _labelLength) : default;
    }

    /// <summary>Appends a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">The environment's label; empty for none.</param>
    /// <exception cref="ArgumentException">The label is neither empty nor of the trajectory's label length.</exception>
    /// <exception cref="InvalidOperationException">Another row is being added, or there are as many as fit into an array.</exception>
    public void Add(TrajectoryRow row, ReadOnlySpan<double> label)
    {
        Guard.Length(label.Length, label.IsEmpty ? 0 : _labelLength, nameof(label));
        using ExclusiveUse.Scope use = _use.Enter("The trajectory is already taking a row; give each run a trajectory of its own.");
        if (Count == _rows.Length)
        {
            Grow();
        }

        _rows[Count] = row;
        _labelled[Count] = !label.IsEmpty;
        label.CopyTo(_labels.AsSpan(Count * _labelLength));
        Count++;
    }

    /// <summary>Doubles the room, all of it or, where memory is short, nothing.</summary>
    private void Grow()
    {
        int most = Array.MaxLength / Math.Max(1, _labelLength);
        if (Count >= most)
        {
            throw new InvalidOperationException($"The trajectory has {Count} rows, as many as fit with their labels of {_labelLength} numbers.");
        }

        int capacity = (int)Math.Min(Math.Max(2L * Count, 4), most);
        (TrajectoryRow[] rows, double[] labels, bool[] labelled) = (_rows, _labels, _labelled);
        Array.Resize(ref rows, capacity);
        Array.Resize(ref labels, capacity * _labelLength);
        Array.Resize(ref labelled, capacity);
        (_rows, _labels, _labelled) = (rows, labels, labelled);
    }
}
