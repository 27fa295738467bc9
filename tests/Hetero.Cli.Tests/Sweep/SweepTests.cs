using System.Globalization;
using Xunit;

namespace Hetero.Cli.Tests.Sweep;

/// <summary>
/// Random command lines over all commands and options, in this process. Every answer has an exit code from 0 to 2; a refusal is one line that names
/// something that was given, its value, and what is accepted; nothing ends unforeseen; the rows of a run are those that its options ask for, on any
/// number of threads.
/// </summary>
/// <remarks>
/// HETERO_SWEEP is the number of lines (else 3000), HETERO_SWEEP_SEED the seed (else 1), HETERO_SWEEP_FIRST the number of the first line (else 0). The
/// whole sweep is HETERO_SWEEP=100000; a line that fails is repeated by its number as the first one and HETERO_SWEEP=1.
/// </remarks>
public class SweepTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_lines_are_answered_as_promised()
    {
        int count = Setting("HETERO_SWEEP", 3000), seed = Setting("HETERO_SWEEP_SEED", 1), first = Setting("HETERO_SWEEP_FIRST", 0);
        SweepGenerator generator = new();
        using SweepRun run = new();
        List<string> faults = [];
        for (int number = first; number < first + count && faults.Count < 20; number++)
        {
            SweepCase line = generator.Draw(seed, number);
            if (run.Judge(line) is { } fault)
            {
                (SweepCase smallest, string same) = Shrink(run, line, fault);
                faults.Add($"line {number} of seed {seed}: {same}\n  {smallest}\n  shrunk from {line}");
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} lines from {first} of seed {seed}: {run.Counts[0]} succeeded, {run.Counts[1]} failed, {run.Counts[2]} were refused; "
            + $"numbers of {run.Counts[3]} runs"));
        Assert.True(faults.Count == 0, string.Join("\n", faults));

        // A sweep that reaches only refusals would find nothing.
        if (count >= 1000)
        {
            Assert.All(run.Counts, number => Assert.InRange(number, count / 200, count));
        }
    }

    /// <summary>Leaves out what the fault does not need, apart from the bound on memory.</summary>
    private static (SweepCase Line, string Fault) Shrink(SweepRun run, SweepCase line, string fault)
    {
        string kind = fault.Split('\n')[0];
        for (int at = 1; at < line.Parts.Count;)
        {
            SweepCase shorter = new([.. line.Parts.Where((_, i) => i != at)]);
            if (line.Parts[at].Option != "--memory" && run.Judge(shorter) is { } other && other.Split('\n')[0] == kind)
            {
                (line, fault) = (shorter, other);
            }
            else
            {
                at++;
            }
        }

        return (line, fault);
    }

    private static int Setting(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
