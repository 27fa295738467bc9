using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Hetero.Experiments.Arrays;

/// <summary>
/// The header of a <c>.npy</c> array: magic, version, length, and a Python dictionary with <c>descr</c>, <c>fortran_order</c> and <c>shape</c>, padded so
/// that the numbers begin at a multiple of 64. Versions differ in the width of the length (1: two bytes, 2 and 3: four) and in the text (1, 2: Latin-1, 3: UTF-8).
/// </summary>
/// <param name="ElementSize">4 for float, 8 for double.</param>
/// <param name="IsBigEndian">Whether the most significant byte of a number comes first.</param>
/// <param name="IsFortranOrder">Whether the first index varies fastest.</param>
/// <param name="Shape">The sizes, outermost first.</param>
/// <param name="Count">Their product.</param>
/// <param name="DataOffset">Where the numbers begin.</param>
internal sealed record NpyHeader(int ElementSize, bool IsBigEndian, bool IsFortranOrder, IReadOnlyList<long> Shape, long Count, long DataOffset)
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "a NumPy array (.npy, version 1.0, 2.0 or 3.0) of f4 or f8";

    /// <summary>The most sizes that a shape has, as in NumPy.</summary>
    public const int MostDimensions = 64;

    // NumPy itself gives up beyond 10,000 bytes: a longer one has no numbers in it that we read.
    private const int MostBytes = 1 << 16;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => "NUMPY"u8;

    /// <summary>Gets the bytes that the numbers take.</summary>
    public long DataBytes => Count * ElementSize;

    /// <summary>Reads a header from the beginning of a stream, and nothing beyond it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ArrayFileException">It is no such header.</exception>
    public static NpyHeader Read(Stream stream, string file)
    {
        Span<byte> prefix = stackalloc byte[12];
        Fill(stream, file, prefix[..8]);
        if (prefix[0] != 0x93 || !prefix[1..6].SequenceEqual(Magic))
        {
            string archive = prefix[..4].SequenceEqual("PK\u0003\u0004"u8) ? " (it is an archive: name an array of it, as file.npz:name)" : "";
            throw new ArrayFileException(file, $"begins with {Convert.ToHexString(prefix[..6])}, not with 934E554D5059{archive}", Accepted);
        }

        (int major, int minor) = (prefix[6], prefix[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw new ArrayFileException(file, string.Create(CultureInfo.InvariantCulture, $"is of version {major}.{minor}"), Accepted);
        }

        int width = major == 1 ? sizeof(ushort) : sizeof(uint);
        Span<byte> size = prefix.Slice(8, width);
        Fill(stream, file, size);
        long length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MostBytes)
        {
            throw new ArrayFileException(file, string.Create(CultureInfo.InvariantCulture, $"has a header of {length} bytes"), $"one of at most {MostBytes}");
        }

        byte[] text = new byte[length];
        Fill(stream, file, text);
        return Parse(text, file, 8 + width + length);
    }

    /// <summary>The bytes of a header of version 1.0: little-endian numbers, the last index fastest.</summary>
    public static byte[] Write(int elementSize, ReadOnlySpan<long> shape)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{{'descr': '<f{elementSize}', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{shape[i]}{(i < shape.Length - 1 || i == 0 ? "," : "")}");
        }

        text.Append("), }");
        int unpadded = 10 + text.Length + 1, padded = (unpadded + Alignment - 1) / Alignment * Alignment;
        text.Append(' ', padded - unpadded).Append('\n');
        byte[] bytes = new byte[padded];
        bytes[0] = 0x93;
        Magic.CopyTo(bytes.AsSpan(1));
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(padded - 10));
        Encoding.Latin1.GetBytes(text.ToString(), bytes.AsSpan(10));
        return bytes;
    }

    private static NpyHeader Parse(byte[] text, string file, long offset)
    {
        NpyDictionary dictionary = new NpyDictionaryReader(text, file).Read();
        string descr = dictionary.Descr;
        if (descr is not [('<' or '>' or '=') and char order, 'f', ('4' or '8') and char digit])
        {
            throw new ArrayFileException(file, $"has numbers of type '{Values.Shown.Of(descr, 40)}'", $"f4 or f8, of either byte order (in NumPy: x.astype('f8'))");
        }

        if (dictionary.Shape.Count > MostDimensions)
        {
            throw new ArrayFileException(
                file, string.Create(CultureInfo.InvariantCulture, $"has {dictionary.Shape.Count} dimensions"), $"at most {MostDimensions}");
        }

        int elementSize = digit - '0';
        Int128 bytes = elementSize;
        foreach (long size in dictionary.Shape)
        {
            // A 0 after an overflow does not mend it: NumPy cannot have made such an array either.
            bytes *= size == 0 ? 1 : size;
            if (bytes > long.MaxValue)
            {
                throw new ArrayFileException(file, $"has a shape of more than 2^63 bytes, {ShapeText(dictionary.Shape)}", "one that fits the file");
            }
        }

        long count = dictionary.Shape.Contains(0) ? 0 : (long)bytes / elementSize;
        return new NpyHeader(
            elementSize, order == '>' || (order == '=' && !BitConverter.IsLittleEndian), dictionary.IsFortranOrder, dictionary.Shape, count, offset);
    }

    /// <summary>A shape as Python writes it.</summary>
    public static string ShapeText(IReadOnlyList<long> shape)
        => string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}{(shape.Count == 1 ? "," : "")})");

    private static void Fill(Stream stream, string file, Span<byte> bytes)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new ArrayFileException(file, "ends within its header", Accepted);
        }
    }
}
