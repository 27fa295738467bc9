using System.Diagnostics;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Cluster;

public class SweepTaskTests
{
    private const string Sweep = "--vary spread=4:7:4 --seeds 3 --dimension 6 --samples 32 --steps 400";

    // Three runs of about a thousandth of a second each.
    private const string Plan = $"sweep plan {Sweep} --task-seconds 0.004";

    private static readonly string[] Tables = ["runs.csv", "cells.csv"];

    [Fact]
    public void Tasks_in_any_order_merge_to_the_bytes_of_one_process()
    {
        using TemporaryDirectory directory = new();
        string one = directory.File("one"), many = Planned(directory, "many");
        Assert.Equal(0, CommandCall.Line($"sweep {Sweep} --out {one}").Code);
        Assert.Equal((3, "1-4\n"), Missing(many));
        foreach ((string task, string left) in new[] { ("3", "1-2,4"), ("1/4", "2,4"), ("4 --threads 2", "2") })
        {
            Assert.Equal((0, ""), Succeed($"sweep task --task {task} --out {many}"));
            Assert.Equal((3, $"{left}\n"), Missing(many));
        }

        CommandCall early = CommandCall.Line($"sweep merge --out {many}");
        Assert.Equal((3, "", "hetero: 3 of 12 runs have no row, of task 2; 'hetero sweep missing' names it for another try.\n"), (early.Code, early.Output, early.Error));
        Assert.Equal((0, ""), Succeed($"sweep task --task {Ids(many)[1]} --out {many}"));
        Assert.Equal((0, ""), Missing(many));
        Assert.Equal((0, ""), Succeed($"sweep merge --out {many}"));
        AssertSame(one, many);

        // What is whole stays as it is.
        CommandCall again = CommandCall.Line($"sweep task --task 2 --out {many}");
        Assert.EndsWith(": task 2 of 4, 3 runs, which were there\n", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_each_task_that_is_missing_on_request()
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many");
        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        CommandCall call = CommandCall.Line($"sweep missing --lines --out {many}");
        Assert.Equal((3, "1\n3\n4\n"), (call.Code, call.Output));
    }

    // The second half of the tasks was made in a folder of its own, as on a machine that shares no files with the first.
    [Fact]
    public void Folders_of_several_machines_merge_to_the_bytes_of_one_process()
    {
        using TemporaryDirectory directory = new();
        string one = directory.File("one"), here = Planned(directory, "here"), there = Planned(directory, "there");
        Assert.Equal(File.ReadAllBytes(Path.Combine(here, "plan.json")), File.ReadAllBytes(Path.Combine(there, "plan.json")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(here, "sweep.json")), File.ReadAllBytes(Path.Combine(there, "sweep.json")));
        Assert.Equal(0, CommandCall.Line($"sweep {Sweep} --out {one}").Code);
        for (int task = 1; task <= 4; task++)
        {
            Assert.Equal((0, ""), Succeed($"sweep task --task {task} --out {(task < 3 ? here : there)}"));
        }

        Assert.Equal(3, CommandCall.Line($"sweep merge --out {here}").Code);
        Assert.Equal((0, ""), Succeed($"sweep merge {there} --out {here}"));
        AssertSame(one, here);
    }

    [Fact]
    public void A_folder_of_links_to_what_is_read_is_one()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string one = directory.File("one"), many = Planned(directory, "many"), links = directory.File("links");
        Assert.Equal(0, CommandCall.Line($"sweep {Sweep} --out {one}").Code);
        Directory.CreateDirectory(Path.Combine(links, "tasks"));
        foreach (string name in new[] { "sweep.json", "plan.json" })
        {
            File.CreateSymbolicLink(Path.Combine(links, name), Path.Combine(many, name));
        }

        foreach (string id in Ids(many))
        {
            Assert.Equal((0, ""), Succeed($"sweep task --task {id} --out {many}"));
            File.CreateSymbolicLink(Path.Combine(links, "tasks", $"{id}.csv"), Path.Combine(many, "tasks", $"{id}.csv"));
        }

        Assert.Equal((0, ""), Succeed($"sweep merge --out {links}"));
        AssertSame(one, links);
    }

