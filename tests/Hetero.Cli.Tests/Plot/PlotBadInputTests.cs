using Hetero.Cli.Tests.Support;
using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Cli.Tests.Plot;

/// <summary>What hetero plot refuses: in one line, with exit code 2, and without a file.</summary>
public class PlotBadInputTests
{
    [Theory]
    [InlineData("0.0001", "NaN", "has 'NaN' in the column 'spurious', row 2")]
    [InlineData("0.0001", "-Infinity", "has '-Infinity' in the column 'spurious', row 2")]
    [InlineData("0.0001", "x", "has 'x' in the column 'spurious', row 2")]
    [InlineData("0.0001", "", "")]
    [InlineData("10,7", "40,7", "has the step '40' in row 3")]
    [InlineData("10,7", "0.5,7", "has the step '0.5' in row 2")]
    [InlineData("40,-5,0.3,0.01,,0.8,1.5\n", "", "does not end with the last row of its manifest")]
    [InlineData("0.8,1.5\n", "0.7,1.5\n", "does not end with the last row of its manifest")]
    [InlineData("0.8,1.5\n", "0.8,1.", "ends in the middle of line 4")]
    [InlineData("0.8,1.5\n", "0.8\n", "has 6 cells in line 4")]
    [InlineData("spurious", "share", "has the columns 'step,environment,signal,share")]
    [InlineData("environment", "step", "has the column 'step' twice")]
    public void A_trajectory(string found, string changed, string message)
    {
        using TemporaryDirectory directory = new();
        string path = PlotSamples.WriteRun(directory, "run", 6);
        directory.Write("run.csv", PlotSamples.Trajectory.Replace(found, changed, StringComparison.Ordinal));
        if (message.Length > 0)
        {
            Refused(directory, message, path);
        }
        else
        {
            Assert.Equal(0, CommandCall.Of("plot", path).Code);
        }
    }

    [Theory]
    [InlineData("\"command\":\"run\"", "\"command\":\"verify\"", "is of hetero verify")]
    [InlineData("\"command\":\"run\",", "", "is no manifest")]
    [InlineData("\"command\":\"run\"", "\"command\":\"run", "is not JSON")]
    [InlineData("\"steps\":40", "\"steps\":-40", "'steps' is '-40'")]
    [InlineData("\"steps\":40", "\"stops\":40", "'stops' is not an option of a run")]
    [InlineData("\"parameters\"", "\"settings\"", "has no 'parameters'")]
    public void A_manifest(string found, string changed, string message)
    {
        using TemporaryDirectory directory = new();
        string path = PlotSamples.WriteRun(directory, "run", 6);
        directory.Write("run.json", File.ReadAllText(directory.File("run.json")).Replace(found, changed, StringComparison.Ordinal));
        Refused(directory, message, path);
        Refused(directory, message, directory.File("run.json"));
    }

