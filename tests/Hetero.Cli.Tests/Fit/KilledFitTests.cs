using System.Diagnostics;
using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Fit;

public class KilledFitTests
{
    [Theory]
    [InlineData("--step-size 0.1 --steps 400 --samples 40 --seeds 2 --checkpoint-every 20", "seed-1", "seed-2")]
    [InlineData("--tune --step-size 0.1,0.05,0.02 --folds 2 --steps 200 --samples 40 --checkpoint-every 20", "tuning", "seed-1")]
    public void A_fit_that_is_killed_at_any_moment_leaves_whole_files_and_goes_on_with_the_same_bits(string options, string first, string second)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), whole = directory.File("whole"), killed = directory.File("killed");
        Assert.Equal(0, CommandCall.Line($"fit {options} --out {whole} {data}").Code);

        // What an earlier fit has left stays as it is until its place is taken.
        Assert.Equal(0, CommandCall.Line($"fit --step-size 0.1 --steps 20 --out {killed} {data}").Code);
        Dictionary<string, byte[]> earlier = Contents(killed);
        for (int moment = 0; moment < 10; moment++)
        {
            using (Process process = ChildProcess.Start(null, [.. $"fit {options} --resume --out {killed} {data}".Split(' ')]))
            {
                // Before the first state, while some are written, and in between.
                string state = Path.Combine(killed, $"{(moment % 3 == 0 ? first : moment % 3 == 1 ? second : "pooled")}.state");
                while (moment > 0 && !File.Exists(state) && !process.WaitForExit(1))
                {
                }

                process.WaitForExit(moment * 3);
                process.Kill();
                process.WaitForExit();
            }

            Dictionary<string, byte[]> found = Contents(killed);
            Assert.All(earlier.Keys.Where(name => name != "fit.json"), name => Assert.True(
                found[name].AsSpan().SequenceEqual(earlier[name]) || found[name].AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(whole, name))), name));
            using JsonDocument manifest = JsonDocument.Parse(found["fit.json"]);
        }

        CommandCall call = CommandCall.Line($"fit {options} --resume --out {killed} {data}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Dictionary<string, byte[]> last = Contents(killed), expected = Contents(whole);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), last.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected.Keys.Where(name => name != "fit.json"), name => Assert.Equal(expected[name], last[name]));
    }

    [Fact]
    public void States_of_another_fit_are_refused_and_without_resume_they_do_not_count()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "seed-1.state"), "nonsense");
        CommandCall call = CommandCall.Line($"fit --steps 20 --resume --checkpoint-every 5 --out {folder} {data}");
        Assert.Equal(2, call.Code);
        Assert.Contains("that cannot be read (It is no state of a fit, or one of another version)", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        CommandCall anew = CommandCall.Line($"fit --steps 20 --checkpoint-every 5 --out {folder} {data}");
        Assert.Equal(0, anew.Code);
        Assert.EndsWith("has states of an earlier fit (seed-1.state), which this one replaces; '--resume' would go on from them.", Assert.Single(anew.ErrorLines), StringComparison.Ordinal);
        Assert.EndsWith("removed: the states of this fit, which is finished: seed-1.state, pooled.state", anew.Output.TrimEnd('\n'), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "seed-1.state")));
    }

    [Fact]
    public void Resuming_without_states_or_with_those_of_another_seed_is_no_silent_beginning()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        CommandCall anew = CommandCall.Line($"fit --steps 20 --resume --checkpoint-every 5 --out {folder} {data}");
        Assert.Equal(0, anew.Code);
        Assert.EndsWith("': the fit begins at step 0.", Assert.Single(anew.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("'--resume' finds no states in '", anew.ErrorLines[0], StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "seed-1.state"), "nonsense");
        CommandCall other = CommandCall.Line($"fit --steps 20 --resume --seed 2 --checkpoint-every 5 --out {folder} {data}");
        Assert.Equal(2, other.Code);
        Assert.Contains("meets 'seed-1.state' in '", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("another '--seed' or '--seeds'", other.ErrorLines[0], StringComparison.Ordinal);
    }

    // With auto another step size comes of other data, and was what the refusal named.
    [Theory]
    [InlineData("--step-size auto", "y1.npy", "the responses of 'south' ('y1.npy') are others")]
    [InlineData("--step-size auto --precision single", "x0.npy", "the measurements of 'north' ('x0.npy') are others")]
    [InlineData("--tune --step-size 0.1,0.05 --folds 2", "y0.npy", "the responses of 'north' ('y0.npy') are others")]
    public void States_of_other_data_are_refused_by_the_array_that_is_another(string options, string changed, string difference)
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit"), line = $"fit {options} --steps 2000 --checkpoint-every 3 --out {folder} {data}";
        using (Process process = ChildProcess.Start(null, line.Split(' ')))
        {
            while (!process.WaitForExit(1) && (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.state").Length == 0))
            {
            }

            process.Kill();
            process.WaitForExit();
        }

        // The last number, whichever rows it is in: those held out count too.
        byte[] bytes = File.ReadAllBytes(directory.File(changed));
        bytes[^3] ^= 64;
        File.WriteAllBytes(directory.File(changed), bytes);
        CommandCall call = CommandCall.Of([.. line.Split(' '), "--resume"]);
        Assert.Equal(2, call.Code);
        Assert.Contains($"that is of other data (The state was saved by a fit of other data: {difference}); accepted are", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    // A fit that diverges keeps its table under a name of its own, and the next one that comes to an end leaves one fit in the directory.
    [Fact]
    public void What_earlier_fits_left_is_removed_and_said()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        Assert.Equal(0, CommandCall.Line($"fit --tune --step-size 0.1 --folds 2 --steps 20 --out {folder} {data}").Code);
        Assert.Equal(1, CommandCall.Line($"fit --step-size 9 --steps 20 --out {folder} {data}").Code);
        Assert.True(File.Exists(Path.Combine(folder, "failed-trajectory.csv")) && File.Exists(Path.Combine(folder, "tuning.csv")));
        CommandCall call = CommandCall.Line($"fit --step-size 0.1 --steps 20 --model direct --out {folder} {data}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal("removed: files of an earlier fit that are not of this one: failed-trajectory.csv, factor.npy, tuning.csv", call.Output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(["estimate.npy", "fit.json", "fit.svg", "pooled.npy", "trajectory.csv", "two-fits.npy"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, byte[]> Contents(string folder)
        => Directory.GetFiles(folder).Where(path => !Path.GetFileName(path).StartsWith('.') && !path.EndsWith(".state", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
}
