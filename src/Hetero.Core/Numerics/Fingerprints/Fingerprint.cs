using System.Numerics;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// A running 64-bit hash of the numbers that a part of a run depends on. The same numbers in the same order give the same hash on every machine.
/// </summary>
/// <remarks>
/// A word w turns the hash h into x ⊕ ⌊x/2³²⌋ with x = (h ⊕ w ⊕ C)·P, P odd: for fixed h a bijection of w, so that two parts that differ in one number
/// alone never share a hash, and the high bits, where a number's sign and exponent are, come down before the next word. It tells mistakes apart,
/// not forgeries. A mutable value: pass it by reference. Not thread-safe.
/// </remarks>
internal struct Fingerprint
{
    // Without it leading zeros would leave no trace.
    private const ulong Offset = 0xBF58476D1CE4E5B9;
    private const ulong Factor = 0x9E3779B97F4A7C15;

    /// <summary>Gets the hash of all that was added.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Adds a whole number.</summary>
    public void Add(ulong value)
    {
        ulong mixed = (Hash ^ value ^ Offset) * Factor;
        Hash = mixed ^ (mixed >> 32);
    }

    /// <summary>Adds a whole number.</summary>
    public void Add(long value) => Add((ulong)value);

    /// <summary>Adds a number, by its bits.</summary>
    public void Add(double value) => Add(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Adds a text with its length.</summary>
    public void Add(string text)
    {
        Add(text.Length);
        foreach (char letter in text)
        {
            Add((ulong)letter);
        }
    }

    /// <summary>Adds numbers, by their bits, with their count.</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Add(values.Length);
        AddNumbers(values);
    }

    /// <summary>Adds numbers, by their bits, without their count: what comes in parts is as if it came at once.</summary>
    public void AddNumbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            foreach (ulong bits in MemoryMarshal.Cast<T, ulong>(values))
            {
                Add(bits);
            }
        }
        else
        {
            foreach (uint bits in MemoryMarshal.Cast<T, uint>(values))
            {
                Add((ulong)bits);
            }
        }
    }
}
