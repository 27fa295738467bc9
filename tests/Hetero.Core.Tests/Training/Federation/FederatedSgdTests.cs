using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Federation;

/// <summary>Federated averaging on every kind of data.</summary>
[Collection(Allocations.Collection)]
public class FederatedSgdTests
{
    private const int Steps = 5;

    public static TheoryData<string> Kinds() => [.. FederatedRuns.Kinds];

    // Clients that the test trains one by one, from a state that it averages itself, by trainers without rounds: same batch steps, double loops for the rest.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ARoundIsTheAverageOfClientsThatTrainAlone(string kind)
    {
        foreach (FederatedRounds rounds in new[] { FederatedRuns.Rounds, FederatedRuns.Distinct, new FederatedRounds(2, 1), new FederatedRounds(1, 3), new FederatedRounds(4, 3) })
        {
            FederatedSgd<double> trainer = FederatedRuns.Create<double>(kind, rounds);
            double[] iterate = trainer.Parameters.ToArray();
            for (int round = 0; round < Steps; round++)
            {
                TrainingOptions options = FederatedRuns.Options with { StepSize = StepSizeSchedule.Constant(FederatedRuns.Options.StepSize.At(round)) };
                double[] average = new double[iterate.Length];
                for (int client = 0; client < rounds.Clients; client++)
                {
                    double[] end = Alone(kind, rounds, options, iterate, (round * rounds.Clients) + client);
                    for (int i = 0; i < average.Length; i++)
                    {
                        average[i] += end[i] / rounds.Clients;
                    }
                }

                Assert.Equal(TrainingStatus.Completed, trainer.Advance());
                iterate = average;
                AssertClose(iterate, trainer.Parameters.ToArray());
            }

            Assert.Equal(Steps, trainer.Step);
        }
    }

