using System.Numerics;

namespace Hetero.Experiments.Arrays;

/// <summary>Reads the numbers behind a header a chunk at a time, in the order in which they stand, into the precision wanted, and not one byte beyond them.</summary>
internal sealed class NpyReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Reads of this size keep a disk busy; what is converted stays in the second-level cache.
    private const int ChunkBytes = 1 << 18;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly NpyHeader _header;
    private readonly byte[] _bytes;

    /// <summary>Makes room for a chunk.</summary>
    /// <param name="stream">Stands at the first number that is to be read.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="header">Its header.</param>
    public NpyReader(Stream stream, string file, NpyHeader header)
    {
        (_stream, _file, _header) = (stream, file, header);
        _bytes = new byte[(int)Math.Min(ChunkBytes, header.DataBytes)];
        ChunkLength = Math.Max(1, _bytes.Length / header.ElementSize);
    }

    /// <summary>Gets how many numbers are read at a time at most.</summary>
    public int ChunkLength { get; }

    /// <summary>Reads the next numbers.</summary>
    /// <param name="first">The place of the first of them in the file, for messages.</param>
    /// <param name="destination">Receives them.</param>
    /// <exception cref="ArrayFileException">The file ends, or a number has left the range of the precision.</exception>
    public void Read(long first, Span<T> destination)
    {
        for (int done = 0; done < destination.Length; done += ChunkLength)
        {
            int count = Math.Min(ChunkLength, destination.Length - done);
            Span<byte> chunk = _bytes.AsSpan(0, count * _header.ElementSize);
            int read = _stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
            if (read < chunk.Length)
            {
                throw Length(_file, _header, FormattableString.Invariant($"{((first + done) * _header.ElementSize) + read}"));
            }

            int lost = NpyConversion.Convert(_header, chunk, destination.Slice(done, count));
            if (lost >= 0)
            {
                throw new ArrayFileException(
                    _file,
                    FormattableString.Invariant($"has a number beyond the range of float, number {first + done + lost + 1} of the file"),
                    "numbers below 3.4e38, or double precision");
            }
        }
    }

    /// <summary>Refuses a file that has not as many bytes as its shape says.</summary>
    public static ArrayFileException Length(string file, NpyHeader header, string found)
        => new(
            file,
            $"has {found} bytes of numbers",
            FormattableString.Invariant($"{header.DataBytes}, as its shape {NpyHeader.ShapeText(header.Shape)} of f{header.ElementSize} needs"));
}
