namespace Hetero.Experiments.Recipes;

/// <summary>A change of a piecewise step size.</summary>
/// <param name="FromStep">The step from which it holds, 1 or more.</param>
/// <param name="StepSize">The step size from there on, finite and above 0.</param>
public readonly record struct StepSizeChange(int FromStep, double StepSize);
