namespace Hetero.Charts;

/// <summary>Where a panel's legend goes. Never inside the plot, where it could hide data.</summary>
internal enum LegendPlacement
{
    Below,
    Right,
    None,
}