    // At m = ∞ a round by loops over entries alone.
    [Fact]
    public void AtInfiniteSamplesARoundIsThePlainLoop()
    {
        FederatedRounds rounds = new(3, 4);
        FederatedSgd<double> trainer = FederatedRuns.Create<double>("population", rounds);
        EnvironmentSequence sequence = new(FederatedRuns.Law, EnvironmentOrder.Blocks(4), FederatedRuns.Options.Seed);
        double[] sigma = new double[4], label = new double[FederatedRuns.Law.LabelLength];
        double[] signal = PlainSignal(Runs.Problem().InvariantBasis, [1, 0, 0, 0.5]);
        for (int round = 0; round < 20; round++)
        {
            double[] start = trainer.Parameters.ToArray(), average = new double[start.Length];
            double rate = FederatedRuns.Options.StepSize.At(round);
            for (int client = 0; client < 3; client++)
            {
                sequence.Get(((round * 3) + client) * 4, sigma, label);
                double[] spurious = PlainSignal(Runs.Problem().SpuriousBasis, sigma), local = start;
                for (int k = 0; k < 4; k++)
                {
                    double[] gradient = [.. PlainModel.Matrix("gram", local, 7).Select((entry, i) => entry - signal[i] - spurious[i])];
                    local = PlainModel.Step("gram", local, gradient, 7, rate);
                }

                average = [.. average.Zip(local, (sum, entry) => sum + (entry / 3))];
            }

            trainer.Run(1);
            AssertClose(average, trainer.Parameters.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ASingleClientIsARunWithoutRounds(string kind)
    {
        Check<double>(new(1, 1), () => new Sgd<double>());
        Check<float>(new(1, 1), () => new Sgd<float>());
        Check<double>(new(1, 3), () => new Sgd<double>());

        void Check<T>(FederatedRounds rounds, Func<UpdateRule<T>> rule)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TrainingOptions options = FederatedRuns.Options with { StepSize = StepSizeSchedule.Constant(0.05) };
            Trainer<T> federated = FederatedRuns.Create(kind, rounds, options: options, rule: rule()), plain = FederatedRuns.Plain(kind, rounds, options, rule());
            for (int round = 0; round < 6; round++)
            {
                federated.Run(1);
                plain.Run(rounds.LocalSteps);
                Assert.True(Data.SameBits(plain.Parameters, federated.Parameters));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheBitsAreTheSameOnAnyTeamAndSavedAndContinued(string kind)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (FederatedRounds rounds in new[] { FederatedRuns.Rounds, FederatedRuns.Distinct })
            {
                T[] expected = Ran(null);
                foreach (int degree in new[] { 2, 3 })
                {
                    using WorkerTeam team = new(degree);
                    Assert.Equal(expected, Ran(team));
                }

                FederatedSgd<T> first = Create(null), second = Create(null);
                first.Run(2);
                second.Run(3);
                second.Restore(SavedRun.Of(first));
                Assert.Equal(2, second.Step);
                second.Run(Steps - 2);
                Assert.Equal(expected, second.Parameters.ToArray());

                T[] Ran(WorkerTeam? team)
                {
                    FederatedSgd<T> trainer = Create(team);
                    trainer.Run(Steps);
                    return trainer.Parameters.ToArray();
                }

                // A rule with a state, which is no part of what a round begins with.
                FederatedSgd<T> Create(WorkerTeam? team) => FederatedRuns.Create<T>(kind, rounds, team, rule: new HeavyBall<T>(0.5));
            }
        }
    }

    [Fact]
    public void AClientsRuleBeginsAnew()
    {
        FederatedRounds rounds = new(2, 3);
        foreach (UpdateRule<double> rule in new UpdateRule<double>[] { new HeavyBall<double>(0.9), new Adam<double>(), new Muon<double>() })
        {
            FederatedSgd<double> trainer = FederatedRuns.Create("population", rounds, rule: rule);
            trainer.Run(3);
            double[] iterate = trainer.Parameters.ToArray(), average = new double[iterate.Length];
            TrainingOptions options = FederatedRuns.Options with { StepSize = StepSizeSchedule.Constant(FederatedRuns.Options.StepSize.At(3)) };
            for (int client = 0; client < 2; client++)
            {
                double[] end = Alone("population", rounds, options, iterate, 6 + client, rule);
                average = [.. average.Zip(end, (sum, entry) => sum + (entry / 2))];
            }

            trainer.Run(1);
            AssertClose(average, trainer.Parameters.ToArray());
        }
    }

    [Fact]
    public void NoiseOfADirectionIsDrawnAnewByEveryClient()
    {
        // Without a gradient a client's end is its noise: clients and rounds that shared theirs would not average it down by N·K.
        FederatedRounds rounds = new(50, 2);
        TrainingOptions options = FederatedRuns.Options with { StepSize = StepSizeSchedule.Constant(1e-6), InitialScale = 1e-6 };
        FederatedSgd<double> trainer = FederatedRuns.Create("population", rounds, options: options, rule: new NoisyDirection<double>(new Sgd<double>(), 1, 3));
        const int Rounds = 40;
        double[] before = trainer.Parameters.ToArray(), sum = new double[before.Length];
        double squares = 0;
        for (int round = 0; round < Rounds; round++)
        {
            trainer.Run(1);
            double[] after = trainer.Parameters.ToArray();
            double[] moved = [.. after.Zip(before, (a, b) => (a - b) / 1e-6)];
            squares += moved.Sum(entry => entry * entry);
            sum = [.. sum.Zip(moved, (total, entry) => total + entry)];
            before = after;
        }

        // χ² of 28·40 and of 28 degrees, variance K/N each: 5 and 6 deviations, false alarms below 1e-5.
        Assert.InRange(squares / (28 * Rounds * 2 / 50.0), 1 - (5 * Math.Sqrt(2.0 / (28 * Rounds))), 1 + (5 * Math.Sqrt(2.0 / (28 * Rounds))));
        Assert.InRange(sum.Sum(entry => entry * entry) / (28 * Rounds * 2 / 50.0), 0.1, 1 + (6 * Math.Sqrt(2.0 / 28)));
    }

    [Fact]
    public void ADivergedClientTakesTheRunWithIt()
    {
        // 1 + ηs = −29 of one environment in four: its clients leave all bounds within some rounds.
        FiniteEnvironments law = new(2, [[1, 0, 0, 1], [1, 0, 0, 1], [1, 0, 0, 1], [-1500, 0, 0, -1500]]);
        foreach (int localSteps in new[] { 1, 4 })
        {
            FederatedSgd<double> trainer = Create(), restored = Create();
            TrainingOutcome outcome = trainer.Run(200);
            Assert.Equal(TrainingStatus.Diverged, outcome.Status);
            Assert.InRange(outcome.Step, 1, 100);
            Assert.Equal((outcome.Step, true), (trainer.Step, trainer.HasDiverged));
            Assert.Equal(outcome, trainer.Run(3));
            restored.Restore(SavedRun.Of(trainer));
            Assert.True(restored.HasDiverged);

            FederatedSgd<double> Create() => new(
                Runs.Problem(), law, new PopulationMeasurements<double>(7), FederatedRuns.Options with { StepSize = StepSizeSchedule.Constant(0.02) }, new(5, localSteps));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ARoundAllocatesNothing(string kind)
    {
        foreach (FederatedRounds rounds in new[] { FederatedRuns.Rounds, FederatedRuns.Distinct })
        {
            Assert.Empty(StepAllocations.Of(() => FederatedRuns.Create<double>(kind, rounds, rule: new HeavyBall<double>(0.5)), 60));
        }
    }

    [Fact]
    public void TheBytesOfItsBuffersAreCounted()
    {
        foreach (string kind in FederatedRuns.Kinds.Where(kind => kind != "factored"))
        {
            Trainer<double> federated = FederatedRuns.Create<double>(kind, FederatedRuns.Rounds), plain = FederatedRuns.Plain<double>(kind, FederatedRuns.Rounds, FederatedRuns.Options);
            Assert.Equal(plain.BufferBytes + (2 * 28 * sizeof(double)), federated.BufferBytes);
        }
    }

    /// <summary>The K steps of one client, by a trainer without rounds that starts at an iterate, before a step of the batch.</summary>
    private static double[] Alone(string kind, FederatedRounds rounds, TrainingOptions options, double[] iterate, int client, UpdateRule<double>? rule = null)
    {
        HeteroSgd<double> plain = FederatedRuns.Plain(kind, rounds, options, new ShiftedRule(rule ?? new Sgd<double>(), client * rounds.LocalSteps, iterate));
        plain.Run((client + 1) * rounds.LocalSteps);
        return plain.Parameters.ToArray();
    }

    private static double[] PlainSignal(ReadOnlyMatrixSpan<double> basis, double[] sigma)
    {
        double[] matrix = new double[49];
        for (int entry = 0; entry < 49; entry++)
        {
            for (int j = 0; j < 4; j++)
            {
                matrix[entry] += basis[entry / 7, j / 2] * sigma[j] * basis[entry % 7, j % 2];
            }
        }

        return matrix;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        double difference = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
        Assert.True(difference <= 1e-12 * Math.Sqrt(expected.Sum(value => value * value)), $"difference {difference}");
    }

    /// <summary>Stands still until a step, jumps to an iterate before it, and is another rule from there on, which counts from 0.</summary>
    private sealed class ShiftedRule(UpdateRule<double> rule, int first, double[] iterate) : UpdateRule<double>
    {
        public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => rule.StateLength(shapes);

        public override int ScratchLength(ReadOnlySpan<MatrixShape> shapes) => rule.ScratchLength(shapes);

        public override void Apply(in UpdateStep<double> step)
        {
            if (step.Step >= first)
            {
                rule.Apply(step with { Step = step.Step - first });
            }

            if (step.Step == first - 1)
            {
                iterate.CopyTo(step.Parameters);
            }
        }

        public override void Describe(PartDescription description) => description.Add("updateRule", "shifted");
    }
}
