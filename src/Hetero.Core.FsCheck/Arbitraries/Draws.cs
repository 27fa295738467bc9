using FsCheck;
using FsCheck.Fluent;

namespace Hetero.Core.FsCheck;

/// <summary>What several generators draw from.</summary>
internal static class Draws
{
    /// <summary>The largest dimension unless another one is asked for: that of <see cref="Theory.TheoryInstance.Draw"/>.</summary>
    public const int MaxDimension = 12;

    /// <summary>The largest dimension that may be asked for: that of an explicit measurement.</summary>
    public const int DimensionLimit = Sensing.Svec.MaxDimension;

    /// <summary>Gets seeds.</summary>
    public static Gen<ulong> Seeds { get; } = Gen.Choose(0, int.MaxValue).Select(seed => (ulong)seed);

    /// <summary>Gets numbers in [0, 1).</summary>
    public static Gen<double> Unit { get; } = Gen.Choose(0, int.MaxValue - 1).Select(number => number / (double)int.MaxValue);

    /// <summary>Numbers between two bounds.</summary>
    public static Gen<double> Between(double low, double high) => Unit.Select(share => low + (share * (high - low)));

    /// <summary>Numbers above 0 whose logarithm is uniform between those of two bounds.</summary>
    public static Gen<double> LogBetween(double low, double high) => Unit.Select(share => low * Math.Pow(high / low, share));
}
