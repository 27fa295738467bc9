using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>A state of a fit in a file: a line, a hash of the rest, what the fit is of, what was measured so far, and the trainer's own state.</summary>
internal sealed class FitState : IDisposable
{
    private const string Header = "hetero fit state 2\n";

    private readonly MemoryStream _content;

    private FitState(MemoryStream content) => (_content, Reader) = (content, new BinaryReader(content, Encoding.UTF8, leaveOpen: true));

    /// <summary>Gets what was measured, to be read before the trainer's state.</summary>
    public BinaryReader Reader { get; }

    public static void Save<T>(Stream stream, FitIdentity identity, Action<BinaryWriter> write, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream content = new();
        using (BinaryWriter writer = new(content, Encoding.UTF8, leaveOpen: true))
        {
            identity.Save(writer);
            write(writer);
        }

        trainer.Save(content);
        stream.Write(Encoding.ASCII.GetBytes(Header));
        stream.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        stream.Write(content.GetBuffer(), 0, (int)content.Length);
    }

    /// <summary>Reads what is kept under a name whole; null if nothing is.</summary>
    /// <exception cref="InvalidDataException">It is no such state, or a damaged one.</exception>
    /// <exception cref="RunMismatchException">It is of other data.</exception>
    public static FitState? Open(FitSaving? saving, FitIdentity? identity, string name)
    {
        using Stream? stream = saving?.Open(name);
        if (stream is null)
        {
            return null;
        }

        MemoryStream all = new();
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
        FitState state = new(all);
        identity?.Check(state.Reader);
        return state;
    }

    /// <summary>Puts the trainer where it was.</summary>
    /// <exception cref="InvalidDataException">It is none of such a trainer.</exception>
    /// <exception cref="RunMismatchException">It is the state of another run.</exception>
    public void Restore<T>(Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => trainer.Restore(_content);

    public void Dispose()
    {
        Reader.Dispose();
        _content.Dispose();
    }
}
