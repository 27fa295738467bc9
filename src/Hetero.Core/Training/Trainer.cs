using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Training, put together from parts: in step t a batch makes the gradient G_t of the iterate's matrix, the model turns it into a direction for its parameters, and the update rule makes
/// the step. <see cref="HeteroSgd{T}"/>, <see cref="PooledSgd{T}"/> and <see cref="PooledGd{T}"/> are the paper's compositions, U_{t+1} = U_t − η_t·G_t·U_t (3).
/// </summary>
/// <remarks>
/// The same arguments give the same bits on any number of threads and any vector width; so does a run that was saved and continued.
/// After the first step a step allocates nothing. Not thread-safe: owns the iterate, which nobody else can change; it does not own the batch's source and the
/// team. <see cref="Advance"/>, <see cref="Run"/>, <see cref="Save"/> and <see cref="Restore"/> are refused while one of them is going on, on another
/// thread or in an observer of the run; an observer may save, since it is called between two steps. An exception of a batch, or of a model's direction, leaves the trainer as it was
/// before the step; one that comes later, of an update rule or a model's matrix, leaves it failed: see <see cref="HasFailed"/>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public partial class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The squared Frobenius norm of the parameters above which a run counts as diverged.</summary>
    public const double DivergenceThreshold = 1e12;

    private readonly Batch<T> _batch;
    private readonly Model<T> _model;
    private readonly UpdateRule<T> _rule;
    private readonly SignalTrace<T>? _trace;
    private readonly StopRequest _stop = new();
    private readonly WorkerTeam? _team;
    private readonly (double Smallest, double Largest)? _bounds;
    private readonly T[] _parameters;
    private readonly T[] _state;
    private readonly T[] _scratch;
    private readonly StepWork<T> _work;
    private ExclusiveUse _use;
    private Thread? _showing;
    private CancellationToken _cancellation;
    private T _rate;
    private ITrainingObserver<T>? _startShownTo;

    /// <summary>Puts a trainer together, at its start.</summary>
    /// <param name="batch">What a step's gradient is made of.</param>
    /// <param name="options">
    /// The step sizes and the gradient scale; for UUᵀ also the columns and the start. What they say of samples must be what the batch's own say, <see cref="Batch{T}.Options"/>, or the
    /// default; what they say of the start beside a model of one's own, what that says, <see cref="Model{T}.Options"/>, or the default.
    /// </param>
    /// <param name="team">The threads that UUᵀ is to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="parts">Another model or update rule; null for UUᵀ and <see cref="Sgd{T}"/>.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public Trainer(
        Batch<T> batch,
        TrainingOptions options,
        WorkerTeam? team = null,
        TrainingParts<T>? parts = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TrainingCheck.CheckSteps<T>(options);
        OptionsCheck.Check(options, batch.Options);
        _batch = batch;
        _team = team;
        Options = options;
        _bounds = options.StepSize.Bounds;
        _model = parts?.Model ?? TrainingCheck.DefaultModel(batch, options, team);
        _rule = parts?.UpdateRule ?? new Sgd<T>();
        Guard.Agree(_model.Dimension, batch.Dimension, "dimension", "parts.Model");
        TrainingCheck.CheckSpace(_model, batch);
        TrainingCheck.CheckFactor(_model, batch);
        TrainingCheck.CheckFactored(_model);
        if (parts?.Model is not null)
        {
            OptionsCheck.CheckStart(options, _model.Options);
        }

        if (_rule.Trace is { } trace)
        {
            TrainingCheck.CheckTrace(_model);
            _trace = new SignalTrace<T>(trace, batch);
        }

        _parameters = new T[_model.ParameterCount];
        _model.Start(_parameters, cancellation);
        if (IsOutOfBounds(_parameters))
        {
            TrainingCheck.RefuseStart(_model, (_model.Options ?? options).InitialScale, DivergenceThreshold);
        }

        _round = parts?.Rounds is { } rounds ? new RoundWork<T>(rounds, _parameters.Length) : null;
        _state = new T[CheckedLength(_rule.StateLength(_model.Shapes), "parts.UpdateRule.StateLength")];
        _scratch = new T[CheckedLength(_rule.ScratchLength(_model.Shapes), "parts.UpdateRule.ScratchLength")];
        _work = StepWork<T>.Of(batch, _model, team);
        if (!_work.SetEstimate(_parameters, isOutOfBounds: false, cancellation))
        {
            throw new ArgumentException("'parts.Model' starts with a matrix that is not finite; accepted is one of finite entries.", "parts.Model");
        }
    }

    /// <summary>Gets the number of steps made so far: the t of the iterate.</summary>
    public int Step { get; private set; }

    /// <summary>Gets whether the run has diverged; then no further steps are made.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>
    /// Gets whether an update rule or a model threw an exception while the iterate was changed, which leaves it half-made: then reading it, saving it and going on are refused until
    /// <see cref="Restore"/>. <see cref="Step"/> stays the last whole step.
    /// </summary>
    public bool HasFailed { get; private set; }

    /// <summary>Gets the parameters θ_t, all matrices of the model one after another. The memory belongs to the trainer and is overwritten by the next step.</summary>
    /// <exception cref="InvalidOperationException">The trainer has failed: <see cref="HasFailed"/>.</exception>
    public ReadOnlySpan<T> Parameters
    {
        get
        {
            RefuseHalfMade();
            return _parameters;
        }
    }

    /// <summary>Gets the first matrix of the parameters: the iterate U_t, d×k, for UUᵀ. The memory belongs to the trainer and is overwritten by the next step.</summary>
    /// <exception cref="InvalidOperationException">The trainer has failed: <see cref="HasFailed"/>.</exception>
    public ReadOnlyMatrixSpan<T> Factor => FactorOf(Parameters);

    /// <summary>Gets the signals.</summary>
    /// <exception cref="InvalidOperationException">They are not known: the data are one's own. <see cref="HasSignals"/> tells.</exception>
    public SignalModel<T> Signals => _batch.Signals ?? throw NoSignals();

    /// <summary>Gets whether the signals that the responses are made of are known.</summary>
    public bool HasSignals => _batch.Signals is not null;

    /// <summary>
    /// Gets whether the mean of a step's gradient over its law is known and is the residual M − A* − V*ΣV*ᵀ: signals are known, no sample is left out, gradients are not combined by
    /// an objective, they are in coordinates, a step is no federated round, and
    /// the measurements are those of Section 2, not of rank one.
    /// </summary>
    public bool HasResidualMean => _round is null && _batch.HasResidualMean;

    /// <summary>Gets the options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Gets the algorithm's name in the field.</summary>
    public string Algorithm => _batch.Algorithm;

    /// <summary>Gets the model.</summary>
    public Model<T> Model => _model;

    /// <summary>Gets the update rule.</summary>
    public UpdateRule<T> UpdateRule => _rule;

    /// <summary>Gets the distribution over environments.</summary>
    /// <exception cref="InvalidOperationException">The batch has none.</exception>
    public EnvironmentDistribution Environments
        => _batch.Environments ?? throw new InvalidOperationException($"The batch of {Algorithm} has no distribution over environments.");

    /// <summary>Makes one step.</summary>
    /// <returns><see cref="TrainingStatus.Completed"/> or, if the new iterate is out of bounds, <see cref="TrainingStatus.Diverged"/>.</returns>
    /// <exception cref="InvalidOperationException">The trainer is at work already, has failed, or has made 2³¹ − 1 steps.</exception>
    public TrainingStatus Advance()
    {
        using ExclusiveUse.Scope use = Enter();
        RefuseHalfMade();
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
    /// <exception cref="InvalidOperationException">The trainer is at work already, or has failed.</exception>
    public TrainingOutcome Run(
        int steps, ITrainingObserver<T>? observer = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        using ExclusiveUse.Scope use = Enter();
        RefuseHalfMade();
        Guard.InRange(steps, 0, Math.Max(MostSteps - Step, 0));
        TrainingCheck.CheckObserver(this, observer);
        if (Step == 0 && (observer is null || observer != _startShownTo))
        {
            _startShownTo = observer;
            if (ShowAndStop(observer, null))
            {
                return new TrainingOutcome(TrainingStatus.Stopped, Step);
            }
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
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !HasFailed)
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

            if (ShowAndStop(observer, progress))
            {
                return new TrainingOutcome(TrainingStatus.Stopped, Step);
            }
        }

        return new TrainingOutcome(HasDiverged ? TrainingStatus.Diverged : TrainingStatus.Completed, Step);
    }

    internal static InvalidOperationException NoSignals()
        => new("The signals are not known: the data are one's own, or the batch does not say what its responses are made of.");

    /// <summary>Returns the signals for a run's parts, if those of the problem fit.</summary>
    private protected static SignalModel<T> SignalsOf(
        SensingProblem problem, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options, CancellationToken cancellation)
    {
        TrainingCheck.Check(problem, environments, source, options);
        return source.Space.IsFactored ? SignalModel<T>.Factored(problem) : new SignalModel<T>(problem, cancellation);
    }

    private static int CheckedLength(int length, string name)
    {
        Guard.InRange(length, 0, Array.MaxLength, name);
        return length;
    }

    private TrainingStatus MakeStep()
    {
        if (HasDiverged)
        {
            return TrainingStatus.Diverged;
        }

        if (Step >= MostSteps)
        {
            throw new InvalidOperationException($"The run has made {Step} steps, as many as can be counted.");
        }

        HasDiverged = !(_round is null ? Descend(_parameters, Step, Step) : MakeRound(_round));
        Step++;
        HasFailed = false;
        return HasDiverged ? TrainingStatus.Diverged : TrainingStatus.Completed;
    }

    /// <summary>Has the batch make a gradient of some parameters, and the rule a step of it.</summary>
    /// <param name="parameters">The iterate, or a client's own parameters; the estimate is theirs.</param>
    /// <param name="batchStep">The step of the batch.</param>
    /// <param name="ruleStep">The number of steps since the rule's state was 0.</param>
    /// <returns>Whether the run can go on from there.</returns>
    private bool Descend(Span<T> parameters, int batchStep, int ruleStep)
    {
        _work.ComputeGradient(batchStep, FactorOf(parameters), _trace is { WantsResponseMean: true }, _cancellation);
        _rate = TrainingCheck.RateAt<T>(Options, _bounds, Step);
        _work.PullBack(parameters, _cancellation);
        double signalTrace = _trace?.Get() ?? 0;

        // From here on an exception leaves parameters that are neither those before nor the next.
        HasFailed = true;
        _rule.Apply(new UpdateStep<T>
        {
            Step = ruleStep,
            DrawStep = batchStep,
            StepSize = _rate,
            SignalTrace = signalTrace,
            Parameters = parameters,
            Direction = _work.Direction,
            State = _state,
            Scratch = _scratch,
            Team = _team,
            Shapes = _model.Shapes,
        });
        return _work.SetEstimate(parameters, IsOutOfBounds(parameters));
    }

    private void RefuseHalfMade()
    {
        if (HasFailed)
        {
            throw new InvalidOperationException(
                $"An exception of '{_rule.GetType().Name}' or '{_model.GetType().Name}' after step {Step} left a half-made iterate; accepted is to restore a saved state.");
        }
    }

    /// <summary>Shows the iterate, and says whether the observer asked for the end.</summary>
    private bool ShowAndStop(ITrainingObserver<T>? observer, IProgress<int>? progress)
    {
        try
        {
            _showing = Thread.CurrentThread;
            _stop.IsMade = false;
            observer?.Observe(Snapshot(isStart: Step == 0));
            progress?.Report(Step);
            return _stop.IsMade;
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

    // NaN fails the comparison too, and an infinite entry makes the sum infinite or NaN.
    private bool IsOutOfBounds(ReadOnlySpan<T> parameters) => !(double.CreateTruncating(Reductions.Dot(parameters, parameters, _team)) <= DivergenceThreshold);

    private ReadOnlyMatrixSpan<T> FactorOf(ReadOnlySpan<T> parameters)
    {
        MatrixShape shape = _model.Shapes[0];
        return new ReadOnlyMatrixSpan<T>(parameters[..shape.Length], shape.Rows, shape.Columns);
    }

    private TrainingSnapshot<T> Snapshot(bool isStart)
    {
        // Neither the start nor an average of clients is a step of one gradient; of a single client the environment is known.
        bool hasGradient = !isStart && _round is null, hasEnvironment = !isStart && (_round is null || _round.Rounds.Clients == 1);
        return new()
        {
            Step = Step,
            KnownSignals = _batch.Signals,
            StopRequest = _stop,
            Parameters = _parameters,
            Factor = Factor,
            Space = _batch.Space,
            Product = _work.Estimate,
            Gradient = hasGradient ? _work.Gradient : default,
            PopulationGradient = hasGradient ? _work.PopulationGradient : default,
            InvariantGradient = hasGradient ? _work.InvariantGradient : default,
            Rate = isStart ? T.Zero : _rate,
            SamplesLeftOut = isStart ? 0 : _round?.SamplesLeftOut ?? _batch.SamplesLeftOut,
            PopulationSigma = hasGradient ? _batch.PopulationSigma : default,
            Environment = hasEnvironment ? _batch.Environment : default,
            EnvironmentLabel = hasEnvironment ? _batch.EnvironmentLabel : default,
        };
    }
}
