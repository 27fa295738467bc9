using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>Data of one's own: the source has the responses, is asked about M itself, and gives Σ (⟨X_i, M⟩ − y_i)X_i.</summary>
internal sealed class OwnData<T>(MeasuredData<T> data, double? level) : BatchData<T>(DataEnvironments.Of(data), data, level)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool IsMeasured => true;

    public override ReadOnlySpan<T> Argument(ReadOnlySpan<double> sigma, ReadOnlySpan<T> product, Span<T> memory, CancellationToken cancellation) => product;

    public override void AddMean(ReadOnlySpan<double> sigma, in BatchStep<T> step) => throw new NotSupportedException("Data of one's own have no law that a mean is taken over.");

    public override long SamplesOf(int environment, long samples)
        => samples != TrainingOptions.AllRows ? samples : data.GetSampleCount(environment);

    public override int? RowsOf(int environment) => data.RowOrder != RowOrder.WithReplacement ? data.GetSampleCount(environment) : null;

    private protected override void DescribeTarget(PartDescription description) => data.DescribeParts(description);
}
