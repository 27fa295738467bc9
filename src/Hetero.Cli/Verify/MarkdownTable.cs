using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;

namespace Hetero.Cli.Verify;

/// <summary>
/// The documentation's table: it goes between two marks of a page, and what stands around them stays. A file that does not exist yet is made with the
/// marks; one without them is refused before any work is done, since it is not ours to replace.
/// </summary>
internal sealed partial class MarkdownTable
{
    public const string Begin = "<!-- begin: hetero verify -->";
    public const string End = "<!-- end: hetero verify -->";

    private const int MaxPageBytes = 1 << 24;

    private readonly OutputFile _file;
    private readonly byte[] _before;
    private readonly byte[] _after;
    private readonly string _newLine;

    private MarkdownTable(OutputFile file, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, string newLine)
        => (_file, _before, _after, _newLine) = (file, before.ToArray(), after.ToArray(), newLine);

    /// <summary>Reads the page that is to be written.</summary>
    /// <exception cref="UsageException">It is a page without the marks, or none that a table can be put into.</exception>
    public static MarkdownTable Open(OutputFile file)
        => file is { IsReplaced: true, Name: { } name } && File.Exists(name)
            ? Into(file, name)
            : new MarkdownTable(file, Encoding.UTF8.GetBytes(Begin + "\n"), Encoding.UTF8.GetBytes(End + "\n"), "\n");

    /// <summary>Writes the page with the table of these findings. Its other bytes stay as they are.</summary>
    public void Write(IReadOnlyList<Finding> findings) => _file.Write(stream =>
    {
        stream.Write(_before);
        using (StreamWriter writer = new(stream, leaveOpen: true) { NewLine = _newLine })
        {
            WriteTable(writer, findings);
        }

        stream.Write(_after);
    });

    private static void WriteTable(StreamWriter writer, IReadOnlyList<Finding> findings)
    {
        writer.WriteLine("| id | equations | statement | kind | verdict | met | margin or constant | false alarms | why |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (Finding finding in findings)
        {
            string[] cells =
            [
                finding.Check.Id, finding.Check.Equations, finding.Check.Statement, finding.KindText, finding.VerdictText, finding.MetText,
                finding.MarginText, finding.AlarmText, finding.Check.Remark,
            ];
            writer.WriteLine($"| {string.Join(" | ", cells.Select(Escape))} |");
        }
    }

    private static MarkdownTable Into(OutputFile file, string path)
    {
        // A table in UTF-8 would make a page of another encoding one that nothing can read.
        ReadOnlySpan<byte> page = BoundedFile.Read(file.Option, path, "a page", MaxPageBytes);
        if (!Utf8.IsValid(page))
        {
            throw UsageException.Of(file.Option, path, "a new file, or a page in UTF-8");
        }

        int begin = page.IndexOf(Encoding.UTF8.GetBytes(Begin));
        int end = page.IndexOf(Encoding.UTF8.GetBytes(End));
        ReadOnlySpan<byte> rest = begin < 0 ? [] : page[(begin + Begin.Length)..];
        string newLine = rest.StartsWith("\r\n"u8) ? "\r\n" : "\n";
        int table = begin + Begin.Length + newLine.Length;
        return rest.StartsWith(Encoding.UTF8.GetBytes(newLine)) && end >= table
            ? new MarkdownTable(file, page[..table], page[end..], newLine)
            : throw UsageException.Of(file.Option, path, $"a new file, or a page with the lines '{Begin}' and '{End}'");
    }

    /// <summary>A bar would end the cell; stars and underscores of formulas would set them in italics.</summary>
    internal static string Escape(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex(@"[\\|*_<`\[\]]")]
    private static partial Regex Special();
}
