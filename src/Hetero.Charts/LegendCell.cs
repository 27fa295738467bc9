namespace Hetero.Charts;

/// <summary>A legend entry with its text in lines and its place relative to the legend.</summary>
internal sealed record LegendCell(LegendEntry Entry, IReadOnlyList<string> Lines, Box Place);
