using System.Globalization;

namespace Hetero.Core.FsCheck.Tests.Support;

/// <summary>
/// Where the properties start that are not pinned: another place every day, so that they see other cases than yesterday's, and the same place all
/// day long, so that a failure is one for everybody. What FsCheck prints for a failure, "seed,gamma,size", repeats its case alone if it is the
/// value of the variable.
/// </summary>
internal static class DailySeed
{
    /// <summary>The variable that replaces the seed of the day.</summary>
    public const string Variable = "HETERO_PROPERTY_SEED";

    /// <summary>Gets the place as FsCheck's attributes take it.</summary>
    public static string Replay { get; } = Of(Environment.GetEnvironmentVariable(Variable), DateTime.UtcNow);

    /// <summary>Returns the place of a day, unless the variable has another one.</summary>
    public static string Of(string? variable, DateTime day)
    {
        if (!string.IsNullOrWhiteSpace(variable))
        {
            return variable.Trim();
        }

        // The generator's steps are the day's too: with equal ones, days that lie some steps apart would share their cases.
        ulong seed = ulong.Parse(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{seed},{unchecked(seed * 0x9E3779B97F4A7C15) | 1}");
    }
}
