using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>Records the columns of a trajectory while training runs: every few steps, at the start and at the last step.</summary>
/// <remarks>Room for all rows is made at the beginning; observing allocates nothing. Not thread-safe: an iterate shown while another one is
/// being recorded is refused.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrajectoryRecorder<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _every;
    private readonly int _lastStep;
    private readonly Decomposition<T>? _decomposition;
    private readonly SignedShares<T>? _shares;
    private readonly T[] _difference;
    private readonly double[] _meanSigma;
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
        SensingProblem problem = _signals.Problem;
        _decomposition = trainer.Model.IsGramFactor ? new Decomposition<T>(problem, trainer.Factor.Columns) : null;
        _shares = _decomposition is null || SignedShares<T>.AreNeeded(problem) ? new SignedShares<T>(problem) : null;
        _difference = new T[trainer.Signals.Signal.Length];
        _meanSigma = new double[environments.Rank * environments.Rank];
        environments.CopyMean(_meanSigma);
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
        => RunSizes.Bytes<T>(sizes.SvecLength * (isGramFactor && !sizes.HasNegativeSignals ? 1 : 3)) + (isGramFactor ? Decomposition<T>.BytesOf(in sizes) : 0);

    /// <inheritdoc/>
    public SnapshotParts Needs => SnapshotParts.Estimate;

    /// <inheritdoc/>
    public Int128 BufferBytes(in RunSizes sizes)
        => RequiredBytes(in sizes, _decomposition is not null) + Trajectory.RequiredBytes((_lastStep / _every) + 2, Trajectory.LabelLength, _values.Length);

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
        SensingProblem problem = snapshot.Signals.Problem;
        _decomposition?.Compute(snapshot.Factor, snapshot.Signals);
        TensorPrimitives.Subtract(snapshot.Product, snapshot.Signals.Signal, _difference);
        double error = ScaledProducts.Norm<T>(_difference);
        snapshot.Signals.AddSpurious(_meanSigma, -T.One, _difference);
        _columns?.Compute(in snapshot, _values);
        Trajectory.Add(
            new TrajectoryRow(
                snapshot.Step,
                _shares?.SignalOf(snapshot.Product) ?? Share(_decomposition!.Invariant.Data, problem.SignalTrace),
                _decomposition is null ? _shares!.SpuriousOf(snapshot.Product) : Share(_decomposition.Spurious.Data, problem.SpuriousRank),
                _decomposition is null ? null : ScaledProducts.Norm(_decomposition.Residual.Data),
                error,
                ScaledProducts.Norm<T>(_difference)),
            snapshot.EnvironmentLabel,
            _values);
    }

    /// <summary>The sum of squares in units of the whole, also where it is too small for double and the quotient is not.</summary>
    private static double Share(ReadOnlySpan<T> values, double whole)
    {
        double squares = ScaledProducts.SumOfSquares(values);
        if (double.IsNormal(squares))
        {
            return squares / whole;
        }

        double part = ScaledProducts.Norm(values) / Math.Sqrt(whole);
        return part * part;
    }
}
