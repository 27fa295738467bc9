using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Where a batch's measurements come from. Training asks a source for one thing: Σ_i (⟨X_i, D⟩ − ξ_i)·X_i over a group of samples, in svec
/// form. Sources are of two families. An operator (<see cref="IsOperator"/>) is linear and self-adjoint, and applies the same X_i
/// whenever it is asked for the same step. A draw is the law of one call: calls for the same step and group use the same random numbers whatever
/// the matrices are, so they are neither independent nor a joint draw. Whatever must share its X_i goes into one call, and groups of one step have
/// indices of their own.
/// </summary>
/// <remarks>
/// A source owns scratch memory and is not thread-safe: one source for each trainer. A call that comes while another one is going on is refused;
/// population measurements alone keep nothing and take any. Derive from this class for a source of your own, or from <see cref="RowMeasurements{T}"/> if it makes its
/// matrices one by one. Results must not depend on the number of threads.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class MeasurementSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most samples in a batch: beyond, counts are not exact in double.</summary>
    private protected const long MaxBatch = ExactCounts.Most;

    // Of the precision.
    private static readonly double Largest = typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;

    private ExclusiveUse _use;

    /// <summary>Names the size of the measurements.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    protected MeasurementSource(int dimension)
        : this(EstimateSpace.Matrices(dimension))
    {
    }

    /// <summary>Names the space that the measurements X_i and the estimate belong to: symmetric matrices, or vectors.</summary>
    /// <param name="space">The space.</param>
    /// <exception cref="ArgumentOutOfRangeException">The space has no dimension.</exception>
    protected MeasurementSource(EstimateSpace space)
    {
        Guard.Element<T>();
        Guard.AtLeast(space.Dimension, 1, "space.Dimension");
        Space = space;
        SvecLength = space.Length;
    }

    /// <summary>Gets the space that the measurements belong to.</summary>
    public EstimateSpace Space { get; }

    /// <summary>Gets the dimension d of the measurements.</summary>
    public int Dimension => Space.Dimension;

    /// <summary>Gets the number p of coordinates of a measurement: d(d+1)/2 of svec, d where measurements are vectors, 0 of matrices in factored form.</summary>
    public int SvecLength { get; }

    /// <summary>Gets whether this is a linear, self-adjoint operator that may be applied to many matrices with the same X_i.</summary>
    public abstract bool IsOperator { get; }

    /// <summary>Gets whether the measurements are averaged over their law: m = ∞.</summary>
    public virtual bool IsPopulation => false;

    /// <summary>Gets whether every step uses the same measurements.</summary>
    public virtual bool IsReused => false;

    /// <summary>Whether the samples of a group may have residuals of their own; sources of a user that are no rows are given one residual a group.</summary>
    internal virtual bool TakesMixtures => false;

    /// <summary>Gets whether the source sees its samples one by one, and so takes a <see cref="SampleGroup{T}.Predictions"/>.</summary>
    internal virtual bool HasSamples => false;

    /// <summary>
    /// Whether a draw of a residual and a second matrix is one of the same measurements also where the second matrix follows from the first result, which comes out the same with it and without.
    /// </summary>
    internal virtual bool IsAdaptive => false;

    /// <summary>Gets the number of sets of measurements that a group may name.</summary>
    public virtual int MeasurementSets => RandomStream.MaxSubstream + 1;

    /// <summary>
    /// Returns the number of partial sums of p elements each that explicit measurements keep at most: 32, fewer for large p, at least 4.
    /// </summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static int PartialSums(int dimension)
    {
        Guard.InRange(dimension, 1, Svec.MaxDimension);
        return SampleAccumulator<T>.SlotsOf(Svec.Length(dimension));
    }

    /// <summary>
    /// Returns the bytes of the buffers that the source needs in a run, those that its first step makes included; 0 unless it says otherwise. A run's estimate is the sum over its parts,
    /// each of which counts its own memory alone.
    /// </summary>
    /// <param name="sizes">The sizes of the run.</param>
    public virtual Int128 BufferBytes(in RunSizes sizes) => 0;

    /// <summary>
    /// For each matrix M_j adds Scale·Σ_i (⟨X_i, M_j⟩ − ξ_i·[j = 0])·X_i over the group's samples to result j, with the same X_i for
    /// all of them. Noise applies to the first matrix alone, the residual; the others see the bare measurements. Sums over explicit
    /// samples are made before the scale is applied: where they or the products with it leave the range of T, the results are not finite.
    /// </summary>
    /// <param name="group">The samples.</param>
    /// <param name="matrices">The svec forms of M_0, M_1, …, one after another.</param>
    /// <param name="results">As long as <paramref name="matrices"/>; added to.</param>
    /// <param name="cancellation">Gives the results up, which are of no use then; in a batch of one's own <see cref="Training.BatchStep{T}.Cancellation"/>.</param>
    /// <exception cref="ArgumentException">A length is not a multiple of p, the lengths differ, the memory overlaps, a matrix is not finite, or the
    /// group is out of range or names samples that the source does not have.</exception>
    /// <exception cref="NotSupportedException">The source measures matrices in factored form, <see cref="AccumulatePanel"/>.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on.</exception>
    /// <exception cref="OperationCanceledException">The results were given up.</exception>
    public void Accumulate(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, CancellationToken cancellation = default)
    {
        if (Space.IsFactored)
        {
            throw new NotSupportedException(
                $"'{GetType().Name}' gives a gradient applied to a panel alone, by '{nameof(AccumulatePanel)}'; accepted are sources of coordinates, not of {Space}.");
        }

        Check(in group, matrices, results);
        if (group.Count == 0)
        {
            return;
        }

        if (IsPopulation)
        {
            AccumulateCore(in group, matrices, results, matrices.Length / SvecLength, cancellation);
            return;
        }

        using ExclusiveUse.Scope use = EnterUse();
        AccumulateCore(in group, matrices, results, matrices.Length / SvecLength, cancellation);
    }

    /// <summary>
    /// Adds the gradient of the group's samples applied to a panel, Scale·Σ_i (⟨X_i, D⟩ − ξ_i)·X_i·P, where the source measures matrices in factored form: P = U, or P = [U, U*, V*] for those
    /// who compare.
    /// </summary>
    /// <param name="group">The samples.</param>
    /// <param name="residual">D in factored form.</param>
    /// <param name="result">G·P, d×k or d×(k + r1 + r2); added to.</param>
    /// <param name="cancellation">Gives the result up, which is of no use then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, memory overlaps, a number is not finite, or the group is out of range.</exception>
    /// <exception cref="NotSupportedException">The source gives G in coordinates, <see cref="Accumulate"/>.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on.</exception>
    /// <exception cref="OperationCanceledException">The result was given up.</exception>
    public void AccumulatePanel(in SampleGroup<T> group, in FactoredResidual<T> residual, MatrixSpan<T> result, CancellationToken cancellation = default)
    {
        if (!Space.IsFactored)
        {
            throw new NotSupportedException(
                $"'{GetType().Name}' gives a gradient in coordinates, by '{nameof(Accumulate)}'; accepted are sources of {EstimateSpace.FactoredMatrices(Dimension)}.");
        }

        CheckGroup(in group, (long)residual.SpuriousBasis.Columns * residual.SpuriousBasis.Columns);
        residual.Check(Dimension, result);
        if (group.Count > 0)
        {
            using ExclusiveUse.Scope use = EnterUse();
            AccumulatePanelCore(in group, in residual, result, cancellation);
        }
    }

    /// <summary>
    /// Adds Scale·Σ_i ⟨X_i, B⟩X_i over the samples of a group that an operator was applied to before: no noise, responses or mixture apply.
    /// </summary>
    internal void Apply(in SampleGroup<T> group, ReadOnlySpan<T> matrix, Span<T> result, CancellationToken cancellation)
    {
        SampleGroup<T> bare = group with { NoiseDeviation = 0, LabelNoise = null, Mixture = null, IsBare = true };
        Accumulate(in bare, matrix, result, cancellation);
    }

    /// <summary>Gets whether E[⟨X, D⟩X] over the law of the measurements is D for every D.</summary>
    internal virtual bool IsIdentityInMean => true;

    /// <summary>Replaces D by E[⟨X, D⟩X] over the law of the measurements: D itself, unless a source says otherwise.</summary>
    internal virtual void ToMean(Span<T> svec)
    {
    }

    /// <summary>Gets a bound on a row of (1/m) Σ ⟨X_i, D⟩X_i for ‖D‖_F = 1, beyond all odds.</summary>
    internal virtual double GrowthBound => IsPopulation ? 1 : 128 * Math.Sqrt(Dimension);

    /// <summary>Gets whether a group has all samples of its set, without noise: what the source can make of a batch is then known before a run.</summary>
    internal virtual bool HasWholeSetsAlone => false;

    /// <summary>Says what is accepted instead of a batch of so many samples; null if the source has them.</summary>
    /// <param name="samples">The number m of samples in a batch, 1 or more.</param>
    public virtual string? RefuseBatch(long samples) => samples <= MaxBatch ? null : $"at most {MaxBatch}";

    /// <summary>Says which label noise is accepted instead; null if the source makes it. A source that says nothing of it makes none.</summary>
    /// <param name="noise">The label noise of a group.</param>
    public virtual string? RefuseLabelNoise(LabelNoise noise) => "none, as the source makes no label noise";

    /// <summary>
    /// Adds the name of the kind and all that the results for a group of a batch of so many samples depend on besides the group: seed, data, order of the
    /// rows. Called when a run is first saved or restored.
    /// </summary>
    /// <param name="description">Added to.</param>
    /// <param name="batchSize">The number m of samples in a batch.</param>
    public abstract void Describe(PartDescription description, long batchSize);

    internal void Check(in SampleGroup<T> group, ReadOnlySpan<T> matrices, ReadOnlySpan<T> results)
    {
        int count = matrices.Length / SvecLength;
        Guard.Length(matrices.Length, Math.Max(count, 1) * SvecLength, nameof(matrices));
        Guard.Length(results.Length, matrices.Length, nameof(results));
        Guard.NoOverlap(matrices, results, nameof(matrices), nameof(results));
        Guard.AllFinite(matrices, nameof(matrices));
        CheckGroup(in group, SvecLength);
        if (group.Mixture is { } mixture)
        {
            Guard.NoOverlapOfTypes<double, T>(mixture.Coefficients, results, "group.Mixture.Coefficients", nameof(results));
        }
    }

    /// <summary>Begins what no other call may come into.</summary>
    private protected ExclusiveUse.Scope EnterUse() => _use.Enter("The measurement source is already in use; give each trainer a source of its own.");

    private void CheckGroup(in SampleGroup<T> group, long directionLength)
    {
        Guard.AtLeast(group.Step, 0, "group.Step");
        Guard.AtLeast(group.Count, 0, "group.Count");
        Guard.InRange(group.FirstSample, 0, long.MaxValue - group.Count, "group.FirstSample");
        Guard.AtLeast(group.BatchSize, 0, "group.BatchSize");
        Guard.AtLeast(group.RowsBefore, 0, "group.RowsBefore");
        if (group.BatchSize > 0)
        {
            Guard.AtLeast(group.BatchSize, group.FirstSample + group.Count, "group.BatchSize");
        }

        Guard.InRange(group.Group, 0, RandomStream.MaxSubstream, "group.Group");
        Guard.InRange(group.NoiseSubstream, 0, RandomStream.MaxSubstream, "group.NoiseSubstream");
        Guard.InRange(group.MeasurementSet, 0, MeasurementSets - 1, "group.MeasurementSet");
        Guard.InRange(group.Scale, -Largest, Largest, "group.Scale");
        Guard.InRange(group.NoiseDeviation, 0, Largest, "group.NoiseDeviation");
        LabelNoise.Check(group.LabelNoise, this, "group.LabelNoise");
        if (group.Predictions is { } pass)
        {
            if (!HasSamples)
            {
                throw new ArgumentException("'group.Predictions' is given; accepted is none, as the source has no single samples.", nameof(group));
            }

            Guard.Length(pass.Matrix.Length, SvecLength, "group.Predictions.Matrix");
        }

        if (group.Mixture is { } mixture)
        {
            if (!TakesMixtures)
            {
                throw new ArgumentException("'group.Mixture' is given; accepted is none, as the source measures one residual at a time.", nameof(group));
            }

            Guard.Length(mixture.Directions.Length, mixture.Count * directionLength, "group.Mixture.Directions");
            Guard.InRange(group.Count, 0, mixture.Coefficients.Length / mixture.Count, "group.Count");
            Guard.AllFinite<double>(mixture.Coefficients[..((int)group.Count * mixture.Count)], "group.Mixture.Coefficients");
        }
    }

    /// <summary>
    /// Does what <see cref="Accumulate(in SampleGroup{T}, ReadOnlySpan{T}, Span{T}, CancellationToken)"/> says, for arguments that were
    /// checked: one call at a time, of at least one sample. Noise that the source cannot make is to be refused by an exception.
    /// </summary>
    /// <param name="group">The samples.</param>
    /// <param name="matrices">The svec forms of M_0, M_1, …, one after another.</param>
    /// <param name="results">As long as <paramref name="matrices"/>; added to.</param>
    /// <param name="count">The number of matrices, 1 or more.</param>
    /// <param name="cancellation">Gives the results up: they are of no use then.</param>
    protected abstract void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation);

    /// <summary>Does what <see cref="AccumulatePanel"/> says, for arguments that were checked: one call at a time, of at least one sample. Sources of coordinates are never asked.</summary>
    /// <param name="group">The samples.</param>
    /// <param name="residual">D in factored form.</param>
    /// <param name="result">G·U, or G·[U, U*, V*]; added to.</param>
    /// <param name="cancellation">Gives the result up: it is of no use then.</param>
    protected virtual void AccumulatePanelCore(in SampleGroup<T> group, in FactoredResidual<T> residual, MatrixSpan<T> result, CancellationToken cancellation)
        => throw new NotSupportedException(
            $"'{GetType().Name}' measures {Space}, and does not say how: accepted is one that overrides '{nameof(AccumulatePanelCore)}', such as {nameof(PanelMeasurements<>)}.");
}
