using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hetero.Experiments.Arrays;

/// <summary>
/// Numbers in a temporary file, written one after another and then mapped: for what is larger than memory. The file is in the system's folder for such files (TMPDIR), has its whole size from the
/// beginning where the file system allows it, and is gone when it is closed, however the process ends: where the system allows that, it has no name as soon as it is open.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TemporaryNumbers<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FileStream _stream;
    private readonly string _source;
    private readonly int _count;

    /// <summary>Makes the file.</summary>
    /// <param name="source">The file that the numbers are of, for messages.</param>
    /// <param name="count">How many there will be, 1 or more.</param>
    /// <exception cref="ArrayFileException">The folder has no room for it, or cannot be written.</exception>
    public TemporaryNumbers(string source, int count)
    {
        (_source, _count) = (source, count);
        string path = Path.Combine(Path.GetTempPath(), $"hetero-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Path.GetRandomFileName()}.tmp");
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = Bytes,
        };
        try
        {
            _stream = new FileStream(path, options);
        }
        catch (Exception exception) when (IsOfTheFolder(exception))
        {
            throw Refusal(exception);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    private long Bytes => (long)_count * Unsafe.SizeOf<T>();

    /// <summary>Writes the next numbers.</summary>
    /// <exception cref="ArrayFileException">The folder has no room for them.</exception>
    public void Append(ReadOnlySpan<T> numbers)
    {
        try
        {
            _stream.Write(MemoryMarshal.AsBytes(numbers));
        }
        catch (Exception exception) when (IsOfTheFolder(exception))
        {
            throw Refusal(exception);
        }
    }

    /// <summary>Maps the numbers, all of which have been written; what is mapped stays when this is closed.</summary>
    public MappedMemory<T> Map() => new(_stream, 0, _count);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    // The last is what .NET says of a file that would be larger than a limit.
    private static bool IsOfTheFolder(Exception exception)
        => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private ArrayFileException Refusal(Exception exception)
    {
        string folder = Values.Shown.Of(Path.GetTempPath()), reason = Values.Shown.Of(exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        return new(
            _source,
            FormattableString.Invariant($"needs a temporary file of {Bytes} bytes, which '{folder}' (TMPDIR) does not take ({reason})"),
            "a folder in TMPDIR that can be written and has room for it",
            exception);
    }
}
