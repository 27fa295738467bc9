using System.Reflection;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A batch with mini-batch noise on it says all that the batch alone says.</summary>
public class MiniBatchNoiseTests
{
    private const int D = 4, Rows = 60;

    private static readonly TrainingOptions Options = new()
    {
        Seed = 1, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(1e-3), InitialScale = 0.5, TruncationLevel = 1,
    };

    // A member that is not overridden would say what a batch says that knows nothing.
    [Fact]
    public void EveryMemberIsAskedOfTheOtherBatch()
    {
        MethodInfo[] members = typeof(Batch<double>).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        string[] forgotten =
        [
            .. members.Where(member => member.IsVirtual)
                .Select(member => typeof(MiniBatchNoise<double>).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .Single(own => own.GetBaseDefinition().MethodHandle == member.MethodHandle))
                .Where(own => own.DeclaringType != typeof(MiniBatchNoise<double>)).Select(own => own.Name),
        ];
        Assert.Empty(forgotten);
        Assert.Contains(members, member => member.Name == "get_SamplesLeftOut" && member.IsVirtual);
    }

    [Fact]
    public void ItSaysTheSameAfterAStep()
    {
        (Batch<double> bare, Batch<double> noisy) = (Create(isNoisy: false), Create(isNoisy: true));
        double[] product = Data.Uniform<double>(bare.Space.Length, 5);
        foreach (Batch<double> batch in new[] { bare, noisy })
        {
            batch.ComputeGradient(new BatchStep<double> { Step = 0, Product = product, Gradient = new double[product.Length], WantsResponseMean = true });
        }

        Assert.InRange(bare.SamplesLeftOut, 1, Rows - 1);
        Assert.Equal(bare.SamplesLeftOut, noisy.SamplesLeftOut);
        Assert.Equal((true, bare.ResponseMean), (noisy.HasResponseMean, noisy.ResponseMean));
        Assert.True(double.IsFinite(noisy.ResponseMean));
        Assert.Equal((bare.HasSigma, bare.HasResidualMean, bare.Algorithm), (noisy.HasSigma, noisy.HasResidualMean, noisy.Algorithm));
    }

    [Fact]
    public void TheShrinkageByTheResponsesTakesIt()
    {
        TrainingParts<double> parts = new() { UpdateRule = new Shrinkage<double>(new Sgd<double>(), TraceKind.ResponseMean) };
        Assert.Equal(TrainingStatus.Completed, new Trainer<double>(Create(isNoisy: true), Options, parts: parts).Run(3).Status);
    }

    private static Batch<double> Create(bool isNoisy)
    {
        MeasuredData<double> data = new(
            D, [new EnvironmentSamples<double>(Data.Uniform<double>(Rows * 10, 1), Data.Uniform<double>(Rows, 2))], order: RowOrder.WithReplacement);
        FullBatch<double> batch = new(data, Options with { TruncationLevel = 0.2 });
        return isNoisy ? new MiniBatchNoise<double>(batch, data, 2) : batch;
    }
}
