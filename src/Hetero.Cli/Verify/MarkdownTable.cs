using System.Text.RegularExpressions;
using Hetero.Cli.Output;

namespace Hetero.Cli.Verify;

/// <summary>
/// The documentation's table: it goes between two marks of a page, and what stands around them stays. A file that does not exist yet is made with the
/// marks; one without them is refused before any work is done, since it is not ours to replace.
/// </summary>
internal sealed partial class MarkdownTable : IDisposable
{
    public const string Begin = "<!-- begin: hetero verify -->";
    public const string End = "<!-- end: hetero verify -->";

    private readonly AtomicFile _file;
    private readonly string _before;
    private readonly string _after;

    private MarkdownTable(AtomicFile file, string before, string after) => (_file, _before, _after) = (file, before, after);

    public static MarkdownTable Open(string option, string path)
    {
        AtomicFile file = AtomicFile.Open(option, path);
        try
        {
            if (!File.Exists(path))
            {
                return new MarkdownTable(file, Begin + "\n", End + "\n");
            }

            string page = File.ReadAllText(path);
            int begin = page.IndexOf(Begin + "\n", StringComparison.Ordinal);
            int end = page.IndexOf(End, StringComparison.Ordinal);
            if (begin < 0 || end < begin)
            {
                throw UsageException.Of(option, path, $"a new file, or a page with the lines '{Begin}' and '{End}'");
            }

            return new MarkdownTable(file, page[..(begin + Begin.Length + 1)], page[end..]);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the page with the table of these findings.</summary>
    public void Write(IReadOnlyList<Finding> findings)
    {
        _file.WriteText(writer =>
        {
            writer.Write(_before);
            writer.Write("| id | equations | statement | kind | verdict | met | margin or constant | why |\n|---|---|---|---|---|---|---|---|\n");
            foreach (Finding finding in findings)
            {
                string[] cells =
                [
                    finding.Check.Id, finding.Check.Equations, finding.Check.Statement, finding.KindText, finding.VerdictText, finding.MetText,
                    finding.MarginText, finding.Check.Remark,
                ];
                writer.Write($"| {string.Join(" | ", cells.Select(Escape))} |\n");
            }

            writer.Write(_after);
        });
        _file.Commit();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A bar would end the cell; stars and underscores of formulas would set them in italics.</summary>
    internal static string Escape(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex(@"[\\|*_<`\[\]]")]
    private static partial Regex Special();
}
