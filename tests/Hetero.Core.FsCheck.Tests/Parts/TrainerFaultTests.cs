using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Each fault of a run is found by its sentence, whichever part it comes from, and the library's own runs have none.</summary>
public class TrainerFaultTests
{
    private const int D = 5;
    private static readonly SensingProblem Problem = SensingProblem.Create(D, 1, 1, seed: 1);
    private static readonly DiagonalEnvironments Law = DiagonalEnvironments.TwoPoint(1, 1, 4);
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 60, InitialScale = 0.1, StepSize = StepSizeSchedule.Constant(0.02) };

    [Theory]
    [InlineData("random", "A second run has other bits than the first")]
    [InlineData("threads", "A run on a team of 2 has other bits than one on the calling thread")]
    [InlineData("counter", "A run that is continued from step 6 by a fresh trainer has other bits")]
    [InlineData("counter", "by a trainer that made other steps before has other bits")]
    [InlineData("description", "A state of step 0 is refused by a fresh trainer of the same arguments")]
    [InlineData("grows", "The run diverged in step")]
    [InlineData("allocates", "A step allocates 32 bytes on average")]
    [InlineData("throws", "The run throws InvalidOperationException: No gradient.")]
    public void EachFaultIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfTrainer(team => Create(fault, team)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void TheSameRunWithoutFaultsHasNone() => Assert.Empty(PartChecks.FaultsOfTrainer(team => Create("none", team)));

    [Fact]
    public void OneTrainerForAllIsFound()
    {
        Trainer<double> one = Create("none", null);
        Assert.Contains(PartChecks.FaultsOfTrainer(_ => one), found => found.Contains("the same trainer twice", StringComparison.Ordinal));
        Assert.Contains("a trainer at step", Assert.Single(PartChecks.FaultsOfTrainer(_ => one)), StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberThatIsNotDescribedIsFound()
    {
        Func<Trainer<double>> one = () => Create("none", null);
        IReadOnlyList<string> faults = PartChecks.FaultsOfDescriptions(one, () => Create("none", null, factor: 2, describes: false));
        Assert.Equal(2, faults.Count);
        Assert.Contains("A state of run 0 is continued by run 1, which differs", faults[0], StringComparison.Ordinal);
        Assert.Empty(PartChecks.FaultsOfDescriptions(one, () => Create("none", null, factor: 2)));
    }

    [Fact]
    public void TheLibrarysRunsHaveNone()
    {
        FiniteEnvironments list = new(1, [[5], [-3], [1]]);
        double[] rows = new double[60 * D * D], responses = new double[60];
        new RandomStream(1, StreamPurpose.User).FillGaussian<double>(0, rows);
        new RandomStream(2, StreamPurpose.User).FillGaussian<double>(0, responses);
        TrainingOptions few = Options with { Samples = 20 };
        Assert.All<Func<WorkerTeam?, Trainer<double>>>(
            [
                team => new HeteroSgd<double>(Problem, Law, new ExactLawMeasurements<double>(D, 1, team), Options, team),
                team => new HeteroSgd<double>(Problem, Law, new RegeneratedMeasurements<double>(D, 1, team), Options with { PooledShare = 0.5, NoiseDeviation = 0.1 }, team),
                team => new PooledSgd<double>(Problem, Law, new StoredMeasurements<double>(D, 100, 1, team), Options, team),
                team => new PooledGd<double>(Problem, list, new PopulationMeasurements<double>(D), Options, team),
                team => new HeteroSgd<double>(Data(team), few, team, parts: new() { UpdateRule = new Adam<double>() }),
                team => new PooledSgd<double>(Data(team), few, team, parts: new() { UpdateRule = new Muon<double>() }),
                team => new PooledGd<double>(Data(team), few, team),
            ],
            create => Assert.Empty(PartChecks.FaultsOfTrainer(create)));
        Assert.Empty(PartChecks.FaultsOfTrainer(team => new HeteroSgd<float>(Problem, Law, new ExactLawMeasurements<float>(D, 1, team), Options, team)));

        MeasuredData<double> Data(WorkerTeam? team)
            => new(D, [new(rows.AsMemory(0, 30 * D * D), responses.AsMemory(0, 30)), new(rows.AsMemory(30 * D * D), responses.AsMemory(30))], MeasurementLayout.Square, team: team);
    }

    [Fact]
    public void BatchesOfTheLibraryHaveNone()
    {
        SignalModel<double> signals = new(Problem);
        Assert.Empty(PartChecks.FaultsOfBatch(team => new HeteroBatch<double>(signals, Law, new ExactLawMeasurements<double>(D, 1, team), Options)));
        Assert.Empty(PartChecks.FaultsOfBatch(team => new PooledBatch<double>(signals, Law, new RegeneratedMeasurements<double>(D, 1, team), Options)));
    }

    [Theory]
    [InlineData("random", "The gradient has other bits if the steps are asked for from the last to the first")]
    [InlineData("counter", "The gradient has other bits if the steps are asked for from the last to the first")]
    [InlineData("threads", "The gradient has other bits on a team of 2 than on the calling thread")]
    [InlineData("reads", "The gradient depends on what stood in its memory before")]
    [InlineData("description", "Describe says")]
    [InlineData("allocates", "ComputeGradient allocates")]
    [InlineData("throws", "ComputeGradient throws InvalidOperationException: No gradient.")]
    public void EachFaultOfABatchIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfBatch(team => new Broken(fault, team, 1, true)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Theory]
    [InlineData("zero", "Step 3 has the step size 0")]
    [InlineData("bounds", "Step 3 has the step size 2, and Bounds says 1 to 1.5.")]
    [InlineData("counter", "The step size depends on what was asked for before")]
    [InlineData("allocates", "At allocates")]
    [InlineData("none", null)]
    public void EachFaultOfAScheduleIsFound(string fault, string? sentence)
    {
        IReadOnlyList<string> faults = PartChecks.FaultsOfStepSizes(new BrokenSchedule(fault), 10);
        if (sentence is null)
        {
            Assert.Empty(faults);
            return;
        }

        Assert.Contains(faults, found => found.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void TheLibrarysSchedulesHaveNone()
        => Assert.All<StepSizeSchedule>(
            [
                StepSizeSchedule.Constant(0.1), StepSizeSchedule.Piecewise((0, 0.1), (3, 0.01)), StepSizeSchedule.Cosine(0.1, 0.01, 100),
                StepSizeSchedule.InverseTime(0.1, 10), StepSizeSchedule.Function("half", step => 0.1 / (1 + step)),
            ],
            schedule => Assert.Empty(PartChecks.FaultsOfStepSizes(schedule)));

    private static Trainer<double> Create(string fault, WorkerTeam? team, double factor = 1, bool describes = true)
        => new(new Broken(fault, team, factor, describes), Options, team);

    /// <summary>The gradient M − I/2, with one fault.</summary>
    private sealed class Broken(string fault, WorkerTeam? team, double factor, bool describes) : Batch<double>(D)
    {
        private int _calls;

        public override string Algorithm => "Broken";

        public override TrainingOptions Options => TrainerFaultTests.Options;

        public override void ComputeGradient(in BatchStep<double> step)
        {
            if (fault == "throws")
            {
                throw new InvalidOperationException("No gradient.");
            }

            for (int i = 0; i < step.Gradient.Length; i++)
            {
                step.Gradient[i] += (factor * step.Product[i]) + (fault == "reads" ? 0.5 * step.Gradient[i] : 0);
            }

            for (int i = 0; i < D; i++)
            {
                step.Gradient[Svec.IndexOf(i, i)] -= fault == "grows" ? 1e15 : 0.5;
            }

            step.Gradient[0] += fault switch
            {
                "random" => System.Random.Shared.NextDouble(),
                "threads" => team?.Degree > 1 ? 1e-6 : 0,
                "counter" => 1e-3 * _calls++,
                "allocates" => (Kept.Array = new double[1])[0],
                _ => 0,
            };
        }

        public override void Describe(PartDescription description)
        {
            description.Add("batch", fault == "description" ? Guid.NewGuid().ToString() : "broken");
            if (describes && factor != 1)
            {
                description.Add("factor", factor);
            }
        }
    }

    private sealed record BrokenSchedule(string Fault) : StepSizeSchedule
    {
        private readonly int[] _calls = new int[1];

        public override (double Smallest, double Largest)? Bounds => Fault == "bounds" ? (1, 1.5) : null;

        protected override double StepSizeAt(int step) => (Fault, step) switch
        {
            ("zero", 3) => 0,
            ("bounds", 3) => 2,
            ("counter", _) => 1 + (1e-6 * _calls[0]++),
            ("allocates", _) => 1 + (Kept.Array = new double[1])[0],
            _ => 1,
        };
    }
}
