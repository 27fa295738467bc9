using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of a schedule of step sizes.</summary>
internal static class StepSizeFaults
{
    public static IReadOnlyList<string> Find(StepSizeSchedule schedule, int steps)
    {
        FaultList faults = new();
        faults.Try("At", () =>
        {
            double[] forward = [.. Enumerable.Range(0, steps).Select(schedule.At)];
            for (int step = 0; step < steps; step++)
            {
                if (!faults.Require(double.IsFinite(forward[step]) && forward[step] > 0, $"Step {step} has the step size {forward[step]}; accepted is a finite number above 0.")
                    || (schedule.Bounds is { } bounds && !faults.Require(
                        forward[step] >= bounds.Smallest && forward[step] <= bounds.Largest,
                        $"Step {step} has the step size {forward[step]}, and Bounds says {bounds.Smallest} to {bounds.Largest}.")))
                {
                    return;
                }
            }

            double[] backward = new double[steps];
            for (int step = steps - 1; step >= 0; step--)
            {
                backward[step] = schedule.At(step);
            }

            faults.SameBits<double>(forward, backward, $"The step size depends on what was asked for before");
            faults.AllocatesNothing("At", steps, () => schedule.At(steps - 1));
        });
        faults.Describes(description => schedule.Describe("StepSize", description), description => schedule.Describe("StepSize", description));
        return faults.Sentences;
    }
}
