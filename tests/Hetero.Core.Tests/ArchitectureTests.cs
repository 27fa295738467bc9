using System.Globalization;
using System.Text.RegularExpressions;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>The house: which namespace may use which, and how long a file may be. The sources are read as text, so that unused imports count.</summary>
public class ArchitectureTests
{
    private const int MostLines = 400;

    /// <summary>All namespaces, lowest first: each may use those above it in this list, so that no cycle is left.</summary>
    private static readonly string[] Order =
    [
        "Hetero.Core",
        "Hetero.Core.Numerics.Simd",
        "Hetero.Core.Numerics",
        "Hetero.Core.Statistics",
        "Hetero.Core.Random.Lanes",
        "Hetero.Core.Random",
        "Hetero.Core.Sensing",
        "Hetero.Core.Environments",
        "Hetero.Core.Problems",
        "Hetero.Core.Training",
        "Hetero.Core.Theory",
        "Hetero.Core.Theory.Isometry",
        "Hetero.Core.Theory.Subspaces",
        "Hetero.Core.Theory.Concentration",
        "Hetero.Core.Theory.Multipliers",
        "Hetero.Core.Theory.Sequences",
        "Hetero.Core.Theory.Population",
        "Hetero.Core.Theory.Dynamics",
        "Hetero.Core.Theory.Supermartingale",
        "Hetero.Core.Theory.Simulations",
        "Hetero.Core.Theory.Convergence",
        "Hetero.Core.Theory.Phases",
        "Hetero.Core.Theory.Pooling",
        "Hetero.Core.Theory.Quantities",
        "Hetero.Core.FsCheck.Shrinking",
        "Hetero.Core.FsCheck",
        "Hetero.Experiments.Values",
        "Hetero.Experiments.Files",
        "Hetero.Experiments.Recipes",
        "Hetero.Experiments.Runs",
        "Hetero.Experiments.Sweeps",
        "Hetero.Experiments.Figures",
        "Hetero.Charts",
        "Hetero.Cli.CommandLine",
        "Hetero.Cli.Input",
        "Hetero.Cli.Output",
        "Hetero.Cli.FigureCharts",
        "Hetero.Cli.Run",
        "Hetero.Cli.Reproduce",
        "Hetero.Cli.Theory",
        "Hetero.Cli.Verify",
        "Hetero.Cli.Info",
        "Hetero.Cli",
    ];

    private static readonly NamespaceGraph Graph = new(Libraries.Sources());

    [Fact]
    public void EveryNamespaceHasItsPlace()
        => Assert.Equal(Graph.Namespaces.Order(StringComparer.Ordinal), Order.Order(StringComparer.Ordinal));

    [Fact]
    public void NothingUsesWhatStandsHigher()
    {
        string[] upward =
        [
            .. Graph.Uses.Where(use => Array.IndexOf(Order, use.Used) > Array.IndexOf(Order, use.User))
                .Select(use => $"{use.User} uses {use.Used}: {use.Name} in {use.File}"),
        ];
        Assert.True(upward.Length == 0, $"{string.Join('\n', upward)}\n\nThe graph:\n{Graph}");
    }

    // A package may be newer than the one below it, so that none sees the internals of another.
    [Fact]
    public void NoPackageSeesTheInternalsOfAnother()
        => Assert.All(
            ["Hetero.Core", "Hetero.Core.Theory", "Hetero.Core.FsCheck"],
            project => Assert.DoesNotMatch(
                """InternalsVisibleTo Include="(?![\w.]*(Tests|Benchmarks)")""",
                File.ReadAllText(Path.Combine(Libraries.SourceRoot, project, $"{project}.csproj"))));

    [Fact]
    public void TheCoreDependsOnTensorPrimitivesAlone()
        => Assert.All(
            typeof(Hetero.Core.Sensing.Svec).Assembly.GetReferencedAssemblies().Select(name => name.Name!),
            name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    // The compiler guards the named functions (BannedSymbols.txt), and does not see those that generic math reaches through a type parameter.
    [Fact]
    public void NoNumberPathUsesFunctionsWhoseBitsDiffer()
    {
        const string Function = @"\b(?:T\w*)\.(?:A?(?:[Ss]in|[Cc]os|[Tt]an)(?:h|Pi)?|SinCos(?:Pi)?|Atan2(?:Pi)?|Log(?:2|10)?(?:P1)?|Exp(?:2|10)?(?:M1)?|Pow|Cbrt|RootN|Hypot|Lerp|\w+Estimate)\(";
        Assert.Matches(Function, "T.Log(x)");
        string core = Path.Combine(Libraries.SourceRoot, "Hetero.Core");
        Assert.Empty(Libraries.SourcesOf(core)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Statistics{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), Function).Select(match => $"{Path.GetRelativePath(core, file)}: {match.Value}")));
    }

    // The table of topics in CONTRIBUTING.md: where a lemma is found, and where a new one goes.
    [Fact]
    public void AStatementStandsInTheFolderOfItsTopic()
    {
        string theory = Path.Combine(Libraries.SourceRoot, "Hetero.Core.Theory");
        string contributing = File.ReadAllText(Path.Combine(Libraries.SourceRoot, "..", "CONTRIBUTING.md"));
        SortedDictionary<string, string[]> written = new(StringComparer.Ordinal), found = new(StringComparer.Ordinal);
        foreach (Match row in Regex.Matches(contributing, @"^\| `(\w+)` \| [^|]+ \| (.+) \|$", RegexOptions.Multiline))
        {
            written.Add(row.Groups[1].Value, [.. Statements(row.Groups[2].Value).Order(StringComparer.Ordinal)]);
        }

        foreach (string folder in Libraries.SourcesOf(theory).Select(file => Path.GetRelativePath(theory, Path.GetDirectoryName(file)!)).Where(f => f != ".").Distinct())
        {
            IEnumerable<Match> names = Directory.GetFiles(Path.Combine(theory, folder), "*.cs")
                .Select(file => Regex.Match(Path.GetFileName(file), @"^(Assumption|Corollary|Lemma|Proposition|Theorem)\d+"));
            found.Add(folder, [.. names.Where(name => name.Success).Select(name => name.Value).Distinct().Order(StringComparer.Ordinal)]);
        }

        Assert.Equal(found, written);
        Assert.Distinct(found.Values.SelectMany(names => names));

        static IEnumerable<string> Statements(string text)
            => Regex.Matches(text, @"(Assumption|Corollary|Lemma|Proposition|Theorem)s? ([\d–, ]+)").SelectMany(kind
                => Regex.Matches(kind.Groups[2].Value, @"(\d+)(?:–(\d+))?").SelectMany(range =>
                {
                    int first = int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
                    int last = range.Groups[2].Success ? int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture) : first;
                    return Enumerable.Range(first, last - first + 1).Select(number => $"{kind.Groups[1].Value}{number}");
                }));
    }

    [Fact]
    public void NoFileIsLong()
    {
        string root = Path.GetDirectoryName(Libraries.SourceRoot)!;
        IEnumerable<string> files = new[] { "src", "tests", "bench" }.SelectMany(folder => Libraries.SourcesOf(Path.Combine(root, folder)));
        Assert.Empty(files.Where(file => File.ReadLines(file).Count() > MostLines).Select(file => Path.GetRelativePath(root, file)));
    }
}
