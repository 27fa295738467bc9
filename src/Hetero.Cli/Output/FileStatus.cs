using System.Globalization;
using System.Runtime.InteropServices;

namespace Hetero.Cli.Output;

/// <summary>What the system says of a file, links followed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">
/// Equal for two names of one file: device and inode on Linux; of what is not there yet, its directory's and its name. Elsewhere the full name, and
/// hard links stay unseen.
/// </param>
/// <param name="Mode">The permissions; null where there are none.</param>
/// <param name="User">The owner; null where it is not known.</param>
/// <param name="Group">The owning group; null where it is not known.</param>
internal sealed record FileStatus(FileKind Kind, string Identity, UnixFileMode? Mode = null, uint? User = null, uint? Group = null)
{
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int NotDirectory = 20;
    private const int NoSystemCall = 38;

    /// <summary>Looks at a name. Old kernels and containers that forbid the call give no answer to it, and the name has to do.</summary>
    /// <exception cref="IOException">The name cannot be one, or may not be looked at.</exception>
    public static FileStatus Of(string path)
        => TryStatus(Posix.CurrentDirectory, path, flags: 0, out int error) is { } status ? status
            : error is 0 or NotPermitted or NoSystemCall ? OfName(path)
            : error is NoSuchFile or NotDirectory ? Missing(path)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);

    /// <summary>Looks at an open descriptor; null where that is not possible.</summary>
    public static FileStatus? OfDescriptor(int descriptor) => TryStatus(descriptor, "", Posix.EmptyPath, out _);

    /// <summary>Asks Linux; without an answer and without an error elsewhere.</summary>
    private static FileStatus? TryStatus(int directory, string path, int flags, out int error)
    {
        error = 0;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            if (Posix.Status(directory, path, flags, Posix.BasicStatus, out Posix.LinuxStatus found) != 0)
            {
                error = Marshal.GetLastPInvokeError();
                return null;
            }

            FileKind kind = (found.Mode >> 12) switch
            {
                4 => FileKind.Directory,
                8 => FileKind.File,
                1 => FileKind.Pipe,
                _ => FileKind.Device,
            };
            string identity = string.Create(CultureInfo.InvariantCulture, $"{found.DeviceMajor}:{found.DeviceMinor}:{found.Inode}");
            return new FileStatus(kind, identity, (UnixFileMode)(found.Mode & 0xFFF), found.User, found.Group);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    private static FileStatus Missing(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        string place = directory is not null && TryStatus(Posix.CurrentDirectory, directory, flags: 0, out _) is { } status
            ? status.Identity + '/'
            : directory + '/';
        return new FileStatus(FileKind.Missing, place + Path.GetFileName(path));
    }

    private static FileStatus OfName(string path)
    {
        bool isDevice = !OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal);
        FileKind kind = Directory.Exists(path) ? FileKind.Directory
            : !File.Exists(path) ? FileKind.Missing
            : isDevice ? FileKind.Device
            : FileKind.File;
        UnixFileMode? mode = kind == FileKind.File && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(path) : null;
        return new FileStatus(kind, path, mode);
    }
}
