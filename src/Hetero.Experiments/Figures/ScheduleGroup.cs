using Hetero.Core.Training;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>Runs at m = ∞ with one schedule of step sizes.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Schedule">The step sizes.</param>
/// <param name="Predicted">log α + Σ λ(η_t) at every step.</param>
internal sealed record ScheduleGroup(string Name, StepSizeSchedule Schedule, double[] Predicted)
{
    /// <summary>Gets log q for each seed and every step; −∞ where q is 0.</summary>
    public double[][] Logs { get; set; } = [];

    /// <summary>Gets a quantile of log q over the seeds at a step.</summary>
    public double At(int step, double probability) => Quantiles.OfSorted([.. Logs.Select(own => own[step]).Order()], probability);

    /// <summary>Returns the first step after the lowest one at which a curve is above a level; null if it never is.</summary>
    public static int? Return(IReadOnlyList<double> curve, double level)
    {
        int lowest = Enumerable.Range(0, curve.Count).MinBy(step => curve[step]);
        return Enumerable.Range(lowest, curve.Count - lowest).Where(step => curve[step] > level).Select(step => (int?)step).FirstOrDefault();
    }
}
