using System.Text;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What is saved can be read, whatever the parts say of themselves; and what a damaged file holds does not steer a terminal.</summary>
public class CheckpointTextTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 2, InitialScale = 0.1 };

    // 1 << 16 bytes were once the most that was read.
    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    [InlineData(30_000)]
    public void LongDescriptionsComeBack(int entries)
    {
        MemoryStream saved = SavedRun.Of(Create(entries, "entry"));
        Create(entries, "entry").Restore(saved);
        saved.Position = 0;
        Assert.Equal("other0", Assert.Throws<RunMismatchException>(() => Create(entries, "other").Restore(saved)).Name);
    }

    [Fact]
    public void DescriptionsThatCouldNotBeReadAreNotWritten()
    {
        MemoryStream saved = new();
        string message = Assert.Throws<InvalidOperationException>(() => Create(Checkpoint.MaxDescription / 50, new string('e', 50)).Save(saved)).Message;
        Assert.Equal(0, saved.Length);
        Assert.Contains($"'{nameof(Wordy)}'", message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{Checkpoint.MaxDescription}"), message, StringComparison.Ordinal);
    }

    // Half of a surrogate pair is written as another character.
    [Fact]
    public void HalvesOfPairsComeBack()
    {
        Create(1, "entry", "\ud800").Restore(SavedRun.Of(Create(1, "entry", "\ud800")));
        Assert.Throws<RunMismatchException>(() => Create(1, "entry", "\udc00").Restore(SavedRun.Of(Create(1, "entry", "\ud800"))));
        Assert.Throws<ArgumentException>(() => new PartDescription().Add("\udc00", 1L));
        Create(1, "entry", "\U0001F600").Restore(SavedRun.Of(Create(1, "entry", "\U0001F600")));
    }

    [Theory]
    [InlineData("\u001b[31m red")]
    [InlineData("hetero checkpoint \u001b[2J")]
    [InlineData("hetero checkpoint \u202e")]
    public void MessagesHoldNoControlCharacters(string text)
    {
        string message = Assert.Throws<InvalidDataException>(
            () => Create(1, "entry").Restore(new MemoryStream(Encoding.UTF8.GetBytes(text + "\n")))).Message;
        Assert.DoesNotContain(message, letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format);
        Assert.Contains("\\u{", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedStepsAndValuesHoldNoControlCharacters()
    {
        string saved = Encoding.Latin1.GetString(SavedRun.Of(Create(1, "entry")).ToArray());
        string[] lines = saved.Split('\n');
        Assert.Equal("0", lines[2]);
        string step = Assert.Throws<InvalidDataException>(() => Restore(string.Join('\n', [lines[0], lines[1], "0\u001b[2J", .. lines[3..]]))).Message;
        Assert.DoesNotContain(step, char.IsControl);
        RunMismatchException other = Assert.Throws<RunMismatchException>(
            () => Restore(string.Join('\n', [lines[0], lines[1].Replace("entry0=0", "entry0=\u001b[2J", StringComparison.Ordinal), .. lines[2..]])));
        Assert.DoesNotContain(other.Message, char.IsControl);
        Assert.Equal("entry0", other.Name);
        RunMismatchException unknown = Assert.Throws<RunMismatchException>(
            () => Restore(string.Join('\n', [lines[0], lines[1] + " \u001b[2J=1", .. lines[2..]])));
        Assert.DoesNotContain(unknown.Message, char.IsControl);
        Assert.DoesNotContain(unknown.Name, char.IsControl);

        static void Restore(string text) => Create(1, "entry").Restore(new MemoryStream(Encoding.Latin1.GetBytes(text)));
    }

    // Details are implied by what comes later: a line from before there were any is the same run's.
    [Fact]
    public void LinesWithoutDetailsAreHeldAgainstTheRest()
    {
        PartDescription with = new(), other = new(), without = new();
        with.Add("first", 1L);
        without.Add("first", 1L);
        other.Add("first", 1L);
        with.AddDetail("part", "3");
        other.AddDetail("part", "4");
        with.Add("whole", "#12");
        without.Add("whole", "#12");
        other.Add("whole", "#13");
        Assert.Null(with.FirstDifference(with.ToString()));
        Assert.Null(with.FirstDifference(without.ToString()));
        Assert.Equal(("part", "4", "3"), with.FirstDifference(other.ToString()));
        Assert.Equal(("whole", "#12", "#13"), other.FirstDifference(without.ToString()));
    }

    private static Trainer<double> Create(int entries, string name, string value = "")
        => new HeteroSgd<double>(OwnData.Make(3, 1, 4, 5).Measured<double>(), Options, parts: new() { UpdateRule = new Wordy(entries, name, value) });

    private sealed class Wordy(int entries, string name, string value) : UpdateRule<double>
    {
        public override void Apply(in UpdateStep<double> step)
        {
        }

        public override void Describe(PartDescription description)
        {
            for (int i = 0; i < entries; i++)
            {
                description.Add(FormattableString.Invariant($"{name}{i}"), (long)i);
            }

            description.Add("value", value.Length == 0 ? "none" : value);
        }
    }
}
