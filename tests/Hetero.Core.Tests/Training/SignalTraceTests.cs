using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A rule that shrinks by the trace of the signals, with batches that cannot say them.</summary>
public class SignalTraceTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20, InitialScale = 0.1 };
    private static readonly EnvironmentDistribution Environments = DiagonalEnvironments.TwoPoint(2, 1, 2);

    [Theory]
    [InlineData(TraceKind.Known)]
    [InlineData(TraceKind.OperatorNorm)]
    public void AnObjectiveHasNoSignalsOfItsOwn(TraceKind kind)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new PooledGd<double>(Runs.Problem(), Environments, new RankOneMeasurements<double>(7, 1), Options, parts: Parts(kind), objective: new Sweep.Parts.Squares<double>()));
        Assert.Equal("parts.UpdateRule", refusal.ParamName);
        Assert.Contains("no objective", refusal.Message, StringComparison.Ordinal);
    }

    // Only its first step shows that a batch of one's own says no Σ: the iterate was not touched by then.
    [Theory]
    [InlineData(TraceKind.Known)]
    [InlineData(TraceKind.OperatorNorm)]
    public void ABatchThatSaysNoSignalsLeavesTheTrainerAsItWas(TraceKind kind)
    {
        Trainer<double> trainer = new(new Silent(), Options, parts: Parts(kind));
        double[] before = trainer.Parameters.ToArray();
        for (int i = 0; i < 2; i++)
        {
            Assert.Contains("Own", Assert.Throws<InvalidOperationException>(() => trainer.Run(1)).Message, StringComparison.Ordinal);
            Assert.Equal((false, 0), (trainer.HasFailed, trainer.Step));
            Assert.Equal(before, trainer.Parameters.ToArray());
        }
    }

    private static TrainingParts<double> Parts(TraceKind kind) => new() { UpdateRule = new Shrinkage<double>(new Sgd<double>(), kind) };

    private sealed class Silent() : Batch<double>(7)
    {
        private static readonly SignalModel<double> Model = new(Runs.Problem());

        public override string Algorithm => "Own";

        public override TrainingOptions Options => SignalTraceTests.Options;

        public override SignalModel<double> Signals => Model;

        public override EnvironmentDistribution Environments => SignalTraceTests.Environments;

        public override void ComputeGradient(in BatchStep<double> step) => step.Gradient.Fill(1);

        public override void Describe(PartDescription description)
        {
        }
    }
}
