using System.Runtime.InteropServices;

namespace Hetero.Cli.Output;

/// <summary>
/// Writes to a descriptor that was open when the process started, from where it stands. The console's own stream keeps silent about a reader that has
/// gone, a file's stream does not move the position that a shell's next command goes on from.
/// </summary>
/// <param name="descriptor">The descriptor.</param>
/// <param name="name">What it is called in messages.</param>
/// <param name="isBestEffort">Whether what cannot be written is left out without a word.</param>
internal sealed class DescriptorStream(int descriptor, string name, bool isBestEffort = false) : Stream
{
    private readonly bool _isInherited = IsInherited(descriptor);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Whether a descriptor was inherited open for writing. One that was closed has been taken since by something of the runtime's own, which writing would
    /// corrupt; what the runtime opens is closed when a program starts, what a program inherits was not.
    /// </summary>
    public static bool IsInherited(int descriptor)
    {
        int flags = Posix.Control(descriptor, Posix.GetDescriptorFlags);
        return flags >= 0 && (flags & Posix.CloseOnExec) == 0 && (Posix.Control(descriptor, Posix.GetStatusFlags) & Posix.AccessMask) != 0;
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isInherited)
        {
            throw new IOException($"{name} is closed.");
        }

        fixed (byte* bytes = buffer)
        {
            for (nint done = 0; done < buffer.Length;)
            {
                nint written = Posix.Write(descriptor, bytes + done, buffer.Length - done);
                if (written >= 0)
                {
                    done += written;
                    continue;
                }

                int error = Marshal.GetLastPInvokeError();
                if (error is Posix.TryAgain or Posix.TryAgainMac)
                {
                    // A pipe that somebody has set not to wait, and whose reader is slow.
                    Thread.Sleep(1);
                }
                else if (error != Posix.Interrupted)
                {
                    if (isBestEffort)
                    {
                        return;
                    }

                    throw new IOException($"{name} could not be written to the end: {Marshal.GetPInvokeErrorMessage(error)}.", error);
                }
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
