using System.CommandLine;
using System.CommandLine.Help;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.CommandLine;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. Root().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Says_what_every_option_accepts(string name)
    {
        CommandCall call = CommandCall.Of(name, "--help");
        Assert.Equal((0, ""), (call.Code, call.Error));
        foreach (Option option in Root().Subcommands.Single(command => command.Name == name).Options.Where(option => option is not HelpOption))
        {
            string line = Assert.Single(call.Lines, text => text.TrimStart().StartsWith($"{option.Name} ", StringComparison.Ordinal));
            if (option.Arity.MaximumNumberOfValues == 0 || option.HelpName is "FILE" or "FILE.csv" or "DIR")
            {
                continue;
            }

            // What the refusal of a value says is accepted stands in the help too, in words or as the words to choose from.
            string refusal = CommandCall.Of([name, option.Name, "\a", .. name is "reproduce" or "verify" ? new[] { "--list" } : []]).ErrorLines.Single();
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
        string[] lines = CommandCall.Of(name, "--help").Lines;
        Assert.Equal("Example:", lines[^2]);
        string[] words = lines[^1].Trim().Split(' ');
        Assert.Equal(("hetero", name), (words[0], words[1]));
        using TemporaryDirectory directory = new();
        int place = Array.IndexOf(words, "--out") + 1;
        if (place > 0)
        {
            words[place] = directory.File(words[place]);
        }

        // Cancelled at once it is quick; a mistake in the command line would be found before.
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), words[1..]);
        Assert.True(call.Code == 0 || call.Error.StartsWith("hetero: cancelled", StringComparison.Ordinal), call.Error);
    }

    [Fact]
    public void The_whole_command_lists_its_commands()
    {
        CommandCall call = CommandCall.Line("--help");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.All(Root().Subcommands, command => Assert.Contains($"  {command.Name} ", call.Output, StringComparison.Ordinal));
    }

    private static RootCommand Root() => HeteroCommand.CreateRoot(new CommandContext(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default));
}
