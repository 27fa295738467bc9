using System.Globalization;
using System.Text.RegularExpressions;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Tests.Sweep;

/// <summary>Says what is wrong with how the command answered a line; null if nothing is.</summary>
internal static partial class SweepJudge
{
    private const int LongestLine = 2500;

    // What an exit code of 1 may say; whatever else ends a command so is a fault that nobody has foreseen.
    private static readonly string[] Failures =
    [
        "the run diverged at step ", "the fit diverged with ", "pooled training diverged ", "cancelled", "not all verdicts are the stated ones: see ", "not all that was expected was measured: see ",
        "No space left on device",
    ];

    public static string? Judge(SweepCase line, CommandCall call) => call.Code switch
    {
        0 when call.Error.Length > 0 => "it succeeds with a complaint",
        0 => Success(line),
        1 => Complaint(call) ?? (IsForeseen(call.Error) ? null : "it fails in a way that nobody has foreseen"),
        2 when call.Output.Length > 0 => "it refuses the line after having written",
        2 => Complaint(call) ?? Refusal(line, call.Error),
        _ => $"the exit code is {call.Code}",
    };

    private static bool IsForeseen(string error) => Array.Exists(Failures, failure => error.Contains(failure, StringComparison.Ordinal));

    /// <summary>Every word was of use, and no file that has to be refused was taken.</summary>
    private static string? Success(SweepCase line)
    {
        if (line.Parts.Any(part => part.Words[0] is "--help" or "-h" or "--version"))
        {
            return null;
        }

        bool takesWords = line.Command is "reproduce" or "verify";
        bool hasIdleWord = !takesWords && line.Parts.Skip(1).Any(part => part.Option is null && part.Words[0] != "--");
        bool isTwice = line.Options.Where(part => part.Value is not null).GroupBy(part => part.Option).Any(same => same.Count() > 1);
        return line.Command.Length == 0 || hasIdleWord ? "it succeeds with a word that it has no use for"
            : isTwice ? "it succeeds with an option that is given twice"
            : line.ValueOf("--environments") is { } list && SweepFiles.BadLists.Contains(Path.GetFileName(list)) ? "it takes a list that is none"
            : null;
    }

    /// <summary>One line, and nothing in it that steers a terminal.</summary>
    private static string? Complaint(CommandCall call)
        => !call.Error.StartsWith("hetero: ", StringComparison.Ordinal) || call.Error.IndexOf('\n') != call.Error.Length - 1 ? "the complaint is not one line"
            : Shown.Escape(call.ErrorLines[0]) != call.ErrorLines[0] ? "the complaint has control characters"
            : call.Error.Length > LongestLine ? "the complaint is too long"
            : UnforeseenException().IsMatch(call.Error) ? "the complaint names an exception"
            : null;

    private static string? Refusal(SweepCase line, string error)
    {
        if (!error.Contains("; accepted ", StringComparison.Ordinal))
        {
            return "the refusal does not say what is accepted";
        }

        if (NothingGiven().IsMatch(error))
        {
            return null;
        }

        string[] named = [.. Options().Matches(error).Select(match => match.Value)];
        bool namesOption = line.Options.Any(part => named.Contains(part.Option));
        bool namesWord = line.Parts.SelectMany(part => part.Words).Any(word => error.Contains($"'{Shown.Of(word)}'", StringComparison.Ordinal)
            || (word.StartsWith('-') && error.Contains($"'{Shown.Of(word.Split('=', ':')[0])}'", StringComparison.Ordinal)));
        if (!namesOption && !namesWord)
        {
            return "the refusal names nothing that was given";
        }

        return OptionWithValue().Match(error) is { Success: true } refused && line.Has(refused.Groups[1].Value)
            && !line.Options.Any(part => part.Option == refused.Groups[1].Value && IsShown(part.Value, refused.Groups[2].Value))
            && !IsNextWord(line, refused.Groups[1].Value, refused.Groups[2].Value)
            ? "the refusal names a value that was not given"
            : null;
    }

    /// <summary>An option whose value was forgotten takes the word behind it.</summary>
    private static bool IsNextWord(SweepCase line, string option, string shown)
        => line.Parts.Zip(line.Parts.Skip(1)).Any(
            pair => pair.First.Option == option && pair.First.Value is null && Shown.Of(pair.Second.Words[0]) == shown);

    private static bool IsShown(string? given, string shown)
        => given is not null
            && (Shown.Of(given) == shown
                || (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    && double.TryParse(shown, NumberStyles.Float, CultureInfo.InvariantCulture, out double other)
                    && value.Equals(other))
                || given.Split(',', ':').Any(part => part != given && IsShown(part, shown))
                || (shown.AsSpan().ContainsAny(',', ':') && shown.Split(',', ':').Zip(given.Split(',', ':')).All(pair => IsShown(pair.Second, pair.First))));

    [GeneratedRegex(@"^hetero: \w*Exception: |the memory is not enough|the work met an argument|the run broke off")]
    private static partial Regex UnforeseenException();

    [GeneratedRegex("^hetero: ((a command|a method|the name of a figure|the data set|the table|the file of '--out'|the fit and the inputs) (is|are) missing|the sweep is a single run); ")]
    private static partial Regex NothingGiven();

    [GeneratedRegex("(?<=')--[a-z-]+(?=[ '])")]
    private static partial Regex Options();

    [GeneratedRegex(@"^hetero: '(--[a-z-]+)' is '(.*?)'[;,:]")]
    private static partial Regex OptionWithValue();
}
