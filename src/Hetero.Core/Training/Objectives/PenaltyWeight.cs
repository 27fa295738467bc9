using System.Numerics;

namespace Hetero.Core.Training;

/// <summary>The weight λ of a penalty.</summary>
internal static class PenaltyWeight
{
    public static double Checked<T>(double weight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.NotNegative(weight);
        TrainingCheck.CheckZeroOrNormal<T>(weight, nameof(weight));
        return weight;
    }
}
