using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text.RegularExpressions;
using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Tests.Sweep;

/// <summary>
/// Draws command lines from the command's own list of commands and options, so that a new option is drawn too. What a value may be it takes from the
/// help: words to choose from, a range of whole numbers, the default. In tame lines each option by itself accepts its value, in edgy ones all options
/// but one; the others are wild.
/// </summary>
internal sealed partial class SweepGenerator
{
    /// <summary>More than this would take the machine's memory before anything refuses it.</summary>
    private const string Memory = "64MiB";

    private const string Method = "--method";

    // More than one option of the problem's own would make two values of it right.
    private static readonly string[] Methods = ["hetero-sgd", "pooled-sgd", "irm: --objective irm-v1 --penalty 1", "b: --step-size 0.01 --steps 3", "mean-risk: --penalty", "c"];

    // Kinds of values: below this what fits, then the edges of a range, any number, and anything.
    private const int Borderline = 5;

    private static readonly string[] Numbers =
    [
        "0", "1", "2", "0.5", "0.1", "1e-3", "5", "-1", "-0", "1e-30", "1e-50", "1e-320", "1e-400", "1e10", "1e19", "1e28", "1.1e28",
        "1e30", "1e40", "1e200", "1.7976931348623157e308", "1e309", "NaN", "Infinity", "-Infinity", "+1", ".5", "1.", "1e", "0x10", "1,5", "1_0",
    ];

    private static readonly string[] Absurd =
    [
        "", " ", "abc", "null", "-", "--", "---", "'", "\"", "=", "١٢", "²", "1 2", " 5", "5 ", "99999999999999999999", "-99999999999999999999",
        "\u001b[31m", "\u0007", "a\nb", "\u202eabc", "🎈", "\ud800", "@", "*", "%s", "../..", "[x]", "{}", "true", "1;2", "--steps", "\ufeff",
        new('9', 400), new('x', 300),
    ];

    private readonly RootCommand _root = HeteroCommand.CreateRoot(new CommandContext(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default));

    /// <summary>The line of a number; the same number gives the same line.</summary>
    public SweepCase Draw(int seed, int number)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        if (random.Next(50) == 0)
        {
            return Odd(random);
        }

        Command command = random.Next(7) > 0 ? _root.Subcommands[0] : _root.Subcommands[random.Next(_root.Subcommands.Count)];
        bool isWild = random.Next(3) == 0, isEdgy = random.Next(2) == 0;
        double share = random.NextDouble() * 0.35;
        Option[] options = [.. command.Options.Where(option => option is not HelpOption && random.NextDouble() < share)];
        Option? edgy = isEdgy && options.Length > 0 ? options[random.Next(options.Length)] : null;
        int Kind(Option option) => isWild ? random.Next(10) : option == edgy ? Borderline + random.Next(3) : 0;
        List<SweepPart> parts = [.. options.Select(option => Draw(option, Kind(option), random))];
        foreach (Argument argument in command.Arguments)
        {
            parts.AddRange(Enumerable.Range(0, random.Next(3)).Select(_ => SweepPart.Of(Word(argument, isWild, random))));
        }

        if (isWild)
        {
            Spoil(parts, command, random);
        }

