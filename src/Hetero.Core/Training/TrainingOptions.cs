using Hetero.Core.Environments;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>What training does, apart from the problem, the environments and the measurements. The defaults are those of Figure 3.</summary>
/// <remarks>
/// Two are equal if all values are. Immutable and thread-safe. Values are checked when a trainer is created, against each other, the problem, the
/// environments, the measurements and the precision: step sizes, scales, eigenvalues, the environments' largest entry and noise that the precision cannot
/// hold with all its digits are refused, and sizes with which a run may leave its range before it counts as diverged.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>As <see cref="Samples"/>: all rows that an environment of one's own data has.</summary>
    public const long AllRows = 0;

    /// <summary>
    /// Gets the seed of environments, assignment and start; usually the one that the problem and the measurements were made from. Noise comes from
    /// the seed of the measurements.
    /// </summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// Gets the number m of samples in a batch, 1 to 2⁵³: of <see cref="Sensing.StoredMeasurements{T}"/> at most as many as are stored, unless
    /// they are drawn with replacement. Population measurements do not use it. Data of one's own accept <see cref="AllRows"/>, too, where a step sees whole environments:
    /// HeteroSGD without a pooled share, and PooledGD.
    /// </summary>
    public long Samples { get; init; } = 8000;

    /// <summary>Gets the step sizes η_t.</summary>
    public StepSizeSchedule StepSize { get; init; } = StepSizeSchedule.Constant(0.05);

    /// <summary>
    /// Gets a factor s on every step size η_t, finite and above 0. In the plain step it is as good as a factor on the gradient: 1 is the update (3), 2 the gradient of the loss (2), whose factor 2
    /// (3) drops. Other update rules see the direction without it and the step size s·η_t: so does the step of Adam, and a decay of λ is one of 1 − s·η_t·λ.
    /// </summary>
    public double GradientScale { get; init; } = 1;

    /// <summary>
    /// Gets the scale α of the start, above 0; kα², the squared norm of the start, at most <see cref="Trainer{T}.DivergenceThreshold"/>.
    /// </summary>
    public double InitialScale { get; init; } = 1e-3;

    /// <summary>Gets the number k of the factor's columns, 1 to d; null means d.</summary>
    public int? FactorColumns { get; init; }

    /// <summary>Gets the start; null means <see cref="StartKind.Identity"/> for k = d and <see cref="StartKind.Frame"/> below.</summary>
    public StartKind? Start { get; init; }

    /// <summary>Gets the standard deviation σ of Gaussian noise in the responses, 0 or above; 0 is the paper. At m = ∞ it averages out.</summary>
    public double NoiseDeviation { get; init; }

    /// <summary>
    /// Gets the noise that every step adds anew to the responses that it sees; null for none. Where a step measures afresh, Gaussian label noise has the law of <see cref="NoiseDeviation"/>;
    /// where data are used again, that noise stays with the response and this one does not. At m = ∞ it averages out.
    /// </summary>
    public LabelNoise? LabelNoise { get; init; }

    /// <summary>
    /// Gets R, above 0: samples whose prediction ŷ_i = ⟨X_i, M⟩ is above it are left out of the gradient, which is divided by the number of all samples
    /// nevertheless, as in Algorithm 4. Null, the default, leaves none out.
    /// Needs measurements that see single samples: stored, regenerated or rank-one ones, or data of one's own.
    /// </summary>
    public double? TruncationLevel { get; init; }

    /// <summary>
    /// Gets how PooledSGD, and HeteroSGD its pooled share, spread samples over the environments. PooledGD, where every environment has its samples,
    /// accepts the default alone.
    /// </summary>
    public PooledSampling PooledSampling { get; init; } = PooledSampling.Stratified;

    /// <summary>
    /// Gets the order in which HeteroSGD meets its environments; the paper's is independent. Cyclic and shuffled need a finite distribution of
    /// equal odds. Pooled algorithms have no order and accept the default alone.
    /// </summary>
    public EnvironmentOrder EnvironmentOrder { get; init; } = EnvironmentOrder.Independent;

    /// <summary>
    /// Gets the share ρ of HeteroSGD's batch that is spread over all environments by <see cref="PooledSampling"/>, 0 to 1; 0 is the paper's
    /// HeteroSGD, 1 PooledSGD. With s = mean ± M the effective multiplier is (1 − ρ)s + ρ·mean = mean ± (1 − ρ)M. Pooled algorithms accept 0 alone.
    /// </summary>
    public double PooledShare { get; init; }
}
