using System.Globalization;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>Prints one line for each check, and beneath it, if asked for, everything that it found.</summary>
internal static class VerifyTable
{
    private static readonly string[] Head = ["id", "kind", "verdict", "met", "left", "right", "margin", "equations", "decided by"];

    public static void Write(TextWriter writer, IReadOnlyList<Finding> findings, IReadOnlyList<Refusal> refusals, bool isDetailed)
    {
        List<string[]> lines = [Head, .. findings.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, Head.Length).Select(column => lines.Max(line => line[column].Length))];
        for (int i = 0; i < lines.Count; i++)
        {
            writer.WriteLine(string.Join("  ", lines[i].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (isDetailed && i > 0)
            {
                WriteDetails(writer, findings[i - 1]);
            }
        }

        foreach (Refusal refusal in refusals)
        {
            writer.WriteLine($"{refusal.Check.Id}  not checked: {refusal.Reason}");
        }
    }

    private static string[] Cells(Finding finding)
    {
        Inequality decisive = finding.Decisive;
        return
        [
            finding.Check.Id,
            finding.KindText,
            finding.VerdictText,
            finding.MetText,
            Finding.Number(decisive.Left),
            Finding.Number(decisive.Right),
            finding.MarginText,
            finding.Check.Equations,
            finding.Result.Verdict == Verdict.HypothesisNotMet ? $"hypothesis {decisive.Statement}" : decisive.Statement,
        ];
    }

    private static void WriteDetails(TextWriter writer, Finding finding)
    {
        CheckResult result = finding.Result;
        WriteField(writer, "statement", finding.Check.Statement);
        foreach (Inequality hypothesis in result.Hypotheses)
        {
            WriteInequality(writer, "hypothesis", hypothesis);
        }

        foreach (Inequality claim in result.Claims)
        {
            WriteInequality(writer, "claim", claim);
        }

        if (result.Constant is { } constant)
        {
            string limit = finding is { IsChosen: false, Check.ConstantLimit: { } value }
                ? string.Create(CultureInfo.InvariantCulture, $", stated limit {value}") : "";
            string reached = finding is { IsChosen: false, Check.ConstantReached: { } near }
                ? string.Create(CultureInfo.InvariantCulture, $", stated to reach {near}") : "";
            WriteField(
                writer,
                "constant",
                string.Create(CultureInfo.InvariantCulture, $"{constant.Name} {(constant.IsSmallest ? '≥' : '≤')} {constant.Value:G6}{limit}{reached}"));
        }

        WriteField(writer, "left out", finding.LeftOutText);
        WriteField(writer, "note", result.Note);
        WriteField(writer, "remark", finding.Check.Remark);
        WriteField(writer, "instance", result.Instance);
        writer.WriteLine();
    }

    private static void WriteInequality(TextWriter writer, string name, Inequality inequality)
        => WriteField(writer, name, string.Create(CultureInfo.InvariantCulture, $"{inequality}, margin {inequality.Margin:G6}"));

    private static void WriteField(TextWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteLine($"    {name,-11} {text}");
        }
    }
}