        Shuffle(parts, random);
        return Bounded(new SweepCase([SweepPart.Of(command.Name), .. parts]), command, random);
    }

    private SweepCase Odd(Random random)
    {
        string[] words =
        [
            "[diagram]", "[env:A=b]", "run", "--", "rnu", "--dimension", "4", "", "help", "--help", "-h", "--version", "RUN", "info", "extra", "-", "@x",
        ];
        return new SweepCase([.. Enumerable.Range(0, random.Next(4)).Select(_ => SweepPart.Of(words[random.Next(words.Length)]))]);
    }

    /// <summary>An option with a value of one of ten kinds, from tame to absurd.</summary>
    private static SweepPart Draw(Option option, int kind, Random random)
    {
        if (option.Arity.MaximumNumberOfValues == 0)
        {
            return new([option.Name], option.Name);
        }

        string value = Value(option, kind, random);
        int form = random.Next(12);
        return SweepPart.Of(option.Name, value, form == 0 ? '=' : form == 1 ? ':' : null);
    }

    private static string Value(Option option, int kind, Random random)
    {
        string helpName = option.HelpName ?? "", description = option.Description ?? "";
        bool isFile = helpName.Contains("FILE", StringComparison.Ordinal) || helpName == "DIR";
        if (kind > Borderline + 1)
        {
            // Whatever a file is called, it lies in the line's own directory.
            string value = kind == Borderline + 2 ? Numbers[random.Next(Numbers.Length)] : Absurd[random.Next(Absurd.Length)];
            return isFile && value is not ("" or "-") ? "@" + value : value;
        }

        if (isFile)
        {
            string[] words = [.. helpName.Split('|').Where(word => !word.Contains("FILE", StringComparison.Ordinal) && word != "DIR")];
            return words.Length > 0 && random.Next(3) > 0 ? words[random.Next(words.Length)]
                : kind == 0 && random.Next(2) == 0 ? "@new.csv"
                : SweepFiles.Names[random.Next(SweepFiles.Names.Count)];
        }

        if (option.Name == Method)
        {
            return Methods[random.Next(Methods.Length)];
        }

        if (helpName.Contains('|', StringComparison.Ordinal))
        {
            string[] words = helpName.Split('|');
            return words[random.Next(words.Length)];
        }

        return WholeRange().Match(description) is { Success: true } range
            ? Whole(range.Groups[1].Value, range.Groups[2].Value, kind, random)
            : description.Contains("STEP:ETA", StringComparison.Ordinal)
                ? string.Join(',', Enumerable.Range(1, 1 + random.Next(2)).Select(step => $"{step + random.Next(2)}:{Numbers[1 + random.Next(kind < Borderline ? 6 : Numbers.Length - 1)]}"))
            : description.Contains("separated by commas", StringComparison.Ordinal)
                ? string.Join(',', random.GetItems(Numbers.AsSpan(1, kind < Borderline ? 6 : Numbers.Length - 1), 1 + random.Next(2)))
            : description.Contains("bytes", StringComparison.Ordinal) ? new[] { "64MiB", "1K", "3.5 MiB", "20000", "1B", "10TiB" }[random.Next(6)]
            : Numbers[random.Next(kind < Borderline ? 7 : Numbers.Length)];
    }

    /// <summary>A whole number near one end of its range, or just outside of it.</summary>
    private static string Whole(string minimum, string maximum, int kind, Random random)
    {
        Int128 value = kind switch
        {
            < Borderline => Int128.Parse(minimum, CultureInfo.InvariantCulture) + random.Next(9),
            Borderline => Int128.Parse(minimum, CultureInfo.InvariantCulture) - random.Next(2),
            _ => Int128.Parse(maximum, CultureInfo.InvariantCulture) + 1 - random.Next(3),
        };
        return value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A word that an argument's description names, or one that it does not.</summary>
    private static string Word(Argument argument, bool isWild, Random random)
    {
        string[] known = [.. KnownWords().Matches(argument.Description ?? "").Select(match => match.Value)];
        string word = !isWild || random.Next(3) > 0 ? known[random.Next(known.Length)] : Absurd[random.Next(Absurd.Length)];
        return random.Next(4) == 0 ? word.ToUpperInvariant() : word;
    }

    /// <summary>Mistakes of the line rather than of a value.</summary>
    private static void Spoil(List<SweepPart> parts, Command command, Random random)
    {
        if (parts.Count > 0 && random.Next(12) == 0)
        {
            parts.Add(parts[random.Next(parts.Count)]);
        }

        if (parts.Count > 0 && random.Next(12) == 0)
        {
            int at = random.Next(parts.Count);
            parts[at] = parts[at].Option is { } option ? new([option], option) : parts[at];
        }

        if (random.Next(12) == 0)
        {
            string name = command.Options[random.Next(command.Options.Count)].Name;
            int letter = random.Next(name.Length);
            parts.Add(SweepPart.Of(random.Next(2) == 0 ? name.Remove(letter, 1) : name.Insert(letter, "q")));
        }

        if (random.Next(20) == 0)
        {
            parts.Add(SweepPart.Of(new[] { "extra", "--", "[x]", "", "--help", "-v" }[random.Next(6)]));
        }
    }

    /// <summary>Keeps a line that is accepted small: sizes where none are given, memory that the machine has, options that fit a state.</summary>
    private static SweepCase Bounded(SweepCase line, Command command, Random random)
    {
        if (command.Name == "generate")
        {
            return BoundedData(line, random);
        }

        if (command.Name is not ("run" or "compare"))
        {
            return line;
        }

        if (command.Name == "compare")
        {
            line = line.Has(Method) ? line : line.With(Method, Methods[random.Next(Methods.Length)]);
            line = line.Has("--seeds") ? line : line.With("--seeds", "2");
        }

        if (line.ValueOf("--resume") is "@state" or "@torn-state" or "@flipped-state" && random.Next(2) == 0)
        {
            string[] saved = SweepFiles.SavedRun.Split(' ');
            string[] free = ["--resume", "--out", "--json", "--steps", "--every", "--threads", "--dry-run"];
            line = new SweepCase([
                line.Parts[0],
                .. saved.Chunk(2).Select(pair => SweepPart.Of(pair[0], pair[1])),
                .. line.Options.Where(part => free.Contains(part.Option)),
            ]);
        }

        foreach ((string option, int least, int range) in new[] { ("--dimension", 2, 8), ("--samples", 1, 60), ("--steps", 0, 7) })
        {
            line = line.Has(option) ? line : line.With(option, (least + random.Next(range)).ToString(CultureInfo.InvariantCulture));
        }

        // A thousand threads take seconds to start.
        if (line.ValueOf("--threads") is { Length: 4 } && random.Next(40) > 0)
        {
            line = line.With("--threads", "16");
        }

        return line.Has("--memory") && line.ValueOf("--memory") is not "10TiB" ? line : line.With("--memory", Memory);
    }

    /// <summary>Keeps a data set small, and in the line's own directory.</summary>
    private static SweepCase BoundedData(SweepCase line, Random random)
    {
        foreach ((string option, int least, int range) in new[] { ("--dimension", 2, 8), ("--samples", 1, 60) })
        {
            line = line.Has(option) ? line : line.With(option, (least + random.Next(range)).ToString(CultureInfo.InvariantCulture));
        }

        // A hundred thousand environments are as many files, twice.
        line = line.ValueOf("--count") is { Length: > 2 } count && int.TryParse(count, CultureInfo.InvariantCulture, out int environments) && environments <= 100_000
            ? line.With("--count", "3") : line;
        return line.Has("--out") ? line : line.With("--out", "@data");
    }

    private static void Shuffle(List<SweepPart> parts, Random random)
    {
        for (int i = parts.Count - 1; i > 0; i--)
        {
            int other = random.Next(i + 1);
            (parts[i], parts[other]) = (parts[other], parts[i]);
        }
    }

    [GeneratedRegex("hole number from ([0-9]+) to ([0-9]+)")]
    private static partial Regex WholeRange();

    [GeneratedRegex("[a-zA-Z]+[-0-9a-z]*[0-9a-z]")]
    private static partial Regex KnownWords();
}
