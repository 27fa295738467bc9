using System.Numerics;

namespace Hetero.Experiments.Arrays;

/// <summary>An array that must be converted, in a temporary file as it is needed: for arrays that are larger than memory.</summary>
internal static class ConvertedFile
{
    // Rows that are put together at a time where the file has the first index fastest: pieces of each column that are worth a read.
    private const int BlockBytes = 1 << 25;

    /// <summary>Converts an array.</summary>
    /// <param name="source">The file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="header">Its header; of one number or more.</param>
    /// <param name="length">How many numbers there are.</param>
    /// <param name="cancellation">Ends the work between two chunks.</param>
    public static MappedMemory<T> Map<T>(FileStream source, string file, NpyHeader header, int length, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using TemporaryNumbers<T> converted = new(file, length);
        if (header.IsFortranOrder && header.Shape.Count > 1)
        {
            WriteRows<T>(source, file, header, converted, cancellation);
        }
        else
        {
            Write<T>(source, file, header, converted, cancellation);
        }

        return converted.Map();
    }

    /// <summary>The numbers in the order of the file.</summary>
    private static void Write<T>(FileStream source, string file, NpyHeader header, TemporaryNumbers<T> converted, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NpyReader<T> reader = new(source, file, header);
        T[] numbers = new T[reader.ChunkLength];
        for (long first = 0; first < header.Count; first += numbers.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<T> part = numbers.AsSpan(0, (int)Math.Min(numbers.Length, header.Count - first));
            reader.Read(first, part);
            converted.Append(part);
        }
    }

    /// <summary>The rows of a file that has columns: some rows of all columns, then the next ones.</summary>
    private static void WriteRows<T>(FileStream source, string file, NpyHeader header, TemporaryNumbers<T> converted, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long rows = header.Shape[0], columns = header.Count / rows;
        int perBlock = (int)Math.Clamp(BlockBytes / (columns * header.ElementSize), 1, rows);
        T[] block = new T[perBlock * columns], piece = new T[perBlock];
        NpyReader<T> reader = new(source, file, header);
        for (long first = 0; first < rows; first += perBlock)
        {
            int count = (int)Math.Min(perBlock, rows - first);

            // Pieces of all columns, one after another, are an array of these rows in the same order of indices.
            FortranOrder order = new([count, .. header.Shape.Skip(1)]);
            for (long column = 0; column < columns; column++)
            {
                cancellation.ThrowIfCancellationRequested();
                long place = (column * rows) + first;
                source.Position = header.DataOffset + (place * header.ElementSize);
                reader.Read(place, piece.AsSpan(0, count));
                order.Scatter<T>(piece.AsSpan(0, count), block);
            }

            converted.Append(block.AsSpan(0, (int)(count * columns)));
        }
    }
}
