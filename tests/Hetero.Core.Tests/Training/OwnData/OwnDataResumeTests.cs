using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Runs on data of one's own give the same bits on any team and saved at any step; other data, another order or seed are another run.</summary>
public class OwnDataResumeTests
{
    private static readonly TrainingOptions Options = new() { Seed = 4, Samples = 8, InitialScale = 0.3, StepSize = StepSizeSchedule.Constant(0.01) };

    public static TheoryData<string, RowOrder, MeasurementLayout> All()
    {
        TheoryData<string, RowOrder, MeasurementLayout> all = [];
        foreach (string algorithm in OwnRuns.Algorithms)
        {
            foreach (RowOrder order in Enum.GetValues<RowOrder>())
            {
                all.Add(algorithm, order, MeasurementLayout.Square);
                all.Add(algorithm, order, MeasurementLayout.RankOne);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void SavedAtAnyStepAndContinued(string algorithm, RowOrder order, MeasurementLayout layout)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> whole = Create<T>(algorithm, order, layout), first = Create<T>(algorithm, order, layout);
            LastLabel<T> expected = new(), found = new();
            for (int step = 0; step < 11; step++)
            {
                whole.Run(1, expected);
                Trainer<T> second = Create<T>(algorithm, order, layout);
                second.Restore(SavedRun.Of(first));
                second.Run(1, found);
                Assert.True(Data.SameBits(whole.Parameters, second.Parameters), $"continued from step {step}");
                Assert.Equal(expected.Label, found.Label);
                first.Run(1);
            }
        }
    }

    // The rows taken are counted anew where a trainer goes back.
    [Theory]
    [MemberData(nameof(All))]
    public void RestoredIntoATrainerInUse(string algorithm, RowOrder order, MeasurementLayout layout)
    {
        Trainer<double> trainer = Create<double>(algorithm, order, layout);
        trainer.Run(3);
        MemoryStream saved = SavedRun.Of(trainer);
        trainer.Run(6);
        double[] expected = trainer.Parameters.ToArray();
        trainer.Restore(saved);
        trainer.Run(6);
        Assert.True(Data.SameBits<double>(expected, trainer.Parameters));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OnAnyTeam(string algorithm, RowOrder order, MeasurementLayout layout)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> alone = Create<T>(algorithm, order, layout);
            alone.Run(7);
            foreach (int degree in new[] { 2, 3 })
            {
                using WorkerTeam team = new(degree);
                Trainer<T> together = Create<T>(algorithm, order, layout, team);
                together.Run(7);
                Assert.True(Data.SameBits(alone.Parameters, together.Parameters));
            }
        }
    }

    [Fact]
    public void OtherDataAreAnotherRun()
    {
        OwnData data = OwnData.Make(5, 1, 12, 9);
        EnvironmentSamples<double>[] samples = data.Samples<double>(MeasurementLayout.Svec);
        ReadOnlyMemory<double> rows = Concat(samples.Select(environment => environment.Measurements));
        ReadOnlyMemory<double> responses = Concat(samples.Select(environment => environment.Responses));
        EnvironmentSamples<double>[] otherRow = [Changed(samples[0], row: 7), samples[1]], otherResponse = [samples[0], Changed(samples[1], response: 8)];

        // The same rows one after another, but one of them in the other environment.
        EnvironmentSamples<double>[] moved =
            [new(rows[..(11 * 15)], responses[..11]), new(rows[(11 * 15)..], responses[11..])];
        (string Name, MeasuredData<double> Data)[] sources =
        [
            ("", new(5, samples)), ("seed", new(5, samples, seed: 1)), ("rowOrder", new(5, samples, order: RowOrder.InTurn)),
            ("rowOrder", new(5, samples, order: RowOrder.WithReplacement)), ("probabilities", new(5, samples, probabilities: [0.4, 0.6])), ("rows", new(5, otherRow)),
            ("responses", new(5, otherResponse)), ("swapped", new(5, [samples[1], samples[0]])), ("moved", new(5, moved)), ("fewer", new(5, samples[..1])),
        ];
        for (int i = 0; i < sources.Length; i++)
        {
            for (int j = 0; j < sources.Length; j++)
            {
                MemoryStream saved = SavedRun.Of(new PooledSgd<double>(sources[i].Data, Options));
                PooledSgd<double> other = new(sources[j].Data, Options);
                if (i == j)
                {
                    other.Restore(saved);
                }
                else
                {
                    Assert.NotEqual("measurements", Assert.Throws<RunMismatchException>(() => other.Restore(saved)).Name);
                }
            }
        }
    }

