using System.Text.RegularExpressions;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Documentation;

/// <summary>The pages cite the references that there are, and all of them.</summary>
public partial class ReferencesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Every_key_exists_and_every_entry_is_cited()
    {
        string references = File.ReadAllText(Path.Combine(Folder, "references.md"));
        string[] entries = [.. Entries().Matches(references).Select(match => match.Groups[1].Value)];
        Assert.True(entries.Length > 20);
        Assert.Equal(entries, entries.Distinct());
        string[] headings = [.. Headings().Matches(references).Select(match => match.Groups[1].Value.ToLowerInvariant().Replace(' ', '-'))];
        string[] cited = [.. Directory.GetFiles(Folder, "*.md").SelectMany(page => Keys().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value)).Distinct()];
        Assert.Empty(cited.Except(entries).Except(headings).Except(["key"]));
        Assert.Empty(entries.Except(cited));
    }

    [GeneratedRegex("""^- <a id="([a-z]+[0-9]{4})"></a>\p{L}""", RegexOptions.Multiline)]
    private static partial Regex Entries();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"references\.md#([a-z0-9-]+)")]
    private static partial Regex Keys();
}
