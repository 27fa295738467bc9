using System.Globalization;

namespace Hetero.Core.FsCheck;

/// <summary>A step size η.</summary>
/// <param name="Value">The number, above 0.</param>
public readonly record struct StepSize(double Value)
{
    /// <summary>Returns the number on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"η={Value:R}");
}
