using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What leaves the range of the precision anywhere in a step ends the run as diverged: never as completed, never in an exception.</summary>
public class OverflowOutcomeTests
{
    private const int D = 3;
    private static readonly TrainingOptions Options = new()
    {
        Seed = 1, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(0.05), InitialScale = 1e-2,
    };

    [Fact]
    public void SquaresOfAdamThatOverflow()
    {
        HeteroSgd<double> trainer = new(Data(1e170), Options, parts: new() { UpdateRule = new Adam<double>() });
        Assert.Equal(new TrainingOutcome(TrainingStatus.Diverged, 1), trainer.Run(50));
        HeteroSgd<double> calm = new(Data(1), Options, parts: new() { UpdateRule = new Adam<double>() });
        Assert.Equal(TrainingStatus.Completed, calm.Run(50).Status);
    }

    // The sums of two rows' products leave the range: an infinite direction has a sign, but is no step.
    [Fact]
    public void DirectionsOfSignDescentThatOverflow()
    {
        foreach (double momentum in new[] { 0, 0.5 })
        {
            HeteroSgd<double> trainer = new(
                Data(1.7e308), Options, parts: new() { Model = new DirectModel<double>(D, Options), UpdateRule = new SignDescent<double>(momentum) });
            Assert.Equal(new TrainingOutcome(TrainingStatus.Diverged, 1), trainer.Run(50));
        }
    }

    [Fact]
    public void AMatrixThatOverflowsWhereItsParametersDoNot()
    {
        HeteroSgd<double> trainer = new(Data(1), Options with { StepSize = StepSizeSchedule.Constant(1), InitialScale = 1e-3 }, parts: new() { Model = new Power(1.5, 1000) });
        Assert.Equal(TrainingStatus.Diverged, trainer.Run(50).Status);
        Assert.True(trainer.HasDiverged);
        Assert.Equal("parts.Model", Assert.Throws<ArgumentException>(
            () => new HeteroSgd<double>(Data(1), Options with { InitialScale = 1e-3 }, parts: new() { Model = new Power(3, 1000) })).ParamName);
    }

    // Decay inside decay is not decay once.
    [Fact]
    public void ARuleTwiceIsAnotherRunThanOnce()
    {
        DecoupledWeightDecay<double> once = new(new Sgd<double>(), 0.5);
        using MemoryStream saved = new();
        new HeteroSgd<double>(Data(1), Options, parts: new() { UpdateRule = new DecoupledWeightDecay<double>(once, 0.5) }).Save(saved);
        saved.Position = 0;
        Assert.Equal("weightDecay", Assert.Throws<RunMismatchException>(
            () => new HeteroSgd<double>(Data(1), Options, parts: new() { UpdateRule = once }).Restore(saved)).Name);
    }

    private static MeasuredData<double> Data(double size)
        => new(D, [new(new double[] { 1, 0, 1, 0, 0, 1, 2, 0, 1, 1, 0, 0 }, new[] { size, -size })]);

    /// <summary>M = θⁿ·I.</summary>
    private sealed class Power(double start, int exponent) : Model<double>(D, [new MatrixShape(1, 1)])
    {
        public override void Start(Span<double> parameters, CancellationToken cancellation = default) => parameters[0] = start;

        public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default)
        {
            svec.Clear();
            for (int i = 0; i < D; i++)
            {
                svec[Svec.IndexOf(i, i)] = Math.Pow(parameters[0], exponent);
            }
        }

        public override void PullBack(
            ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default)
            => direction[0] = -1;

        public override void Describe(PartDescription description) => description.Add("model", "power");
    }
}
