using System.Globalization;

namespace Hetero.Core.FsCheck;

/// <summary>A step size η.</summary>
/// <param name="Value">The number, above 0.</param>
public readonly record struct StepSize(double Value)
{
    /// <summary>Gets the number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite and above 0.</exception>
    public double Value { get; init => field = Require.Size(value); } = Require.Size(Value);

    /// <summary>Returns the number on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"η={Value:R}");
}
