using System.Text;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public sealed class SweepLogTests : IDisposable
{
    private static readonly SweepGrid Grid = new(
        new RunRecipe { Dimension = 4, Samples = 16, Steps = 6, Model = ModelKind.Direct }, [SweepAxis.Parse("step-size=0.1,1000")], seeds: 3);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Rows_come_back_with_every_bit()
    {
        IReadOnlyList<RunSummary> made;
        using (SweepLog log = SweepLog.Open(_path))
        {
            made = RecipeSweep.Execute(Grid, 2, log);
            Assert.Equal(6, log.Count);
        }

        SweepLog read = SweepLog.Read(_path);
        Assert.Equal((6, 0), (read.Count, read.Damaged));
        Assert.All(Grid.Runs.Zip(made), pair => Same(pair.Second, read.Find(pair.First.Id)));

        // A residual of a model that is no factor is no number, and a run that diverged is infinite: both are rows.
        Assert.Contains(made, summary => double.IsNaN(summary.Last(RowQuantity.Residual)));
        Assert.Contains(made, summary => summary.Status == "diverged" && double.IsPositiveInfinity(summary.Mean(RowQuantity.Error)));
    }

    [Fact]
    public void A_file_that_ends_at_any_byte_keeps_its_whole_lines_and_goes_on_to_the_same_bytes()
    {
        using (SweepLog log = SweepLog.Open(_path))
        {
            RecipeSweep.Execute(Grid, 1, log);
        }

        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length <= whole.Length; length += length < 250 ? 1 : 7)
        {
            File.WriteAllBytes(_path, whole[..length]);
            int lines = Encoding.UTF8.GetString(whole, 0, length).Count(c => c == '\n');
            Assert.Equal((Math.Max(0, lines - 1), 0), (SweepLog.Read(_path).Count, SweepLog.Read(_path).Damaged));
            using (SweepLog log = SweepLog.Open(_path))
            {
                Assert.Equal(Math.Max(0, lines - 1), log.Count);
                RecipeSweep.Execute(Grid, 1, log);
            }

            Assert.Equal(whole, File.ReadAllBytes(_path));
        }
    }

    [Fact]
    public void A_damaged_line_is_no_row_and_its_run_is_made_again()
    {
        IReadOnlyList<RunSummary> made;
        using (SweepLog log = SweepLog.Open(_path))
        {
            made = RecipeSweep.Execute(Grid, 1, log);
        }

        byte[] whole = File.ReadAllBytes(_path);
        int header = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (int place in Enumerable.Range(0, 40).Select(i => header + (i * (whole.Length - header) / 40)).Where(place => whole[place] != '\n'))
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 1;
            File.WriteAllBytes(_path, damaged);
            using SweepLog log = SweepLog.Open(_path);
            Assert.Equal((5, 1), (log.Count, log.Damaged));
            Assert.All(made.Zip(RecipeSweep.Execute(Grid, 1, log)), pair => Same(pair.First, pair.Second));
        }
    }

    [Fact]
    public void Another_file_is_refused_and_stays_as_it_is()
    {
        foreach (string text in new[] { "step,signal\n1,2\n", "x", "run,status\n", "\n" })
        {
            File.WriteAllText(_path, text);
            Assert.Contains("accepted is a file with rows of runs", Assert.Throws<InvalidDataException>(() => SweepLog.Open(_path)).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() => SweepLog.Read(_path));
            Assert.Equal(text, File.ReadAllText(_path));
        }
    }

    [Fact]
    public void Rows_with_other_columns_are_said_to_have_them()
    {
        File.WriteAllText(_path, "run,status,step,signal,check\n");
        Assert.Contains("has rows of runs with other columns", Assert.Throws<InvalidDataException>(() => SweepLog.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_writer_is_refused()
    {
        using (SweepLog.Open(_path))
        {
            Assert.Throws<IOException>(() => SweepLog.Open(_path));
        }

        SweepLog.Open(_path).Dispose();
    }

    // As of a look at what is missing, while a task begins.
    [Fact]
    public void A_reader_that_holds_the_file_for_a_moment_is_waited_for()
    {
        SweepLog.Open(_path).Dispose();
        using FileStream reader = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int waits = 0;
        SweepLog.Open(
            _path,
            () =>
            {
                if (++waits == 3)
                {
                    reader.Dispose();
                }
            }).Dispose();
        Assert.Equal(3, waits);
    }

    [Fact]
    public void One_that_never_lets_it_go_is_not_waited_for_forever()
    {
        SweepLog.Open(_path).Dispose();
        using FileStream reader = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int waits = 0;
        Assert.Throws<IOException>(() => SweepLog.Open(_path, () => waits++));
        Assert.Equal(40, waits);
    }

    // A file is read piece by piece, whose ends lie anywhere in a line.
    [Fact]
    public void Many_rows_and_a_line_longer_than_any()
    {
        const int Count = 1000;
        RunSummary summary;
        using (SweepLog log = SweepLog.Open(_path))
        {
            summary = RecipeSweep.Execute(Grid, 1, log)[0];
            for (int i = 0; i < Count; i++)
            {
                log.Add($"own{i}", summary);
            }
        }

        byte[] whole = File.ReadAllBytes(_path);
        Assert.True(whole.Length > 2 << 16);
        int middle = Array.IndexOf(whole, (byte)'\n', whole.Length / 2) + 1;
        File.WriteAllBytes(_path, [.. whole[..middle], .. Enumerable.Repeat((byte)'x', 200_000), (byte)'\n', .. whole[middle..], .. "own1000,compl"u8]);
        using (SweepLog log = SweepLog.Open(_path))
        {
            Assert.Equal((Count + 6, 1), (log.Count, log.Damaged));
            Assert.All(Enumerable.Range(0, Count), i => Same(summary, log.Find($"own{i}")));
        }

        // What was not written to its end is gone, and nothing else.
        Assert.Equal(whole.Length + 200_001, new FileInfo(_path).Length);
    }

    [Fact]
    public void A_log_that_was_opened_for_reading_takes_no_rows()
    {
        SweepLog.Open(_path).Dispose();
        Assert.Throws<InvalidOperationException>(() => RecipeSweep.Execute(Grid, 1, SweepLog.Read(_path)));
    }

    private static void Same(RunSummary expected, RunSummary? found)
    {
        Assert.NotNull(found);
        Assert.Equal((expected.Status, expected.Step), (found.Status, found.Step));
        Assert.Equal(expected.Numbers.Select(BitConverter.DoubleToInt64Bits), found.Numbers.Select(BitConverter.DoubleToInt64Bits));
    }
}
