using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// What y is, and in which form a gradient is made of it: signals that a source measures, in coordinates (<see cref="CoordinateSignals{T}"/>) or applied to a panel
/// (<see cref="FactoredSignals{T}"/>), or data of one's own (<see cref="OwnData{T}"/>). A batch says which samples are of which environment, and adds them without asking which it is.
/// </summary>
/// <remarks>Not thread-safe: belongs to one batch.</remarks>
internal abstract class BatchData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string NoMixture = "Data of one's own have one environment for all samples of a set.";
    private readonly double _level;
    private PredictionPass<T>? _pass;

    protected BatchData(EnvironmentDistribution environments, MeasurementSource<T> source, double? level)
    {
        (Environments, Source, _level) = (environments, source, level ?? double.PositiveInfinity);
        MeanSigma = new double[environments.Rank * environments.Rank];
        environments.CopyMean(MeanSigma);
    }

    /// <summary>Gets the signals; null for data of one's own.</summary>
    public virtual SignalModel<T>? Signals => null;

    public EnvironmentDistribution Environments { get; }

    public MeasurementSource<T> Source { get; }

    /// <summary>Gets E[Σ^(e)].</summary>
    public double[] MeanSigma { get; }

    /// <summary>Gets whether environments are sets of rows of their own, taken one after another.</summary>
    public virtual bool IsMeasured => false;

    /// <summary>Gets whether the mean of the gradient over its law is known, in coordinates.</summary>
    public virtual bool HasPopulationGradient => false;

    /// <summary>Gets whether that mean is the residual itself.</summary>
    public bool HasResidualMean => HasPopulationGradient && Source.IsIdentityInMean;

    /// <summary>Gets whether samples are left out.</summary>
    public bool IsTruncated => _level < double.PositiveInfinity;

    /// <summary>Gets what the groups of this step do with predictions; null for nothing.</summary>
    public PredictionPass<T>? Predictions { get; private set; }

    /// <summary>Returns signals in the form that the source measures: the one place where a run's form is chosen.</summary>
    public static BatchData<T> Of(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, double? level)
        => source.Space.IsFactored
            ? new FactoredSignals<T>(signals, environments, source, level)
            : new CoordinateSignals<T>(signals, environments, source, level);

    /// <summary>The bytes of svec(M − A*), and of M where samples are held against predictions.</summary>
    public static Int128 BytesOf(in RunSizes sizes)
        => RunSizes.Bytes<T>(sizes.InvariantRank > 0 ? sizes.SvecLength : 0)
            + (sizes.IsTruncated || sizes.NeedsResponses ? PredictionPass<T>.BytesOf(in sizes) : 0);

    /// <summary>The bytes of all that a batch holds beside what is its own.</summary>
    public virtual Int128 BytesOfParts(in RunSizes sizes)
        => Source.BufferBytes(in sizes) + (Signals is null ? 0 : SignalModel<T>.RequiredBytes(in sizes));

    /// <summary>The bytes of what means are made with, beside that.</summary>
    public virtual Int128 BytesOfMean(in RunSizes sizes) => 0;

    /// <summary>Takes a step's iterate.</summary>
    public virtual void Begin(in BatchStep<T> step)
    {
        Predictions = null;
        if (IsTruncated || step.WantsResponseMean)
        {
            Predictions = _pass ??= new PredictionPass<T>(Source.Space, _level);
            Predictions.Begin(step.Product);
        }
    }

    /// <summary>Returns the coordinates that the source is asked about: of M − A* − V*ΣV*ᵀ where signals are known, of M itself where the source has the responses.</summary>
    /// <param name="sigma">Σ.</param>
    /// <param name="product">svec(M), or w.</param>
    /// <param name="memory">p numbers for the residual.</param>
    /// <param name="cancellation">Gives the residual up.</param>
    public abstract ReadOnlySpan<T> Argument(ReadOnlySpan<double> sigma, ReadOnlySpan<T> product, Span<T> memory, CancellationToken cancellation);

    /// <summary>Adds a group's part of the gradient at Σ.</summary>
    /// <param name="group">The samples.</param>
    /// <param name="sigma">Σ.</param>
    /// <param name="memory">p numbers for the residual, which only signals in coordinates use.</param>
    /// <param name="step">Where it goes.</param>
    public virtual void Add(in SampleGroup<T> group, ReadOnlySpan<double> sigma, Span<T> memory, in BatchStep<T> step)
        => Source.Accumulate(in group, Argument(sigma, step.Product, memory, step.Cancellation), step.Gradient, step.Cancellation);

    /// <summary>Adds the part of the only group of a step, whose residual is the mean gradient too: that, and what the samples say of A* alone, go where the step wants them.</summary>
    public virtual void AddAlone(in SampleGroup<T> group, ReadOnlySpan<double> sigma, Span<T> memory, in BatchStep<T> step) => Add(in group, sigma, memory, in step);

    /// <summary>Writes the mean of the gradient at Σ, where it is known in coordinates.</summary>
    public virtual void WriteMean(ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
    }

    /// <summary>Adds the mean of the gradient at Σ, as for m = ∞; of signals in coordinates the one that was written.</summary>
    public abstract void AddMean(ReadOnlySpan<double> sigma, in BatchStep<T> step);

    /// <summary>Gets the number of numbers by which a direction of a mixture is known.</summary>
    public virtual int DirectionLength => Source.SvecLength;

    /// <summary>Writes V*ΣV*ᵀ, a direction of a mixture, in zeros.</summary>
    public virtual void WriteDirection(ReadOnlySpan<double> sigma, Span<T> direction)
        => throw new NotSupportedException(NoMixture);

    /// <summary>Adds the part of samples that have a mixture of directions each beside what their residuals have in common.</summary>
    public virtual void AddMixture(in SampleGroup<T> group, in BatchStep<T> step) => throw new NotSupportedException(NoMixture);

    /// <summary>Returns the number of samples of an environment that a group of m takes: m, or all of them.</summary>
    public virtual long SamplesOf(int environment, long samples) => samples;

    /// <summary>Returns how many rows of an environment's own a step can take; null where there is no limit.</summary>
    public virtual int? RowsOf(int environment) => null;

    public void Describe(PartDescription description, TrainingOptions options)
    {
        Environments.Describe(description);
        DescribeTarget(description);
        PartDescription measurements = new();
        Source.Describe(measurements, options.Samples);
        description.Add("measurements", measurements);
    }

    /// <summary>Adds what comes before all others: the sizes, the seed and, at a finite m, the number of samples.</summary>
    public void DescribeSizes(PartDescription description, TrainingOptions options)
    {
        if (Signals is { } signals)
        {
            description.Add("invariantRank", signals.Problem.InvariantRank);
            description.Add("spuriousRank", signals.Problem.SpuriousRank);
        }

        // That of environments and assignment, which need not be the trainer's.
        description.AddShared(nameof(options.Seed), options.Seed);
        if (!Source.IsPopulation)
        {
            description.Add(nameof(options.Samples), options.Samples);
            description.Add(nameof(options.NoiseDeviation), options.NoiseDeviation);
            if (options.LabelNoise is { Deviation: > 0 } noise)
            {
                description.Add(nameof(options.LabelNoise), noise.Description);
            }

            if (IsTruncated)
            {
                description.Add(nameof(options.TruncationLevel), _level);
            }
        }
    }

    /// <summary>Adds what the responses are made of.</summary>
    private protected abstract void DescribeTarget(PartDescription description);

    /// <summary>Adds the numbers that a problem's signals depend on.</summary>
    private protected static void DescribeSignals(PartDescription description, SensingProblem problem)
    {
        description.Add<double>("eigenvalues", problem.Eigenvalues);
        Fingerprint subspaces = default;
        subspaces.Add(problem.InvariantBasis.Data);
        subspaces.Add(problem.SpuriousBasis.Data);
        description.Add("subspaces", subspaces);
    }
}
