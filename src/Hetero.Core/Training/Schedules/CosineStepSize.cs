using System.Globalization;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>Half a cosine from the first to the last step size.</summary>
internal sealed record CosineStepSize(double First, double Last, int Steps) : StepSizeSchedule
{
    public override (double Smallest, double Largest)? Bounds => (Math.Min(First, Last), Math.Max(First, Last));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Cosine({First},{Last},{Steps})");

    protected override double StepSizeAt(int step)
        => step >= Steps ? Last : Last + ((First - Last) * (0.5 * (1 + HalfTurns.Cos((double)step / Steps))));
}
