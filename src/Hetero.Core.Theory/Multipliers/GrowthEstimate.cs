namespace Hetero.Core.Theory.Multipliers;

/// <summary>An exponent that was computed on a grid.</summary>
/// <param name="Value">The exponent.</param>
/// <param name="Error">An estimate of its error: its difference from that of half the grid, and what the iteration has left.</param>
/// <remarks>Thread-safe: immutable.</remarks>
public readonly record struct GrowthEstimate(double Value, double Error);
