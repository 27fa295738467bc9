using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class DeterminismTests
{
    public static TheoryData<string> Runs =>
    [
        "--measurements exact-law",
        "--measurements regenerated",
        "--measurements stored",
        "--measurements population",
        "--measurements exact-law --precision single --noise 0.1",
        "--measurements regenerated --precision single --algorithm pooled-sgd --pooled-sampling independent",
        "--measurements stored --algorithm pooled-gd --noise 0.5",
        "--measurements stored --label-noise 0.5",
        "--measurements stored --algorithm pooled-sgd --pooled-sampling independent --noise 0.5",
        "--measurements stored --pooled-sampling independent --pooled-share 0.5 --environments uniform",
        "--factor-columns 3 --environments uniform --own-draws --spurious-rank 2 --algorithm pooled-sgd",
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_same_bytes_twice_and_on_any_number_of_threads(string options)
    {
        string line = $"run --dimension 12 --samples 96 --steps 15 {options}";
        string expected = Output(line);
        Assert.Equal(expected, Output(line));
        Assert.Equal(expected, Output($"{line} --threads 2"));
        Assert.Equal(expected, Output($"{line} --threads 3"));
        Assert.NotEqual(expected, Output($"{line} --seed 2"));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Saved_in_the_middle_and_continued(string options)
    {
        using TemporaryDirectory directory = new();
        string state = directory.File("state"), line = $"run --dimension 12 --samples 96 {options}";
        string whole = Output($"{line} --steps 15 --checkpoint {directory.File("end")}");
        string first = Output($"{line} --steps 7 --checkpoint {state}");
        string second = Output($"{line} --steps 15 --resume {state} --checkpoint {state}");
        string header = whole[..(whole.IndexOf('\n') + 1)];
        Assert.StartsWith(header, second, StringComparison.Ordinal);
        Assert.Equal(whole, first + second[header.Length..]);
        Assert.Equal(File.ReadAllBytes(directory.File("end")), File.ReadAllBytes(state));
    }

    [Fact]
    public void Continued_from_the_start_the_start_is_not_written_again()
    {
        using TemporaryDirectory directory = new();
        string state = directory.File("state");
        Output($"run --dimension 6 --steps 0 --checkpoint {state}");
        Assert.StartsWith("1,", Output($"run --dimension 6 --steps 3 --resume {state}").Split('\n')[1], StringComparison.Ordinal);
    }

    private static string Output(string line)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal((0, ""), (call.Code, call.Error));
        return call.Output;
    }
}
