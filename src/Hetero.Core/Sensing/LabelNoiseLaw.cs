namespace Hetero.Core.Sensing;

/// <summary>The law of the numbers that <see cref="LabelNoise"/> adds to responses.</summary>
public enum LabelNoiseLaw
{
    /// <summary>s ~ N(0, δ²).</summary>
    Gaussian,

    /// <summary>s = δ or −δ, at equal odds.</summary>
    Signs,
}
