using System.Buffers.Binary;
using System.Text;

namespace Hetero.Experiments.Tests.Arrays;

/// <summary>The bytes of arrays as a test wants them, right or wrong.</summary>
internal static class RawNpy
{
    /// <summary>A header with a dictionary as it is given, of version 1.0.</summary>
    public static byte[] Header(string dictionary) => Header(1, 0, dictionary);

    public static byte[] Header(byte major, byte minor, string dictionary)
    {
        byte[] length = new byte[major == 1 ? 2 : 4];
        int padded = ((10 + dictionary.Length + 1 + 63) / 64 * 64) - 10;
        length[0] = (byte)padded;
        length[1] = (byte)(padded >> 8);
        return [0x93, .. "NUMPY"u8, major, minor, .. length, .. Encoding.Latin1.GetBytes(dictionary.PadRight(padded - 1) + "\n")];
    }

    public static byte[] BigEndian(double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }
}