    [Fact]
    public void A_manifest_of_another_version()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("run.csv", PlotSamples.Trajectory);
        directory.Write("run.json", PlotSamples.RunManifest("run.csv", 6, $"\"streamVersion\":1,\"arithmeticVersion\":{Arithmetic.Version + 1}"));
        Refused(directory, $"has {Arithmetic.Version + 1} as 'arithmeticVersion', where this version has {Arithmetic.Version}", path);
        directory.Write("run.json", PlotSamples.RunManifest("run.csv", 6, "\"x\":1"));
        Refused(directory, "has none as 'streamVersion'", path);
    }

    [Fact]
    public void Files_that_are_missing_alone_or_none()
    {
        using TemporaryDirectory directory = new();
        Refused(directory, "is '", directory.File("none.csv"));
        Refused(directory, "'FILE' is '", directory.Path);
        Refused(directory, "the table is missing");
        Refused(directory, "is empty", directory.Write("empty.csv", ""));
        Refused(directory, "has no manifest: there is no", directory.Write("alone.csv", PlotSamples.Trajectory));
        Refused(directory, "has no table: there is no", directory.Write("alone.json", PlotSamples.RunManifest("gone.csv", 6, PlotSamples.Versions)));
        Refused(directory, "names no table", directory.Write("nowhere.json", PlotSamples.RunManifest("-", 6, PlotSamples.Versions)));
        File.WriteAllBytes(directory.File("bytes.csv"), [0xff, 0xfe, 0x00]);
        Refused(directory, "is not in UTF-8", directory.File("bytes.csv"));
    }

    [Fact]
    public void Files_that_do_not_go_together()
    {
        using TemporaryDirectory directory = new();
        string run = PlotSamples.WriteRun(directory, "run", 6);
        directory.Write("bands.csv", PlotSamples.Bands);
        directory.Write("methods.csv", PlotSamples.Methods);
        string compare = directory.Write("compare.json", PlotSamples.CompareManifest);
        Refused(directory, "is named twice", run, Path.Combine(directory.Path, ".", "run.csv"));
        Refused(directory, "the files are of several commands", run, compare, "--quantity", "spurious");
        Refused(directory, "there are 2 tables", compare, directory.File("bands.csv"), directory.File("methods.csv"), "--quantity", "spurious");
        string[] nine = [.. Enumerable.Range(0, 9).Select(i => PlotSamples.WriteRun(directory, $"run{i}", i))];
        Refused(directory, "there are 9 tables", nine);

        // A table beside a manifest of something else.
        directory.Write("run.json", PlotSamples.CompareManifest);
        Refused(directory, "is of hetero compare", run);
    }

    [Theory]
    [InlineData("b,3,1,2,20,Infinity,0.1,Infinity\n", "", "has other methods than its manifest")]
    [InlineData("0.0001,1E-05", "0.0002,1E-05", "does not end with the numbers of its manifest")]
    [InlineData("0.0001,1E-05,0.01", "0.0001,0.001,0.01", "has a median outside of its quantiles in row 1")]
    [InlineData("0.0001,1E-05,0.01", "NaN,1E-05,0.01", "has 'NaN'")]
    public void A_comparison(string found, string changed, string message)
    {
        using TemporaryDirectory directory = new();
        directory.Write("compare.json", PlotSamples.CompareManifest);
        string path = directory.Write("methods.csv", PlotSamples.Methods.Replace(found, changed, StringComparison.Ordinal));
        Refused(directory, message, path, directory.File("compare.json"), "--quantity", "spurious");
    }

    [Fact]
    public void Bands_that_end_too_early()
    {
        using TemporaryDirectory directory = new();
        directory.Write("bands.csv", PlotSamples.Bands.Replace("b,20,spurious,Infinity,0.1,Infinity\n", "", StringComparison.Ordinal));
        Refused(directory, "does not end with the numbers of its manifest", directory.Write("compare.json", PlotSamples.CompareManifest), "--quantity", "spurious");
        Refused(directory, "does not end with the numbers of its manifest", directory.File("compare.json"), "--quantity", "error");
    }

    [Fact]
    public void Sweeps()
    {
        using TemporaryDirectory directory = new();
        string cells = PlotSamples.Cells("spread", ("1", 0.1), ("2", 0.2));
        string folder = PlotSamples.WriteSweep(directory, PlotSamples.SweepManifest("\"spread\":[1,2,3]"), cells);
        Refused(directory, "has other cells than its manifest", folder, "--quantity", "spurious");
        PlotSamples.WriteSweep(directory, PlotSamples.SweepManifest("\"spread\":[1,3]"), cells);
        Refused(directory, "has other cells than its manifest", folder, "--quantity", "spurious");
        PlotSamples.WriteSweep(directory, PlotSamples.SweepManifest("\"spread\":[1,2]"), cells);
        Refused(directory, "has no column 'error_median'", folder);
        PlotSamples.WriteSweep(directory, PlotSamples.SweepManifest("\"spread\":[1,2]").Replace("\"seeds\":3", "\"seeds\":4", StringComparison.Ordinal), cells);
        Refused(directory, "has other cells than its manifest", folder, "--quantity", "spurious");
        Refused(directory, "has the columns 'spread,seed'", directory.Write("cells.csv", "spread,seed\n1,1\n"));
        PlotSamples.WriteSweep(
            directory,
            PlotSamples.SweepManifest("\"spread\":[1],\"step-size\":[1],\"steps\":[1]"),
            PlotSamples.Cells("spread,step_size,steps", ("1,1,1", 1)));
        Refused(directory, "is of a sweep over 3 options", folder, "--quantity", "spurious");
        PlotSamples.WriteSweep(directory, PlotSamples.SweepManifest("\"spread\":[1,-2]"), cells);
        Refused(directory, "is refused: ", folder, "--quantity", "spurious");
    }

    [Theory]
    [InlineData("'--quantity' is 'share'", "--quantity", "share")]
    [InlineData("'--quantity' is 'error,error'", "--quantity", "error,error")]
    [InlineData("'--quantity' is 'error_mean'", "--quantity", "error_mean")]
    [InlineData("'--x' is 'cubic'", "--x", "cubic")]
    [InlineData("'--y' is ''", "--y", "")]
    public void Options(string message, params string[] options)
    {
        using TemporaryDirectory directory = new();
        Refused(directory, message, [PlotSamples.WriteRun(directory, "run", 6), .. options]);
    }

    [Fact]
    public void A_table_of_runs_one_by_one_and_a_logarithm_of_what_is_below_0()
    {
        using TemporaryDirectory directory = new();
        directory.Write("compare.json", PlotSamples.CompareManifest);
        Refused(directory, "has a row for each run, of which there is no picture", directory.Write("runs.csv", "runs,seed,status,step\na,1,completed,5\n"), directory.File("compare.json"));
        Refused(directory, "has a row for each run, of which there is no picture", directory.File("runs.csv"));
        string run = PlotSamples.WriteRun(directory, "run", 6);
        directory.Write("run.csv", PlotSamples.Trajectory.Replace("0.2,0.0001", "0.2,-0.0001", StringComparison.Ordinal));
        Refused(directory, "'--y' is 'log'; accepted is linear, as 'spurious' has values below 0.", run, "--y", "log");
        Assert.Equal(0, CommandCall.Of("plot", run).Code);
    }

    [Fact]
    public void No_input_is_written_over()
    {
        using TemporaryDirectory directory = new();
        string run = PlotSamples.WriteRun(directory, "run", 6);
        foreach (string name in new[] { "run.csv", "run.json" })
        {
            CommandCall call = CommandCall.Of("plot", run, "--out", directory.File(name));
            Assert.Equal((2, ""), (call.Code, call.Output));
            Assert.Contains("'--out'", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        }

        Assert.Equal(PlotSamples.Trajectory, File.ReadAllText(run));
    }

    private static void Refused(TemporaryDirectory directory, string message, params string[] args)
    {
        string[] before = directory.Names;
        CommandCall call = CommandCall.Of(["plot", .. args, "--out", directory.File("picture.svg")]);
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, directory.Names);
    }
}
