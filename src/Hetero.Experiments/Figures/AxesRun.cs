using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Figures;

/// <summary>
/// HeteroSGD at m = ∞ with any update rule on two coordinate axes, one invariant and one spurious, where U stays diagonal: rules that work entry by entry, and
/// those that work on singular values, do the same here.
/// </summary>
/// <param name="LateSignal">The mean of u², the true share, over the second half of the steps.</param>
/// <param name="LateSpurious">The mean of q², the spurious share, over the second half.</param>
/// <param name="LastSpurious">q² at the last step.</param>
/// <param name="HasDiverged">Whether the run diverged; then the numbers are infinite.</param>
internal sealed record AxesRun(double LateSignal, double LateSpurious, double LastSpurious, bool HasDiverged)
{
    /// <summary>Trains once for each seed.</summary>
    /// <param name="environments">The law of s.</param>
    /// <param name="rule">The update rule.</param>
    /// <param name="stepSize">η.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="seeds">The number of seeds from that of the request on.</param>
    /// <param name="request">The first seed and the threads; the numbers do not depend on these.</param>
    public static AxesRun[] Execute(
        EnvironmentDistribution environments, UpdateRule<double> rule, double stepSize, int steps, int seeds, FigureRequest request)
    {
        AxesRun[] runs = new AxesRun[seeds];
        request.InParallel(
            seeds,
            i => runs[i] = Execute(environments, rule, stepSize, steps, request.Seed + (ulong)i, request.Cancellation));
        return runs;
    }

    private static AxesRun Execute(
        EnvironmentDistribution environments, UpdateRule<double> rule, double stepSize, int steps, ulong seed, CancellationToken cancellation)
    {
        TrainingOptions options = new() { Seed = seed, StepSize = StepSizeSchedule.Constant(stepSize) };
        HeteroSgd<double> trainer = new(AxesProblem.Of(2), environments, new PopulationMeasurements<double>(2), options, parts: new() { UpdateRule = rule });
        Sums sums = new(steps);
        TrainingOutcome outcome = trainer.Run(steps, sums, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        return outcome.Status == TrainingStatus.Diverged
            ? new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, true)
            : new(sums.Signal / sums.Count, sums.Spurious / sums.Count, sums.Last, false);
    }

    /// <summary>Adds the shares of the second half.</summary>
    private sealed class Sums(int steps) : ITrainingObserver<double>
    {
        public int Count { get; private set; }

        public double Signal { get; private set; }

        public double Spurious { get; private set; }

        public double Last { get; private set; }

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (snapshot.Step < steps / 2)
            {
                return;
            }

            ReadOnlySpan<double> entries = snapshot.Parameters;
            Last = (entries[2] * entries[2]) + (entries[3] * entries[3]);
            Count++;
            Signal += (entries[0] * entries[0]) + (entries[1] * entries[1]);
            Spurious += Last;
        }
    }
}
