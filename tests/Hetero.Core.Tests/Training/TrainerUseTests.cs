using System.Reflection;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What others may do with a trainer: look at any time, save between two steps, and everything else when no call is going on.</summary>
public class TrainerUseTests
{
    private const string Reentrant = "an observer may save the run, but not advance, run or restore it";
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };

    public static TheoryData<string> Calls => ["Advance", "Run", "Restore"];

    [Fact]
    public void TheIterateIsReadOnly()
    {
        Assert.Equal(typeof(ReadOnlyMatrixSpan<>), typeof(Trainer<>).GetProperty("Factor")!.PropertyType.GetGenericTypeDefinition());
        Assert.DoesNotContain(
            typeof(Trainer<double>).GetMembers(BindingFlags.Public | BindingFlags.Instance).OfType<PropertyInfo>(),
            property => property.SetMethod is { IsPublic: true } || property.PropertyType.IsArray || property.PropertyType == typeof(Span<double>));
    }

    // The run goes on as if nothing had been tried.
    [Theory]
    [MemberData(nameof(Calls))]
    public void AnObserverCannotMoveTheRun(string call)
    {
        Trainer<double> alone = Create(), trainer = Create();
        alone.Run(6);
        int refused = 0;
        Watcher watcher = new(() =>
        {
            Assert.Contains(Reentrant, Assert.Throws<InvalidOperationException>(() => Invoke(trainer, call)).Message, StringComparison.Ordinal);
            refused++;
        });
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 6), trainer.Run(6, watcher, watcher));
        Assert.Equal(7 + 6, refused);
        Assert.Equal(alone.Factor.Data.ToArray(), trainer.Factor.Data.ToArray());
    }

    // Left to itself the refusal ends the run; the iterate is that of the step, and the trainer goes on.
    [Fact]
    public void ARefusalLeavesTheTrainerUsable()
    {
        Trainer<double> alone = Create(), trainer = Create();
        alone.Run(6);
        Assert.Throws<InvalidOperationException>(() => trainer.Run(6, new Watcher(() =>
        {
            if (trainer.Step == 2)
            {
                trainer.Advance();
            }
        })));
        Assert.Equal(2, trainer.Step);
        trainer.Run(4);
        Assert.Equal(alone.Factor.Data.ToArray(), trainer.Factor.Data.ToArray());
    }

    [Fact]
    public void AnObserverMaySave()
    {
        Trainer<double> trainer = Create(), continued = Create();
        List<byte[]> states = [];
        trainer.Run(6, new Watcher(() => states.Add(Saved(trainer))));
        Assert.Equal(7, states.Count);
        for (int step = 0; step <= 6; step++)
        {
            continued.Restore(new MemoryStream(states[step]));
            Assert.Equal(step, continued.Step);
            continued.Run(6 - step);
            Assert.Equal(trainer.Factor.Data.ToArray(), continued.Factor.Data.ToArray());
        }
    }

    // An observer may look at another trainer's run, or make one: only its own is taken.
    [Fact]
    public void AnObserverMayRunAnotherTrainer()
    {
        Trainer<double> trainer = Create(), other = Create();
        trainer.Run(6, new Watcher(() => other.Advance()));
        Assert.Equal(7, other.Step);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    [InlineData("Save")]
    public void AnotherThreadIsRefused(string call)
    {
        Trainer<double> trainer = Create();
        Exception? caught = null;
        trainer.Run(1, new Watcher(() =>
        {
            Thread thread = new(() => caught = Record.Exception(() => Invoke(trainer, call)));
            thread.Start();
            thread.Join();
        }));
        Assert.Contains("give each thread a trainer of its own", Assert.IsType<InvalidOperationException>(caught).Message, StringComparison.Ordinal);
        Invoke(trainer, "Save");
    }

    // Either the call is refused or the numbers are right. Both threads start together, and the runs are long enough to meet.
    [Theory]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    [InlineData("stored")]
    public void ASourceOfTwoTrainersRefusesOrIsRight(string kind)
    {
        TrainingOptions options = Options with { Samples = 200, FactorColumns = 2 };
        MeasurementSource<double> shared = Runs.Source<double>(kind, 7, 200, 1);
        double[] expected = Run(Runs.Source<double>(kind, 7, 200, 1)).Factor;
        for (int round = 0; round < 5; round++)
        {
            using Barrier start = new(2);
            (Exception? Refusal, double[] Factor)[] results = new (Exception?, double[])[2];
            Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                results[i] = Run(shared);
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            foreach ((Exception? refusal, double[] factor) in results)
            {
                if (refusal is null)
                {
                    Assert.Equal(expected, factor);
                }
                else
                {
                    Assert.Contains("give each trainer a source of its own", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
                }
            }
        }

        (Exception? Refusal, double[] Factor) Run(MeasurementSource<double> source)
        {
            HeteroSgd<double> trainer = new(Runs.Problem(), Runs.Environments("HeteroSGD"), source, options);
            return (Record.Exception(() => trainer.Run(300)), trainer.Factor.Data.ToArray());
        }
    }

    [Fact]
    public void StepsBeyondTheLastAreRefused()
    {
        Trainer<double> trainer = Create();
        trainer.Advance();
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Run(int.MaxValue)).ParamName);
    }

    private static Trainer<double> Create() => Runs.Create<double>("HeteroSGD", "exact-law", Options);

    private static byte[] Saved(Trainer<double> trainer)
    {
        using MemoryStream stream = new();
        trainer.Save(stream);
        return stream.ToArray();
    }

    private static void Invoke(Trainer<double> trainer, string call)
    {
        switch (call)
        {
            case "Advance":
                trainer.Advance();
                break;
            case "Run":
                trainer.Run(0);
                break;
            case "Save":
                trainer.Save(Stream.Null);
                break;
            default:
                trainer.Restore(Stream.Null);
                break;
        }
    }

    private sealed class Watcher(Action look) : ITrainingObserver<double>, IProgress<int>
    {
        public void Observe(in TrainingSnapshot<double> snapshot) => look();

        public void Report(int value) => look();
    }
}
