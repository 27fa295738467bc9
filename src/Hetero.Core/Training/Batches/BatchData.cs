using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// What y is: A* + V*Σ^(e)V*ᵀ measured by a source, or data of one's own. Batches ask it for the matrix that they hand to the source, which then gives Σ (⟨X_i, M⟩ − y_i)X_i: the residual
/// M − A* − A^(e) where signals are known, M itself where the source has the responses.
/// </summary>
/// <remarks>Not thread-safe: owns svec(M − A*).</remarks>
internal sealed class BatchData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _common;
    private readonly MeasuredData<T>? _measured;
    private readonly double _level;
    private PredictionPass<T>? _pass;

    public BatchData(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, double? level)
    {
        _level = level ?? double.PositiveInfinity;
        (Signals, Environments, Source) = (signals, environments, source);
        _common = new T[source.SvecLength];
        MeanSigma = new double[environments.Rank * environments.Rank];
        environments.CopyMean(MeanSigma);
    }

    public BatchData(MeasuredData<T> data, double? level)
    {
        _level = level ?? double.PositiveInfinity;
        _measured = data;
        (Environments, Source, _common, MeanSigma) = (DataEnvironments.Of(data), data, [], []);
    }

    /// <summary>Gets the signals; null for data of one's own.</summary>
    public SignalModel<T>? Signals { get; }

    public EnvironmentDistribution Environments { get; }

    public MeasurementSource<T> Source { get; }

    /// <summary>Gets E[Σ^(e)].</summary>
    public double[] MeanSigma { get; }

    /// <summary>Gets svec(M − A*), what all environments' residuals have in common.</summary>
    public ReadOnlySpan<T> Common => _common;

    /// <summary>Gets whether environments are sets of rows of their own, taken one after another.</summary>
    public bool IsMeasured => _measured is not null;

    /// <summary>Gets whether the mean of the gradient over its law is known: signals are, and no sample is left out.</summary>
    public bool HasPopulationGradient => Signals is not null && !IsTruncated && !IsFactored;

    /// <summary>Gets whether a step makes G·U in the place of G.</summary>
    public bool IsFactored => Source.Space.IsFactored;

    /// <summary>Gets whether that mean is the residual itself.</summary>
    public bool HasResidualMean => HasPopulationGradient && Source.IsIdentityInMean;

    /// <summary>Gets whether samples are left out.</summary>
    public bool IsTruncated => _level < double.PositiveInfinity;

    /// <summary>Gets what the groups of this step do with predictions; null for nothing.</summary>
    public PredictionPass<T>? Predictions { get; private set; }

    /// <summary>The bytes of svec(M − A*), and of M where samples are held against predictions.</summary>
    public static Int128 BytesOf(in RunSizes sizes)
        => RunSizes.Bytes<T>(sizes.InvariantRank > 0 ? sizes.SvecLength : 0) + (sizes.IsTruncated || sizes.NeedsResponses ? PredictionPass<T>.BytesOf(in sizes) : 0);

    /// <summary>The bytes of all that a batch holds beside what is its own.</summary>
    public Int128 BytesOfParts(in RunSizes sizes)
        => Source.BufferBytes(in sizes) + (Signals is null ? 0 : SignalModel<T>.RequiredBytes(in sizes));

    /// <summary>Takes a step's iterate.</summary>
    public void Begin(in BatchStep<T> step)
    {
        Predictions = null;
        if (IsTruncated || step.WantsResponseMean)
        {
            Predictions = _pass ??= new PredictionPass<T>(Source.Space, _level);
            Predictions.Begin(step.Product);
        }

        if (Signals is not null && !IsFactored)
        {
            TensorPrimitives.Subtract(step.Product, Signals.Signal, _common);
        }
    }

    /// <summary>Returns the matrix that the source is asked about for an environment of a list.</summary>
    /// <param name="environment">The index e.</param>
    /// <param name="sigma">r2² numbers for Σ^(e).</param>
    /// <param name="product">svec(M).</param>
    /// <param name="memory">p numbers for the residual.</param>
    /// <param name="cancellation">Gives the residual up.</param>
    public ReadOnlySpan<T> Argument(int environment, Span<double> sigma, ReadOnlySpan<T> product, Span<T> memory, CancellationToken cancellation)
    {
        if (Signals is null)
        {
            return product;
        }

        Environments.CopyMatrix(environment, sigma);
        CopyResidual(sigma, memory, cancellation);
        return memory;
    }

    /// <summary>Writes svec(M − A* − V*ΣV*ᵀ), where signals are known.</summary>
    public void CopyResidual(ReadOnlySpan<double> sigma, Span<T> destination, CancellationToken cancellation)
    {
        Common.CopyTo(destination);
        Signals!.AddSpurious(sigma, -T.One, destination, cancellation);
    }

    /// <summary>Adds a group's part of G·U at Σ, in factored form.</summary>
    public void AddPanel(in SampleGroup<T> group, ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
        FactoredResidual<T> residual = new()
        {
            Factor = step.Factor,
            InvariantBasis = Signals!.InvariantBasis,
            Eigenvalues = Signals.Problem.Eigenvalues,
            SpuriousBasis = Signals.SpuriousBasis,
            Sigma = sigma,
        };
        Source.AccumulatePanel(in group, in residual, step.Panel, step.Cancellation);
    }

    /// <summary>Adds all of G·U at Σ for m = ∞, in factored form.</summary>
    public void AddPopulationPanel(ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
        SampleGroup<T> group = new() { Step = step.Step, Count = 1, Scale = 1 };
        AddPanel(in group, sigma, in step);
    }

    /// <summary>Writes the mean of the gradient at Σ, where it is known: the residual M − A* − V*ΣV*ᵀ as the source sees it in the mean.</summary>
    public void WriteMean(ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
        if (HasPopulationGradient)
        {
            CopyResidual(sigma, step.PopulationGradient, step.Cancellation);
            Source.ToMean(step.PopulationGradient);
        }
    }

    /// <summary>Returns the number of samples of an environment that a group of m takes: m, or all of them.</summary>
    public long SamplesOf(int environment, long samples)
        => samples != TrainingOptions.AllRows ? samples : _measured!.GetSampleCount(environment);

    /// <summary>Returns how many rows of an environment's own a step can take; null where there is no limit.</summary>
    public int? RowsOf(int environment)
        => _measured is { RowOrder: not RowOrder.WithReplacement } data ? data.GetSampleCount(environment) : null;

    public void Describe(PartDescription description, TrainingOptions options)
    {
        Environments.Describe(description);
        if (Signals is { } signals)
        {
            SensingProblem problem = signals.Problem;
            description.Add<double>("eigenvalues", problem.Eigenvalues);
            Fingerprint subspaces = default;
            subspaces.Add(problem.InvariantBasis.Data);
            subspaces.Add(problem.SpuriousBasis.Data);
            description.Add("subspaces", subspaces);
        }

        _measured?.DescribeParts(description);
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
            if (options.LabelNoise is { } noise)
            {
                description.Add(nameof(options.LabelNoise), noise.Description);
            }

            if (IsTruncated)
            {
                description.Add(nameof(options.TruncationLevel), _level);
            }
        }
    }
}
