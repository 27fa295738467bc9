using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Inputs x of X = xxᵀ as data of one's own, where the plain loop's sizes are too small to show: ranges and tiles, threads, memory, risks, and what is refused.</summary>
[Collection(Allocations.Collection)]
public class OwnDataRankOneTests
{
    private const int D = 23, Rows = 1700;
    private static readonly TrainingOptions Options = new() { Seed = 4, FactorColumns = 3, Samples = 1300, InitialScale = 0.2, StepSize = StepSizeSchedule.Constant(0.01) };

    // Stored inputs without noise measure M itself; responses of 0 measure the same.
    [Theory]
    [InlineData(RowOrder.InTurn)]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.WithReplacement)]
    public void WithoutResponsesTheyAreStoredInputsBitForBit(RowOrder order)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] inputs = Data.Uniform<T>(Rows * D, 5), matrix = Data.Uniform<T>(Svec.Length(D), 6);
            StoredRankOneMeasurements<T> stored = new(D, inputs, seed: 7, order: order);
            MeasuredData<T> data = new(D, [new(inputs, new T[Rows])], MeasurementLayout.RankOne, order: order, seed: 7);
            T[] expected = new T[matrix.Length], found = new T[matrix.Length];
            for (int step = 0; step < 3; step++)
            {
                SampleGroup<T> group = new() { Step = step, Count = 1300, BatchSize = 1300, RowsBefore = 1300 * step, Scale = 1.0 / 1300 };
                stored.Accumulate(in group, matrix, expected);
                data.Accumulate(in group, matrix, found);
                Assert.True(Data.SameBits<T>(expected, found), $"step {step}");
            }
        }
    }

    [Theory]
    [InlineData(RowOrder.InTurn)]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.WithReplacement)]
    public void ManyTilesGiveTheSameBitsOnAnyTeam(RowOrder order)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] alone = Train(null);
            foreach (int degree in new[] { 2, 3 })
            {
                using WorkerTeam team = new(degree);
                Assert.True(Data.SameBits<T>(alone, Train(team)), $"{degree} threads");
            }

            T[] Train(WorkerTeam? team)
            {
                MeasuredData<T> data = Make<T>(order, team);
                HeteroSgd<T> trainer = new(data, Options, team);
                Assert.Equal(TrainingStatus.Completed, trainer.Run(6).Status);
                return trainer.Parameters.ToArray();
            }
        }
    }

    // Environments of 1,300 rows and more, whole ones and batches: whichever comes first, no later step allocates.
    [Theory]
    [InlineData(RowOrder.InTurn, 1300)]
    [InlineData(RowOrder.Shuffled, 1300)]
    [InlineData(RowOrder.WithReplacement, 1300)]
    [InlineData(RowOrder.Shuffled, TrainingOptions.AllRows)]
    public void AStepAllocatesNothing(RowOrder order, long samples)
    {
        foreach (int seed in new[] { 1, 2, 3 })
        {
            HeteroSgd<double> trainer = new(Make<double>(order), Options with { Samples = samples, Seed = (ulong)seed });
            trainer.Run(1);
            Assert.Equal(0, Allocations.Of(() => trainer.Run(8)));
        }
    }

    // What it says beforehand is what it makes: within objects' own few bytes.
    [Theory]
    [InlineData(RowOrder.InTurn)]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.WithReplacement)]
    public void BuffersAreCounted(RowOrder order)
    {
        MeasuredData<double> sized = Make<double>(order);
        long said = (long)sized.BufferBytes(new RunSizes { Dimension = D, Columns = 3, Samples = 1300 });
        OwnData data = OwnData.MakeRankOne(D, 2, 1300, Rows);
        EnvironmentSamples<double>[] samples = data.Samples<double>(MeasurementLayout.RankOne);
        double[] matrix = new double[Svec.Length(D)], result = new double[matrix.Length];
        long made = Allocations.Of(() =>
        {
            MeasuredData<double> measured = new(D, samples, MeasurementLayout.RankOne, order: order);
            for (int e = 0; e < 2; e++)
            {
                measured.Accumulate(new SampleGroup<double> { Step = 0, MeasurementSet = e, Count = 1300, BatchSize = 1300, Scale = 1 }, matrix, result);
            }
        });
        Assert.InRange(made, said, said + 8000);
    }

    [Fact]
    public void RisksAreThePlainLoop()
    {
        OwnData data = OwnData.MakeRankOne(D, 2, 40, 7);
        double[] matrix = OwnData.Symmetric(D, 77);
        for (int e = 0; e < 2; e++)
        {
            double plain = data.Squares[e].Select((x, i) => Math.Pow(x.Zip(matrix, (a, b) => a * b).Sum() - data.Responses[e][i], 2)).Sum() / (2 * data.Squares[e].Length);
            double found = data.Measured<double>(layout: MeasurementLayout.RankOne).Risk(e, OwnData.Svec(matrix, D));
            Assert.InRange(found / plain, 1 - 1e-12, 1 + 1e-12);
            float single = (float)data.Measured<float>(layout: MeasurementLayout.RankOne).Risk(e, [.. OwnData.Svec(matrix, D).Select(value => (float)value)]);
            Assert.InRange(single / plain, 1 - 1e-4, 1 + 1e-4);
        }
    }

    // A network with quadratic activation: Algorithm 4 with the trace from the responses, on data alone. Inputs N(0, I), y = xᵀA*x of a rank-1 A*, where the plain gradient would add tr(D)·I.
    [Fact]
    public void TheShrinkageOfTheNetworkWorksOnThem()
    {
        const int N = 2000;
        double[] neuron = Data.Uniform<double>(D, 8), inputs = new double[N * D], responses = new double[N];
        double norm = Math.Sqrt(neuron.Sum(a => a * a));
        new Hetero.Core.Random.RandomStream(3, Hetero.Core.Random.StreamPurpose.Measurements).FillGaussian<double>(0, inputs);
        for (int i = 0; i < N; i++)
        {
            double product = 0;
            for (int j = 0; j < D; j++)
            {
                product += inputs[(i * D) + j] * neuron[j] / norm;
            }

            responses[i] = product * product;
        }

        MeasuredData<double> data = new(D, [new(inputs, responses)], MeasurementLayout.RankOne);
        TrainingOptions options = new() { Seed = 1, Samples = TrainingOptions.AllRows, InitialScale = 1e-2, StepSize = StepSizeSchedule.Constant(0.05) };
        HeteroSgd<double> trainer = new(data, options, parts: new TrainingParts<double> { UpdateRule = new Shrinkage<double>(new Sgd<double>(), TraceKind.ResponseMean) });
        Assert.Equal(TrainingStatus.Completed, trainer.Run(400).Status);
        double[] estimate = new double[D * D], target = [.. neuron.SelectMany(a => neuron.Select(b => a * b / (norm * norm)))];
        trainer.CopyEstimate(new(estimate, D, D));
        Assert.InRange(PlainMatrix.Distance(estimate, target), 0, 0.05);
    }

    [Fact]
    public void WhatDoesNotFitIsNamed()
    {
        double[] inputs = Data.Uniform<double>(4 * D, 1), responses = Data.Uniform<double>(4, 2);
        Assert.Throws<ArgumentException>("environments[0].Measurements", () => new MeasuredData<double>(D, [new(inputs.AsMemory(1), responses)], MeasurementLayout.RankOne));
        Assert.Equal(
            "dimension",
            Assert.ThrowsAny<ArgumentException>(
                () => new MeasuredData<double>(RankOneMeasurements<double>.MaxDimension + 1, [new(inputs, responses)], MeasurementLayout.RankOne)).ParamName);
        inputs[3 * D] = double.NaN;
        Assert.Throws<ArgumentException>("environments[0].Measurements", () => new MeasuredData<double>(D, [new(inputs, responses)], MeasurementLayout.RankOne));
    }

    // d = 1: rows, matrices and vectors have one number each, and yet are other measurements.
    [Fact]
    public void TheSameNumbersInAnotherLayoutAreAnotherRun()
    {
        double[] numbers = [0.5, 0.25, 2], responses = [1, 2, 3];
        MeasuredData<double> matrices = new(1, [new(numbers, responses)]), inputs = new(1, [new(numbers, responses)], MeasurementLayout.RankOne);
        MemoryStream saved = SavedRun.Of(new HeteroSgd<double>(matrices, new TrainingOptions { Seed = 1, Samples = 2 }));
        Assert.Throws<RunMismatchException>(() => new HeteroSgd<double>(inputs, new TrainingOptions { Seed = 1, Samples = 2 }).Restore(saved));
    }

    private static MeasuredData<T> Make<T>(RowOrder order, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => OwnData.MakeRankOne(D, 2, 1300, Rows).Measured<T>(order: order, layout: MeasurementLayout.RankOne, team: team);
}
