using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>Records the columns of a trajectory while training runs: every few steps, at the start and at the last step.</summary>
/// <remarks>Of a run in factored form it records the same numbers up to round-off, in O(dk(k + r1 + r2)) time and O(d(k + r1 + r2)) memory.
/// Room for all rows is made at the beginning; observing allocates nothing. Not thread-safe: an iterate shown while another one is
/// being recorded is refused.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrajectoryRecorder<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _every;
    private readonly int _lastStep;
    private readonly bool _isGramFactor;
    private readonly TrajectoryMeasure<T> _measure;
    private readonly SignalModel<T> _signals;
    private readonly ITrajectoryColumns<T>? _columns;
    private readonly double[] _values;
    private ExclusiveUse _use;

    /// <summary>Makes room for a trajectory.</summary>
    /// <param name="trainer">The trainer to be observed.</param>
    /// <param name="lastStep">The last step of the whole run, 0 or more.</param>
    /// <param name="every">The distance between recorded steps, 1 or more.</param>
    /// <param name="columns">Columns beside the trajectory's own; null for none.</param>
    /// <exception cref="ArgumentException">The signals are not known, which the columns compare with, or the names of <paramref name="columns"/> cannot stand in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TrajectoryRecorder(Trainer<T> trainer, int lastStep, int every = 1, ITrajectoryColumns<T>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        TrainingCheck.CheckSignals(trainer, nameof(trainer));
        EnvironmentDistribution environments = trainer.Environments;
        Guard.AtLeast(every, 1);
        Guard.InRange(lastStep, 0, ((Array.MaxLength - 1L) * every) - 1, nameof(lastStep));
        _signals = trainer.Signals;
        _every = every;
        _lastStep = lastStep;
        _isGramFactor = trainer.Model.IsGramFactor;
        _measure = TrajectoryMeasure<T>.Of(trainer);
        int capacity = (lastStep / every) + 2;
        Guard.ArrayLength(capacity, environments.LabelLength, nameof(lastStep));
        if (columns is { Names: null })
        {
            throw new ArgumentException("'columns.Names' is null; accepted is a list of names.", nameof(columns));
        }

        _columns = columns;
        _values = new double[columns?.Names.Count ?? 0];
        Guard.ArrayLength(capacity, _values.Length, nameof(lastStep));
        Trajectory = new Trajectory(capacity, environments.LabelLength, columns?.Names);
    }

    /// <summary>Returns the bytes that a recorder of UUᵀ, or of another model, needs beside its rows, <see cref="Trajectory.RequiredBytes"/>, before it is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    /// <param name="isGramFactor">Whether the model is UUᵀ.</param>
    public static Int128 RequiredBytes(in RunSizes sizes, bool isGramFactor = true)
        => sizes.IsFactored ? FactorMeasure<T>.BytesOf(in sizes) : EstimateMeasure<T>.BytesOf(in sizes, isGramFactor);

    /// <inheritdoc/>
    public SnapshotParts Needs => _measure.Needs | (_columns?.Needs ?? SnapshotParts.None);

    /// <inheritdoc/>
    public Int128 BufferBytes(in RunSizes sizes)
        => RequiredBytes(in sizes, _isGramFactor) + Trajectory.RequiredBytes((_lastStep / _every) + 2, Trajectory.LabelLength, _values.Length);

    /// <summary>Gets what was recorded so far.</summary>
    public Trajectory Trajectory { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The iterate is that of another trainer.</exception>
    /// <exception cref="InvalidOperationException">Another iterate is being recorded.</exception>
    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        TrainingCheck.CheckObserved(snapshot.Signals, _signals);
        if (snapshot.Step % _every != 0 && snapshot.Step != _lastStep)
        {
            return;
        }

        using ExclusiveUse.Scope use = _use.Enter("The recorder is already recording an iterate; give each trainer a recorder of its own.");
        TrajectoryRow row = _measure.Measure(in snapshot);
        _columns?.Compute(in snapshot, _values);
        Trajectory.Add(row, snapshot.EnvironmentLabel, _values);
    }
}
