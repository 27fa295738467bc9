using System.Text;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

public class CheckpointTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };

    [Fact]
    public void TornDataAreRefused()
    {
        byte[] saved = Saved();
        for (int length = 0; length < saved.Length; length += 13)
        {
            Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(saved[..length])));
        }
    }

    [Fact]
    public void DamagedDataAreRefused()
    {
        byte[] saved = Saved();
        for (int at = 0; at < saved.Length; at += 7)
        {
            byte[] damaged = (byte[])saved.Clone();
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void AnotherKindOfRunIsNamed()
    {
        byte[] saved = Saved();
        Trainer<float> single = Runs.Create<float>("HeteroSGD", "exact-law", Options);
        Assert.Contains("Double d=7", Assert.Throws<InvalidDataException>(() => single.Restore(new MemoryStream(saved))).Message, StringComparison.Ordinal);
        Trainer<double> otherSeed = Runs.Create<double>("HeteroSGD", "exact-law", Options with { Seed = 2 });
        Assert.Contains("seed=1", Assert.Throws<InvalidDataException>(() => otherSeed.Restore(new MemoryStream(saved))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(Encoding.UTF8.GetBytes("something else\n"))));
        foreach (TrainingOptions other in new[] { Options with { Samples = 21 }, Options with { StepSize = StepSizeSchedule.Constant(0.04) }, Options with { NoiseDeviation = 0.1 }, Options with { Start = StartKind.Frame } })
        {
            Assert.Throws<InvalidDataException>(() => Runs.Create<double>("HeteroSGD", "exact-law", other).Restore(new MemoryStream(saved)));
        }

        Assert.Throws<InvalidDataException>(() => Runs.Create<double>("HeteroSGD", "regenerated", Options).Restore(new MemoryStream(saved)));
        Assert.Throws<InvalidDataException>(() => Runs.Create<double>("HeteroSGD", "exact-law", Options, Runs.Problem(seed: 4)).Restore(new MemoryStream(saved)));
    }

    [Theory]
    [InlineData("hetero checkpoint 1", "1 (streams 1, arithmetic 1)")]
    [InlineData("hetero checkpoint 2 (streams 1, arithmetic 3)", "2 (streams 1, arithmetic 3)")]
    public void AnotherVersionIsRefusedWithBothVersions(string firstLine, string found)
    {
        byte[] saved = Saved();
        byte[] other = [.. Encoding.UTF8.GetBytes(firstLine), .. saved.AsSpan(Array.IndexOf(saved, (byte)'\n'))];
        string message = Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(other))).Message;
        Assert.Contains($"version {found};", message, StringComparison.Ordinal);
        Assert.Contains("accepted is version 2 (streams 1, arithmetic 2)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADivergedStateStaysDiverged()
    {
        TrainingOptions wild = Options with { InitialScale = 1, StepSize = StepSizeSchedule.Constant(3) };
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", wild);
        TrainingOutcome outcome = trainer.Run(500);
        using MemoryStream stream = new();
        trainer.Save(stream);
        stream.Position = 0;
        Trainer<double> restored = Runs.Create<double>("HeteroSGD", "exact-law", wild);
        restored.Restore(stream);
        Assert.True(restored.HasDiverged);
        Assert.Equal(outcome, restored.Run(5));
    }

    private static Trainer<double> Fresh() => Runs.Create<double>("HeteroSGD", "exact-law", Options);

    private static byte[] Saved()
    {
        Trainer<double> trainer = Fresh();
        trainer.Run(3);
        using MemoryStream stream = new();
        trainer.Save(stream);
        return stream.ToArray();
    }
}
