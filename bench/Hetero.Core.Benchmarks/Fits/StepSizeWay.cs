namespace Hetero.Core.Benchmarks.Fits;

/// <summary>A way to choose a step size.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Run">Fits with it.</param>
internal sealed record StepSizeWay(string Name, Func<StepSizeTrial, StepSizeOutcome> Run);
