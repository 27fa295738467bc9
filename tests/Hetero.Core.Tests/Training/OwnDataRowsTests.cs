using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Data of one's own: which rows a group takes, with their responses or without, and what a run shows of its environments.</summary>
public class OwnDataRowsTests
{
    private const int D = 3;
    private const int P = 6;
    private static readonly double[] Matrix = Data.Uniform<double>(P, 4);

    // Steps before a restored one are counted again, which must not leave their environment behind.
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void ARestoredRunShowsTheEnvironmentsOfItsOwnSteps(double share)
    {
        TrainingOptions options = new()
        {
            Seed = 1, Samples = 2, PooledShare = share, PooledSampling = PooledSampling.Independent, EnvironmentOrder = EnvironmentOrder.Cyclic,
        };
        HeteroSgd<double> straight = new(Parts.Data<double>(D), options);
        HeteroSgd<double> saved = new(Parts.Data<double>(D), options), restored = new(Parts.Data<double>(D), options);
        Labels labels = new(), restoredLabels = new();
        straight.Run(7, labels);
        saved.Run(4);
        using MemoryStream state = new();
        saved.Save(state);
        state.Position = 0;
        restored.Restore(state);
        restored.Run(3, restoredLabels);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0], labels.Seen);
        Assert.Equal([0, 1, 0], restoredLabels.Seen);
        Assert.Equal(straight.Factor.Data, restored.Factor.Data);
    }

    [Fact]
    public void AnObjectiveAppliesMeasurementsWithoutTheirResponses()
    {
        EnvironmentGradients<double> gradients = Parts.GradientsOf(Parts.Data<double>(D));
        for (int e = 0; e < 2; e++)
        {
            double[] result = new double[P];
            gradients.Apply(e, Matrix, result);
            int n = 3 + e;
            Close(Sum(e, Enumerable.Range(0, n), 1.0 / n, withResponses: false), result);
        }
    }

    [Fact]
    public void TheRipErrorLeavesResponsesAside()
    {
        double[] error = new double[P], expected = Sum(0, [0, 1], 0.5, withResponses: false);
        RipError.Apply(Parts.Data<double>(D, order: RowOrder.InTurn), 2, 0, Matrix, error);
        Close([.. expected.Zip(Matrix, (applied, entry) => applied - entry)], error);
    }

    [Fact]
    public void AGroupBeginsAtItsPositionInTheBatch()
    {
        double[] result = new double[P];
        SampleGroup<double> group = new() { Step = 0, FirstSample = 1, Count = 2, BatchSize = 3, Scale = 0.5, RowsBefore = 4 };
        Parts.Data<double>(D, order: RowOrder.InTurn).Accumulate(in group, Matrix, result);

        // Of three rows the fourth is the first again.
        Close(Sum(0, [2, 0], 0.5, withResponses: true), result);
    }

    [Theory]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.WithReplacement)]
    public void TwoGroupsOfABatchAreTheWholeBatch(RowOrder order)
    {
        MeasuredData<double> data = Parts.Data<double>(D, order: order);
        double[] whole = new double[P], parts = new double[P];
        SampleGroup<double> group = new() { Step = 2, Count = 3, BatchSize = 3, Scale = 1, MeasurementSet = 1, RowsBefore = 6 };
        data.Accumulate(in group, Matrix, whole);
        data.Accumulate(group with { Count = 1 }, Matrix, parts);
        data.Accumulate(group with { FirstSample = 1, Count = 2 }, Matrix, parts);
        Close(whole, parts);
    }

    [Fact]
    public void RowsBeyondTheLastEpochAreRefused()
    {
        SampleGroup<double> group = new() { Step = 2, Count = 2, BatchSize = 2, Scale = 1, RowsBefore = long.MaxValue };
        ArgumentException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Parts.Data<double>(D).Accumulate(in group, Matrix, new double[P]));
        Assert.Equal("group.RowsBefore", refusal.ParamName);
    }

    [Fact]
    public void DataWithResponsesAreNoMeasurementsOfKnownSignals()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new HeteroSgd<double>(
            Runs.Problem(7), DiagonalEnvironments.TwoPoint(2, 1, 2), Parts.Data<double>(7), new TrainingOptions { Seed = 1, Samples = 2 }));
        Assert.Equal("source", refusal.ParamName);
    }

    [Fact]
    public void AStartThatThePrecisionCannotHoldIsRefusedByTheModel()
    {
        TrainingOptions options = new() { Seed = 1, InitialScale = 1e-60 };
        Assert.Equal("options.InitialScale", Assert.Throws<ArgumentException>(() => new GramModel<float>(D, options)).ParamName);
        new GramModel<double>(D, options).Start(new double[D * D]);
    }

    [Fact]
    public void AnEntryThatOverflowsInSvecFormIsRefused()
    {
        double[] square = [1, 1.5e308, 1.5e308, 1];
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            new MeasuredData<double>(2, [new EnvironmentSamples<double>(square, new double[] { 1 })], MeasurementLayout.Square));
        Assert.Equal("environments[0].Measurements", refusal.ParamName);
    }

    /// <summary>The plain sum over rows of an environment.</summary>
    private static double[] Sum(int environment, IEnumerable<int> rows, double scale, bool withResponses)
    {
        EnvironmentSamples<double> samples = Parts.Samples<double>(D)[environment];
        double[] all = samples.Measurements.ToArray(), responses = samples.Responses.ToArray(), sum = new double[P];
        foreach (int row in rows)
        {
            double product = Enumerable.Range(0, P).Sum(j => all[(row * P) + j] * Matrix[j]) - (withResponses ? responses[row] : 0);
            for (int j = 0; j < P; j++)
            {
                sum[j] += scale * product * all[(row * P) + j];
            }
        }

        return sum;
    }

    private static void Close(double[] expected, double[] actual)
        => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13));

    private sealed class Labels : ITrainingObserver<double>
    {
        public List<double> Seen { get; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (!snapshot.EnvironmentLabel.IsEmpty)
            {
                Seen.Add(snapshot.EnvironmentLabel[0]);
            }
        }
    }
}
