using System.Xml.Linq;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;
using YourProgram;

namespace Hetero.Core.Tests.Examples;

/// <summary>What the documentation shows is compiled and run here, and its text is that of the documentation.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public void ThePageHasTheTextOfTheExample()
        => Assert.Contains(
            $"```csharp\n{Read("tests", "Hetero.Core.Tests", "Examples", "LinearAlgebraExample.cs")}```\n", Read("docs", "linear-algebra.md"), StringComparison.Ordinal);

    /// <summary>200 rows with a deviation of 0.1 give weights within 0.1/√200, some 0.007; the seeds are fixed.</summary>
    [Fact]
    public void TheExampleOfThePageFindsTheWeights()
        => Assert.All(LinearAlgebraExample.Run().Index(), weight => Assert.Equal(weight.Index + 1, weight.Item, 0.04));

    [Fact]
    public void EveryExampleOfTheReferenceIsCompiledHere()
    {
        string path = Path.ChangeExtension(typeof(Products).Assembly.Location, ".xml"), compiled = Lines(Read("tests", "Hetero.Core.Tests", "Examples", "ReferenceExamples.cs"));
        string[] examples = [.. XDocument.Load(path).Descendants("member")
            .Where(member => member.Attribute("name")!.Value[2..].StartsWith("Hetero.Core.Numerics.", StringComparison.Ordinal)
                || member.Attribute("name")!.Value[2..].StartsWith("Hetero.Core.Random.", StringComparison.Ordinal))
            .Descendants("example").Descendants("code").Select(code => Lines(code.Value))];
        Assert.True(examples.Length >= 7, $"{examples.Length} examples in {path}");
        Assert.All(examples, example => Assert.Contains(example, compiled, StringComparison.Ordinal));
    }

    private static string Lines(string text)
        => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string Read(params string[] parts)
        => File.ReadAllText(Path.Combine([Path.GetDirectoryName(Libraries.SourceRoot)!, .. parts])).ReplaceLineEndings("\n");
}