    // What differs is named: which environment, and its rows, its responses or how many there are.
    [Fact]
    public void TheDifferenceInTheDataIsNamed()
    {
        OwnData data = OwnData.Make(5, 1, 12, 9);
        EnvironmentSamples<double>[] samples = data.Samples<double>(MeasurementLayout.Svec);
        MeasuredData<double> found = new(5, samples);
        Assert.Equal(("data.seed", "0", "1"), Difference(found, new(5, samples, seed: 1)));
        Assert.Equal(("data.rowOrder", "Shuffled", "InTurn"), Difference(found, new(5, samples, order: RowOrder.InTurn)));
        Assert.Equal("data.probabilities", Difference(found, new(5, samples, probabilities: [0.4, 0.6])).Name);
        Assert.Equal(("environments.Count", "2", "1"), Difference(found, new(5, samples[..1])));
        Assert.Equal(("environments[0].Responses.Length", "12", "9"), Difference(found, new(5, [samples[1], samples[0]])));
        Assert.Equal("environments[0].Measurements", Difference(found, new(5, [Changed(samples[0], row: 7), samples[1]])).Name);
        Assert.Equal("environments[1].Measurements", Difference(found, new(5, [samples[0], Changed(samples[1], row: 7)])).Name);
        Assert.Equal("environments[1].Responses", Difference(found, new(5, [samples[0], Changed(samples[1], response: 8)])).Name);

        // More environments than have entries of their own.
        EnvironmentSamples<double>[] many = OwnData.Make(5, 1, [.. Enumerable.Repeat(9, 67)]).Samples<double>(MeasurementLayout.Svec);
        EnvironmentSamples<double>[] last = [.. many[..^1], Changed(many[^1], response: 0)];
        Assert.Equal("environments[64..].Responses", Difference(new(5, many), new(5, last)).Name);

        static (string Name, string Found, string Expected) Difference(MeasuredData<double> found, MeasuredData<double> expected)
        {
            MemoryStream saved = SavedRun.Of(new HeteroSgd<double>(found, Options));
            RunMismatchException mismatch = Assert.Throws<RunMismatchException>(() => new HeteroSgd<double>(expected, Options).Restore(saved));
            return (mismatch.Name, mismatch.Found, mismatch.Expected);
        }
    }

    private static EnvironmentSamples<double> Changed(EnvironmentSamples<double> samples, int? row = null, int? response = null)
    {
        double[] measurements = samples.Measurements.ToArray(), responses = samples.Responses.ToArray();
        if (row is { } i)
        {
            measurements[i * 15] = Math.BitIncrement(measurements[i * 15]);
        }

        if (response is { } j)
        {
            responses[j] = Math.BitIncrement(responses[j]);
        }

        return new(measurements, responses);
    }

    private static ReadOnlyMemory<double> Concat(IEnumerable<ReadOnlyMemory<double>> parts) => parts.SelectMany(part => part.ToArray()).ToArray();

    private static Trainer<T> Create<T>(string algorithm, RowOrder order, MeasurementLayout layout, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => OwnRuns.Create(algorithm, OwnData.Make(layout, 5, 2, 13, 8, 21).Measured<T>(order: order, seed: 6, layout: layout, team: team), Options, team);

    private sealed class LastLabel<T> : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double[] Label { get; private set; } = [];

        public void Observe(in TrainingSnapshot<T> snapshot) => Label = snapshot.EnvironmentLabel.ToArray();
    }
}
