using System.CommandLine;
using System.CommandLine.Parsing;
using Hetero.Experiments.Values;

namespace Hetero.Cli.CommandLine;

/// <summary>Says in one line what is wrong with a command line; the parser by itself prints several, and the help.</summary>
internal static class ParseErrors
{
    /// <summary>Refuses a first word in brackets: the parser takes it for a directive, known or not, and drops it.</summary>
    public static void ThrowIfDirective(ParseResult result)
    {
        if (result.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is { } directive)
        {
            throw NotACommand(result.RootCommandResult.Command, directive.Value);
        }
    }

    public static void ThrowIfAny(ParseResult result, IEnumerable<string> arguments)
    {
        Command command = result.CommandResult.Command;

        // The parser would take the next word for what should stand behind the sign.
        foreach (string argument in arguments.TakeWhile(argument => argument != "--"))
        {
            if ((argument.EndsWith('=') || argument.EndsWith(':')) && command.Options.FirstOrDefault(option => option.Name == argument[..^1]) is { } empty)
            {
                throw NoValue(empty);
            }
        }

        CheckNothingBefore(result.CommandResult);
        foreach (Option option in command.Options)
        {
            CheckTakesNoName(option, result.GetResult(option), command);
            CheckEachHasAValue(option, result.GetResult(option));
        }

        // An argument that takes any text takes a mistyped option too; behind two dashes nothing is an option.
        Token[] behind = [.. result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1)];
        foreach (Argument argument in command.Arguments)
        {
            if (result.GetResult(argument)?.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && !IsIn(behind, token)) is { } mistyped)
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
            string token = result.UnmatchedTokens[0];
            throw behind.Length > 0 && token == behind[0].Value
                ? new UsageException(
                    $"'{Shown.Of(token)}' stands behind '--', where nothing is a command or an option; accepted are those before it.")
                : Unknown(command, token);
        }

        foreach (Option option in command.Options)
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                CheckGivenOnce(option, given);
            }
        }

        if (command is RootCommand)
        {
            throw new UsageException($"a command is missing; accepted are {Names(command.Subcommands)}, and --help.");
        }

        throw new UsageException(result.Errors[0].Message);
    }

    /// <summary>The parser takes an option before a command's name for one of the command above, where nobody reads it.</summary>
    private static void CheckNothingBefore(CommandResult given)
    {
        OptionResult? before = (given.Parent as CommandResult)?.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit);
        if (before is not null)
        {
            throw new UsageException($"'{before.Option.Name}' stands before '{given.Command.Name}', whose options stand behind it; accepted are those of '{FullName(given.Command)} --help'.");
        }
    }

    private static string FullName(Command command)
        => command is RootCommand ? "hetero"
            : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{FullName(parent)} {command.Name}"
            // The options of a run may be read on their own.
            : $"hetero {command.Name}";

    private static bool IsIn(Token[] tokens, Token token) => Array.Exists(tokens, other => ReferenceEquals(other, token));

    /// <summary>The parser takes whatever follows for the value; the name of another option means that the value was forgotten.</summary>
    private static void CheckTakesNoName(Option option, OptionResult? given, Command command)
    {
        if (given is { Implicit: false } && given.Tokens.Any(token => command.Options.Any(other => other.Name == token.Value)))
        {
            throw NoValue(option);
        }
    }

    /// <summary>One that is given twice, once without a value, has as many values as it takes.</summary>
    private static void CheckEachHasAValue(Option option, OptionResult? given)
    {
        if (given is { Implicit: false } && option.Arity.MinimumNumberOfValues > 0 && given.IdentifierTokenCount > given.Tokens.Count)
        {
            throw NoValue(option);
        }
    }

    private static void CheckGivenOnce(Option option, OptionResult given)
    {
        if (given.IdentifierTokenCount > 1 && option.Arity.MaximumNumberOfValues <= 1)
        {
            string values = string.Join(" and ", given.Tokens.Select(token => $"'{Shown.Of(token.Value)}'"));
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
        string full = FullName(command);
        if (token.StartsWith('-'))
        {
            string name = token.Split('=', ':')[0];
            string suggestion = Suggestion.For(name, command.Options.Select(option => option.Name).Append("--help"));
            return new UsageException($"'{Shown.Of(name)}' is not an option of '{full}'{suggestion}; accepted are those of '{full} --help'.");
        }

        return command.Subcommands.Count > 0
            ? NotACommand(command, token)
            : new UsageException($"'{Shown.Of(token)}' is one argument too many for '{full}'; accepted are its options, see '{full} --help'.");
    }

    private static UsageException NotACommand(Command root, string token)
    {
        string suggestion = Suggestion.For(token, root.Subcommands.Select(command => command.Name));
        return new UsageException($"'{Shown.Of(token)}' is not a command{suggestion}; accepted are {Names(root.Subcommands)}.");
    }

    private static string Names(IEnumerable<Command> commands) => string.Join(", ", commands.Select(c => c.Name));
}
