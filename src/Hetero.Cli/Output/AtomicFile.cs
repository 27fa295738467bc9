using System.Text;
using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Output;

/// <summary>
/// A file that appears complete or not at all: text and bytes go to a temporary file in the same directory, which takes the name on
/// <see cref="Commit"/>. Without that, disposing leaves everything as it was.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporary;

    private AtomicFile(string path)
    {
        _path = path;

        // Devices and pipes have nothing to be torn, and a rename would put a file in their place.
        bool isDevice = (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
            || path.StartsWith("/proc/", StringComparison.Ordinal);
        _temporary = isDevice ? null : $"{path}.{Path.GetRandomFileName()}.tmp";
        Stream = isDevice ? new FileStream(path, FileMode.Open, FileAccess.Write) : new FileStream(_temporary!, FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>Where the contents go.</summary>
    public FileStream Stream { get; }

    /// <summary>Opens the file that an option names, before any work is done for it.</summary>
    /// <exception cref="UsageException">There is no such directory, it cannot be written, or the name is that of a directory.</exception>
    public static AtomicFile Open(string option, string path)
    {
        const string Accepted = "a file in an existing directory that can be written";
        if (path.Length == 0)
        {
            throw UsageException.Of(option, path, Accepted);
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw UsageException.Of(option, path, $"{Accepted}, not a directory");
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw UsageException.Of(option, path, $"{Accepted}; '{Path.GetDirectoryName(full)}' is none");
        }

        try
        {
            // A link stays a link; what it leads to is replaced.
            bool isLink = new FileInfo(full).LinkTarget is not null;
            return new AtomicFile(isLink ? File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName : full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UsageException.Of(option, path, $"{Accepted} ({Shown.Of(exception.Message.TrimEnd('.'))})");
        }
    }

    /// <summary>Writes a whole text file.</summary>
    public static void WriteText(string option, string path, Action<TextWriter> write)
    {
        using AtomicFile file = Open(option, path);
        file.WriteText(write);
        file.Commit();
    }

    /// <summary>Writes text: UTF-8 without a mark, lines ending in a line feed.</summary>
    public void WriteText(Action<TextWriter> write)
    {
        using StreamWriter writer = new(Stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    }

    /// <summary>Gives the contents their name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (_temporary is not null)
        {
            File.Move(_temporary, _path, overwrite: true);
        }
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The buffered rest does not fit either; the failure that brought us here is the one to report.
        }

        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }
}
