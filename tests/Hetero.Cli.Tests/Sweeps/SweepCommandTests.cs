using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Sweeps;

/// <summary>hetero sweep.</summary>
public class SweepCommandTests
{
    private const string Small = "--dimension 6 --samples 30 --steps 5";

    private static readonly string[] Files = ["cells.csv", "runs.csv", "runs.log", "sweep.json"];

    [Fact]
    public void The_tables_have_the_rows_of_run_and_all_files_the_same_bytes_on_any_number_of_threads()
    {
        using TemporaryDirectory directory = new();
        foreach (string threads in new[] { "1", "3" })
        {
            CommandCall call = Sweep(directory.File(threads), $"--vary spread=0:4:3 --vary algorithm=hetero-sgd,pooled-sgd --seeds 2 --seed 7 --threads {threads}");
            Assert.Equal((0, ""), (call.Code, call.Error));
            Assert.EndsWith("runs.csv: 12 runs, 0 diverged", call.Lines[0], StringComparison.Ordinal);
            Assert.EndsWith("cells.csv: medians and quantiles of 6 cells of 2 seeds", call.Lines[1], StringComparison.Ordinal);
            Assert.Equal(Files, Names(directory.File(threads)));
        }

        foreach (string file in Files.Where(name => name != "runs.log"))
        {
            Assert.Equal(File.ReadAllText(directory.File($"1/{file}")), File.ReadAllText(directory.File($"3/{file}")));
        }

        string[] rows = File.ReadAllLines(directory.File("1/runs.csv"));
        Assert.StartsWith("spread,algorithm,seed,run,status,step,signal,", rows[0], StringComparison.Ordinal);
        string[] run = CommandCall.Line($"run {Small} --spread 4 --algorithm pooled-sgd --seed 8").Lines[^1].Split(',');
        Assert.Matches($"^4,pooled-sgd,8,[0-9a-f]{{16}},completed,5,{string.Join(',', run[2..])},", rows[12]);
    }

    [Fact]
    public void More_seeds_and_values_keep_what_is_there_and_make_the_tables_of_one_sweep()
    {
        using TemporaryDirectory directory = new();
        string grown = directory.File("grown"), whole = directory.File("whole");
        Assert.Equal(0, Sweep(grown, "--vary spread=2,0 --seeds 2").Code);
        CommandCall again = CommandCall.Of("sweep", "--resume", "--out", grown);
        Assert.EndsWith("4 runs, 4 of them kept, 0 diverged", again.Lines[0], StringComparison.Ordinal);
        CommandCall more = Sweep(grown, "--resume --vary spread=0:4:3 --seeds 3 --vary step-size=0.05,1000");
        Assert.EndsWith("18 runs, 4 of them kept, 9 diverged", more.Lines[0], StringComparison.Ordinal);
        Assert.Equal(0, Sweep(whole, "--resume --vary spread=0:4:3 --seeds 3 --vary step-size=0.05,1000").Code);
        Assert.All(Files.Where(name => name != "runs.log"), file => Assert.Equal(File.ReadAllText(Path.Combine(whole, file)), File.ReadAllText(Path.Combine(grown, file))));
        Assert.Equal(19, File.ReadAllLines(Path.Combine(grown, "runs.log")).Length);
    }

