using System.Text;
using System.Text.RegularExpressions;

namespace Hetero.Core.Tests.Support;

/// <summary>
/// Which namespace uses which: by an import, by a name in front of a type, or by a type of a namespace around its own. Comments do not count.
/// </summary>
internal sealed class NamespaceGraph
{
    private static readonly Regex Declaration = new(
        @"^\s*(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|ref|partial|unsafe) )*"
        + @"(?:class|struct|record struct|record|interface|enum) (\w+)",
        RegexOptions.Multiline);

    private static readonly Regex Import = new(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline);

    // Names with dots between them, from their first on; not a property that is set.
    private static readonly Regex Chain = new(@"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\b(?!\s*=(?![=>]))");

    private readonly Dictionary<string, HashSet<string>> _namespacesOfTypes = [];
    private readonly SortedDictionary<(string User, string Used), (string Name, string File)> _uses = [];

    public NamespaceGraph(IEnumerable<string> files)
    {
        (string Space, string File, string Code)[] sources =
        [
            .. files.Select(file => (File: file, Text: File.ReadAllText(file)))
                .Select(source => (SpaceOf(source.Text, source.File), Path.GetFileName(source.File), Regex.Replace(source.Text, "//.*", ""))),
        ];
        Namespaces = sources.Select(source => source.Space).ToHashSet();
        foreach ((string space, _, string code) in sources)
        {
            foreach (Match match in Declaration.Matches(code))
            {
                (_namespacesOfTypes.TryGetValue(match.Groups[1].Value, out HashSet<string>? spaces) ? spaces : _namespacesOfTypes[match.Groups[1].Value] = [])
                    .Add(space);
            }
        }

        foreach ((string space, string file, string code) in sources)
        {
            AddImports(space, file, code);
            AddNames(space, file, code);
        }
    }

    /// <summary>Gets the namespaces.</summary>
    public IReadOnlySet<string> Namespaces { get; }

    /// <summary>Gets who uses whom, each pair once, with the first name that says so.</summary>
    public IEnumerable<(string User, string Used, string Name, string File)> Uses
        => _uses.Select(use => (use.Key.User, use.Key.Used, use.Value.Name, use.Value.File));

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (IGrouping<string, string> group in _uses.Keys.GroupBy(use => use.User, use => use.Used))
        {
            text.Append(group.Key).Append(" → ").AppendJoin(", ", group).Append('\n');
        }

        return text.ToString();
    }

    private static string SpaceOf(string text, string file)
    {
        Match match = Regex.Match(text, @"^namespace ([\w.]+);", RegexOptions.Multiline);
        return match.Success ? match.Groups[1].Value : Path.GetFileName(Path.GetDirectoryName(file)!);
    }

    private void AddImports(string space, string file, string code)
    {
        foreach (Match match in Import.Matches(code))
        {
            if (Namespaces.Contains(match.Groups[1].Value))
            {
                Add(space, match.Groups[1].Value, "an import", file);
            }
        }
    }

    private void AddNames(string space, string file, string code)
    {
        foreach (Match match in Chain.Matches(code))
        {
            string[] names = match.Value.Split('.');
            for (int i = 0; i < names.Length; i++)
            {
                // The first name is a type of a namespace around this one, any other one if that of its namespace stands before it.
                foreach (string used in _namespacesOfTypes.GetValueOrDefault(names[i], []))
                {
                    if (i == 0 ? space.StartsWith(used + ".", StringComparison.Ordinal) : used.EndsWith("." + names[i - 1], StringComparison.Ordinal))
                    {
                        Add(space, used, match.Value, file);
                    }
                }
            }
        }
    }

    private void Add(string user, string used, string name, string file)
    {
        if (user != used)
        {
            _uses.TryAdd((user, used), (name, file));
        }
    }
}
