namespace Hetero.Charts;

/// <summary>The colours of everything but data in one theme.</summary>
internal sealed record ThemeColors(string Paper, string Ink, string Muted, string Grid, string Axis, string Missing);
