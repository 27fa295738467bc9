using System.Globalization;

namespace Hetero.Core.Training;

/// <summary>η_0/(1 + t/τ).</summary>
internal sealed record InverseTimeStepSize(double First, double Halving) : StepSizeSchedule
{
    public override (double Smallest, double Largest)? Bounds => (StepSizeAt(int.MaxValue), First);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"InverseTime({First},{Halving})");

    protected override double StepSizeAt(int step) => First / (1 + (step / Halving));
}
