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

    /// <summary>Returns a count of a description, which is at least a minimum.</summary>
    public static int Count(int value, int minimum, [CallerMemberName] string name = "")
        => value >= minimum ? value : throw Unregistered(name, value, string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"));

    /// <summary>Returns a size of a description, which is a finite number above 0.</summary>
    public static double Size(double value, [CallerMemberName] string name = "")
        => double.IsFinite(value) && value > 0 ? value : throw Unregistered(name, value, "a finite number above 0");

    // FsCheck fills records with zeros and negative numbers if it has no arbitrary for them: then it is not a number that is wrong, and the
    // message says what is missing.
    private static ArgumentOutOfRangeException Unregistered(string name, object value, string accepted) => new(
        name,
        value,
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{name}' is {value}; accepted is {accepted}. If FsCheck made this description, it has no arbitrary for it: register HeteroArbitraries, "
            + $"by [Property(Arbitrary = [typeof(HeteroArbitraries)])] or ArbMap.Default.Merge<HeteroArbitraries>()."));
}
