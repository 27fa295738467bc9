using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Environments;

/// <summary>The environments of data of one's own: a list with probabilities, of which no Σ^(e) is known. A label is the 0-based index.</summary>
internal sealed class DataEnvironments : EnvironmentDistribution
{
    private readonly double[] _probabilities;

    private DataEnvironments(double[] probabilities) => _probabilities = probabilities;

    public override int? Count => _probabilities.Length;

    public override int LabelLength => 1;

    public override double LargestEntry => 0;

    public static DataEnvironments Of<T>(MeasuredData<T> data)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => new([.. Enumerable.Range(0, data.MeasurementSets).Select(data.GetProbability)]);

    public override double GetProbability(int index)
    {
        CheckIndex(index);
        return _probabilities[index];
    }

    public override void CopyMatrix(int index, Span<double> sigma) => CheckMatrix(sigma);

    public override void CopyLabel(int index, Span<double> label)
    {
        CheckIndex(index);
        Guard.Length(label.Length, LabelLength, nameof(label));
        label[0] = index;
    }

    public override void CopyMean(Span<double> sigma) => CheckMatrix(sigma);

    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        CheckMatrix(sigma);
        Guard.Length(label.Length, LabelLength, nameof(label));
        stream.FillUniform(0, label);
        int index = Probabilities.IndexOf(_probabilities, label[0]);
        label[0] = index;
        return index;
    }

    // The data describe themselves, with their probabilities.
    public override void Describe(PartDescription description)
    {
    }
}
