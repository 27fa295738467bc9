using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Training;

/// <summary>The velocity v ← βv + D that several rules keep.</summary>
internal static class Momentum<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Refuses a β that is not at least 0 and below 1 in the precision, or that the precision rounds to 0.</summary>
    public static void Check(double momentum, string name)
    {
        Guard.InRange(momentum, 0, LargestBelowOne, name);
        TrainingCheck.CheckZeroOrNormal<T>(momentum, name);
    }

    /// <summary>The largest number below 1 of the precision: with more than that a decay would stop.</summary>
    public static double LargestBelowOne { get; } = typeof(T) == typeof(float) ? MathF.BitDecrement(1) : Math.BitDecrement(1);

    public static void Add(double momentum, ReadOnlySpan<T> direction, Span<T> velocity)
        => TensorPrimitives.FusedMultiplyAdd(velocity, T.CreateTruncating(momentum), direction, velocity);
}
