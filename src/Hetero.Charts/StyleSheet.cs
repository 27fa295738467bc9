using System.Text;

namespace Hetero.Charts;

/// <summary>The style sheet of a picture: every colour is a custom property with a light and a dark value.</summary>
/// <remarks>
/// All rules hang on the class of the root element, because the styles of an SVG pasted into a page apply to the whole page.
/// Each rule names the light colour first: viewers without custom properties skip the second declaration and keep the first.
/// </remarks>
internal static class StyleSheet
{
    public const string RootClass = "hetero-chart";

    public static string For(Theme theme)
    {
        StringBuilder css = new("\n");
        Variables(css, "", theme == Theme.Dark);
        if (theme == Theme.Auto)
        {
            css.Append("@media (prefers-color-scheme: dark) {\n");
            Variables(css, " ", isDark: true);
            css.Append("}\n");
        }

        ThemeColors fallback = theme == Theme.Dark ? Palette.Dark : Palette.Light;
        IReadOnlyList<string> slots = theme == Theme.Dark ? Palette.DarkSlots : Palette.LightSlots;
        Rule(css, "hc-paper", "fill", "paper", fallback.Paper);
        Rule(css, "hc-title", "fill", "ink", fallback.Ink, "font-weight: 600");
        Rule(css, "hc-text", "fill", "ink", fallback.Ink);
        Rule(css, "hc-note", "fill", "muted", fallback.Muted);
        Rule(css, "hc-halo", "fill", "ink", fallback.Ink);
        Rule(css, "hc-halo", "stroke", "paper", fallback.Paper, "stroke-width: 4px; stroke-linejoin: round; paint-order: stroke");
        Rule(css, "hc-casing", "stroke", "paper", fallback.Paper, "fill: none; stroke-linejoin: round");
        Rule(css, "hc-grid", "stroke", "grid", fallback.Grid, "fill: none");
        Rule(css, "hc-axis", "stroke", "axis", fallback.Axis, "fill: none");
        Rule(css, "hc-reference", "stroke", "ink", fallback.Ink, "fill: none; stroke-width: 1.2px; stroke-dasharray: 2 3");
        Rule(css, "hc-whisker", "stroke", "ink", fallback.Ink, "fill: none; stroke-width: 1.3px");
        Rule(css, "hc-missing", "fill", "missing", fallback.Missing);
        for (int i = 0; i < Palette.Slots; i++)
        {
            Rule(css, Guard.Invariant($"hc-line{i}"), "stroke", Guard.Invariant($"s{i}"), slots[i], "fill: none; stroke-linejoin: round");
            Rule(css, Guard.Invariant($"hc-fill{i}"), "fill", Guard.Invariant($"s{i}"), slots[i]);
        }

        return css.ToString();
    }

    private static void Variables(StringBuilder css, string indent, bool isDark)
    {
        ThemeColors colors = isDark ? Palette.Dark : Palette.Light;
        IReadOnlyList<string> slots = isDark ? Palette.DarkSlots : Palette.LightSlots;
        css.Append(indent).Append('.').Append(RootClass).Append(" {")
            .Append(" --hc-paper: ").Append(colors.Paper)
            .Append("; --hc-ink: ").Append(colors.Ink)
            .Append("; --hc-muted: ").Append(colors.Muted)
            .Append("; --hc-grid: ").Append(colors.Grid)
            .Append("; --hc-axis: ").Append(colors.Axis)
            .Append("; --hc-missing: ").Append(colors.Missing);
        for (int i = 0; i < slots.Count; i++)
        {
            css.Append(Guard.Invariant($"; --hc-s{i}: ")).Append(slots[i]);
        }

        css.Append(" }\n");
    }

    private static void Rule(StringBuilder css, string name, string property, string variable, string fallback, string more = "")
    {
        css.Append('.').Append(RootClass).Append(" .").Append(name).Append(" { ")
            .Append(property).Append(": ").Append(fallback).Append("; ")
            .Append(property).Append(": var(--hc-").Append(variable).Append(");")
            .Append(more.Length == 0 ? "" : " " + more + ";")
            .Append(" }\n");
    }
}
