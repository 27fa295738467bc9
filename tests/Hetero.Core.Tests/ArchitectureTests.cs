using System.Text.RegularExpressions;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>The layers of the library, lowest first: nothing imports upward. The sources are read as text, so that unused imports count.</summary>
public class ArchitectureTests
{
    private static readonly string[] Layers = ["Numerics", "Statistics", "Random", "Sensing", "Environments", "Problems", "Training"];

    [Fact]
    public void NothingImportsUpward()
    {
        string root = Path.Combine(Libraries.SourceRoot, "Hetero.Core");
        List<string> upward = [];
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            int layer = Array.IndexOf(Layers, Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0]);

            // A layer may be named in full, or as a namespace in front of a type.
            foreach (Match match in Regex.Matches(File.ReadAllText(file), $@"(?<![\w.])(?:Hetero\.Core\.)?({string.Join('|', Layers)})\.[A-Z]\w+|Hetero\.Core\.({string.Join('|', Layers)})\b"))
            {
                int imported = Array.IndexOf(Layers, match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value);
                if (layer >= 0 && imported > layer)
                {
                    upward.Add($"{Path.GetRelativePath(root, file)} imports {match.Value}");
                }
            }
        }

        Assert.Empty(upward);
    }

    [Fact]
    public void EveryFolderIsALayer()
        => Assert.All(
            Directory.EnumerateDirectories(Path.Combine(Libraries.SourceRoot, "Hetero.Core")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")),
            name => Assert.Contains(name, Layers));

    [Fact]
    public void TheCoreDependsOnTensorPrimitivesAlone()
        => Assert.All(
            typeof(Hetero.Core.Sensing.Svec).Assembly.GetReferencedAssemblies().Select(name => name.Name!),
            name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
}
