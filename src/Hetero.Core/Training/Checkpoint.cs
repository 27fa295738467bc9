using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Training;

/// <summary>
/// The saved state of a run: a line with the versions that the numbers depend on, a description of the kind of run, the step, the parameters' bits
/// (little-endian) and a checksum. Randomness needs no state: it is a function of seed and step.
/// </summary>
internal static class Checkpoint
{
    private const string Name = "hetero checkpoint ";

    // The first format named no version of the arithmetic: there was only one.
    private const string First = "1";
    private static readonly string Version = Versions(format: 2, RandomStream.Version, Arithmetic.Version);
    private const int MaxLine = 2048;
    private const int LongestShown = 40;

    public static void Write<T>(Stream destination, NamedValues description, int step, ReadOnlySpan<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(destination);
        byte[] header = Encoding.UTF8.GetBytes($"{Name}{Version}\n{description}\n{step}\n{parameters.Length}\n");
        byte[] bytes = LittleEndian(MemoryMarshal.AsBytes(parameters).ToArray(), Marshal.SizeOf<T>());
        byte[] checksum = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(checksum, Fnv1a(bytes, Fnv1a(header, FnvOffset)));
        destination.Write(header);
        destination.Write(bytes);
        destination.Write(checksum);
    }

    public static int Read<T>(Stream source, NamedValues description, Span<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        string start = ReadLine(source, mayEnd: true);
        if (!start.StartsWith(Name, StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"The checkpoint starts with '{Cut(start)}'; accepted is '{Name}{Version}'.");
        }

        string version = start[Name.Length..];
        if (version != Version)
        {
            string known = version == First ? Versions(format: 1, streams: 1, arithmetic: 1) : Cut(version);
            throw new InvalidDataException(
                $"The checkpoint is of version {known}; accepted is version {Version}: a run is continued with the bits that it began with.");
        }

        string found = ReadLine(source);
        if (description.FirstDifference(found) is { } difference)
        {
            throw new RunMismatchException(difference.Name, Cut(difference.Found), difference.Expected);
        }

        string stepText = ReadLine(source), lengthText = ReadLine(source);
        if (!int.TryParse(stepText, out int step) || step < 0 || lengthText != parameters.Length.ToString())
        {
            throw new InvalidDataException(
                $"The checkpoint has step '{Cut(stepText)}' and '{Cut(lengthText)}' parameters; accepted are a step of 0 or more and {parameters.Length} parameters.");
        }

        byte[] bytes = new byte[parameters.Length * Marshal.SizeOf<T>()];
        byte[] checksum = new byte[8];
        try
        {
            source.ReadExactly(bytes);
            source.ReadExactly(checksum);
        }
        catch (EndOfStreamException)
        {
            throw Torn();
        }

        byte[] header = Encoding.UTF8.GetBytes($"{Name}{Version}\n{description}\n{stepText}\n{lengthText}\n");
        if (BinaryPrimitives.ReadUInt64LittleEndian(checksum) != Fnv1a(bytes, Fnv1a(header, FnvOffset)))
        {
            throw new InvalidDataException("The checkpoint's checksum does not match its contents: it is damaged.");
        }

        LittleEndian(bytes, Marshal.SizeOf<T>()).CopyTo(MemoryMarshal.AsBytes(parameters));
        return step;
    }

    /// <summary>The value that a hash starts from.</summary>
    internal const ulong FnvOffset = 14695981039346656037;

    /// <summary>Continues a 64-bit FNV-1a hash.</summary>
    internal static ulong Fnv1a(ReadOnlySpan<byte> bytes, ulong hash)
    {
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }

    private static string Versions(int format, int streams, int arithmetic) => $"{format} (streams {streams}, arithmetic {arithmetic})";

    private static byte[] LittleEndian(byte[] bytes, int size)
    {
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < bytes.Length; i += size)
            {
                bytes.AsSpan(i, size).Reverse();
            }
        }

        return bytes;
    }

    private static string Cut(string text) => text[..Math.Min(text.Length, LongestShown)];

    private static InvalidDataException Torn() => new("The checkpoint is shorter than its header says: it is torn.");

    private static string ReadLine(Stream source, bool mayEnd = false)
    {
        byte[] line = new byte[MaxLine];
        int length = 0, value;
        for (value = source.ReadByte(); value is not -1 and not '\n' && length < line.Length; value = source.ReadByte())
        {
            line[length++] = (byte)value;
        }

        return value != -1 || mayEnd ? Encoding.UTF8.GetString(line, 0, length) : throw Torn();
    }
}
