using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Gradient descent on UUᵀ from batches of measurements, U_{t+1} = U_t − η_t·G_t·U_t (3), t = 0, 1, …. The algorithms differ in how a step's
/// gradient G_t = (1/m) Σ (⟨X_i, U_tU_tᵀ⟩ − y_i)X_i comes about.
/// </summary>
/// <remarks>
/// The same arguments give the same bits on any number of threads and any vector width; so does a run that was saved and continued.
/// After the first step a step allocates nothing. Not thread-safe: owns the iterate, which nobody else can change; it does not own the source and the
/// team. <see cref="Advance"/>, <see cref="Run"/>, <see cref="Save"/> and <see cref="Restore"/> are refused while one of them is going on, on another
/// thread or in an observer of the run; an observer may save, since it is called between two steps.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The squared Frobenius norm of U above which a run counts as diverged.</summary>
    public const double DivergenceThreshold = 1e12;

    private readonly GramFactor<T> _factor;
    private readonly T[] _product;
    private readonly T[] _residual;
    private readonly T[] _populationGradient;
    private readonly T[] _gradient;
    private NamedValues? _description;
    private ExclusiveUse _use;
    private Thread? _showing;
    private CancellationToken _cancellation;
    private T _rate;
    private ITrainingObserver<T>? _startShownTo;

    private protected Trainer(
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        WorkerTeam? team,
        CancellationToken cancellation)
    {
        TrainingCheck.Check(problem, environments, source, options);
        int columns = options.FactorColumns ?? problem.Dimension;
        Environments = environments;
        Source = source;
        Options = options;
        Signals = new SignalModel<T>(problem, cancellation);
        _factor = new GramFactor<T>(problem.Dimension, columns, team);
        TrainingStart.Fill(_factor, options, cancellation);
        if (IsOutOfBounds())
        {
            TrainingCheck.RefuseStart<T>(options.InitialScale, columns, DivergenceThreshold);
        }

        _product = new T[source.SvecLength];
        _residual = new T[source.SvecLength];
        _populationGradient = new T[source.SvecLength];
        _gradient = new T[source.SvecLength];
        MeanSigma = new double[environments.Rank * environments.Rank];
        environments.CopyMean(MeanSigma);
        _factor.CopyProduct(_product, cancellation);
    }

    /// <summary>Gets the number of steps made so far: the t of the iterate.</summary>
    public int Step { get; private set; }

    /// <summary>Gets whether the run has diverged; then no further steps are made.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Gets the iterate U_t, d×k. The memory belongs to the trainer and is overwritten by the next step.</summary>
    public ReadOnlyMatrixSpan<T> Factor => _factor.Matrix;

    /// <summary>Gets the signals.</summary>
    public SignalModel<T> Signals { get; }

    /// <summary>Gets the options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Gets the algorithm's name in the field.</summary>
    public abstract string Algorithm { get; }

    /// <summary>Gets the distribution over environments.</summary>
    public EnvironmentDistribution Environments { get; }

    /// <summary>Gets the measurements.</summary>
    private protected MeasurementSource<T> Source { get; }

    /// <summary>Gets E[Σ^(e)].</summary>
    private protected double[] MeanSigma { get; }

    /// <summary>Gets the Σ of the last step's mean gradient; E[Σ^(e)] for pooled training.</summary>
    private protected virtual ReadOnlySpan<double> PopulationSigma => MeanSigma;

    /// <summary>Gets svec(UUᵀ − A*), what all environments' residuals have in common.</summary>
    private protected ReadOnlySpan<T> CommonResidual => _residual;

    /// <summary>Makes one step.</summary>
    /// <returns><see cref="TrainingStatus.Completed"/> or, if the new iterate is out of bounds, <see cref="TrainingStatus.Diverged"/>.</returns>
    /// <exception cref="InvalidOperationException">The trainer is at work already, or has made 2³¹ − 1 steps.</exception>
    public TrainingStatus Advance()
    {
        using ExclusiveUse.Scope use = Enter();
        return MakeStep();
    }

    /// <summary>
    /// Makes a number of steps and shows the observer every iterate, the start included if no step was made before and it was not the last to see it.
    /// </summary>
    /// <param name="steps">The number of steps, 0 or more; the last one is step 2³¹ − 1 at most.</param>
    /// <param name="observer">Looks at the iterates; null for none. A diverged iterate is not shown.</param>
    /// <param name="progress">Receives the step after each step; null for none.</param>
    /// <param name="cancellation">Ends the run between two steps, or in the middle of the computation of a gradient; then that step is not made.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative, or leads beyond the last step.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work already.</exception>
    public TrainingOutcome Run(
        int steps, ITrainingObserver<T>? observer = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        using ExclusiveUse.Scope use = Enter();
        Guard.InRange(steps, 0, int.MaxValue - Step);
        if (Step == 0 && (observer is null || observer != _startShownTo))
        {
            Show(observer, null);
            _startShownTo = observer;
        }

        for (int end = Step + steps; Step < end;)
        {
            if (cancellation.IsCancellationRequested)
            {
                return new TrainingOutcome(TrainingStatus.Cancelled, Step);
            }

            TrainingStatus status;
            try
            {
                _cancellation = cancellation;
                status = MakeStep();
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The step was given up before it touched the iterate.
                return new TrainingOutcome(TrainingStatus.Cancelled, Step);
            }
            finally
            {
                _cancellation = default;
            }

            if (status == TrainingStatus.Diverged)
            {
                return new TrainingOutcome(TrainingStatus.Diverged, Step);
            }

            Show(observer, progress);
        }

        return new TrainingOutcome(HasDiverged ? TrainingStatus.Diverged : TrainingStatus.Completed, Step);
    }

    /// <summary>Writes the state: a run restored from it continues with the same bits. An observer of the run may call it too.</summary>
    /// <param name="destination">Where the state goes; left open.</param>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    public void Save(Stream destination)
    {
        if (_showing == Thread.CurrentThread)
        {
            Checkpoint.Write(destination, Description, Step, _factor.Parameters);
            return;
        }

        using ExclusiveUse.Scope use = Enter();
        Checkpoint.Write(destination, Description, Step, _factor.Parameters);
    }

    /// <summary>Continues from a saved state.</summary>
    /// <param name="source">A stream that <see cref="Save"/> wrote for a trainer of the same kind and with the same arguments; left open.</param>
    /// <exception cref="InvalidDataException">
    /// The data are torn or damaged, or come from another version of the streams or of the arithmetic; the message says what was found.
    /// </exception>
    /// <exception cref="RunMismatchException">The data belong to another run; the exception names what differs.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work already.</exception>
    public void Restore(Stream source)
    {
        using ExclusiveUse.Scope use = Enter();
        Step = Checkpoint.Read(source, Description, _factor.Parameters);
        HasDiverged = IsOutOfBounds();
        _factor.CopyProduct(_product);
        _startShownTo = null;
    }

    /// <summary>Adds the step's gradient to <paramref name="gradient"/> and writes its mean to <paramref name="populationGradient"/>.</summary>
    private protected abstract void ComputeGradient(int step, Span<T> gradient, Span<T> populationGradient, CancellationToken cancellation);

    /// <summary>Writes the label and Σ of the environment of the last step; empty for pooled training.</summary>
    private protected virtual void GetEnvironment(out ReadOnlySpan<double> sigma, out ReadOnlySpan<double> label)
    {
        sigma = default;
        label = default;
    }

    /// <summary>Writes svec(UUᵀ − A* − V*ΣV*ᵀ).</summary>
    private protected void CopyResidual(ReadOnlySpan<double> sigma, Span<T> destination, CancellationToken cancellation)
    {
        CommonResidual.CopyTo(destination);
        Signals.AddSpurious(sigma, -T.One, destination, cancellation);
    }

    private TrainingStatus MakeStep()
    {
        if (HasDiverged)
        {
            return TrainingStatus.Diverged;
        }

        if (Step == int.MaxValue)
        {
            throw new InvalidOperationException($"The run has made {Step} steps, as many as can be counted.");
        }

        TensorPrimitives.Subtract(_product, Signals.Signal, _residual);
        _gradient.AsSpan().Clear();
        ComputeGradient(Step, _gradient, _populationGradient, _cancellation);
        _rate = T.CreateTruncating(Options.StepSize.At(Step) * Options.GradientScale);
        _factor.Descend(_gradient, _rate, _cancellation);
        Step++;

        HasDiverged = IsOutOfBounds();
        if (HasDiverged)
        {
            return TrainingStatus.Diverged;
        }

        _factor.CopyProduct(_product);
        return TrainingStatus.Completed;
    }

    private void Show(ITrainingObserver<T>? observer, IProgress<int>? progress)
    {
        try
        {
            _showing = Thread.CurrentThread;
            observer?.Observe(Snapshot(isStart: Step == 0));
            progress?.Report(Step);
        }
        finally
        {
            _showing = null;
        }
    }

    private ExclusiveUse.Scope Enter()
        => _use.Enter(
            _showing == Thread.CurrentThread
                ? "The trainer is in the middle of a run that shows this iterate; an observer may save the run, but not advance, run or restore it."
                : "The trainer is already at work; give each thread a trainer of its own.");

    /// <summary>Adds what the algorithm makes of the options that not every algorithm uses.</summary>
    internal abstract void Describe(NamedValues description);

    // Nothing in it changes, and hashing stored measurements is a pass over all of them.
    private NamedValues Description => _description ??= RunFingerprint.Of(this, Source);

    // NaN fails the comparison too, and an infinite entry makes the sum infinite or NaN.
    private bool IsOutOfBounds() => !(double.CreateTruncating(Reductions.SumOfSquares<T>(_factor.Parameters)) <= DivergenceThreshold);

    private TrainingSnapshot<T> Snapshot(bool isStart)
    {
        ReadOnlySpan<double> sigma = default, label = default;
        if (!isStart)
        {
            GetEnvironment(out sigma, out label);
        }

        return new TrainingSnapshot<T>
        {
            Step = Step,
            Signals = Signals,
            Factor = Factor,
            Product = _product,
            Gradient = isStart ? default : _gradient,
            PopulationGradient = isStart ? default : _populationGradient,
            Rate = isStart ? T.Zero : _rate,
            PopulationSigma = isStart ? default : PopulationSigma,
            Environment = sigma,
            EnvironmentLabel = label,
        };
    }
}
