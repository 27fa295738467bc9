using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hetero.Core.FsCheck;

/// <summary>Argument checks whose messages name the argument, the value found and what is accepted.</summary>
internal static class Require
{
    public static void InRange(int value, int minimum, int maximum, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}; accepted is from {minimum} to {maximum}."));
        }
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(double.IsFinite(value) && value > 0))
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}; accepted is a finite number above 0."));
        }
    }
}
