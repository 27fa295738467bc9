using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>The page's program is the one that is compiled here.</summary>
public class FitPageTests
{
    [Fact]
    public void The_page_has_the_lines_and_the_namespaces_of_the_example()
    {
        string[] example = Read("tests", "Hetero.Experiments.Tests", "Fits", "FitExample.cs"), page = Read("docs", "fit.md");
        int start = Array.IndexOf(page, "```csharp") + 1;
        string[] lines = [.. page[start..Array.IndexOf(page, "```", start)].Where(line => line.Length > 0)];
        Assert.True(lines.Length >= 6);
        Assert.All(lines, line => Assert.Contains(line, example));
        Assert.Equal(example.Where(line => line.StartsWith("using Hetero", StringComparison.Ordinal)), lines.Where(line => line.StartsWith("using Hetero", StringComparison.Ordinal)));
    }

    private static string[] Read(params string[] path) => [.. File.ReadAllLines(Path.Combine([Root(), .. path])).Select(line => line.Trim())];

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Hetero.Core.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
