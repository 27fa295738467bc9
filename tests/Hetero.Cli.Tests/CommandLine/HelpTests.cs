using System.CommandLine;
using System.CommandLine.Help;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.CommandLine;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. All().Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Says_what_every_option_accepts(string name)
    {
        CommandCall call = CommandCall.Of([.. name.Split(' '), "--help"]);
        Assert.Equal((0, ""), (call.Code, call.Error));
        foreach (Option option in All().Single(command => command.Name == name).Command.Options.Where(option => option is not HelpOption))
        {
            string line = Assert.Single(call.Lines, text => text.TrimStart().StartsWith($"{option.Name} ", StringComparison.Ordinal));
            if (option.Arity.MaximumNumberOfValues == 0 || option.HelpName is "FILE" or "FILE.csv" or "DIR" or "TASK")
            {
                continue;
            }

            // What the refusal of a value says is accepted stands in the help too, in words or as the words to choose from.
            string refusal = CommandCall.Of([.. name.Split(' '), option.Name, "\a", .. name is "reproduce" or "verify" ? new[] { "--list" } : []]).ErrorLines.Single();
            string accepted = refusal[(refusal.IndexOf("accepted is ", StringComparison.Ordinal) + 12)..^1];
            bool isSaid = line.Contains(accepted, StringComparison.OrdinalIgnoreCase)
                || line.Contains($"<{accepted.Replace(", ", "|", StringComparison.Ordinal)}>", StringComparison.Ordinal);
            Assert.True(isSaid, $"{line}\n{refusal}");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Ends_with_an_example_that_works(string name)
    {
        string[] lines = CommandCall.Of([.. name.Split(' '), "--help"]).Lines;
        Assert.Equal("Example:", lines[^2]);
        string[] words = lines[^1].Trim().Split(' ');
        Assert.StartsWith($"hetero {name} ", lines[^1].Trim(), StringComparison.Ordinal);
        using TemporaryDirectory directory = new();

        // What works on a planned sweep goes with the example that plans one.
        bool isOfAPlan = name is "sweep task" or "sweep missing" or "sweep merge";
        if (isOfAPlan)
        {
            Assert.Equal(0, CommandCall.Of(In(directory, CommandCall.Line("sweep plan --help").Lines[^1].Trim().Split(' '))).Code);
        }

        // Cancelled at once it is quick; a mistake in the command line would be found before.
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), In(directory, words));
        Assert.True(call.Code == (isOfAPlan ? 3 : 0) || call.Error.StartsWith("hetero: cancelled", StringComparison.Ordinal), call.Error);
    }

    [Fact]
    public void The_whole_command_lists_its_commands()
    {
        CommandCall call = CommandCall.Line("--help");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.All(Root().Subcommands, command => Assert.Contains($"  {command.Name} ", call.Output, StringComparison.Ordinal));
    }

    /// <summary>The words of a command line behind the program, with its folder in another.</summary>
    private static string[] In(TemporaryDirectory directory, string[] words)
    {
        int place = Array.IndexOf(words, "--out") + 1;
        return [.. words.Select((word, i) => i > 0 && i == place ? directory.File(word) : word).Skip(1)];
    }

    /// <summary>The commands, and those below them.</summary>
    private static IEnumerable<(string Name, Command Command)> All()
        => Root().Subcommands.SelectMany(command => command.Subcommands.Select(below => ($"{command.Name} {below.Name}", below)).Prepend((command.Name, command)));

    private static RootCommand Root() => HeteroCommand.CreateRoot(new CommandContext(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default));
}
