using System.Globalization;
using System.Text.RegularExpressions;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>The house: which namespace may use which, and how long a file and a line may be. The sources are read as text, so that unused imports count.</summary>
public class ArchitectureTests
{
    private const int MostLines = 400;
    private const int MostColumns = 200;

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
        "Hetero.Core.Theory.Spectrum",
        "Hetero.Core.Theory.Networks",
        "Hetero.Core.Theory.Quantities",
        "Hetero.Core.FsCheck.Shrinking",
        "Hetero.Core.FsCheck",
        "Hetero.Experiments.Values",
        "Hetero.Experiments.Tables",
        "Hetero.Experiments.Arrays",
        "Hetero.Experiments.Recipes",
        "Hetero.Experiments.Data",
        "Hetero.Experiments.Runs",
        "Hetero.Experiments.Fits",
        "Hetero.Experiments.Sweeps",
        "Hetero.Experiments.Figures",
        "Hetero.Charts",
        "Hetero.Cli.CommandLine",
        "Hetero.Cli.Input",
        "Hetero.Cli.Output",
        "Hetero.Cli.FigureCharts",
        "Hetero.Cli.Run",
        "Hetero.Cli.Compare",
        "Hetero.Cli.Sweep",
        "Hetero.Cli.Cluster",
        "Hetero.Cli.Plot",
        "Hetero.Cli.Generate",
        "Hetero.Cli.CheckData",
        "Hetero.Cli.Fit",
        "Hetero.Cli.Predict",
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

    // The table of topics in docs/theory.md: where a lemma is found, and where a new one goes.
    [Fact]
    public void TheTopicsAreListedWithTheirChecks()
    {
        SortedDictionary<string, string> written = new(StringComparer.Ordinal), found = new(StringComparer.Ordinal);
        foreach (Match row in Regex.Matches(File.ReadAllText(Path.Combine(Libraries.Root, "docs", "theory.md")), @"^\| `(\w+)` \| ([^|:]+)[^|]*\|$", RegexOptions.Multiline))
        {
            written.Add(row.Groups[1].Value, Sorted(Regex.Matches(row.Groups[2].Value, @"\b([ALCPT])(\d+)(?:–[ALCPT](\d+))?\b").SelectMany(Range)));
        }

        foreach (string topic in Order.Where(name => name.StartsWith("Hetero.Core.Theory.", StringComparison.Ordinal)))
        {
            found.Add(topic.Split('.')[^1], Sorted(TheoryCatalog.All.Where(check => check.GetType().Namespace == topic).Select(check => check.Id.Split('-')[0])));
        }

        Assert.Equal(found, written);

        static string Sorted(IEnumerable<string> ids) => string.Join(' ', ids.Distinct().Order(StringComparer.Ordinal));

        static IEnumerable<string> Range(Match ids)
        {
            int first = int.Parse(ids.Groups[2].Value, CultureInfo.InvariantCulture);
            int last = ids.Groups[3].Success ? int.Parse(ids.Groups[3].Value, CultureInfo.InvariantCulture) : first;
            return Enumerable.Range(first, last - first + 1).Select(number => $"{ids.Groups[1].Value}{number}");
        }
    }

    // What nobody outside names need not be public: each type is in a page of the documentation or in a program beside it.
    [Fact]
    public void EveryPublicTypeIsWrittenOf()
    {
        string docs = Path.Combine(Libraries.Root, "docs");
        string text = string.Join('\n', Libraries.SourcesOf(docs).Concat(Directory.EnumerateFiles(docs, "*.md")).Select(File.ReadAllText));
        HashSet<string> words = [.. Regex.Matches(text, @"\w+").Select(word => word.Value)];
        Assert.Empty(typeof(Hetero.Core.Sensing.Svec).Assembly.GetExportedTypes().Select(type => type.Name.Split('`')[0]).Except(words));
    }

    [Fact]
    public void NoFileIsLong()
        => Assert.Empty(AllSources().Where(file => File.ReadLines(file).Count() > MostLines).Select(file => Path.GetRelativePath(Libraries.Root, file)));

    [Fact]
    public void NoLineIsLong()
        => Assert.Empty(AllSources().SelectMany(file => File.ReadLines(file).Index()
            .Where(line => line.Item.Length > MostColumns)
            .Select(line => $"{Path.GetRelativePath(Libraries.Root, file)}({line.Index + 1}) has {line.Item.Length} columns")));

    private static IEnumerable<string> AllSources()
        => new[] { "build", "src", "tests", "bench", "docs" }.SelectMany(folder => Libraries.SourcesOf(Path.Combine(Libraries.Root, folder)));
}
