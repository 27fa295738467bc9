using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace YourParts;

/// <summary>Σ^(e) = s·I, s of a triangular law on [mean − M, mean + M]: the sum of two uniform numbers.</summary>
public sealed class TriangularEnvironments(int rank, double mean, double spread) : EnvironmentDistribution(rank)
{
    public override int LabelLength => 1;

    public override double LargestEntry => Math.Abs(mean) + spread;

    public override void CopyMean(Span<double> sigma) => Diagonal(mean, sigma);

    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        Span<double> uniform = stackalloc double[2];
        stream.FillUniform(0, uniform);
        label[0] = mean + (spread * (uniform[0] + uniform[1] - 1));
        Diagonal(label[0], sigma);
        return -1;
    }

    public override void Describe(PartDescription description)
    {
        description.Add("environments", "triangular");
        description.Add("mean", mean);
        description.Add("spread", spread);
    }

    private void Diagonal(double value, Span<double> sigma)
    {
        sigma.Clear();
        for (int i = 0; i < Rank; i++)
        {
            sigma[i * (Rank + 1)] = value;
        }
    }
}
