namespace Hetero.Charts;

/// <summary>A mark on an axis; without a label it is a minor one.</summary>
internal readonly record struct Tick(double Value, string? Label);
