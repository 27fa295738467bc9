using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Environments;

/// <summary>Environments with entries off the diagonal. Statistical checks have a false-alarm rate of 1e-5.</summary>
public class OffDiagonalTests
{
    private const int Draws = 20_000;

    [Fact]
    public void ALabelIsTheDiagonalThenTheEntriesRowByRow()
    {
        OffDiagonalEnvironments environments = new(DiagonalEnvironments.Uniform(3, 0.5, 2, ownDraws: true), 4);
        Assert.Equal((6, 6, null), (environments.Scalars, environments.LabelLength, environments.Count));
        double[] sigma = new double[9], label = new double[6], uniform = new double[6];
        RandomStream stream = new(3, StreamPurpose.Environments, 8);
        Assert.Equal(-1, environments.Draw(stream, sigma, label));
        Assert.Equal([label[0], label[3], label[4], label[3], label[1], label[5], label[4], label[5], label[2]], sigma);
        stream.FillUniform(0, uniform);
        Assert.Equal([.. uniform.Select((u, j) => j < 3 ? 0.5 + (2 * ((2 * u) - 1)) : 4 * ((2 * u) - 1))], label);

        OffDiagonalEnvironments shared = new(DiagonalEnvironments.Uniform(3, 0.5, 2), 4);
        shared.Draw(stream, sigma, label[..4]);
        Assert.Equal(4, shared.Scalars);
        Assert.Equal(sigma[0], sigma[8]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheDiagonalIsThatWithoutTheEntries(bool twoPoint)
    {
        DiagonalEnvironments diagonal = twoPoint ? DiagonalEnvironments.TwoPoint(3, 1, 5, ownDraws: true) : DiagonalEnvironments.Uniform(3, 1, 5, ownDraws: true);
        OffDiagonalEnvironments environments = new(diagonal, 2), none = new(diagonal, 0);
        double[] expected = new double[9], sigma = new double[9], zero = new double[9];
        for (int step = 0; step < 30; step++)
        {
            RandomStream stream = new(3, StreamPurpose.Environments, step);
            diagonal.Draw(stream, expected, new double[3]);
            environments.Draw(stream, sigma, new double[6]);
            none.Draw(stream, zero, new double[6]);
            Assert.Equal([expected[0], expected[4], expected[8]], [sigma[0], sigma[4], sigma[8]]);
            Assert.All(expected.Zip(zero), pair => Assert.Equal(0, pair.First - pair.Second));
        }

        double[] mean = new double[9];
        environments.CopyMean(mean);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], mean);
    }

    [Fact]
    public void TwoPointDrawsEveryEnvironmentOfItsListEquallyOften()
    {
        OffDiagonalEnvironments environments = new(DiagonalEnvironments.TwoPoint(3, 1, 5), 2);
        Assert.Equal(16, environments.Count);
        long[] counts = new long[16];
        double[] sigma = new double[9], byIndex = new double[9], label = new double[4], labelByIndex = new double[4];
        for (int step = 0; step < Draws; step++)
        {
            int index = environments.Draw(new RandomStream(2, StreamPurpose.Environments, step), sigma, label);
            environments.CopyMatrix(index, byIndex);
            environments.CopyLabel(index, labelByIndex);
            Assert.Equal(byIndex, sigma);
            Assert.Equal(labelByIndex, label);
            Assert.True(sigma[1] is 2 or -2 && sigma[1] == sigma[3] && sigma[0] is 6 or -4);
            counts[index]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [.. counts.Select(_ => Draws / 16.0)]) > 1e-5);
        Assert.Equal(1.0 / 16, environments.GetProbability(3));
    }

    [Fact]
    public void UniformIsUniformOffTheDiagonal()
    {
        OffDiagonalEnvironments environments = new(DiagonalEnvironments.Uniform(2, 1, 5), 3);
        double[] sigma = new double[4], label = new double[2], sample = new double[Draws];
        for (int step = 0; step < Draws; step++)
        {
            environments.Draw(new RandomStream(4, StreamPurpose.Environments, step), sigma, label);
            sample[step] = sigma[1];
        }

        Assert.True(PlainStatistics.KolmogorovSmirnov(sample, o => Math.Clamp((o + 3) / 6, 0, 1)) > 1e-5);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        DiagonalEnvironments diagonal = DiagonalEnvironments.TwoPoint(2, 1, 1);
        Assert.Contains(
            "order 1; accepted is 2 or more",
            Assert.Throws<ArgumentException>(() => new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(1, 1, 1), 1)).Message,
            StringComparison.Ordinal);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new OffDiagonalEnvironments(diagonal, -1)).ParamName);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new OffDiagonalEnvironments(diagonal, double.NaN)).ParamName);
        Assert.Throws<ArgumentNullException>(() => new OffDiagonalEnvironments(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OffDiagonalEnvironments(diagonal, 1).CopyLabel(4, new double[2]));
        Assert.Throws<ArgumentException>(() => new OffDiagonalEnvironments(diagonal, 1).CopyLabel(3, new double[1]));
    }
}
