using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>The gradients G_e = (1/m) Σ (⟨X_i, M⟩ − y_i)X_i of all environments at one iterate, each from its own samples, and their risks.</summary>
/// <remarks>Belongs to a batch, which fills it anew at every step. Not thread-safe: owns n gradients of p numbers.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EnvironmentGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchData<T> _data;
    private readonly MeasurementSource<T> _source;
    private readonly string? _noRisks;
    private readonly T[] _gradients;
    private readonly T[] _product;
    private readonly T[] _pair;
    private readonly T[] _results;
    private readonly double[] _sigma;
    private readonly bool[] _isApplied;
    private readonly SampleGroup<T>[] _groups;

    internal EnvironmentGradients(BatchData<T> data, TrainingOptions options)
    {
        (_data, _source, Count) = (data, data.Source, data.Environments.Count!.Value);
        _noRisks = RefuseRisks(data, options);
        _gradients = new T[Guard.ArrayLength(Count, _source.SvecLength, "environments.Count")];
        _product = new T[_source.SvecLength];
        _groups = new SampleGroup<T>[Count];
        _isApplied = new bool[Count];
        _sigma = new double[data.Environments.Rank * data.Environments.Rank];

        // A draw is given the residual again, and both results come together; a risk needs the residual alone.
        int length = CanApply ? _source.SvecLength : Guard.ArrayLength(2, _source.SvecLength, "source.SvecLength");
        _pair = data.IsMeasured ? [] : new T[length];
        _results = CanApply ? [] : new T[length];
    }

    /// <summary>The bytes of the gradients, of M, and of what is worked with.</summary>
    internal Int128 Bytes => RunSizes.Bytes<T>((Int128)_gradients.Length + _product.Length + _pair.Length + _results.Length);

    /// <summary>Gets the number n of environments.</summary>
    public int Count { get; }

    /// <summary>Gets the space of M and of the gradients.</summary>
    public EstimateSpace Space => _source.Space;

    /// <summary>Gets svec(M), p numbers.</summary>
    public ReadOnlySpan<T> Product => _product;

    /// <summary>Gets whether <see cref="Apply"/> takes any number of matrices: the source is an operator. The exact law takes one in each environment and step.</summary>
    public bool CanApply => _source.IsOperator;

    /// <summary>Gets whether <see cref="GetRisk"/> works: without noise and samples left out, and with data of one's own for whole environments alone.</summary>
    public bool KnowsRisks => _noRisks is null;

    /// <summary>Returns the probability π_e.</summary>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    public double GetProbability(int environment)
    {
        Guard.InRange(environment, 0, Count - 1);
        return _data.Environments.GetProbability(environment);
    }

    /// <summary>Returns svec(G_e).</summary>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    public ReadOnlySpan<T> GetGradient(int environment)
    {
        Guard.InRange(environment, 0, Count - 1);
        return Memory(environment);
    }

    /// <summary>
    /// Returns the risk R_e = (1/2m) Σ (⟨X_i, M⟩ − y_i)² over the samples that G_e was made from, ½‖M − A* − A^(e)‖² at m = ∞, where noise would add the same
    /// number to all: its gradient in M is G_e.
    /// </summary>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    /// <exception cref="NotSupportedException">The risks are not known; the message says why.</exception>
    public double GetRisk(int environment)
    {
        Guard.InRange(environment, 0, Count - 1);
        if (_noRisks is not null)
        {
            throw new NotSupportedException($"The risks are not known: {_noRisks}.");
        }

        if (_source is MeasuredData<T> data)
        {
            return data.Risk(environment, _product);
        }

        // ⟨D, (1/m) Σ ⟨X_i, D⟩X_i⟩ is the mean of the squares.
        Span<T> residual = _pair.AsSpan(0, _source.SvecLength);
        _data.Environments.CopyMatrix(environment, _sigma);
        _data.Argument(_sigma, _product, residual, CancellationToken.None);
        return double.CreateTruncating(Reductions.Dot<T>(residual, Memory(environment))) / 2;
    }

    /// <summary>Adds (1/m) Σ ⟨X_i, B⟩X_i over the samples that G_e was made from: the derivative of G_e in the direction B.</summary>
    /// <remarks>
    /// B may follow from the gradients: the exact law draws what more of the X_i the second matrix sees, given what the first one saw. A third one would need
    /// the second again, so there it takes one matrix for each environment and step.
    /// </remarks>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <param name="matrix">svec(B).</param>
    /// <param name="result">p numbers; added to.</param>
    /// <param name="cancellation">Gives the result up.</param>
    /// <exception cref="ArgumentException">There is no such environment, or a length is not p, the memory overlaps, or B is not finite.</exception>
    /// <exception cref="NotSupportedException">The source is a draw other than the exact law, or was applied to a matrix in this environment and step before.</exception>
    public void Apply(int environment, ReadOnlySpan<T> matrix, Span<T> result, CancellationToken cancellation = default)
    {
        Guard.InRange(environment, 0, Count - 1);
        Guard.Length(matrix.Length, _source.SvecLength, nameof(matrix));
        Guard.Length(result.Length, _source.SvecLength, nameof(result));
        Guard.NoOverlap(matrix, result, nameof(matrix), nameof(result));
        Guard.AllFinite(matrix, nameof(matrix));
        SampleGroup<T> group = _groups[environment];
        if (CanApply)
        {
            _source.Apply(in group, matrix, result, cancellation);
            return;
        }

        if (!_source.IsAdaptive || _isApplied[environment])
        {
            throw new NotSupportedException(
                _source.IsAdaptive
                    ? "The measurements are a draw, which was applied to a matrix in this environment and step; accepted are operators for a second one."
                    : "The measurements are a draw, which cannot be applied to a second matrix; accepted are operators and the exact law.");
        }

        _isApplied[environment] = true;
        int length = _source.SvecLength;
        _data.Environments.CopyMatrix(environment, _sigma);
        _data.Argument(_sigma, _product, _pair.AsSpan(0, length), cancellation);
        matrix.CopyTo(_pair.AsSpan(length));
        _results.AsSpan().Clear();
        _source.Accumulate(in group, _pair, _results, cancellation);
        TensorPrimitives.Add(result, _results.AsSpan(length), result);
    }

    /// <summary>Returns the bytes of the gradients, of M, and of what is worked with, before any is made, where the signals are known.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    /// <param name="count">The number n of environments, 0 or more.</param>
    /// <param name="isOperator">Whether the source is an operator, <see cref="MeasurementSource{T}.IsOperator"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Int128 RequiredBytes(in RunSizes sizes, int count, bool isOperator)
    {
        Guard.AtLeast(count, 0);
        return RunSizes.Bytes<T>(((Int128)count + (isOperator ? 2 : 5)) * sizes.SvecLength);
    }

    /// <summary>Adds the derivative of Σ_e ⟨G_e, B_e⟩ for one B_e; not finite where B_e is not, which ends a run as diverged.</summary>
    internal void ApplyAny(int environment, ReadOnlySpan<T> matrix, Span<T> result, CancellationToken cancellation)
    {
        if (Reductions.AllFinite(matrix))
        {
            Apply(environment, matrix, result, cancellation);
        }
        else
        {
            result.Fill(T.NaN);
        }
    }

    /// <summary>Adds Σ_e π_e·G_e.</summary>
    internal void AddMean(Span<T> result)
    {
        for (int e = 0; e < Count; e++)
        {
            TensorPrimitives.FusedMultiplyAdd(Memory(e), T.CreateTruncating(GetProbability(e)), result, result);
        }
    }

    /// <summary>Refuses an objective that asks for what the batch cannot give.</summary>
    internal void Check(ObjectiveNeeds needs)
    {
        if (needs.HasFlag(ObjectiveNeeds.Risks) && _noRisks is not null)
        {
            throw new ArgumentException($"'objective' needs the environments' risks, which are not known: {_noRisks}.", "objective");
        }

        if (needs.HasFlag(ObjectiveNeeds.Application) && !CanApply && !_source.IsAdaptive)
        {
            throw new ArgumentException(
                $"'objective' applies the measurements to a second matrix, and 'source' is a draw, {_source.GetType().Name}; accepted are operators and the exact law.",
                "objective");
        }

        if (needs.HasFlag(ObjectiveNeeds.Factor) && Space.IsVector)
        {
            throw new ArgumentException($"'objective' needs a factor U with M = UUᵀ, and 'source' measures {Space}; accepted are measurements of symmetric matrices.", "objective");
        }
    }

    internal void Begin(ReadOnlySpan<T> product)
    {
        product.CopyTo(_product);
        _gradients.AsSpan().Clear();
        _isApplied.AsSpan().Clear();
    }

    /// <summary>The memory of a gradient, and the samples that it is made from.</summary>
    internal Span<T> Add(int environment, in SampleGroup<T> group)
    {
        _groups[environment] = group;
        return Memory(environment);
    }

    private static string? RefuseRisks(BatchData<T> data, TrainingOptions options)
    {
        if (data.IsTruncated)
        {
            return $"'options.TruncationLevel' is {options.TruncationLevel}, which leaves samples out; accepted is none";
        }

        if (data.Source.IsPopulation)
        {
            return null;
        }

        if (options.NoiseDeviation > 0)
        {
            return $"'options.NoiseDeviation' is {options.NoiseDeviation}, and the noise is not kept; accepted is 0";
        }

        if (options.LabelNoise is { Deviation: > 0 })
        {
            return "'options.LabelNoise' is given, and the noise is not kept; accepted is none";
        }

        return data.IsMeasured && options.Samples != TrainingOptions.AllRows
            ? $"'options.Samples' is {options.Samples} with data of one's own; accepted is {nameof(TrainingOptions.AllRows)}, whole environments"
            : null;
    }

    private Span<T> Memory(int environment) => _gradients.AsSpan(environment * _source.SvecLength, _source.SvecLength);
}
