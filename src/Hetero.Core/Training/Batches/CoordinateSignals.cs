using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>A* + V*Σ^(e)V*ᵀ measured by a source in coordinates, which is asked about svec(M − A* − V*Σ^(e)V*ᵀ).</summary>
/// <remarks>Owns svec(M − A*), and once M − A* is measured, too, four times as many numbers for both matrices and their results.</remarks>
internal sealed class CoordinateSignals<T>(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, double? level)
    : BatchData<T>(environments, source, level)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _common = new T[source.SvecLength];
    private T[]? _joint;

    public override SignalModel<T> Signals => signals;

    public override bool HasPopulationGradient => !IsTruncated;

    public override ReadOnlySpan<T> Argument(ReadOnlySpan<double> sigma, ReadOnlySpan<T> product, Span<T> memory, CancellationToken cancellation)
    {
        signals.WriteResidual(product, sigma, memory, cancellation);
        return memory;
    }

    public override void AddAlone(in SampleGroup<T> group, ReadOnlySpan<double> sigma, Span<T> memory, in BatchStep<T> step)
    {
        Span<T> residual = HasPopulationGradient ? step.PopulationGradient : memory;
        signals.WriteResidual(step.Product, sigma, residual, step.Cancellation);
        if (step.InvariantGradient.IsEmpty)
        {
            Source.Accumulate(in group, residual, step.Gradient, step.Cancellation);
        }
        else
        {
            AccumulateJointly(in group, residual, in step);
        }

        if (HasPopulationGradient)
        {
            Source.ToMean(residual);
        }
    }

    public override void WriteMean(ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
        if (HasPopulationGradient)
        {
            signals.WriteResidual(step.Product, sigma, step.PopulationGradient, step.Cancellation);
            Source.ToMean(step.PopulationGradient);
        }
    }

    public override void AddMean(ReadOnlySpan<double> sigma, in BatchStep<T> step) => TensorPrimitives.Add(step.Gradient, step.PopulationGradient, step.Gradient);

    public override void WriteDirection(ReadOnlySpan<double> sigma, Span<T> direction) => signals.AddSpurious(sigma, T.One, direction);

    public override void AddMixture(in SampleGroup<T> group, in BatchStep<T> step)
    {
        TensorPrimitives.Subtract(step.Product, signals.Signal, _common);
        Source.Accumulate(in group, _common, step.Gradient, step.Cancellation);
    }

    private protected override void DescribeTarget(PartDescription description) => DescribeSignals(description, signals.Problem);

    /// <summary>The gradient of M − A* − A^(e) and that of M − A* from the same X_i, in one call, as a draw has its X_i in one call alone.</summary>
    private void AccumulateJointly(in SampleGroup<T> group, ReadOnlySpan<T> residual, in BatchStep<T> step)
    {
        int length = residual.Length;
        _joint ??= new T[Guard.ArrayLength(4, length, nameof(step))];
        Span<T> matrices = _joint.AsSpan(0, 2 * length), results = _joint.AsSpan(2 * length);
        residual.CopyTo(matrices);
        TensorPrimitives.Subtract(step.Product, signals.Signal, matrices[length..]);
        step.Gradient.CopyTo(results);
        step.InvariantGradient.CopyTo(results[length..]);
        Source.Accumulate(in group, matrices, results, step.Cancellation);
        results[..length].CopyTo(step.Gradient);
        results[length..].CopyTo(step.InvariantGradient);
    }
}
