using Hetero.Core.FsCheck.Tests.Support;
using Xunit;
using YourTests;

namespace Hetero.Core.FsCheck.Tests;

/// <summary>The examples of the documentation are compiled and run here, and their text is the documentation's.</summary>
public class ExamplesTests
{
    [Theory]
    [InlineData("XunitExample")]
    [InlineData("NUnitExample")]
    [InlineData("PlainExample")]
    public void The_page_has_the_text_of_the_example(string name)
    {
        string example = Read("tests", "Hetero.Core.FsCheck.Tests", "Examples", name + ".cs");
        Assert.Contains($"```csharp\n{example}```\n", Read("docs", "property-tests.md"), StringComparison.Ordinal);
    }

    // The xunit example's tests are discovered as tests of this project.
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
