namespace Hetero.Experiments.Figures;

/// <summary>The M from which on the spurious part dies out at m = ∞, as predicted and as measured.</summary>
/// <param name="Columns">k.</param>
/// <param name="Mean">The mean of s.</param>
/// <param name="Predicted">Where E log|1 + η(s − 1)| vanishes for k = r1, E log|1 + ηs| for more columns.</param>
/// <param name="Measured">Where the median of long runs changes.</param>
internal sealed record ParameterizationThreshold(int Columns, double Mean, double Predicted, double Measured);
