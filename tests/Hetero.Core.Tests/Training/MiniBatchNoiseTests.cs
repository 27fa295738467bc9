using System.Reflection;
using Hetero.Core.Random;
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

    // G + δ·Σ_e π_e·(G_B − G_B'), the mini-batches of each environment in loops over their rows.
    [Fact]
    public void EveryEnvironmentHasItsWeight()
    {
        const int P = 10, B = 3, Step = 2;
        const double Factor = 0.7;
        double[] weights = [0.85, 0.15], product = Data.Uniform<double>(P, 5), expected = new double[P], found = new double[P];
        double[][] rows = [Data.Uniform<double>(Rows * P, 1), Data.Uniform<double>(40 * P, 2)], responses = [Data.Uniform<double>(Rows, 3), Data.Uniform<double>(40, 4)];
        EnvironmentSamples<double>[] samples = [new(rows[0], responses[0]), new(rows[1], responses[1])];
        MeasuredData<double> data = new(D, samples, probabilities: weights, order: RowOrder.WithReplacement, seed: 11);
        FullBatch<double> batch = new(data, Options with { TruncationLevel = null });
        batch.ComputeGradient(new BatchStep<double> { Step = Step, Product = product, Gradient = expected });
        new MiniBatchNoise<double>(batch, data, B, Factor).ComputeGradient(new BatchStep<double> { Step = Step, Product = product, Gradient = found });
        double size = 0;
        for (int e = 0; e < 2; e++)
        {
            for (int copy = 0; copy < 2; copy++)
            {
                RandomSequence taken = new(new RandomStream(11, StreamPurpose.Rows, Step, RandomStream.MaxSubstream - (2 * e) - copy));
                for (int k = 0; k < B; k++)
                {
                    int row = (int)taken.NextBelow(responses[e].Length);
                    double[] x = rows[e][(row * P)..((row + 1) * P)];
                    double residual = x.Zip(product, (a, b) => a * b).Sum() - responses[e][row];
                    for (int j = 0; j < P; j++)
                    {
                        double part = (copy == 0 ? Factor : -Factor) * weights[e] * residual * x[j] / B;
                        expected[j] += part;
                        size += Math.Abs(part);
                    }
                }
            }
        }

        Assert.True(size > 0.1);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void TheShrinkageByTheResponsesTakesIt()
    {
        TrainingParts<double> parts = new() { UpdateRule = new Shrinkage<double>(new Sgd<double>(), TraceKind.ResponseMean) };
        Assert.Equal(TrainingStatus.Completed, new Trainer<double>(Create(isNoisy: true), Options with { TruncationLevel = 0.2 }, parts: parts).Run(3).Status);
    }

    private static Batch<double> Create(bool isNoisy)
    {
        MeasuredData<double> data = new(
            D, [new EnvironmentSamples<double>(Data.Uniform<double>(Rows * 10, 1), Data.Uniform<double>(Rows, 2))], order: RowOrder.WithReplacement);
        FullBatch<double> batch = new(data, Options with { TruncationLevel = 0.2 });
        return isNoisy ? new MiniBatchNoise<double>(batch, data, 2) : batch;
    }
}
