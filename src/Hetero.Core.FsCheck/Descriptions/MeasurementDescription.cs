using Hetero.Core.Sensing;

namespace Hetero.Core.FsCheck;

/// <summary>A batch of m symmetric Gaussian measurements.</summary>
/// <param name="Dimension">The dimension d, 1 or more.</param>
/// <param name="Samples">The number m of measurements, 1 or more.</param>
/// <param name="Seed">The seed.</param>
public sealed record MeasurementDescription(int Dimension, int Samples, ulong Seed)
{
    /// <summary>Gets the dimension d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Dimension { get; init => field = Require.Count(value, 1); } = Require.Count(Dimension, 1);

    /// <summary>Gets the number m of measurements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Samples { get; init => field = Require.Count(value, 1); } = Require.Count(Samples, 1);

    /// <summary>Makes the batch, m·d(d + 1)/2 numbers kept in memory, the same bits every time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public StoredMeasurements<double> Create() => new(Dimension, Samples, Seed);

    /// <summary>Returns the description on one line.</summary>
    public override string ToString() => $"measurements d={Dimension} m={Samples} seed={Seed}";
}
