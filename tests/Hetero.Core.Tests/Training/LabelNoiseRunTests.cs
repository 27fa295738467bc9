using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Label noise in matrix sensing, in every algorithm: the same bits on any team and saved at any step, no memory in a step, refused where a source cannot make it.</summary>
[Collection(Allocations.Collection)]
public class LabelNoiseRunTests
{
    private static readonly TrainingOptions Options = new()
    {
        Seed = 7, Samples = 48, InitialScale = 0.1, NoiseDeviation = 0.05, LabelNoise = new() { Deviation = 0.3 }, StepSize = StepSizeSchedule.Constant(0.02),
    };

    public static TheoryData<string, string> All() => Runs.AllAndMiniBatches();

    [Theory]
    [MemberData(nameof(All))]
    public void TheSameBitsOnAnyTeamAndSavedAtAnyStep(string algorithm, string kind)
    {
        Check<double>(algorithm, kind);
        Check<float>(algorithm, kind);

        static void Check<T>(string algorithm, string kind)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            using WorkerTeam team = new(3);
            Trainer<T> whole = Runs.Create<T>(algorithm, kind, Options), together = Runs.Create<T>(algorithm, kind, Options, team: team);
            whole.Run(4);
            together.Run(4);
            Assert.Equal(whole.Parameters.ToArray(), together.Parameters.ToArray());
            Trainer<T> first = Runs.Create<T>(algorithm, kind, Options);
            for (int step = 0; step < 4; step++)
            {
                Trainer<T> second = Runs.Create<T>(algorithm, kind, Options);
                second.Restore(SavedRun.Of(first));
                second.Run(4 - step);
                Assert.Equal(whole.Parameters.ToArray(), second.Parameters.ToArray());
                first.Run(1);
            }

            Trainer<T> without = Runs.Create<T>(algorithm, kind, Options with { LabelNoise = null });
            without.Run(4);
            Assert.Equal(kind == "population", Data.SameBits(whole.Parameters, without.Parameters));
        }
    }

    // Of any law, also where a source makes none of it; a state saved without goes on with it.
    [Theory]
    [MemberData(nameof(All))]
    public void NoneOfDeviationZero(string algorithm, string kind)
    {
        foreach (LabelNoise none in new LabelNoise[] { new() { Deviation = 0 }, new() { Deviation = 0, Law = LabelNoiseLaw.Signs }, new() { Deviation = 0, IsOnOneSample = true } })
        {
            Trainer<double> expected = Runs.Create<double>(algorithm, kind, Options with { LabelNoise = null }), zero = Runs.Create<double>(algorithm, kind, Options with { LabelNoise = none });
            zero.Restore(SavedRun.Of(expected));
            expected.Run(3);
            zero.Run(3);
            Assert.True(Data.SameBits(expected.Parameters, zero.Parameters));
        }
    }

    [Theory]
    [InlineData("HeteroSGD", "exact-law")]
    [InlineData("HeteroSGD", "stored")]
    [InlineData("PooledSGD", "stored, shuffled")]
    [InlineData("PooledSGD mixture independent", "stored")]
    [InlineData("PooledGD", "regenerated")]
    public void AStepAllocatesNothing(string algorithm, string kind)
    {
        Trainer<double> trainer = Runs.Create<double>(algorithm, kind, Options);
        trainer.Run(3);
        Assert.Equal(0, Allocations.Of(() => trainer.Run(3)));
    }

    // Two sums of independent noise, and one of the variance of both.
    [Theory]
    [InlineData("HeteroSGD")]
    [InlineData("PooledSGD mixture independent")]
    public void InADrawItIsNoiseOfTheSameLaw(string algorithm)
    {
        TrainingOptions both = Options with { NoiseDeviation = 3, LabelNoise = new() { Deviation = 4 } }, one = Options with { NoiseDeviation = 5, LabelNoise = null };
        Trainer<double> first = Runs.Create<double>(algorithm, "exact-law", both), second = Runs.Create<double>(algorithm, "exact-law", one);
        first.Run(3);
        second.Run(3);
        Assert.Equal(second.Parameters.ToArray(), first.Parameters.ToArray());
    }

    [Fact]
    public void WhatASourceCannotMakeIsRefusedByName()
    {
        foreach (LabelNoise noise in new LabelNoise[] { new() { Deviation = 1, Law = LabelNoiseLaw.Signs }, new() { Deviation = 1, IsOnOneSample = true } })
        {
            Refused("options.LabelNoise", "Gaussian noise on each sample", Options with { LabelNoise = noise }, "exact-law");
        }

        Refused("options.LabelNoise.Deviation", "0 or above", Options with { LabelNoise = new() { Deviation = -1 } }, "stored");
        Refused("options.LabelNoise.Deviation", "0 or above", Options with { LabelNoise = new() { Deviation = double.NaN } }, "stored");
        Refused("options.LabelNoise.Law", "Gaussian, Signs", Options with { LabelNoise = new() { Deviation = 1, Law = (LabelNoiseLaw)7 } }, "stored");
        Refused("options.LabelNoise.Deviation", "at most", Options with { LabelNoise = new() { Deviation = 1e300 } }, "stored");
        SampleGroup<double> group = new() { Step = 0, Count = 10, Scale = 1, LabelNoise = new() { Deviation = 1 } };
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new GramMeasurements(3, 10, 1).Accumulate(in group, new double[6], new double[6]));
        Assert.Contains("accepted is none", exception.Message, StringComparison.Ordinal);

        static void Refused(string name, string accepted, TrainingOptions options, string kind)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => Runs.Create<double>("HeteroSGD", kind, options));
            Assert.Equal(name, exception.ParamName);
            Assert.Contains(accepted, exception.Message, StringComparison.Ordinal);
        }
    }

    // Its numbers are other ones for another deviation, law or place: a run with another is another run.
    [Fact]
    public void AnotherLabelNoiseIsAnotherRun()
    {
        LabelNoise?[] noises =
        [
            null, new() { Deviation = 1 }, new() { Deviation = 2 }, new() { Deviation = 1, Law = LabelNoiseLaw.Signs }, new() { Deviation = 1, IsOnOneSample = true },
        ];
        foreach (LabelNoise? saved in noises)
        {
            MemoryStream stream = SavedRun.Of(Create(saved));
            foreach (LabelNoise? other in noises)
            {
                stream.Position = 0;
                Trainer<double> trainer = Create(other);
                if (saved == other)
                {
                    trainer.Restore(stream);
                }
                else
                {
                    Assert.Throws<RunMismatchException>(() => trainer.Restore(stream));
                }
            }
        }

        static Trainer<double> Create(LabelNoise? noise) => Runs.Create<double>("HeteroSGD", "stored", Options with { LabelNoise = noise });
    }
}
