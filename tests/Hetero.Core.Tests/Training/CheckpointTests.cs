using System.Numerics;
using System.Text;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
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

            // Damage in what names the run is another run.
            Exception refusal = Assert.ThrowsAny<Exception>(() => Fresh().Restore(new MemoryStream(damaged)));
            Assert.True(refusal is InvalidDataException or RunMismatchException, refusal.ToString());
        }
    }

    // The entries of the description are all there, and another blank: nothing that differs could be named.
    [Fact]
    public void ADescriptionInAnotherFormIsDamaged()
    {
        string saved = Encoding.Latin1.GetString(Saved());
        int blank = saved.IndexOf(' ', saved.IndexOf('\n') + 1);
        byte[] damaged = Encoding.Latin1.GetBytes(saved.Insert(blank, " "));
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(damaged)));
        Assert.Contains("description", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKindOfRunIsNamed()
    {
        byte[] saved = Saved();
        Trainer<float> single = Runs.Create<float>("HeteroSGD", "exact-law", Options);
        Assert.Equal(("precision", "Double", "Single"), Difference(single, saved));
        Assert.Equal(("Seed", "1", "2"), Difference(Runs.Create<double>("HeteroSGD", "exact-law", Options with { Seed = 2 }), saved));
        Assert.Equal(("Samples", "20", "21"), Difference(Runs.Create<double>("HeteroSGD", "exact-law", Options with { Samples = 21 }), saved));
        Assert.Equal(("algorithm", "HeteroSGD", "PooledSGD"), Difference(Runs.Create<double>("PooledSGD", "exact-law", Options), saved));
        TrainingOptions slower = Options with { StepSize = StepSizeSchedule.Constant(0.04) };
        Assert.Equal(("StepSize", "0.05", "0.04"), Difference(Runs.Create<double>("HeteroSGD", "exact-law", slower), saved));
        Assert.Equal("measurements", Difference(Runs.Create<double>("HeteroSGD", "regenerated", Options), saved).Name);
        Assert.Equal("subspaces", Difference(Runs.Create<double>("HeteroSGD", "exact-law", Options, Runs.Problem(seed: 4)), saved).Name);
        Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(Encoding.UTF8.GetBytes("something else\n"))));
    }

    private static (string Name, string Found, string Expected) Difference<T>(Trainer<T> trainer, byte[] saved)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RunMismatchException mismatch = Assert.Throws<RunMismatchException>(() => trainer.Restore(new MemoryStream(saved)));
        Assert.Contains($"'{mismatch.Name}' {mismatch.Found}; accepted is {mismatch.Expected}.", mismatch.Message, StringComparison.Ordinal);
        return (mismatch.Name, mismatch.Found, mismatch.Expected);
    }

    [Theory]
    [InlineData("hetero checkpoint 1", "1 (streams 1, arithmetic 1)")]
    [InlineData("hetero checkpoint 3 (streams 1, arithmetic 3)", "3 (streams 1, arithmetic 3)")]
    [InlineData("hetero checkpoint 3 (streams 1, arithmetic 7)", "3 (streams 1, arithmetic 7)")]
    public void AnotherVersionIsRefusedWithBothVersions(string firstLine, string found)
    {
        byte[] saved = Saved();
        byte[] other = [.. Encoding.UTF8.GetBytes(firstLine), .. saved.AsSpan(Array.IndexOf(saved, (byte)'\n'))];
        string message = Assert.Throws<InvalidDataException>(() => Fresh().Restore(new MemoryStream(other))).Message;
        Assert.Contains($"version {found};", message, StringComparison.Ordinal);
        Assert.Contains("accepted is version 3 (streams 1, arithmetic 6)", message, StringComparison.Ordinal);
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

    [Fact]
    public void StepsBeyondTheLastThatIsCountedAreRefused()
    {
        PartDescription description = new();
        foreach (string entry in Encoding.UTF8.GetString(Saved()).Split('\n')[1].Split(' '))
        {
            description.Add(entry.Split('=', 2)[0], entry.Split('=', 2)[1]);
        }

        Trainer<double> trainer = Fresh();
        using MemoryStream stream = new();
        Checkpoint.Write<double>(stream, description, int.MaxValue - 1, trainer.Factor.Data, state: []);
        stream.Position = 0;
        trainer.Restore(stream);
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Run(2));
        Assert.Equal("steps", refusal.ParamName);
        Assert.Contains("'steps' is 2; accepted is from 0 to 1.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, int.MaxValue), trainer.Run(1));
        Assert.Throws<InvalidOperationException>(() => trainer.Advance());
        Assert.Equal(int.MaxValue, trainer.Step);
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
