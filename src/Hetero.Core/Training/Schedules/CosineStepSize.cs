using System.Globalization;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>Half a cosine from the first to the last step size.</summary>
internal sealed record CosineStepSize(double First, double Last, int Steps) : StepSizeSchedule
{
    public override (double Smallest, double Largest)? Bounds => (Math.Min(First, Last), Math.Max(First, Last));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Cosine({First},{Last},{Steps})");

    // (1 + cos πx)/2 is cos²(πx/2): two positive terms keep their digits where one step size is far below the other.
    protected override double StepSizeAt(int step)
    {
        if (step >= Steps)
        {
            return Last;
        }

        double past = HalfTurns.Sin(step / (2.0 * Steps)), left = HalfTurns.Sin((Steps - step) / (2.0 * Steps));
        return Math.Clamp((First * left * left) + (Last * past * past), Math.Min(First, Last), Math.Max(First, Last));
    }
}
