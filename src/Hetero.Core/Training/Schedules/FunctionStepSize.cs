using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>A step size by a function.</summary>
internal sealed record FunctionStepSize(string Name, Func<int, double> StepSize) : StepSizeSchedule
{
    public override string ToString() => $"Function({Name})";

    public override void Describe(string name, PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add(name, $"Function({Name})");
    }

    protected override double StepSizeAt(int step) => StepSize(step);
}
