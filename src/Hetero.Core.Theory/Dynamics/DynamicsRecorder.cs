using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Records while training runs how large the terms of the one-step split (22)–(24) are: dominating, fluctuation and shrinkage dynamics, interaction
/// errors, RIP errors, and the phase of the step.
/// </summary>
/// <remarks>
/// <para>It splits the very step that was made, from the gradient that training used: nothing is measured again, so draws are right too. It keeps a copy of
/// the iterate before; the start has no row, nor has the first step of a continued run, whose iterate before it did not see.</para>
/// <para>A row costs one more product of d×d and d×k and some eigenvalue problems, about as much as a few steps. Room for all rows is made at the
/// beginning; observing allocates nothing. Not thread-safe: an iterate shown while another one is being recorded is refused.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DynamicsRecorder<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _every;
    private readonly int _lastStep;
    private readonly int _labelLength;
    private readonly PhaseSchedule? _phases;
    private readonly OneStepDynamics<T> _dynamics;
    private readonly Decomposition<T> _next;
    private readonly SignalModel<T> _signals;
    private readonly T[] _previous;
    private readonly T[] _sum;
    private readonly double[] _copy;
    private readonly double[] _scratch;
    private readonly DynamicsRow[] _rows;
    private readonly double[] _labels;
    private readonly bool[] _labelled;
    private int _previousStep = -1;
    private int _count;
    private ExclusiveUse _use;

    /// <summary>Makes room for the rows.</summary>
    /// <param name="trainer">The trainer to be observed.</param>
    /// <param name="lastStep">The last step of the whole run, 0 or more.</param>
    /// <param name="every">The distance between recorded steps, 1 or more.</param>
    /// <exception cref="ArgumentException">The signals are not known, or the step is not that of (3): another model or update rule, or gradients whose mean is not the residual.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public DynamicsRecorder(Trainer<T> trainer, int lastStep, int every = 1)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        PlainStep.Check(trainer, nameof(trainer));
        if (!trainer.HasResidualMean)
        {
            throw new ArgumentException(
                $"'{nameof(trainer)}' runs {trainer.Algorithm} with gradients whose mean is not known to be the residual; "
                + "accepted are no truncation, no objective and no measurements of rank one, for which the RIP error is not what the split says.",
                nameof(trainer));
        }

        Guard.AtLeast(every, 1);
        Guard.InRange(lastStep, 0, ((Array.MaxLength - 1L) * every) - 1, nameof(lastStep));
        (_every, _lastStep, _labelLength) = (every, lastStep, trainer.Environments.LabelLength);
        _signals = trainer.Signals;
        SensingProblem problem = _signals.Problem;
        int columns = trainer.Factor.Columns, largest = problem.Dimension * columns;
        _phases = trainer.Options.InitialScale < 1.0 / 3 ? PhaseSchedule.Create(trainer.Options) : null;
        _dynamics = new OneStepDynamics<T>(problem, columns);
        _next = new Decomposition<T>(problem, columns);
        _previous = new T[largest];
        _sum = new T[largest];
        _copy = new double[largest];
        _scratch = new double[Math.Max(
            Norms.GetSpectralScratchLength<double>(problem.Dimension, columns),
            Math.Max(
                Norms.GetSpectralScratchLength<double>(columns, problem.InvariantRank),
                Norms.GetSpectralScratchLength<double>(columns, problem.SpuriousRank)))];
        int capacity = (lastStep / every) + 2;
        _rows = new DynamicsRow[capacity];
        _labels = new double[Guard.ArrayLength(capacity, _labelLength, nameof(lastStep))];
        _labelled = new bool[capacity];
    }

    /// <summary>Gets the rows recorded so far.</summary>
    public ReadOnlySpan<DynamicsRow> Rows => _rows.AsSpan(0, _count);

    /// <summary>Returns the label of the environment of a row's step; empty for pooled training.</summary>
    /// <param name="row">0 to the number of rows − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> GetEnvironmentLabel(int row)
    {
        Guard.InRange(row, 0, _count - 1);
        return _labelled[row] ? _labels.AsSpan(row * _labelLength, _labelLength) : default;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The run goes beyond the last step that the recorder was made for, or another iterate is being
    /// recorded.</exception>
    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        if (!ReferenceEquals(snapshot.Signals, _signals))
        {
            throw new ArgumentException(
                "'snapshot' is of another trainer; accepted are iterates of the one that the recorder was made for.", nameof(snapshot));
        }

        using ExclusiveUse.Scope use = _use.Enter("The recorder is already recording an iterate; give each trainer a recorder of its own.");

        // A recorder that is shown a second run may be full before that.
        if (snapshot.Step > _lastStep || _count == _rows.Length)
        {
            throw new InvalidOperationException($"The recorder was made for {_lastStep} steps; it is shown step {snapshot.Step}.");
        }

        if (snapshot.Step > 0 && _previousStep == snapshot.Step - 1 && IsRecorded(snapshot.Step))
        {
            Record(in snapshot);
        }

        if (IsRecorded(snapshot.Step + 1))
        {
            snapshot.Factor.Data.CopyTo(_previous);
            _previousStep = snapshot.Step;
        }
    }

    private bool IsRecorded(int step) => step % _every == 0 || step == _lastStep;

    private void Record(in TrainingSnapshot<T> snapshot)
    {
        _dynamics.Compute(
            new ReadOnlyMatrixSpan<T>(_previous, snapshot.Factor.Rows, snapshot.Factor.Columns),
            snapshot.Rate,
            snapshot.PopulationSigma,
            snapshot.Gradient,
            snapshot.PopulationGradient);
        _next.Compute(snapshot.Factor, snapshot.Signals);
        double difference = 0, scale = 0;
        SplitSizes invariant = Measure(_dynamics.Invariant, _next.Invariant, ref difference, ref scale);
        SplitSizes spurious = Measure(_dynamics.Spurious, _next.Spurious, ref difference, ref scale);
        SplitSizes residual = Measure(_dynamics.Residual, _next.Residual, ref difference, ref scale);
        double error = difference > 0 ? difference / scale : 0;
        _rows[_count] = new DynamicsRow(snapshot.Step, _phases?.PhaseOf(snapshot.Step), invariant, spurious, residual, error);
        _labelled[_count] = !snapshot.EnvironmentLabel.IsEmpty;
        snapshot.EnvironmentLabel.CopyTo(_labels.AsSpan(_count * _labelLength));
        _count++;
    }

    private SplitSizes Measure(StepSplit<T> split, ReadOnlyMatrixSpan<T> next, ref double difference, ref double scale)
    {
        SplitSizes sizes = new(SizeOf(next), SizeOf(split.Main), SizeOf(split.Interaction), SizeOf(split.RipError));
        scale += sizes.Main.Frobenius + sizes.Interaction.Frobenius + sizes.RipError.Frobenius;
        MatrixSpan<T> sum = new(_sum.AsSpan(0, next.Data.Length), next.Rows, next.Columns);
        split.CopySum(sum);
        for (int i = 0; i < sum.Data.Length; i++)
        {
            _copy[i] = double.CreateTruncating(sum.Data[i]) - double.CreateTruncating(next.Data[i]);
        }

        difference = Math.Max(difference, Reductions.Norm<double>(_copy.AsSpan(0, sum.Data.Length)));
        return sizes;
    }

    // In double: squares of small single-precision entries would be lost.
    private MatrixSize SizeOf(ReadOnlyMatrixSpan<T> matrix)
    {
        Span<double> copy = _copy.AsSpan(0, matrix.Data.Length);
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = double.CreateTruncating(matrix.Data[i]);
        }

        ReadOnlyMatrixSpan<double> view = new(copy, matrix.Rows, matrix.Columns);
        return new MatrixSize(Norms.Spectral(view, _scratch), Norms.Frobenius(view));
    }
}
