namespace Hetero.Charts;

/// <summary>The size, weight and colour class of a piece of text.</summary>
/// <param name="Class">The class in the style sheet, which decides the colour and weight.</param>
/// <param name="Size">Font size in pixels.</param>
/// <param name="IsBold">Whether it is set bold, which makes it wider.</param>
internal sealed record TextStyle(string Class, double Size, bool IsBold = false)
{
    public static readonly TextStyle Title = new("hc-title", 18, true);
    public static readonly TextStyle Subtitle = new("hc-note", 13);
    public static readonly TextStyle PanelTitle = new("hc-title", 14, true);
    public static readonly TextStyle AxisLabel = new("hc-text", 13);
    public static readonly TextStyle TickLabel = new("hc-note", 12);
    public static readonly TextStyle Legend = new("hc-text", 12.5);
    public static readonly TextStyle Reference = new("hc-halo", 12);
    public static readonly TextStyle OnBackdrop = new("hc-text", 12);
    public static readonly TextStyle Caption = new("hc-note", 12);

    /// <summary>Distance between baselines.</summary>
    public double LineHeight => Size * 1.3;

    /// <summary>How far letters reach above the baseline.</summary>
    public double Ascent => Size * 0.95;

    /// <summary>From the middle of digits and capitals down to the baseline.</summary>
    public double HalfCapital => Size * 0.36;
}
