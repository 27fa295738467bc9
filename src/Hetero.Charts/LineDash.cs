namespace Hetero.Charts;

/// <summary>The stroke of a line.</summary>
internal enum LineDash
{
    /// <summary>The dash that belongs to the colour slot, so that lines can be told apart without colours.</summary>
    BySlot,
    Solid,
    Dashed,
    Dotted,
    DashDot,
    LongDash,
}