    [Fact]
    public void A_sweep_starts_from_a_file_and_the_line_takes_its_place()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("s.json", """{"dimension": 6, "samples": [20, 30], "steps": 5, "spread": "0:4:3", "seeds": 2, "zip": false, "average-from": 0.25}""");
        Assert.Equal(0, CommandCall.Of("sweep", "--from", file, "--samples", "25", "--vary", "spread=1,2", "--vary", "seed=4,9", "--seeds", "1", "--zip", "--out", directory.File("a")).Code);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("a/sweep.json")));
        SweepGrid grid = SweepJson.Parse(manifest.RootElement.GetProperty("sweep").GetRawText());
        Assert.Equal([(25L, 1.0, 4UL), (25, 2, 9)], grid.Runs.Select(run => (run.Recipe.Samples, run.Recipe.Spread, run.Recipe.Seed)));
        Assert.Equal((true, 0.25), (grid.IsZipped, grid.AverageFrom));

        // The manifest is a file to start from, and so is that of a run.
        Assert.Equal(0, CommandCall.Of("sweep", "--from", directory.File("a/sweep.json"), "--out", directory.File("b")).Code);
        Assert.Equal(File.ReadAllText(directory.File("a/runs.csv")), File.ReadAllText(directory.File("b/runs.csv")));
        Assert.Equal(0, CommandCall.Line($"run {Small} --json {directory.File("r.json")} --out {directory.File("r.csv")}").Code);
        Assert.Equal(0, CommandCall.Of("sweep", "--from", directory.File("r.json"), "--seeds", "2", "--out", directory.File("c")).Code);
        Assert.Equal(3, File.ReadAllLines(directory.File("c/runs.csv")).Length);
    }

    [Fact]
    public void Environments_vary_by_words_and_by_files_which_the_manifest_has()
    {
        using TemporaryDirectory directory = new();
        string list = directory.Write("e.json", """{"environments":[{"sigma":[[2]]},{"sigma":[[-1]]}]}""");
        Assert.Equal(0, Sweep(directory.File("a"), $"--vary environments=two-point,{list} --seeds 2").Code);
        string run = CommandCall.Line($"run {Small} --environments {list} --seed 2").Lines[^1];
        Assert.Contains($",completed,5,{run[(run.IndexOf(',', 2) + 1)..]},", File.ReadAllLines(directory.File("a/runs.csv"))[4], StringComparison.Ordinal);
        File.Delete(list);
        Assert.EndsWith("4 of them kept, 0 diverged", CommandCall.Of("sweep", "--resume", "--out", directory.File("a")).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_says_what_is_left_and_writes_nothing()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a");
        CommandCall call = Sweep(folder, "--vary spread=0,2 --seeds 3 --threads 2 --dry-run");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal("runs: 6 (2 cells of 3 seeds)", call.Lines[0]);
        Assert.Matches("^memory: [0-9.]+ KiB \\(2 runs at the same time\\)$", call.Lines[1]);
        Assert.Matches("^time: about .* on 2 threads \\(from some steps of one cell: .* a run\\)$", call.Lines[2]);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(0, Sweep(folder, "--vary spread=0,2 --seeds 2").Code);
        Assert.Equal("runs: 6 (2 cells of 3 seeds), 4 of them there already", Sweep(folder, "--vary spread=0,2 --seeds 3 --dry-run").Lines[0]);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(folder, "runs.csv")).Length);
    }

    [Theory]
    [InlineData("", "the sweep is a single run; accepted is --vary <NAME=VALUES> with two values or more, or two --seeds or more.")]
    [InlineData("--vary spread", "'--vary' is 'spread'; accepted is NAME=VALUES")]
    [InlineData("--vary spread=", "'--vary' is 'spread='")]
    [InlineData("--vary spred=1,2", "'spred' is not an option of a run (did you mean 'spread'?)")]
    [InlineData("--vary out=1,2", "'out' is not an option of a run")]
    [InlineData("--vary threads=1,2", "'--threads' changes no number")]
    [InlineData("--vary spread=1,2 --vary spread=3,4", "'--vary' names 'spread' twice; accepted is every option once.")]
    [InlineData("--vary spread=1,2 --spread 3", "'--vary' names 'spread' beside '--spread'; accepted is one of them.")]
    [InlineData("--vary spread=1,2 --vary step-size=0.1,0.2,0.3 --zip", "'--zip' goes through 2 values of 'spread' and 3 of 'step-size' in step")]
    [InlineData("--vary spread=0:1:1000 --vary step-size=0.1:1:1000 --vary init-scale=0.1:1:1000", "the sweep has 1000000000 cells of 1 '--seeds'; accepted are 1000000 runs at most.")]
    [InlineData("--vary spread=0:1:2000000000", "'--vary' is 'spread=0:1:2000000000'")]
    [InlineData("--vary spread=1,2,1", "the cells spread=1 and spread=1 make the same run, of seed 1")]
    [InlineData("--vary spread=1,-2", "'--spread' is '-2'; accepted is a finite number, 0 or above")]
    [InlineData("--vary invariant-rank=1,6 --vary spread=1,2", "(in the cell invariant-rank=6, spread=1).")]
    [InlineData("--vary spread=1,2 --seeds 0", "'--seeds' is '0'")]
    [InlineData("--vary spread=1,2 --seed 18446744073709551615 --seeds 2", "'--seed' is '18446744073709551615'")]
    [InlineData("--vary spread=1,2 --average-from 2", "'--average-from' is '2'; accepted is a number from 0 to 1.")]
    [InlineData("--vary spread=1,2 --time-limit 0", "'--time-limit' is '0'; accepted is a number of seconds above 0")]
    [InlineData("--vary spread=1,2 --time-limit 3weeks", "'--time-limit' is '3weeks'")]
    [InlineData("--vary spread=1,2 --memory 8K --threads 2", "the sweep needs", "for each of 2 runs at the same time ('--threads'); accepted is what fits into '--memory', 7.81 KiB.")]
    [InlineData("--vary spread=1,2 --memory 1K", "'--dimension'", "(in the cell spread=1).")]
    [InlineData(
        "--vary spread=1,2 --measurements exact-law-factored --neurons", "'--neurons' is 'true'; accepted is false for '--measurements exact-law-factored'", "(in the cell spread=1).")]
    [InlineData("--vary environments=two-point,x", "'--environments' is 'x'")]
    [InlineData("--vary environments=two-point,nowhere.json", "'--environments' is 'nowhere.json'")]
    [InlineData("--vary spread=1,2 --from nowhere.json", "'--from' is 'nowhere.json'; accepted is a sweep or a recipe as JSON")]
    [InlineData("--vary spread=1,2 --resum", "'--resum' is not an option of 'hetero sweep' (did you mean '--resume'?)")]
    [InlineData("--resume", "accepted is the folder of a sweep for '--resume' without '--vary' and '--from'; this one has no 'sweep.json'.")]
    [InlineData("--vary spread=0:1:2000000", "'--vary' is 'spread=0:1:2000000'", ": 2 to 100000 numbers")]
    [InlineData(
        "--vary invariant-rank=1:3:4",
        "the cells invariant-rank=2 and invariant-rank=2 make the same run, of seed 1; accepted is every run once, also where a range is rounded to whole numbers.")]
    public void A_bad_sweep_is_refused_in_one_line_before_anything_is_written(string line, params string[] fragments)
    {
        using TemporaryDirectory directory = new();
        CommandCall call = Sweep(directory.File("a"), line);
        Assert.Equal((2, ""), (call.Code, call.Output));
        string message = Assert.Single(call.ErrorLines);
        Assert.All(fragments, fragment => Assert.Contains(fragment, message, StringComparison.Ordinal));
        Assert.Empty(directory.Names);
    }

    [Theory]
    [InlineData("""{"spread": [1, 2], "spred": 1}""", "where 'spred' is not an option of a run (did you mean 'spread'?)")]
    [InlineData("""{"spread": []}""", "where 'spread' has 0 values in a sweep")]
    [InlineData("""[1]""", "where the sweep is [1]")]
    [InlineData("""{"command": "compare"}""", "which is not of hetero run")]
    [InlineData("{", "which is not JSON")]
    [InlineData("""{"spread": "0:10"}""", "where 'spread' is '0:10'; accepted is values separated by commas")]
    public void A_bad_file_is_refused_in_one_line(string text, string fragment)
    {
        using TemporaryDirectory directory = new();
        CommandCall call = Sweep(directory.File("a"), $"--from {directory.Write("s.json", text)}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["s.json"], directory.Names);
    }

    [Theory]
    [InlineData("notes.txt", "", "", "a folder that is new, empty or of a sweep; 'notes.txt' is no file of one")]
    [InlineData("notes.txt", "", "--resume", "'notes.txt' is no file of one")]
    [InlineData("sweep.json", "{}", "", "a folder without 'sweep.json', or '--resume' to keep the runs that it has")]
    [InlineData("runs.log", "1,2,3\n", "--resume", "begins with '1,2,3'; accepted is a file with rows of runs")]
    public void A_folder_of_something_else_is_refused_and_stays_as_it_is(string name, string text, string option, string fragment)
    {
        using TemporaryDirectory directory = new();
        directory.Write(name, text);
        foreach (string dry in name == "sweep.json" ? new[] { "" } : ["", " --dry-run"])
        {
            CommandCall call = Sweep(directory.Path, $"--vary spread=1,2 {option}{dry}");
            Assert.Equal((2, ""), (call.Code, call.Output));
            Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        }

        Assert.Equal([name], directory.Names);
        Assert.Equal(text, File.ReadAllText(directory.File(name)));
    }

    [Fact]
    public void A_sweep_that_is_gone_on_with_keeps_what_the_line_does_not_say()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2 --vary algorithm=hetero-sgd,pooled-sgd --average-from 0.25").Code);
        CommandCall more = CommandCall.Of("sweep", "--resume", "--vary", "spread=3,2,1", "--out", folder);
        Assert.EndsWith("6 runs, 4 of them kept, 0 diverged", more.Lines[0], StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(Path.Combine(folder, "runs.csv"));
        Assert.StartsWith("spread,algorithm,seed,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("3,pooled-sgd,1,", rows[2], StringComparison.Ordinal);

        // All of them in another order are in that order, and what the line sets varies no more.
        Assert.Equal(0, CommandCall.Line($"sweep --resume --vary algorithm=pooled-sgd,hetero-sgd --vary spread=1,2 --out {folder}").Code);
        Assert.StartsWith("algorithm,spread,seed,", File.ReadAllLines(Path.Combine(folder, "runs.csv"))[0], StringComparison.Ordinal);
        Assert.EndsWith("2 runs, 2 of them kept, 0 diverged", CommandCall.Line($"sweep --resume --algorithm hetero-sgd --out {folder}").Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dimension": 7, "samples": 30, "steps": 5, "spread": [1, 2, 3]}""", "", "where 'dimension' is 7, and the sweep in '", "' has 6; ", "'--dimension' beside '--resume'")]
    [InlineData("""{"dimension": 6, "samples": 30, "steps": 5, "spread": 1, "seed": [1, 2]}""", "", "where 'spread' is 1, and the sweep in '", "' has it varied; ")]
    [InlineData("""{"dimension": 6, "samples": 30, "steps": 5, "spread": [1, 2, 3], "average-from": 0.25}""", "", "where 'average-from' is 0.25, and the sweep in '", "' has 0.5; ")]
    [InlineData("""{"dimension": 6, "samples": 30, "steps": 5, "factor-columns": 6, "spread": [1, 2, 3]}""", "")]
    [InlineData("""{"samples": 30, "steps": 5, "spread": [1, 2, 3]}""", "--dimension 7")]
    public void A_file_with_other_values_than_the_sweep_that_is_gone_on_with_is_refused_unless_the_line_says_them(string text, string line, params string[] fragments)
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a"), file = directory.Write("other.json", text);
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        string before = File.ReadAllText(Path.Combine(folder, "sweep.json"));
        CommandCall call = CommandCall.Line($"sweep --resume --from {file} {line} --out {folder}");
        Assert.Equal(fragments.Length > 0 ? 2 : 0, call.Code);
        Assert.All(fragments, fragment => Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal));
        Assert.Equal(fragments.Length > 0, before == File.ReadAllText(Path.Combine(folder, "sweep.json")));
    }

    [Fact]
    public void A_folder_without_a_manifest_or_with_another_says_so()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        foreach (string command in new[] { "sweep", "sweep plan" })
        {
            Refused($"{command} --out {folder}", $"'--out' is '{folder}'; accepted is a folder without a sweep, or '--resume' to go on with that which it has.");
        }

        Assert.Equal(0, CommandCall.Line($"run {Small} --json {folder}/sweep.json --out {directory.File("r.csv")}").Code);
        Refused($"sweep --resume --out {folder}", $"'--out' names '{folder}/sweep.json', which is of no sweep; accepted is the manifest of hetero sweep.");
        File.WriteAllText(Path.Combine(folder, "sweep.json"), "{");
        Refused($"sweep --resume --vary spread=1,2 --out {folder}", $"'--out' names '{folder}/sweep.json', which is not JSON");
        File.Delete(Path.Combine(folder, "sweep.json"));
        foreach (string command in new[] { "sweep", "sweep --seeds 2", "sweep plan" })
        {
            Refused($"{command} --resume --out {folder}", $"'--out' is '{folder}'; accepted is the folder of a sweep for '--resume' without '--vary' and '--from'; this one has no 'sweep.json'.");
        }
    }

    [Fact]
    public void What_has_no_rows_is_said_with_what_to_do()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a"), log = directory.File("a/runs.log");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        File.WriteAllBytes(log, new byte[300]);
        Refused($"sweep --resume --out {folder}", "accepted is a folder of a sweep (", "runs.log' begins with '", "; without it its runs are made again).");
        File.Delete(log);
        Directory.CreateDirectory(log);
        Refused($"sweep --resume --out {folder}", "runs.log' is no file; accepted is a file with rows of runs; without it its runs are made again).");
        Refused($"sweep --resume --dry-run --out {folder}", "runs.log' is no file");
        Directory.Delete(log);
        if (!OperatingSystem.IsWindows())
        {
            System.Diagnostics.Process.Start("mkfifo", [log]).WaitForExit();
            Refused($"sweep --resume --out {folder}", "runs.log' is no file; accepted is a file with rows of runs");
            File.Delete(log);
        }

        Assert.EndsWith("2 runs, 0 diverged", CommandCall.Of("sweep", "--resume", "--out", folder).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_a_sweep_other_files_may_stand_and_dot_files_anywhere()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, ".DS_Store"), "");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        File.WriteAllText(Path.Combine(folder, "slurm-1.out"), "");
        Assert.EndsWith("2 of them kept, 0 diverged", CommandCall.Of("sweep", "--resume", "--out", folder).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_takes_no_time()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, Sweep(directory.File("a"), "--vary spread=1,2").Code);
        Assert.Equal(0, CommandCall.Of("sweep", "--resume", "--time-limit", "0.00001", "--out", directory.File("a")).Code);
    }

    [Fact]
    public void One_of_a_kind_is_no_plural()
    {
        using TemporaryDirectory directory = new();
        Assert.EndsWith(": medians and quantiles of 1 cell of 2 seeds", Sweep(directory.File("a"), "--seeds 2").Lines[1], StringComparison.Ordinal);
        Assert.Equal("runs: 2 (2 cells of 1 seed)", Sweep(directory.File("b"), "--vary spread=1,2 --dry-run").Lines[0]);
        Assert.Contains("2 runs in 1 task of about ", Sweep(directory.File("c"), "--vary spread=1,2", "sweep plan").Output, StringComparison.Ordinal);
        Assert.StartsWith("hetero: 2 of 2 runs have no row, of task 1; 'hetero sweep missing' names it ", CommandCall.Line($"sweep merge --out {directory.File("c")}").Error, StringComparison.Ordinal);
    }

    private static void Refused(string line, params string[] fragments)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.All(fragments, fragment => Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_another_process_sweeps_into_is_refused()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        string before = File.ReadAllText(Path.Combine(folder, "sweep.json"));
        using (SweepLog.Open(Path.Combine(folder, "runs.log")))
        {
            CommandCall call = Sweep(folder, "--vary spread=1,2,3 --resume");
            Assert.Equal((2, ""), (call.Code, call.Output));
            Assert.Contains("a folder that no other process sweeps into at the same time", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "sweep.json")));
        }

        Assert.Equal(0, Sweep(folder, "--vary spread=1,2,3 --resume").Code);
    }

    [Fact]
    public void Damaged_lines_are_said_and_their_runs_made_again()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a"), log = directory.File("a/runs.log");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        string table = File.ReadAllText(directory.File("a/runs.csv"));
        File.WriteAllText(log, File.ReadAllText(log).Replace(",completed,5,", ",completed,4,", StringComparison.Ordinal));
        CommandCall call = Sweep(folder, "--vary spread=1,2 --resume");
        Assert.Equal(0, call.Code);
        Assert.Contains("where 'runs.log' has damaged lines, 2, which are left out.", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(table, File.ReadAllText(directory.File("a/runs.csv")));
    }

    [Fact]
    public void Tables_of_another_sweep_go_before_its_manifest_does()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("a");
        Assert.Equal(0, Sweep(folder, "--vary spread=1,2").Code);
        Assert.Equal(3, CommandCall.Of("sweep", "--resume", "--steps", "2000000000", "--every", "100000000", "--time-limit", "0.2", "--out", folder).Code);
        Assert.Equal(["runs.log", "sweep.json"], Names(folder));
        Assert.EndsWith("2 runs, 2 of them kept, 0 diverged", CommandCall.Of("sweep", "--resume", "--steps", "5", "--every", "1", "--out", folder).Lines[0], StringComparison.Ordinal);
        Assert.Equal(Files, Names(folder));

        // Of the same sweep they stay.
        Assert.Equal(0, CommandCall.Of("sweep", "--resume", "--out", folder).Code);
        Assert.Equal(Files, Names(folder));
    }

    private static CommandCall Sweep(string folder, string line, string command = "sweep") => CommandCall.Line($"{command} {Small} --out {folder} {line}");

    private static IEnumerable<string> Names(string folder) => Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
