using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>States of any size: in parts, none of which is lost.</summary>
public sealed unsafe class CheckpointSizeTests
{
    private static readonly PartDescription Description = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(40_001)]
    public void EveryNumberComesBack(int length)
    {
        Check<double>(length);
        Check<float>(length);
    }

    [Fact]
    public void ADamagedStateChangesNothing()
    {
        byte[] saved = Saved(Data.Uniform<double>(20_000, 3));
        double[] own = Data.Uniform<double>(20_000, 4), parameters = [.. own];
        saved[^20] ^= 1;
        Assert.Throws<InvalidDataException>(() => Checkpoint.Read<double>(new MemoryStream(saved), Description, parameters, []));
        Assert.Throws<InvalidDataException>(() => Checkpoint.Read<double>(new MemoryStream(saved[..100_000]), Description, parameters, []));
        Assert.Equal(own, parameters);
    }

    /// <summary>
    /// The bytes of a state may be more than an array or a span holds, as for d = k = 16385 in double precision: they are never in one piece. (A state of
    /// that size takes minutes in page faults alone.)
    /// </summary>
    [Fact]
    public void NoPieceGrowsWithTheState()
    {
        double[] parameters = Data.Uniform<double>(100_000, 5), read = new double[100_000];
        using PieceStream stream = new();
        Checkpoint.Write<double>(stream, Description, 7, parameters, []);
        stream.Position = 0;
        Checkpoint.Read<double>(stream, Description, read, []);
        Assert.Equal(parameters, read);
        Assert.InRange(stream.LargestPiece, 1, 1 << 16);
    }

    private static void Check<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] parameters = Data.Uniform<T>(length, length), read = new T[length];
        byte[] saved = Saved(parameters);
        Assert.Equal(7, Checkpoint.Read<T>(new MemoryStream(saved), Description, read, []));
        Assert.Equal(parameters, read);

        // Little-endian numbers, in one piece, before the checksum of 8 bytes.
        ReadOnlySpan<byte> numbers = saved.AsSpan(saved.Length - 8 - (length * sizeof(T)), length * sizeof(T));
        for (int i = 0; i < length; i += 1 + (length / 50))
        {
            Assert.Equal(parameters[i], T.CreateChecked(Number<T>(numbers[(i * sizeof(T))..])));
        }
    }

    private static double Number<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
        => sizeof(T) == 8
            ? System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(bytes)
            : System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(bytes);

    private static byte[] Saved<T>(T[] parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream stream = new();
        Checkpoint.Write<T>(stream, Description, 7, parameters, []);
        return stream.ToArray();
    }

    /// <summary>Remembers the most bytes that were written or asked for at a time.</summary>
    private sealed class PieceStream : MemoryStream
    {
        public int LargestPiece { get; private set; }

        // Spans come here too: a memory stream leaves them to the arrays of a class that overrides it.
        public override void Write(byte[] buffer, int offset, int count)
        {
            LargestPiece = Math.Max(LargestPiece, count);
            base.Write(buffer, offset, count);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            LargestPiece = Math.Max(LargestPiece, count);
            return base.Read(buffer, offset, count);
        }
    }
}
