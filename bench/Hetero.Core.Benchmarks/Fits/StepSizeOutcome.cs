namespace Hetero.Core.Benchmarks.Fits;

/// <summary>What came of a step size.</summary>
/// <param name="Error">‖M − A*‖/‖A*‖ of the iterate chosen; +∞ where the run diverged.</param>
/// <param name="Remark">What is to be said of it; null for nothing.</param>
internal sealed record StepSizeOutcome(double Error, string? Remark = null);
