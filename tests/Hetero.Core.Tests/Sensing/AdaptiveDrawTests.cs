using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>
/// A second matrix that follows from the first result: the exact law draws both as explicit measurements give them. Two-sample Kolmogorov–Smirnov tests; over seeds the class raises a false
/// alarm with probability 1e-4 at most.
/// </summary>
public class AdaptiveDrawTests
{
    private const int D = 4, Draws = 6000, Comparisons = 10;
    private const double Level = 1e-4 / (Comparisons * MeasurementLaw.Functionals);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(16, 0)]
    [InlineData(1, 0.7)]
    [InlineData(2, 0.7)]
    [InlineData(4, 0.7)]
    [InlineData(16, 0.7)]
    public void HasTheLawOfExplicitMeasurements(int samples, double noise)
        => Assert.True(SmallestPValue(samples, noise, secondGroup: 0) > Level);

    // The control: measurements of their own for the second matrix are another law.
    [Fact]
    public void IndependentMeasurementsAreAnotherLaw() => Assert.True(SmallestPValue(4, 0, secondGroup: 1) < Level);

    [Fact]
    public void TheFirstResultIsTheSameWithTheSecondMatrixAndWithout()
    {
        double[] residual = Data.Uniform<double>(10, 5), alone = new double[10], both = new double[20];
        foreach (double noise in new[] { 0, 0.3 })
        {
            ExactLawMeasurements<double> source = new(D, 3);
            SampleGroup<double> group = new() { Step = 2, Count = 7, Scale = 1.0 / 7, NoiseDeviation = noise };
            Array.Clear(alone);
            Array.Clear(both);
            source.Accumulate(in group, residual, alone);
            source.Accumulate(in group, [.. residual, .. alone], both);
            Assert.Equal(alone, both[..10]);
        }
    }

    private static double SmallestPValue(int samples, double noise, int secondGroup)
    {
        double[] residual = Data.Uniform<double>(10, 5), matrices = [.. residual, .. residual];
        ExactLawMeasurements<double> exact = new(D, 11);
        RegeneratedMeasurements<double> regenerated = new(D, 12);
        double[][] drawn = MeasurementLaw.Sample(D, matrices, Draws, (i, result) => Draw(exact, i, result, secondGroup));
        double[][] explicitly = MeasurementLaw.Sample(D, matrices, Draws, (i, result) => Draw(regenerated, i, result, 0));
        return MeasurementLaw.SmallestPValue(drawn, explicitly);

        void Draw(MeasurementSource<double> source, int step, double[] result, int group)
        {
            SampleGroup<double> first = new() { Step = step, Count = samples, Scale = 1.0 / samples, NoiseDeviation = noise };
            double[] gradient = new double[10], again = new double[20];
            source.Accumulate(in first, residual, gradient);
            SampleGroup<double> second = first with { Group = group };
            source.Accumulate(in second, [.. residual, .. gradient], again);
            gradient.CopyTo(result, 0);
            again[10..].CopyTo(result, 10);
        }
    }
}
