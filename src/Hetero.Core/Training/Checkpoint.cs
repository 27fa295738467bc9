using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Training;

/// <summary>
/// The saved state of a run: a line with the versions that the numbers depend on, a description of the kind of run, the step, the numbers of parameters and of the update rule's state, their bits
/// (little-endian) and a checksum. Randomness needs no state: it is a function of seed and step.
/// </summary>
internal static class Checkpoint
{
    private const string Name = "hetero checkpoint ";

    // The first format named no version of the arithmetic: there was only one.
    private const string First = "1";
    private static readonly string Version = Versions(format: 3, RandomStream.Version, Arithmetic.Version);
    private const int MaxLine = 1 << 16;
    private const int LongestShown = 40;
    private const int LongestName = 64;

    /// <summary>The most bytes that the description of a run may have.</summary>
    public const int MaxDescription = 1 << 20;

    // Parameters are written and read a part at a time, since their bytes may be more than one array holds. A part is a step of the checksum, too.
    private const int PartLength = 1 << 13;

    public static void Write<T>(Stream destination, PartDescription description, int step, ReadOnlySpan<T> parameters, ReadOnlySpan<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(destination);
        string header = $"{Name}{Version}\n{description}\n{step}\n{parameters.Length} {state.Length}\n";
        destination.Write(Encoding.UTF8.GetBytes(header));
        Fingerprint fingerprint = default;
        fingerprint.Add(header);
        byte[] bytes = new byte[PartLength * Unsafe.SizeOf<T>()];
        WriteNumbers(destination, parameters, bytes, ref fingerprint);
        WriteNumbers(destination, state, bytes, ref fingerprint);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, fingerprint.Hash);
        destination.Write(bytes, 0, sizeof(ulong));
    }

    public static int Read<T>(Stream source, PartDescription description, Span<T> parameters, Span<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        string start = ReadLine(source, MaxLine, mayEnd: true);
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

        string found = ReadLine(source, MaxDescription);
        if (description.FirstDifference(found) is { } difference)
        {
            if (difference.Name.Length == 0)
            {
                throw new InvalidDataException("The checkpoint's description of its run is damaged; accepted is an undamaged one.");
            }

            throw new RunMismatchException(Cut(difference.Name, LongestName), Cut(difference.Found), difference.Expected);
        }

        string stepText = ReadLine(source, MaxLine), lengthText = ReadLine(source, MaxLine);
        string lengths = FormattableString.Invariant($"{parameters.Length} {state.Length}");
        if (!int.TryParse(stepText, out int step) || step < 0 || lengthText != lengths)
        {
            throw new InvalidDataException(
                $"The checkpoint has step '{Cut(stepText)}' and '{Cut(lengthText)}' parameters and numbers of the update rule's state; accepted are a step of 0 or more and '{lengths}'.");
        }

        Fingerprint fingerprint = default;
        fingerprint.Add($"{start}\n{found}\n{stepText}\n{lengthText}\n");

        // What the caller has stays what it is until all of the data have been read and found whole.
        T[] read = new T[parameters.Length], readState = new T[state.Length];
        byte[] checksum = new byte[sizeof(ulong)];
        try
        {
            ReadNumbers<T>(source, read, ref fingerprint);
            ReadNumbers<T>(source, readState, ref fingerprint);
            source.ReadExactly(checksum);
        }
        catch (EndOfStreamException)
        {
            throw Torn();
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(checksum) != fingerprint.Hash)
        {
            throw new InvalidDataException("The checkpoint's checksum does not match its contents: it is damaged.");
        }

        read.CopyTo(parameters);
        readState.CopyTo(state);
        return step;
    }

    private static void WriteNumbers<T>(Stream destination, ReadOnlySpan<T> numbers, byte[] bytes, ref Fingerprint fingerprint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        while (!numbers.IsEmpty)
        {
            ReadOnlySpan<T> part = numbers[..Math.Min(PartLength, numbers.Length)];
            Span<byte> partBytes = bytes.AsSpan(0, part.Length * Unsafe.SizeOf<T>());
            fingerprint.Add(part);
            MemoryMarshal.AsBytes(part).CopyTo(partBytes);
            ToLittleEndian(partBytes, Unsafe.SizeOf<T>());
            destination.Write(partBytes);
            numbers = numbers[part.Length..];
        }
    }

    private static void ReadNumbers<T>(Stream source, Span<T> numbers, ref Fingerprint fingerprint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        while (!numbers.IsEmpty)
        {
            Span<T> part = numbers[..Math.Min(PartLength, numbers.Length)];
            source.ReadExactly(MemoryMarshal.AsBytes(part));
            ToLittleEndian(MemoryMarshal.AsBytes(part), Unsafe.SizeOf<T>());
            fingerprint.Add<T>(part);
            numbers = numbers[part.Length..];
        }
    }

    private static string Versions(int format, int streams, int arithmetic) => $"{format} (streams {streams}, arithmetic {arithmetic})";

    /// <summary>Turns the bytes of numbers of this machine into little-endian ones, or back.</summary>
    private static void ToLittleEndian(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length && !BitConverter.IsLittleEndian; i += size)
        {
            bytes.Slice(i, size).Reverse();
        }
    }

    /// <summary>A text fit for a message: cut, and without characters that would steer a terminal.</summary>
    private static string Cut(string text, int longest = LongestShown)
        => string.Concat(text[..Math.Min(text.Length, longest)].EnumerateRunes().Select(rune =>
            Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? FormattableString.Invariant($"\\u{{{rune.Value:X}}}")
                : rune.ToString()));

    private static InvalidDataException Torn() => new("The checkpoint is shorter than its header says: it is torn.");

    private static string ReadLine(Stream source, int longest, bool mayEnd = false)
    {
        using MemoryStream line = new();
        int value;
        for (value = source.ReadByte(); value is not -1 and not '\n' && line.Length < longest; value = source.ReadByte())
        {
            line.WriteByte((byte)value);
        }

        return value == '\n' || mayEnd ? Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length)
            : value == -1 ? throw Torn()
            : throw new InvalidDataException($"A line of the checkpoint's header is longer than {longest} bytes: it is damaged.");
    }
}
