using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>One step of the shrinkage by hand: U ← (U − ηDU)/(1 − η(‖U‖² − τ)).</summary>
public class ShrinkageTests
{
    // ‖U‖² = 9 and η = 0.5: the denominators 0.25, 1 and 2, and 0 and below, which end the run.
    [Theory]
    [InlineData(7.5, 8)]
    [InlineData(9, 2)]
    [InlineData(11, 1)]
    [InlineData(7, double.PositiveInfinity)]
    [InlineData(6.9, double.PositiveInfinity)]
    [InlineData(0, double.PositiveInfinity)]
    public void AStepByHand(double trace, double expected)
    {
        double[] parameters = [3], direction = [2];
        new Shrinkage<double>(new Sgd<double>()).Apply(new UpdateStep<double>
        {
            Step = 0, StepSize = 0.5, Parameters = parameters, Direction = direction, SignalTrace = trace, Shapes = [new MatrixShape(1, 1)],
        });
        Assert.Equal(expected, parameters[0]);
    }
}
