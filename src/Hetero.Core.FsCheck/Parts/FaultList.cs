using System.Globalization;
using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.FsCheck;

/// <summary>The faults found so far, a plain sentence each, and the checks that all parts share.</summary>
internal sealed class FaultList
{
    private readonly List<string> _faults = [];

    /// <summary>Gets the sentences.</summary>
    public IReadOnlyList<string> Sentences => _faults;

    /// <summary>Adds a sentence; numbers are written as in code.</summary>
    public void Add(FormattableString sentence) => _faults.Add(FormattableString.Invariant(sentence));

    /// <summary>Adds a sentence unless something holds; returns whether it does.</summary>
    public bool Require(bool holds, FormattableString sentence)
    {
        if (!holds)
        {
            Add(sentence);
        }

        return holds;
    }

    /// <summary>Does something with the part. An exception is a fault; returns whether there was none.</summary>
    public bool Try(string what, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Add($"{what} throws {exception.GetType().Name}: {exception.Message}");
            return false;
        }
    }

    /// <summary>Adds a sentence if two results differ in a bit.</summary>
    /// <param name="expected">The one.</param>
    /// <param name="found">The other one.</param>
    /// <param name="what">The sentence up to the entry in which they differ.</param>
    public bool SameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found, FormattableString what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int at = Bits.FirstDifference(expected, found);
        return at < 0 || Require(
            false, $"{FormattableString.Invariant(what)}: entry {at} is {Bits.Entry(expected, at)} at first and {Bits.Entry(found, at)} then.");
    }

    /// <summary>Adds a sentence if a number is not finite.</summary>
    public bool Finite<T>(ReadOnlySpan<T> numbers, FormattableString what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!T.IsFinite(numbers[i]))
            {
                Add($"{FormattableString.Invariant(what)} not finite: entry {i} is {numbers[i]}.");
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a sentence if an action allocates on this thread, once it has run before.</summary>
    public void AllocatesNothing(string what, int repeats, Action action)
    {
        long bytes = Allocated.Bytes(repeats, action);
        Require(bytes == 0, $"{what} allocates {bytes} bytes in {repeats} calls after the first ones; it must allocate nothing.");
    }

    /// <summary>
    /// Adds a sentence if a description is empty (unless that is accepted), or is not the same for another part of the same arguments,
    /// another time or another culture.
    /// </summary>
    public void Describes(Action<PartDescription> one, Action<PartDescription> other, bool mayBeEmpty = false)
    {
        Try("Describe", () =>
        {
            string first = Describe(one), second = Describe(other);
            Require(mayBeEmpty || first.Length > 0, $"Describe adds nothing: a saved state of another part would be continued by this one.");
            Require(first == second, $"Describe says '{first}' of one part and '{second}' of another of the same arguments: a saved state could not be continued.");
            CultureInfo culture = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = Commas;
                string elsewhere = Describe(one);
                Require(first == elsewhere, $"Describe says '{first}', and '{elsewhere}' where numbers are written with a comma; write them by the invariant culture.");
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        });
    }

    private static CultureInfo Commas { get; } = new("")
    {
        NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" },
    };

    private static string Describe(Action<PartDescription> describe)
    {
        PartDescription description = new();
        describe(description);
        return description.ToString();
    }
}
