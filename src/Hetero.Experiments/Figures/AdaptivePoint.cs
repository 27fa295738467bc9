using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>Where a rule ends in one law at one step size, predicted and measured.</summary>
/// <param name="Rule">The rule, in words.</param>
/// <param name="Law">The law of s, in words.</param>
/// <param name="StepSize">η.</param>
/// <param name="Steps">The steps of a run.</param>
/// <param name="Predicted">The predicted mean of q².</param>
/// <param name="Runs">The runs.</param>
internal sealed record AdaptivePoint(string Rule, string Law, double StepSize, int Steps, double Predicted, AxesRun[] Runs)
{
    /// <summary>Gets the runs' late means of q², ascending.</summary>
    public double[] Late { get; } = [.. Runs.Select(run => run.LateSpurious).Order()];

    /// <summary>Gets the mean of them.</summary>
    public double Mean => Late.Average();

    /// <summary>Returns a quantile of them.</summary>
    public double At(double probability) => Quantiles.OfSorted(Late, probability);
}
