using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hetero.Core.FsCheck;

/// <summary>Numbers compared by their bits, so that NaN equals itself and −0 is not 0.</summary>
internal static class Bits
{
    /// <summary>The first entry that differs, or the shorter length; −1 if there is none.</summary>
    public static int FirstDifference<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : unmanaged
    {
        int same = MemoryMarshal.AsBytes(first).CommonPrefixLength(MemoryMarshal.AsBytes(second)) / Unsafe.SizeOf<T>();
        return same == first.Length && same == second.Length ? -1 : same;
    }

    /// <summary>An entry as text; lengths may differ.</summary>
    public static string Entry<T>(ReadOnlySpan<T> numbers, int at)
        where T : unmanaged, IFormattable
        => at < numbers.Length ? numbers[at].ToString(null, CultureInfo.InvariantCulture) : "missing";
}
