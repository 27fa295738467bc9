using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A step of any parts allocates nothing.</summary>
[Collection(Allocations.Collection)]
public class PartAllocationTests
{
    private const int D = 7;
    private static readonly TrainingOptions Two = new() { Seed = 1, Samples = 2 };

    public static TheoryData<string, RowOrder, long> OwnData()
    {
        TheoryData<string, RowOrder, long> all = [];
        foreach (RowOrder order in Enum.GetValues<RowOrder>())
        {
            foreach (string algorithm in new[]
            {
                "HeteroSGD", "HeteroSGD, pooled share", "PooledSGD", "PooledSGD independent", "PooledGD", "PooledGD, objective",
            })
            {
                all.Add(algorithm, order, 3);
            }

            all.Add("HeteroSGD", order, TrainingOptions.AllRows);
            all.Add("PooledGD", order, TrainingOptions.AllRows);
        }

        return all;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AStepOfAnyUpdateRuleAllocatesNothing(int columns)
    {
        foreach ((UpdateRule<double> rule, _) in Parts.Rules<double>())
        {
            CheckRule(rule, columns);
        }

        foreach ((UpdateRule<float> rule, _) in Parts.Rules<float>())
        {
            CheckRule(rule, columns);
        }
    }

    [Theory]
    [MemberData(nameof(OwnData))]
    public void AStepOnDataOfOnesOwnAllocatesNothing(string algorithm, RowOrder order, long samples)
    {
        MeasuredData<double> data = Parts.Data<double>(D, order: order);
        TrainingOptions options = Two with { Samples = samples, StepSize = StepSizeSchedule.Constant(1e-3) };
        Check<double>(algorithm switch
        {
            "HeteroSGD" => new HeteroSgd<double>(data, options),
            "HeteroSGD, pooled share" => new HeteroSgd<double>(data, options with { PooledShare = 0.7 }),
            "PooledSGD" => new PooledSgd<double>(data, options),
            "PooledSGD independent" => new PooledSgd<double>(data, options with { PooledSampling = PooledSampling.Independent }),
            "PooledGD" => new PooledGd<double>(data, options),
            _ => new PooledGd<double>(data, options, objective: new Parts.Squares<double>()),
        });
    }

    [Theory]
    [InlineData("regenerated")]
    [InlineData("stored, shuffled")]
    [InlineData("stored, with replacement")]
    public void AStepOfAnObjectiveAllocatesNothing(string kind)
    {
        EnvironmentDistribution environments = Runs.Environments("PooledGD");
        MeasurementSource<double> source = Runs.Source<double>(kind, D, 20, 1, sets: 3);
        Check(new PooledGd<double>(
            Runs.Problem(D), environments, source, new TrainingOptions { Seed = 1, Samples = 20 }, objective: new Parts.Squares<double>()));
    }

    [Theory]
    [InlineData("population")]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    [InlineData("stored")]
    public void AStepOfAnyObjectiveOfTheLibraryAllocatesNothing(string kind)
    {
        foreach (Objective<double> objective in Parts.Objectives<double>())
        {
            Check(new PooledGd<double>(
                Runs.Problem(D),
                Runs.Environments("PooledGD"),
                Runs.Source<double>(kind, D, 40, 1, sets: 3),
                new TrainingOptions { Seed = 1, Samples = 40, StepSize = StepSizeSchedule.Constant(1e-3) },
                objective: objective));
        }

        foreach (Objective<float> objective in Parts.Objectives<float>())
        {
            Check(new PooledGd<float>(
                Parts.Data<float>(D), new TrainingOptions { Seed = 1, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(1e-3) }, objective: objective));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AStepOfRowsAndLawsByFunctionsAllocatesNothing(int degree)
    {
        using WorkerTeam team = new(degree);
        FunctionEnvironments law = Parts.Law(2);
        TrainingOptions options = new() { Seed = 1, Samples = 20, NoiseDeviation = 0.1 };
        foreach (MeasurementSource<double> source in new MeasurementSource<double>[]
        {
            new Parts.Rows<double>(D, team: team), new RegeneratedMeasurements<double>(D, 1, team), new ExactLawMeasurements<double>(D, 1, team),
        })
        {
            Check(new HeteroSgd<double>(Runs.Problem(D), law, source, options, team));
            Check(new HeteroSgd<double>(
                Runs.Problem(D), law, source, options with { PooledShare = 0.5, PooledSampling = PooledSampling.Independent }, team));
            Check(new PooledSgd<double>(Runs.Problem(D), law, source, options with { PooledSampling = PooledSampling.Independent }, team));
        }

        Check(new PooledGd<double>(Runs.Problem(D), law, new PopulationMeasurements<double>(D), options, team));
    }

    [Fact]
    public void AStepOfAnyScheduleAllocatesNothing()
    {
        foreach (StepSizeSchedule schedule in new[]
        {
            StepSizeSchedule.Cosine(0.1, 0.01, 10), StepSizeSchedule.InverseTime(0.1, 10), StepSizeSchedule.Piecewise((0, 0.1), (2, 0.05), (9, 0.01)),
            StepSizeSchedule.Function("slow", step => 0.1 / (1 + step)),
        })
        {
            Check(new HeteroSgd<double>(Parts.Data<double>(D), Two with { StepSize = schedule }));
        }
    }

    [Fact]
    public void RecordingHeldOutRisksAllocatesNothing()
    {
        MeasuredData<double> data = Parts.Data<double>(D);
        HeteroSgd<double> trainer = new(data, Two with { StepSize = StepSizeSchedule.Constant(1e-3) });
        HeldOutRisk<double> risk = new(data, 1000);
        CompositeObserver<double> both = new(risk, new HeldOutRisk<double>(Parts.Data<double>(D), 1000, 2));
        Assert.Equal(0, Allocations.Of(() => trainer.Run(3, both)));
    }

    private static void CheckRule<T>(UpdateRule<T> rule, int columns)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => Check(new HeteroSgd<T>(
            Parts.Data<T>(D),
            Two with { FactorColumns = columns, StepSize = StepSizeSchedule.Constant(1e-3) },
            parts: new() { UpdateRule = rule }));

    // A run that has diverged makes no more steps, and what makes none allocates nothing.
    private static void Check<T>(Trainer<T> trainer)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        // Both environments' turns come before.
        trainer.Run(10);
        Assert.Equal(0, Allocations.Of(() => trainer.Advance()));
        Assert.False(trainer.HasDiverged);
    }
}
