using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Data of one's own in svec and in square rows, and where they are kept.</summary>
public class OwnDataLayoutTests
{
    private static readonly TrainingOptions Options = new() { Seed = 4, Samples = 6, InitialScale = 0.3, StepSize = StepSizeSchedule.Constant(0.01) };

    [Fact]
    public void BothLayoutsGiveTheSameBits()
        => Properties.Check(
            Properties.Between(1, 12),
            d =>
            {
                OwnData data = OwnData.Make(d, d, 9, 7);
                Assert.True(Data.SameBits<double>(
                    Train(data.Measured<double>(layout: MeasurementLayout.Square)), Train(data.Measured<double>(layout: MeasurementLayout.Svec))));
            },
            trials: 12);

    // On a grid of 1/64, on which sums and halves are exact.
    [Fact]
    public void AnAsymmetricMatrixCountsAsItsSymmetricPart()
    {
        const int D = 5, N = 8;
        double[] any = [.. Data.Uniform<double>(N * D * D, 3).Select(value => Math.Round(64 * value) / 64)], symmetric = new double[any.Length];
        double[] responses = Data.Uniform<double>(N, 4);
        for (int i = 0; i < any.Length; i++)
        {
            (int sample, int row, int column) = (i / (D * D), i / D % D, i % D);
            symmetric[i] = (any[i] + any[(sample * D * D) + (column * D) + row]) / 2;
        }

        Assert.NotEqual(any, symmetric);
        Assert.True(Data.SameBits<double>(
            Train(new MeasuredData<double>(D, [new(any, responses)], MeasurementLayout.Square)),
            Train(new MeasuredData<double>(D, [new(symmetric, responses)], MeasurementLayout.Square))));
    }

    // What the caller changes before the run is what the run sees: the memory is not copied. Square rows are packed when they come.
    [Fact]
    public void SvecRowsAreReadWhereTheyAre()
    {
        OwnData data = OwnData.Make(5, 1, 9, 7), other = OwnData.Make(5, 2, 9, 7);
        double[] expected = Train(other.Measured<double>(layout: MeasurementLayout.Svec)), unchanged = Train(data.Measured<double>());
        foreach (MeasurementLayout layout in new[] { MeasurementLayout.Svec, MeasurementLayout.Square })
        {
            (double[] Rows, double[] Responses)[] memory =
                [.. data.Samples<double>(layout).Select(samples => (samples.Measurements.ToArray(), samples.Responses.ToArray()))];
            MeasuredData<double> measured = new(5, [.. memory.Select(part => new EnvironmentSamples<double>(part.Rows, part.Responses))], layout);
            EnvironmentSamples<double>[] changed = other.Samples<double>(layout);
            for (int e = 0; e < 2; e++)
            {
                changed[e].Measurements.CopyTo(memory[e].Rows);
                if (layout == MeasurementLayout.Svec)
                {
                    changed[e].Responses.CopyTo(memory[e].Responses);
                }
            }

            Assert.True(Data.SameBits<double>(layout == MeasurementLayout.Svec ? expected : unchanged, Train(measured)), layout.ToString());
        }
    }

    // Memory of the caller that lies in the middle of an array of his own.
    [Fact]
    public void AnyMemoryWillDo()
    {
        OwnData data = OwnData.Make(4, 1, 9, 7);
        EnvironmentSamples<double>[] samples = data.Samples<double>(MeasurementLayout.Svec);
        double[] all = [double.NaN, .. samples[0].Measurements.ToArray(), .. samples[1].Measurements.ToArray(), double.NaN];
        EnvironmentSamples<double>[] parts =
            [new(all.AsMemory(1, 90), samples[0].Responses), new(all.AsMemory(91, 70), samples[1].Responses)];
        Assert.True(Data.SameBits<double>(Train(new MeasuredData<double>(4, samples)), Train(new MeasuredData<double>(4, parts))));
    }

    private static double[] Train(MeasuredData<double> data)
    {
        HeteroSgd<double> trainer = new(data, Options);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(8).Status);
        double[] estimate = new double[data.Dimension * data.Dimension];
        trainer.CopyEstimate(new MatrixSpan<double>(estimate, data.Dimension, data.Dimension));
        double[] factor = trainer.Factor.Data.ToArray(), plain = PlainMatrix.Gram(factor, data.Dimension);
        Assert.InRange(PlainMatrix.Distance(estimate, plain), 0, 1e-14);
        return factor;
    }
}
