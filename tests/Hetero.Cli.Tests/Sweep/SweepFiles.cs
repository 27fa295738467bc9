using System.Text;
using Hetero.Cli.Tests.Support;

namespace Hetero.Cli.Tests.Sweep;

/// <summary>The files that command lines of the sweep name: each case gets those that it names, new, in a directory of its own.</summary>
internal static class SweepFiles
{
    /// <summary>The line that the saved state belongs to.</summary>
    public const string SavedRun = "--dimension 4 --samples 20";

    private const string List = """{"environments":[{"sigma":[[7]]},{"sigma":[[-5]]},{"sigma":[[0.5]]}]}""";

    private const string Odds = """{"environments":[{"probability":0.25,"sigma":[[1,2],[2,3]]},{"probability":0.75,"sigma":[[-1,0],[0,1]]}]}""";

    private static readonly Lazy<byte[]> State = new(() =>
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("state");
        _ = CommandCall.Line($"run {SavedRun} --steps 3 --checkpoint {path}");
        return File.ReadAllBytes(path);
    });

    private static readonly Dictionary<string, Func<byte[]>> Contents = new()
    {
        ["list.json"] = () => Encoding.UTF8.GetBytes(List),
        ["odds.json"] = () => Encoding.UTF8.GetBytes(Odds),
        ["none.json"] = () => Encoding.UTF8.GetBytes("""{"environments":[]}"""),
        ["twice.json"] = () => Encoding.UTF8.GetBytes("""{"environments":[{"sigma":[[1]],"sigma":[[2]]}]}"""),
        ["huge.json"] = () => Encoding.UTF8.GetBytes("""{"environments":[{"sigma":[[1e300]]},{"sigma":[[-1e300]]}]}"""),
        ["surrogate.json"] = () => Encoding.UTF8.GetBytes("""{"\ud800":1}"""),
        ["wide.json"] = () => Encoding.Unicode.GetBytes(List),
        ["torn.json"] = () => Encoding.UTF8.GetBytes(List[..^4]),
        ["empty.json"] = () => [],
        ["binary.json"] = () => [.. Enumerable.Range(0, 999).Select(i => (byte)(i * 37))],
        ["page.md"] = () => Encoding.UTF8.GetBytes("# A page\n"),
        ["table.md"] = () => Encoding.UTF8.GetBytes("<!-- begin: hetero verify -->\n<!-- end: hetero verify -->\n"),
        ["latin.md"] = () => Encoding.Latin1.GetBytes("é\n<!-- begin: hetero verify -->\n<!-- end: hetero verify -->\n"),
        ["state"] = () => State.Value,
        ["torn-state"] = () => State.Value[..^20],
        ["flipped-state"] = () => [.. State.Value[..^9], (byte)(State.Value[^9] ^ 1), .. State.Value[^8..]],
    };

    /// <summary>Names to draw from; those without contents are of a file that is not there, of a directory and of one that is missing.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Contents.Keys.Select(name => "@" + name), "@new.csv", "@new.json", "@other", "@folder", "@missing/x.json", "@state", "@list.json",
    ];

    /// <summary>Those that are no lists of environments.</summary>
    public static IReadOnlyCollection<string> BadLists { get; } =
        ["none.json", "twice.json", "huge.json", "surrogate.json", "wide.json", "torn.json", "empty.json", "binary.json", "page.md", "state"];

    /// <summary>The part as the command gets it, with the file made if it has contents. Other names of files are of that directory too.</summary>
    public static SweepPart Resolve(SweepPart part, string directory)
    {
        if (part.Value is not { Length: > 0 } value || !value.StartsWith('@') || value == "@")
        {
            return part;
        }

        string name = value[1..], path = Path.Combine(directory, name);
        if (Contents.TryGetValue(name, out Func<byte[]>? contents))
        {
            File.WriteAllBytes(path, contents());
        }
        else if (name == "folder")
        {
            Directory.CreateDirectory(path);
        }

        return new([.. part.Words[..^1], part.Words[^1].Replace(value, path, StringComparison.Ordinal)], part.Option, path);
    }
}
