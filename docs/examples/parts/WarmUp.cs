using Hetero.Core.Training;

namespace YourParts;

/// <summary>Step sizes that rise in a straight line for some steps, and then stay. A record describes itself: its values are part of a saved run.</summary>
public sealed record WarmUp(double StepSize, int Steps) : StepSizeSchedule
{
    // Without bounds, which are optional, each step size is checked when its step comes.
    public override (double Smallest, double Largest)? Bounds => (StepSize / Steps, StepSize);

    protected override double StepSizeAt(int step) => step < Steps ? Math.Min(StepSize * (step + 1) / Steps, StepSize) : StepSize;
}
