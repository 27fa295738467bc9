using System.Globalization;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>An interval of step sizes.</summary>
/// <param name="Lower">The lower end; 0 if all small step sizes belong to it.</param>
/// <param name="Upper">The upper end; +∞ if all large ones do.</param>
/// <remarks>Thread-safe: immutable.</remarks>
public readonly record struct StepSizeInterval(double Lower, double Upper)
{
    /// <summary>Returns whether a step size lies between the ends.</summary>
    /// <param name="stepSize">η.</param>
    public bool Contains(double stepSize) => stepSize > Lower && stepSize < Upper;

    /// <summary>Returns the two ends.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Lower:G6}, {Upper:G6})");
}
