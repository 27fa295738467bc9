using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>A* + V*Σ^(e)V*ᵀ measured by a source in factored form, which is asked about D in the factors [U, U*, V*] and gives G·U, d×k.</summary>
/// <remarks>No d×d matrix is made; the mean of a gradient, which would be one, is known applied to U alone.</remarks>
internal sealed class FactoredSignals<T> : BatchData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SignalModel<T> _signals;

    // The mean is no draw of the source's, unless that measures the mean itself.
    private readonly MeasurementSource<T> _mean;
    private readonly double[] _noSigma;

    public FactoredSignals(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, double? level)
        : base(environments, source, level)
    {
        _signals = signals;
        _noSigma = new double[environments.Rank * environments.Rank];
        _mean = source.IsPopulation ? source : new FactoredPopulationMeasurements<T>(source.Dimension);
    }

    public override SignalModel<T> Signals => _signals;

    public override int DirectionLength => _noSigma.Length;

    public override Int128 BytesOfMean(in RunSizes sizes) => ReferenceEquals(_mean, Source) ? 0 : _mean.BufferBytes(in sizes);

    public override ReadOnlySpan<T> Argument(ReadOnlySpan<double> sigma, ReadOnlySpan<T> product, Span<T> memory, CancellationToken cancellation)
        => throw new NotSupportedException($"Residuals of {Source.Space} have no coordinates.");

    public override void Add(in SampleGroup<T> group, ReadOnlySpan<double> sigma, Span<T> memory, in BatchStep<T> step) => AddPanel(Source, in group, sigma, in step);

    public override void AddMean(ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
        SampleGroup<T> group = new() { Step = step.Step, Count = 1, Scale = 1 };
        AddPanel(_mean, in group, sigma, in step);
    }

    public override void WriteDirection(ReadOnlySpan<double> sigma, Span<T> direction)
    {
        for (int i = 0; i < sigma.Length; i++)
        {
            direction[i] = T.CreateTruncating(sigma[i]);
        }
    }

    public override void AddMixture(in SampleGroup<T> group, in BatchStep<T> step) => AddPanel(Source, in group, _noSigma, in step);

    private protected override void DescribeTarget(PartDescription description) => DescribeSignals(description, _signals.Problem);

    private void AddPanel(MeasurementSource<T> source, in SampleGroup<T> group, ReadOnlySpan<double> sigma, in BatchStep<T> step)
    {
        FactoredResidual<T> residual = new()
        {
            Factor = step.Factor,
            InvariantBasis = _signals.InvariantBasis,
            Eigenvalues = _signals.Problem.Eigenvalues,
            SpuriousBasis = _signals.SpuriousBasis,
            Sigma = sigma,
            HasProblemBases = true,
            HasFiniteFactor = step.HasFiniteFactor,
        };
        source.AccumulatePanel(in group, in residual, step.Panel, step.Cancellation);
    }
}
