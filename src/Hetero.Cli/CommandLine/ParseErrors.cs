using System.CommandLine;
using System.CommandLine.Parsing;

namespace Hetero.Cli.CommandLine;

/// <summary>Says in one line what is wrong with a command line; the parser by itself prints several, and the help.</summary>
internal static class ParseErrors
{
    public static void ThrowIfAny(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        foreach (Option option in command.Options)
        {
            CheckTakesNoName(option, result.GetResult(option), command);
        }

        // An argument that takes any text takes a mistyped option too.
        foreach (Argument argument in command.Arguments)
        {
            if (result.GetResult(argument)?.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } mistyped)
            {
                throw Unknown(command, mistyped.Value);
            }
        }

        if (result.Errors.Count == 0)
        {
            return;
        }

        if (result.UnmatchedTokens.Count > 0)
        {
            throw Unknown(command, result.UnmatchedTokens[0]);
        }

        foreach (Option option in command.Options)
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                CheckGivenOnce(option, given);
            }
        }

        if (command.Subcommands.Count > 0)
        {
            throw new UsageException($"a command is missing; accepted are {Names(command.Subcommands)}, and --help.");
        }

        throw new UsageException(result.Errors[0].Message);
    }

    /// <summary>The parser takes whatever follows for the value; the name of another option means that the value was forgotten.</summary>
    private static void CheckTakesNoName(Option option, OptionResult? given, Command command)
    {
        if (given is { Implicit: false } && given.Tokens.Any(token => command.Options.Any(other => other.Name == token.Value)))
        {
            throw NoValue(option);
        }
    }

    private static void CheckGivenOnce(Option option, OptionResult given)
    {
        if (given.IdentifierTokenCount > 1)
        {
            string values = string.Join(" and ", given.Tokens.Select(t => $"'{t.Value}'"));
            throw new UsageException($"'{option.Name}' is given {given.IdentifierTokenCount} times, with {values}; accepted is once.");
        }

        if (given.Tokens.Count < option.Arity.MinimumNumberOfValues)
        {
            throw NoValue(option);
        }
    }

    private static UsageException NoValue(Option option)
        => new($"'{option.Name}' has no value; accepted is {option.Name} <{option.HelpName}>.");

    private static UsageException Unknown(Command command, string token)
    {
        string full = command is RootCommand ? "hetero" : $"hetero {command.Name}";
        if (token.StartsWith('-'))
        {
            string name = token.Split('=')[0];
            string? option = EditDistance.Nearest(name, command.Options.Select(o => o.Name).Append("--help"));
            return new UsageException($"'{name}' is not an option of '{full}'; did you mean '{option}'? Accepted are those of '{full} --help'.");
        }

        if (command.Subcommands.Count == 0)
        {
            return new UsageException($"'{token}' is one argument too many for '{full}'; accepted are its options, see '{full} --help'.");
        }

        string? nearest = EditDistance.Nearest(token, command.Subcommands.Select(c => c.Name));
        return new UsageException($"'{token}' is not a command; did you mean '{nearest}'? Accepted are {Names(command.Subcommands)}.");
    }

    private static string Names(IEnumerable<Command> commands) => string.Join(", ", commands.Select(c => c.Name));
}
