using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>The gradients G_e = (1/m) Σ (⟨X_i, M⟩ − y_i)X_i of all environments at one iterate, each from its own samples.</summary>
/// <remarks>Belongs to a batch, which fills it anew at every step. Not thread-safe: owns n gradients of p numbers.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EnvironmentGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EnvironmentDistribution _environments;
    private readonly MeasurementSource<T> _source;
    private readonly T[] _gradients;
    private readonly T[] _product;
    private readonly SampleGroup<T>[] _groups;

    internal EnvironmentGradients(EnvironmentDistribution environments, MeasurementSource<T> source)
    {
        (_environments, _source, Count) = (environments, source, environments.Count!.Value);
        _gradients = new T[Guard.ArrayLength(Count, source.SvecLength, "environments.Count")];
        _product = new T[source.SvecLength];
        _groups = new SampleGroup<T>[Count];
    }

    /// <summary>Gets the number n of environments.</summary>
    public int Count { get; }

    /// <summary>Gets svec(M), p numbers.</summary>
    public ReadOnlySpan<T> Product => _product;

    /// <summary>Gets whether <see cref="Apply"/> works: the source is an operator and no draw.</summary>
    public bool CanApply => _source.IsOperator;

    /// <summary>Returns the probability π_e.</summary>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    public double GetProbability(int environment)
    {
        Guard.InRange(environment, 0, Count - 1);
        return _environments.GetProbability(environment);
    }

    /// <summary>Returns svec(G_e).</summary>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    public ReadOnlySpan<T> GetGradient(int environment)
    {
        Guard.InRange(environment, 0, Count - 1);
        return Memory(environment);
    }

    /// <summary>Adds (1/m) Σ ⟨X_i, B⟩X_i over the samples that G_e was made from: the derivative of G_e in the direction B.</summary>
    /// <param name="environment">0 to <see cref="Count"/> − 1.</param>
    /// <param name="matrix">svec(B).</param>
    /// <param name="result">p numbers; added to.</param>
    /// <param name="cancellation">Gives the result up.</param>
    /// <exception cref="ArgumentException">There is no such environment, or a length is not p, the memory overlaps, or B is not finite.</exception>
    /// <exception cref="NotSupportedException">The source is a draw, whose matrices cannot be applied again.</exception>
    public void Apply(int environment, ReadOnlySpan<T> matrix, Span<T> result, CancellationToken cancellation = default)
    {
        Guard.InRange(environment, 0, Count - 1);
        Guard.Length(matrix.Length, _source.SvecLength, nameof(matrix));
        Guard.Length(result.Length, _source.SvecLength, nameof(result));
        Guard.NoOverlap(matrix, result, nameof(matrix), nameof(result));
        Guard.AllFinite(matrix, nameof(matrix));
        if (!CanApply)
        {
            throw new NotSupportedException("The measurements are a draw, which cannot be applied to a second matrix; accepted are operators.");
        }

        SampleGroup<T> group = _groups[environment];
        _source.Apply(in group, matrix, result, cancellation);
    }

    internal void Begin(ReadOnlySpan<T> product)
    {
        product.CopyTo(_product);
        _gradients.AsSpan().Clear();
    }

    /// <summary>The memory of a gradient, and the samples that it is made from.</summary>
    internal Span<T> Add(int environment, in SampleGroup<T> group)
    {
        _groups[environment] = group;
        return Memory(environment);
    }

    private Span<T> Memory(int environment) => _gradients.AsSpan(environment * _source.SvecLength, _source.SvecLength);
}
