namespace Hetero.Charts;

/// <summary>The colours. Slots follow the hues of Okabe and Ito, moved in lightness until they reach a contrast of 3:1 on either paper.</summary>
/// <remarks>Neighbouring slots also differ in dash and marker, so that nothing depends on telling colours apart.</remarks>
internal static class Palette
{
    public const int Slots = 8;

    public static IReadOnlyList<string> LightSlots { get; } =
        ["#0067a8", "#cc4e00", "#00805d", "#a83f82", "#a06c00", "#2a8fd0", "#4a4a4a", "#7a3b12"];

    public static IReadOnlyList<string> DarkSlots { get; } =
        ["#58aef0", "#ff8b4d", "#2fcf9f", "#ee93cb", "#f2bd3d", "#a5dcff", "#cfd4dc", "#d2a679"];

    /// <summary>Paper, text, secondary text, grid, axis lines, cells without a value.</summary>
    public static ThemeColors Light { get; } = new("#ffffff", "#1b1f24", "#50575f", "#e3e6ea", "#6b727b", "#d5d9de");

    /// <summary>The same on a dark page: not pure black, so that thin lines do not glare.</summary>
    public static ThemeColors Dark { get; } = new("#14181d", "#eceff3", "#b3bac4", "#2b323a", "#8b939e", "#3d454f");

    /// <summary>The dash pattern in pixels; empty for a solid line.</summary>
    public static string DashPattern(LineDash dash, int slot) => dash switch
    {
        LineDash.Solid => "",
        LineDash.Dashed => "6 4",
        LineDash.Dotted => "2 3",
        LineDash.DashDot => "9 3 2 3",
        LineDash.LongDash => "12 4",
        _ => (slot % 4) switch
        {
            0 => "",
            1 => "12 4",
            2 => "9 3 2 3",
            _ => "3 3",
        },
    };
}
