using Hetero.Core.FsCheck.Tests.Support;
using Xunit;
using YourTests;

namespace Hetero.Core.FsCheck.Tests;

/// <summary>The examples of the documentation are compiled and run here, and their text is the documentation's.</summary>
public class ExamplesTests
{
    [Theory]
    [InlineData("XunitExample", "property-tests.md")]
    [InlineData("XunitPropertyExample", "property-tests.md")]
    [InlineData("NUnitExample", "property-tests.md")]
    [InlineData("PlainExample", "property-tests.md")]
    [InlineData("OwnCheckExample", "extending.md")]
    public void The_page_has_the_text_of_the_example(string name, string page)
    {
        string example = Read("tests", "Hetero.Core.FsCheck.Tests", "Examples", name + ".cs");
        Assert.Contains($"```csharp\n{example}```\n", Read("docs", page), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_links_every_part()
        => Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Root, "docs", "examples", "parts"), "*.cs").Select(Path.GetFileName).Where(name => name != "Program.cs"),
            name => Assert.Contains($"(examples/parts/{name})", Read("docs", "extending.md"), StringComparison.Ordinal));

    // The program has all lines of the page's first block, which makes no data.
    [Fact]
    public void The_program_on_own_data_has_the_lines_of_the_page()
    {
        string program = Read("docs", "examples", "own-data", "Program.cs");
        string[] lines = Read("docs", "own-data.md").Split("```csharp\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length >= 7);
        Assert.All(lines.Where(line => !line.StartsWith("//", StringComparison.Ordinal)), line => Assert.Contains(line + "\n", program, StringComparison.Ordinal));
    }

    // The tests of the xunit examples are discovered as tests of this project.
    [Fact]
    public void The_nunit_example_runs()
    {
        NUnitExample example = new();
        example.Lemma8Holds();
        example.TheMeanIsWithinTheBound();
    }

    [Fact]
    public void The_plain_example_runs() => PlainExample.Run();

    private static string Read(params string[] parts) => File.ReadAllText(Path.Combine([Repository.Root, .. parts])).ReplaceLineEndings("\n");
}
