using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>The state of one run of a fit in a file: a line, a hash of the rest, what was measured so far, and the trainer's own state.</summary>
internal static class FitState
{
    private const string Header = "hetero fit state 1\n";

    public static void Save<T>(Stream stream, FitRecorder<T> recorder, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream content = new();
        using (BinaryWriter writer = new(content, Encoding.UTF8, leaveOpen: true))
        {
            recorder.Save(writer);
        }

        trainer.Save(content);
        stream.Write(Encoding.ASCII.GetBytes(Header));
        stream.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        stream.Write(content.GetBuffer(), 0, (int)content.Length);
    }

    /// <summary>Puts recorder and trainer where they were.</summary>
    /// <exception cref="InvalidDataException">It is no such state, or a damaged one.</exception>
    /// <exception cref="RunMismatchException">It is the state of another run.</exception>
    public static void Restore<T>(Stream stream, FitRecorder<T> recorder, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream all = new();
        stream.CopyTo(all);
        ReadOnlySpan<byte> bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
        int start = Header.Length + SHA256.HashSizeInBytes;
        if (bytes.Length < start || !bytes.StartsWith(Encoding.ASCII.GetBytes(Header)))
        {
            throw new InvalidDataException("It is no state of a fit, or one of another version.");
        }

        if (!SHA256.HashData(bytes[start..]).AsSpan().SequenceEqual(bytes[Header.Length..start]))
        {
            throw new InvalidDataException("Its contents do not match their hash: it is damaged.");
        }

        all.Position = start;
        using BinaryReader reader = new(all, Encoding.UTF8, leaveOpen: true);
        recorder.Restore(reader);
        trainer.Restore(all);
    }
}