    [Fact]
    public void Planned_again_with_more_seeds_no_run_is_made_again()
    {
        using TemporaryDirectory directory = new();
        string one = directory.File("one"), many = Planned(directory, "many"), more = Sweep.Replace("--seeds 3", "--seeds 4", StringComparison.Ordinal);
        string[] before = Ids(many);
        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        Assert.Equal(2, CommandCall.Line($"sweep plan {more} --task-seconds 0.0055 --out {many}").Code);
        Assert.Equal((0, ""), Succeed($"sweep plan --resume --seeds 4 --task-seconds 0.0055 --out {many}"));
        Assert.Empty(Ids(many).Intersect(before));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(many, "tasks")));
        Assert.Equal((3, "1-4\n"), Missing(many));
        string[] remarks = [.. Enumerable.Range(1, 4).Select(task => CommandCall.Line($"sweep task --task {task} --out {many}").Output.Split("runs")[1])];
        Assert.Equal(["\n", ", 3 of them kept\n", "\n", "\n"], remarks);
        Assert.Equal((0, ""), Succeed($"sweep merge --out {many}"));
        Assert.Equal(0, CommandCall.Line($"sweep {more} --out {one}").Code);
        AssertSame(one, many);
    }

    [Fact]
    public void The_same_plan_may_be_made_again_and_another_may_not()
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many");
        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        byte[] plan = File.ReadAllBytes(Path.Combine(many, "plan.json"));
        Assert.Equal((0, ""), Succeed($"{Plan} --out {many}"));
        Assert.Equal(plan, File.ReadAllBytes(Path.Combine(many, "plan.json")));
        Assert.Equal((3, "1,3-4\n"), Missing(many));
        CommandCall other = CommandCall.Line($"{Plan} --seed 2 --out {many}");
        Assert.Equal((2, $"hetero: '--out' is '{many}'; accepted is a folder without 'plan.json', or '--resume' to keep the runs that it has.\n"), (other.Code, other.Error));
        Assert.Equal(plan, File.ReadAllBytes(Path.Combine(many, "plan.json")));
    }

    [Theory]
    [InlineData("sweep plan --dimension 6 --out x", "hetero: the sweep is a single run; ")]
    [InlineData("sweep plan --vary spread= --out x", "hetero: ")]
    [InlineData("sweep plan --vary spread=1,2 --task-seconds 0 --out x", "hetero: '--task-seconds' is '0'; accepted is a number from 0.001 to ")]
    [InlineData("sweep --vary spread=1,2 plan --out x", "hetero: '--vary' stands before 'plan', whose options stand behind it; ")]
    [InlineData("sweep --out x merge", "hetero: '--out' stands before 'merge', ")]
    [InlineData("sweep plam", "hetero: 'plam' is not a command (did you mean 'plan'?); accepted are plan, task, missing, merge.")]
    [InlineData("sweep task --tsk 1", "hetero: '--tsk' is not an option of 'hetero sweep task' (did you mean '--task'?); ")]
    [InlineData("sweep task --task 1 --time-limit 0 --out many", "hetero: '--time-limit' is '0'; accepted is ")]
    [InlineData("sweep task --task 1 --out x", "hetero: '--out' is 'x'; accepted is the folder of a sweep that 'hetero sweep plan' has cut into tasks; this one has no 'sweep.json'.")]
    [InlineData("sweep missing --out x", "hetero: '--out' is 'x'; accepted is the folder of a sweep ")]
    [InlineData("sweep merge --out x", "hetero: '--out' is 'x'; accepted is the folder of a sweep ")]
    [InlineData("sweep merge --ot x", "hetero: '--ot' is not an option of 'hetero sweep merge' (did you mean '--out'?); ")]
    public void Bad_usage_is_refused_in_one_line(string line, string message)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.StartsWith(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists("x"));
    }

    [Fact]
    public void Folders_of_other_sweeps_do_not_merge()
    {
        using TemporaryDirectory directory = new();
        string here = Planned(directory, "here"), there = directory.File("there");
        Assert.Equal((0, ""), Succeed($"{Plan} --seed 2 --out {there}"));
        Refused($"sweep merge {there} --out {here}", $"'FOLDER' is '{there}'; accepted is a folder of the same sweep as that of '--out'; its 'sweep.json' is of another.");
        File.Copy(Path.Combine(there, "plan.json"), Path.Combine(here, "plan.json"), overwrite: true);
        Refused(
            $"sweep merge --out {here}",
            $"'--out' names '{Path.Combine(here, "plan.json")}', where the plan is of other runs than the sweep has; accepted is the plan that 'hetero sweep plan' makes of it.");
    }

    [Theory]
    [InlineData("tasks/notes.csv", "a folder with the tasks of its plan alone; 'tasks/notes.csv' is no file of a task.")]
    [InlineData("tasks/0123456789abcdef.csv", "a folder with the tasks of its plan alone; 'tasks/0123456789abcdef.csv' is of another plan, whose rows 'hetero sweep plan --resume' keeps.")]
    [InlineData("tasks/0123456789ABCDEF.csv", "a folder with the tasks of its plan alone; 'tasks/0123456789ABCDEF.csv' is no file of a task.")]
    public void Foreign_files_that_could_have_rows_are_refused(string name, string accepted)
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many");
        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        File.WriteAllText(Path.Combine(many, name), "");
        foreach (string command in new[] { "task --task 1", "missing", "merge" })
        {
            Refused($"sweep {command} --out {many}", $"'--out' is '{many}'; accepted is {accepted}");
        }
    }

    [Fact]
    public void Leftovers_of_processes_file_systems_and_schedulers_are_no_matter()
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many");
        Directory.CreateDirectory(Path.Combine(many, "tasks"));
        File.WriteAllText(Path.Combine(many, "tasks", ".hetero-elsewhere-17-abc123.tmp"), "half");
        foreach (string name in new[] { ".nfs0001", ".DS_Store", "slurm-1.out", "tasks/.nfs000000000012", "tasks/.DS_Store", "tasks/readme.md" })
        {
            File.WriteAllText(Path.Combine(many, name), "");
        }

        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        Assert.Equal((3, "1,3-4\n"), Missing(many));
        Assert.Equal(3, CommandCall.Line($"sweep merge --out {many}").Code);
        Assert.Equal((0, ""), Succeed($"sweep plan --resume --seeds 4 --out {many}"));
    }

    // What a power cut leaves of a file that had no time to reach the disk.
    [Theory]
    [InlineData(".csv", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData(".csv", "garbage\n")]
    [InlineData(".log", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void A_tasks_file_without_rows_counts_as_missing(string extension, string text)
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many"), file = Path.Combine(many, "tasks", Ids(many)[1]);
        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        string whole = File.ReadAllText(file + ".csv");
        File.Delete(file + ".csv");
        File.WriteAllText(file + extension, text);
        string warning = $"hetero: '{file}{extension}' has something else than rows of runs, and counts as missing.\n";
        CommandCall missing = CommandCall.Line($"sweep missing --out {many}"), merge = CommandCall.Line($"sweep merge --out {many}");
        Assert.Equal((3, "1-4\n", warning), (missing.Code, missing.Output, missing.Error));
        Assert.Equal(3, merge.Code);
        Assert.StartsWith(warning, merge.Error, StringComparison.Ordinal);
        Assert.Equal((0, warning), Succeed($"sweep task --task 2 --out {many}"));
        Assert.Equal(whole, File.ReadAllText(file + ".csv"));
        File.WriteAllText(file + ".csv", text);
        Assert.Equal(0, CommandCall.Line($"sweep plan --resume --seeds 4 --task-seconds 0.0055 --out {many}").Code);
    }

    [Fact]
    public void A_tasks_file_with_rows_of_another_version_is_refused()
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many");
        Directory.CreateDirectory(Path.Combine(many, "tasks"));
        File.WriteAllText(Path.Combine(many, "tasks", Ids(many)[1] + ".csv"), "run,status,step,signal,check\n");
        Assert.Contains("has rows of runs with other columns", CommandCall.Line($"sweep missing --out {many}").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tasks_file_with_other_rows_is_refused_and_a_damaged_one_made_again()
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many");
        Assert.Equal((0, ""), Succeed($"sweep task --task 1 --out {many}"));
        Assert.Equal((0, ""), Succeed($"sweep task --task 2 --out {many}"));
        string[] files = [.. Ids(many).Select(id => Path.Combine(many, "tasks", $"{id}.csv"))];
        string whole = File.ReadAllText(files[1]);
        File.WriteAllText(files[1], whole.Replace("completed", "diverged", StringComparison.Ordinal));
        string warning = $"hetero: '{files[1]}' has damaged lines, 3, which are left out.\n";
        CommandCall missing = CommandCall.Line($"sweep missing --out {many}");
        Assert.Equal((3, "2-4\n", warning), (missing.Code, missing.Output, missing.Error));
        Assert.StartsWith(warning, CommandCall.Line($"sweep merge --out {many}").Error, StringComparison.Ordinal);
        Assert.Equal((0, warning), Succeed($"sweep task --task 2 --out {many}"));
        Assert.Equal(whole, File.ReadAllText(files[1]));

        File.Copy(files[0], files[2]);
        string run = File.ReadLines(files[0]).ElementAt(1).Split(',')[0];
        Refused(
            $"sweep missing --out {many}",
            $"'--out' is '{many}'; accepted is a folder whose 'tasks/{Ids(many)[2]}.csv' has the rows of task 3 of 4 alone; this one has that of the run '{run}'.");
    }

    [Fact]
    public void A_task_that_another_process_holds_is_refused()
    {
        using TemporaryDirectory directory = new();
        string many = Planned(directory, "many"), log = Path.Combine(many, "tasks", $"{Ids(many)[2]}.log");
        Directory.CreateDirectory(Path.Combine(many, "tasks"));
        using (SweepLog.Open(log))
        {
            CommandCall call = CommandCall.Line($"sweep task --task 3 --out {many}");
            Assert.Equal(
                (1, "", $"hetero: task 3 of 4 is being worked on by another process, which holds '{log}'; accepted is one process for each task.\n"), (call.Code, call.Output, call.Error));
            CommandCall missing = CommandCall.Line($"sweep missing --out {many}");
            Assert.Equal((3, "1-4\n", "hetero: of these, 3 is being worked on by other processes.\n"), (missing.Code, missing.Output, missing.Error));
            Assert.Equal(1, CommandCall.Line($"sweep plan --resume --seeds 4 --task-seconds 0.0055 --out {many}").Code);
        }

        Assert.Equal((0, ""), Succeed($"sweep task --task 3 --out {many}"));
        Assert.False(File.Exists(log));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("USR1")]
    [InlineData("INT")]
    [InlineData("KILL")]
    public void A_task_that_is_ended_goes_on_from_there_to_the_same_bytes(string signal)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();

        // Runs of some hundredths of a second, so that most of them are left after the first.
        const string Long = "sweep plan --vary spread=4,5 --seeds 60 --dimension 6 --samples 32 --steps 16000 --every 400 --task-seconds 1e6";
        string ended = directory.File("ended"), whole = directory.File("whole");
        Assert.Equal((0, ""), Succeed($"{Long} --out {ended}"));
        Assert.Equal((0, ""), Succeed($"{Long} --out {whole}"));
        Assert.Equal((0, ""), Succeed($"sweep task --task 1/1 --out {whole}"));
        string id = Assert.Single(Ids(ended)), log = Path.Combine(ended, "tasks", $"{id}.log");
        using Process process = ChildProcess.Start("SLURM_ARRAY_TASK_ID=1", "sweep", "task", "--out", ended);
        ChildProcess.WaitFor(log, process);

        // The process holds its rows; the first are there when the file is longer than a header and a row can be.
        while (new FileInfo(log).Length < 1000)
        {
            Assert.False(process.WaitForExit(5), "The process ended by itself.");
        }

        Unix.Send(signal, process);
        CommandCall call = ChildProcess.End(process);
        if (signal != "KILL")
        {
            Assert.Equal(3, call.Code);
            Assert.Matches("^hetero: task 1 of 1: cancelled; [0-9]+ of 120 runs are kept, and the same command goes on.$", Assert.Single(call.ErrorLines));
        }

        Assert.Equal((3, "1\n"), Missing(ended));
        CommandCall rest = CommandCall.Line($"sweep task --task 1 --out {ended}");
        Assert.Matches("task 1 of 1, 120 runs, [0-9]+ of them kept\n$", rest.Output);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "tasks", $"{id}.csv")), File.ReadAllBytes(Path.Combine(ended, "tasks", $"{id}.csv")));
        Assert.Equal([$"{id}.csv"], Directory.GetFileSystemEntries(Path.Combine(ended, "tasks")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void A_time_limit_ends_a_task_with_what_it_has()
    {
        using TemporaryDirectory directory = new();
        string many = directory.File("many");
        Assert.Equal((0, ""), Succeed($"sweep plan --vary spread=4,5 --dimension 6 --samples 32 --steps 2000000000 --every 100000000 --task-seconds 1e6 --out {many}"));
        CommandCall call = CommandCall.Line($"sweep task --task 1 --time-limit 0.2 --out {many}");
        Assert.Equal(
            (3, "", "hetero: task 1 of 1: the time limit of 200 ms is over; 0 of 2 runs are kept, and the same command goes on.\n"), (call.Code, call.Output, call.Error));
    }

    private static string Planned(TemporaryDirectory directory, string name)
    {
        string folder = directory.File(name);
        Assert.Equal((0, ""), Succeed($"{Plan} --out {folder}"));
        Assert.Equal(4, Ids(folder).Length);
        return folder;
    }

    private static string[] Ids(string folder)
        => [.. File.ReadLines(Path.Combine(folder, "plan.json")).Where(line => line.Contains("\"id\"", StringComparison.Ordinal)).Select(line => line.Split('"')[^2])];

    private static (int Code, string Error) Succeed(string line)
    {
        CommandCall call = CommandCall.Line(line);
        return (call.Code, call.Error);
    }

    private static (int Code, string Output) Missing(string folder)
    {
        CommandCall call = CommandCall.Line($"sweep missing --out {folder}");
        Assert.Equal("", call.Error);
        return (call.Code, call.Output);
    }

    private static void Refused(string line, string message)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal((2, "", $"hetero: {message}\n"), (call.Code, call.Output, call.Error));
    }

    private static void AssertSame(string one, string other)
        => Assert.All(Tables, table => Assert.Equal(File.ReadAllBytes(Path.Combine(one, table)), File.ReadAllBytes(Path.Combine(other, table))));
}
