using Hetero.Core.Theory.Networks;
using Xunit;

namespace Hetero.Core.Theory.Tests.Networks;

public class NetworkSettingTests
{
    // By hand: r = 1: log(1 + 0.45/1.275) and log|1 − 0.35/0.875|; r = 2: log(1 + 0.45/1.55) and log|1 − 0.35/0.75|.
    [Theory]
    [InlineData(1, 1.352941176, 0.6)]
    [InlineData(2, 1.290322581, 0.533333333)]
    public void GrowthIsTheMeanLogarithm(int rank, double up, double down)
        => Assert.Equal((Math.Log(up) + Math.Log(down)) / 2, NetworkSetting.Growth(rank), 1e-8);

    // The algorithm itself at m = ∞ with orthonormal neurons, (I − 2η/(1 − η·tr D)·D)U from a small U, seen on each variant neuron: as many steps
    // up as down, so that the mean logarithm is no estimate.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EachVariantNeuronHasThatExponent(int rank)
    {
        double[] squares = new double[2 * rank];
        Array.Fill(squares, 1e-40);
        const int Steps = 20;
        for (int step = 0; step < Steps; step++)
        {
            double weight = NetworkSetting.Mean + (step % 2 == 0 ? NetworkSetting.Spread : -NetworkSetting.Spread);
            double[] residual = [.. squares.Select((square, j) => square - (j < rank ? 1 : weight))];
            double rate = 2 * NetworkSetting.StepSize / (1 - (NetworkSetting.StepSize * residual.Sum()));
            squares = [.. squares.Select((square, j) => square * Math.Pow(1 - (rate * residual[j]), 2))];
        }

        for (int j = rank; j < 2 * rank; j++)
        {
            Assert.Equal(Math.Log(squares[j] / 1e-40) / 2 / Steps, NetworkSetting.Growth(rank), 1e-12);
        }
    }

    // The hypothesis of a check is that of its own rank.
    [Fact]
    public void ThePrintedCheckHasTheGrowthOfItsRank()
    {
        Inequality hypothesis = new Theorem7Printed().Check(TheoryInstance.Draw(1, 0)).Hypotheses[^1];
        Assert.Equal(-0.19, hypothesis.Left, 0.005);
    }
}
