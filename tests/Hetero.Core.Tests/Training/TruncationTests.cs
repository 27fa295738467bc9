using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Samples with a prediction above a level are left out, of vectors as of matrices, at levels that the precision holds.</summary>
public class TruncationTests
{
    private const int D = 7, Rows = 40;

    // v ← v − η·2v⊙g with g = (1/n) Σ (⟨x, v⊙v⟩ − y)x over the rows with ⟨x, v⊙v⟩ ≤ R.
    [Fact]
    public void OfVectorsAStepIsThePlainOne()
    {
        const double Level = 0.1, StepSize = 0.05;
        double[] x = Data.Uniform<double>(Rows * D, 1), y = Data.Uniform<double>(Rows, 2), v = [.. Enumerable.Repeat(0.6, D)];
        TrainingOptions options = new()
        {
            Seed = 1, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(StepSize), TruncationLevel = Level,
        };
        MeasuredData<double> data = new(D, [new EnvironmentSamples<double>(x, y)], MeasurementLayout.Vector);
        FullBatch<double> batch = new(data, options);
        Trainer<double> trainer = new(batch, options, parts: new() { Model = new SquareModel<double>(D, 0.6) });
        for (int step = 0; step < 5; step++)
        {
            double[] gradient = new double[D];
            int cut = 0;
            for (int i = 0; i < Rows; i++)
            {
                double prediction = Enumerable.Range(0, D).Sum(j => x[(i * D) + j] * v[j] * v[j]);
                if (prediction > Level)
                {
                    cut++;
                    continue;
                }

                for (int j = 0; j < D; j++)
                {
                    gradient[j] += (prediction - y[i]) * x[(i * D) + j] / Rows;
                }
            }

            for (int j = 0; j < D; j++)
            {
                v[j] -= StepSize * gradient[j] * v[j];
            }

            Assert.Equal(TrainingStatus.Completed, trainer.Advance());
            Assert.Equal(cut, batch.SamplesLeftOut);
            Assert.InRange(cut, 1, Rows - 1);
            Assert.All(v.Zip(trainer.Parameters.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        }
    }

    [Fact]
    public void ALevelThatThePrecisionDoesNotHoldIsRefused()
    {
        Refused<float>(1e-50);
        Refused<float>(1e39);
        Refused<float>(1e-40);
        Refused<double>(1e-310);
        Refused<double>(double.PositiveInfinity);
        Assert.True(Create<double>(1e-50).IsTruncated);
        Assert.True(Create<float>(1e38).IsTruncated);

        static void Refused<T>(double level)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => Assert.Equal("options.TruncationLevel", Assert.ThrowsAny<ArgumentException>(() => Create<T>(level)).ParamName);

        static BatchData<T> Create<T>(double level)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => TrainingCheck.Checked(
                new Hetero.Core.Problems.SignalModel<T>(Runs.Problem()),
                DiagonalEnvironments.TwoPoint(2, 1, 2),
                new RankOneMeasurements<T>(7, 1),
                new TrainingOptions { Seed = 1, Samples = 20, TruncationLevel = level });
    }
}
