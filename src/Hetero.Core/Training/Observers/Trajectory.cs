using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The recorded rows of a run, each with the label of the environment that led to it.</summary>
/// <remarks>Not thread-safe while it is written to; a second row at the same time is refused.</remarks>
public sealed class Trajectory
{
    private readonly int _labelLength;
    private TrajectoryRow[] _rows;
    private double[] _labels;
    private double[] _columns;
    private bool[] _labelled;
    private ExclusiveUse _use;

    /// <summary>Makes room for rows.</summary>
    /// <param name="capacity">The number of rows that fit without allocating.</param>
    /// <param name="labelLength">The length of an environment's label.</param>
    /// <param name="columns">The names of the columns beside the row's own, as a header has them; null for none.</param>
    /// <exception cref="ArgumentException">
    /// A number is negative, or a name cannot stand in a header: it is empty, stands there already, or has a comma, a quotation mark or a control character.
    /// </exception>
    public Trajectory(int capacity, int labelLength, IReadOnlyList<string>? columns = null)
    {
        Guard.AtLeast(capacity, 0);
        Guard.AtLeast(labelLength, 0);
        int labels = Guard.ArrayLength(capacity, labelLength, nameof(capacity));
        Columns = columns is null ? [] : [.. columns];
        CheckNames(Columns);
        _columns = new double[Guard.ArrayLength(capacity, Columns.Count, nameof(capacity))];
        _labelLength = labelLength;
        _rows = new TrajectoryRow[capacity];
        _labels = new double[labels];
        _labelled = new bool[capacity];
    }

    /// <summary>Returns the bytes that rows need before a trajectory is made.</summary>
    /// <param name="capacity">The number of rows, 0 or more.</param>
    /// <param name="labelLength">The length of an environment's label, 0 or more.</param>
    /// <param name="columns">The number of columns beside the row's own, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Int128 RequiredBytes(long capacity, int labelLength, int columns = 0)
    {
        Guard.AtLeast(capacity, 0);
        Guard.AtLeast(labelLength, 0);
        Guard.AtLeast(columns, 0);
        return (Int128)capacity * (System.Runtime.CompilerServices.Unsafe.SizeOf<TrajectoryRow>() + sizeof(bool) + (((Int128)labelLength + columns) * sizeof(double)));
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The length of an environment's label.</summary>
    internal int LabelLength => _labelLength;

    /// <summary>Gets the names of the columns beside the row's own.</summary>
    public IReadOnlyList<string> Columns { get; }

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

    /// <summary>Returns the numbers of a row in the other columns.</summary>
    /// <param name="row">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> GetColumns(int row)
    {
        Guard.InRange(row, 0, Count - 1);
        return _columns.AsSpan(row * Columns.Count, Columns.Count);
    }

    /// <summary>Appends a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">The environment's label; empty for none.</param>
    /// <param name="columns">The numbers of the other columns.</param>
    /// <exception cref="ArgumentException">The label is neither empty nor of the trajectory's label length, or there are more or fewer numbers than columns.</exception>
    /// <exception cref="InvalidOperationException">Another row is being added, or there are as many as fit into an array.</exception>
    public void Add(TrajectoryRow row, ReadOnlySpan<double> label, ReadOnlySpan<double> columns = default)
    {
        Guard.Length(columns.Length, Columns.Count, nameof(columns));
        Guard.Length(label.Length, label.IsEmpty ? 0 : _labelLength, nameof(label));
        using ExclusiveUse.Scope use = _use.Enter("The trajectory is already taking a row; give each run a trajectory of its own.");
        if (Count == _rows.Length)
        {
            Grow();
        }

        _rows[Count] = row;
        _labelled[Count] = !label.IsEmpty;
        label.CopyTo(_labels.AsSpan(Count * _labelLength));
        columns.CopyTo(_columns.AsSpan(Count * Columns.Count));
        Count++;
    }

    /// <summary>Doubles the room, all of it or, where memory is short, nothing.</summary>
    private void Grow()
    {
        int most = Array.MaxLength / Math.Max(1, Math.Max(_labelLength, Columns.Count));
        if (Count >= most)
        {
            throw new InvalidOperationException($"The trajectory has {Count} rows, as many as fit with their labels of {_labelLength} numbers and {Columns.Count} columns.");
        }

        int capacity = (int)Math.Min(Math.Max(2L * Count, 4), most);
        (TrajectoryRow[] rows, double[] labels, double[] columns, bool[] labelled) = (_rows, _labels, _columns, _labelled);
        Array.Resize(ref rows, capacity);
        Array.Resize(ref labels, capacity * _labelLength);
        Array.Resize(ref columns, capacity * Columns.Count);
        Array.Resize(ref labelled, capacity);
        (_rows, _labels, _columns, _labelled) = (rows, labels, columns, labelled);
    }

    private static void CheckNames(IReadOnlyList<string> names)
    {
        string[] own = TrajectoryCsv.Header.Split(',');
        for (int j = 0; j < names.Count; j++)
        {
            string? name = names[j];
            string? fault = string.IsNullOrWhiteSpace(name) ? "is empty"
                : name.Any(c => c is ',' or '"' || char.IsControl(c)) ? "has a comma, a quotation mark or a control character"
                : own.Contains(name) ? $"is '{name}', a column of every trajectory"
                : names.Take(j).Contains(name) ? $"is '{name}', as one before it"
                : null;
            if (fault is not null)
            {
                throw new ArgumentException($"'columns[{j}]' {fault}; accepted is a name that a header of comma-separated values can have once.", "columns");
            }
        }
    }
}
