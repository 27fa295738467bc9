using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>An observer may end a run with the iterate that it sees; the run can go on afterwards as if nothing had been.</summary>
public class StopTests
{
    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 24, InitialScale = 0.1 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void TheRunEndsWithTheIterateThatWasSeen(int at)
    {
        Trainer<double> trainer = Create();
        StopAt stop = new(at);
        Steps seen = new(), progress = new();
        CompositeObserver<double> observer = new(stop, seen);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Stopped, at), trainer.Run(10, observer, progress));
        Assert.Equal(at, trainer.Step);
        Assert.False(trainer.HasDiverged);

        // Those after it have seen the iterate, too, and progress was told of every step.
        Assert.Equal(Enumerable.Range(0, at + 1), seen.Seen);
        Assert.Equal(Enumerable.Range(1, at), progress.Seen);

        // On with it: nothing is shown twice, and the bits are those of an uninterrupted run.
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 10), trainer.Run(10 - at, observer));
        Trainer<double> whole = Create();
        whole.Run(10);
        Assert.True(Data.SameBits(whole.Parameters, trainer.Parameters));
        Assert.Equal(Enumerable.Range(0, 11), seen.Seen);
    }

    // A wish at the last step is still a wish.
    [Fact]
    public void WithTheLastStepItIsStopped()
    {
        Assert.Equal(new TrainingOutcome(TrainingStatus.Stopped, 4), Create().Run(4, new StopAt(4)));
        Assert.Equal(new TrainingOutcome(TrainingStatus.Stopped, 0), Create().Run(0, new StopAt(0)));
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 4), Create().Run(4, new StopAt(5)));
    }

    // The one in the middle stops; the wish does not reach the next run.
    [Fact]
    public void OneOfManyIsEnough()
    {
        Trainer<double> trainer = Create();
        Steps first = new(), last = new();
        CompositeObserver<double> observer = new(first, new StopAt(3), last);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Stopped, 3), trainer.Run(10, observer));
        Assert.Equal(first.Seen, last.Seen);
        Assert.Equal([0, 1, 2, 3], last.Seen);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 10), trainer.Run(7, observer));
        Assert.Equal(Enumerable.Range(0, 11), last.Seen);
    }

    [Fact]
    public void EveryStepMayBeTheLast()
    {
        Trainer<double> trainer = Create(), whole = Create();
        whole.Run(6);
        StopAlways always = new();
        for (int step = 0; step <= 6; step++)
        {
            Assert.Equal(new TrainingOutcome(TrainingStatus.Stopped, step), trainer.Run(100, always));
        }

        Assert.True(Data.SameBits(whole.Parameters, trainer.Parameters));
    }

    [Fact]
    public void AWishThatFailedIsForgotten()
    {
        Trainer<double> trainer = Create();
        Assert.Throws<InvalidTimeZoneException>(() => trainer.Run(5, new CompositeObserver<double>(new StopAt(2), new ThrowAt(2))));
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 5), trainer.Run(3));
    }

    // Advance shows nothing and is not stopped; a snapshot that a test or a tool makes belongs to no run.
    [Fact]
    public void WithoutARunItDoesNothing()
    {
        default(TrainingSnapshot<double>).Stop();
        double[] numbers = [1];
        TrainingSnapshot<double> own = new() { Step = 0, Parameters = numbers, Factor = new ReadOnlyMatrixSpan<double>(numbers, 1, 1), Space = EstimateSpace.Matrices(1), Product = numbers };
        own.Stop();
        Assert.Throws<InvalidOperationException>(() => Create().Run(1, new CompositeObserver<double>(new SignalsOfNone())));
        Trainer<double> trainer = Create();
        trainer.Run(0, new StopAt(0));
        Assert.Equal(TrainingStatus.Completed, trainer.Advance());
    }

    [Fact]
    public void NoObserverIsNamed()
        => Assert.Equal("observers", Assert.Throws<ArgumentNullException>(() => new CompositeObserver<double>(new Steps(), null!)).ParamName);

    private static Trainer<double> Create() => Runs.Create<double>("HeteroSGD", "exact-law", Options);

    private sealed class StopAt(int step) : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (snapshot.Step == step)
            {
                snapshot.Stop();
            }
        }
    }

    private sealed class StopAlways : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot) => snapshot.Stop();
    }

    private sealed class ThrowAt(int step) : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (snapshot.Step == step)
            {
                throw new InvalidTimeZoneException();
            }
        }
    }

    private sealed class SignalsOfNone : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            TrainingSnapshot<double> own = new() { Step = 0, Parameters = snapshot.Parameters, Factor = snapshot.Factor, Space = snapshot.Space, Product = snapshot.Product };
            _ = own.Signals;
        }
    }

    private sealed class Steps : ITrainingObserver<double>, IProgress<int>
    {
        public List<int> Seen { get; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot) => Seen.Add(snapshot.Step);

        public void Report(int value) => Seen.Add(value);
    }
}
