using Hetero.Experiments.Values;

namespace Hetero.Experiments.Tables;

/// <summary>A table in memory, written as comma-separated values: invariant culture, round-trip digits, lines ending in a line feed.</summary>
internal sealed class CsvTable(params IReadOnlyList<string> columns)
{
    private readonly List<string[]> _rows = [];

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>A number as a cell; empty if there is none.</summary>
    public static string Cell(double? number) => number is { } value ? Texts.Of(value) : "";

    /// <summary>Appends a row.</summary>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != columns.Count)
        {
            throw new ArgumentException(
                $"'{nameof(cells)}' has {cells.Count} elements; accepted is {columns.Count}, one for each column.", nameof(cells));
        }

        _rows.Add([.. cells]);
    }

    public void Write(TextWriter writer)
    {
        writer.Write(string.Join(',', columns) + "\n");
        foreach (string[] row in _rows)
        {
            writer.Write(string.Join(',', row.Select(Quoted)) + "\n");
        }
    }

    /// <summary>A cell with a comma stands in quotes.</summary>
    private static string Quoted(string cell)
        => cell.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
