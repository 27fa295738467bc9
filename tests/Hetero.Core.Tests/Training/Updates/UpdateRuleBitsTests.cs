using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Update rules give the same bits: without momentum those of the plain step, on any team, saved and continued.</summary>
public class UpdateRuleBitsTests
{
    private static readonly TrainingOptions Options = new()
    {
        Seed = 7, Samples = 24, InitialScale = 0.1, FactorColumns = 4, StepSize = StepSizeSchedule.Constant(0.02),
    };

    public static TheoryData<string> All() => Rules.All();

    [Fact]
    public void WithoutMomentumTheyAreThePlainStep()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] expected = Run(new Sgd<T>(), null);
            foreach (UpdateRule<T> rule in new UpdateRule<T>[]
                {
                    new HeavyBall<T>(0), new Nesterov<T>(0), new DecoupledWeightDecay<T>(new Sgd<T>(), 0), new ClippedDirection<T>(new HeavyBall<T>(0), 1e6),
                })
            {
                Assert.True(Data.SameBits<T>(expected, Run(rule, null)), rule.ToString());
            }

            Assert.True(Data.SameBits<T>(expected, Run<T>(null, null)));
            Assert.False(Data.SameBits<T>(expected, Run(new HeavyBall<T>(1e-3), null)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OnAnyTeam(string name)
    {
        Check<double>(name);
        Check<float>(name);

        static void Check<T>(string name)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] alone = Run(Rules.Create<T>(name), null);
            foreach (int degree in new[] { 2, 3 })
            {
                using WorkerTeam team = new(degree);
                Assert.True(Data.SameBits<T>(alone, Run(Rules.Create<T>(name), team)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void SavedAtAnyStepAndContinued(string name)
    {
        Check<double>(name);
        Check<float>(name);

        static void Check<T>(string name)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] whole = Run(Rules.Create<T>(name), null);
            Trainer<T> first = Create(Rules.Create<T>(name), null);
            for (int step = 0; step <= 12; step++)
            {
                Trainer<T> second = Create(Rules.Create<T>(name), null);
                second.Restore(SavedRun.Of(first));
                second.Run(12 - step);
                Assert.True(Data.SameBits<T>(whole, second.Parameters), $"continued from step {step}");
                first.Run(1);
            }
        }
    }

    // A trainer that has gone on itself takes the saved moments as well as the saved parameters.
    [Theory]
    [MemberData(nameof(All))]
    public void RestoredIntoATrainerInUse(string name)
    {
        Trainer<double> trainer = Create(Rules.Create<double>(name), null);
        trainer.Run(5);
        MemoryStream saved = SavedRun.Of(trainer);
        trainer.Run(7);
        double[] expected = trainer.Parameters.ToArray();
        trainer.Restore(saved);
        trainer.Run(7);
        Assert.True(Data.SameBits<double>(expected, trainer.Parameters));
    }

    private static T[] Run<T>(UpdateRule<T>? rule, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Trainer<T> trainer = Create(rule, team);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(12).Status);
        return trainer.Parameters.ToArray();
    }

    private static HeteroSgd<T> Create<T>(UpdateRule<T>? rule, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(
            Runs.Problem(), Runs.Environments("HeteroSGD"), new RegeneratedMeasurements<T>(7, 7, team), Options, team, parts: new() { UpdateRule = rule });
}
