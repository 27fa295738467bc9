namespace Hetero.Core.Benchmarks.Rates;

/// <summary>What one core can do at most, by the instruction set of a job.</summary>
/// <param name="DoubleFlops">Multiply-adds of doubles in registers, in operations a second.</param>
/// <param name="FloatFlops">The same of floats.</param>
/// <param name="ReadBytes">Bytes a second that are merely read from memory.</param>
internal sealed record CeilingRates(double DoubleFlops, double FloatFlops, double ReadBytes);
