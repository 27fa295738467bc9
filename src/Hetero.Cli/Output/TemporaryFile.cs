using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hetero.Cli.Output;

/// <summary>
/// A file that is written beside the one whose place it takes. Its name, .hetero-HOST-PROCESS-RANDOM.tmp, is short whatever that of the other is, and
/// tells who writes; its process holds a lock on it for as long as it lives, which the system takes back however the process ends.
/// </summary>
internal sealed partial class TemporaryFile : IDisposable
{
    private const int Attempts = 3;

    private static readonly string Prefix = $".hetero-{NotInNames().Replace(Environment.MachineName, "_")}-";
    private static readonly ConcurrentDictionary<string, byte> Living = new();

    private readonly string _path;

    private TemporaryFile(string path, FileStream stream) => (_path, Stream) = (path, stream);

    /// <summary>Gets where the contents go; unbuffered.</summary>
    public FileStream Stream { get; }

    /// <summary>Creates a file in a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="mode">The permissions that nobody may have more of; null for the usual ones.</param>
    public static TemporaryFile Create(string directory, UnixFileMode? mode = null)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,

            // Windows has to rename it while it is open.
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
            BufferSize = 0,
        };
        if (mode is { } permissions && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = permissions & (UnixFileMode)0x1FF;
        }

        for (int attempt = 1; ; attempt++)
        {
            string random = Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
            string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{random}.tmp"));
            Living[path] = 0;
            try
            {
                FileStream stream = new(path, options);
                if (attempt == Attempts || File.Exists(path))
                {
                    return new TemporaryFile(path, stream);
                }

                // The same, and the other one was through before our lock. Who has the lock alone removes a file, so that one that is there stays.
                stream.Dispose();
                Living.TryRemove(path, out _);
            }
            catch (IOException exception) when (attempt < Attempts && exception.HResult is Posix.TryAgain or Posix.TryAgainMac)
            {
                // Between its making and its lock, somebody who clears leftovers took it for one, and has the lock.
                Living.TryRemove(path, out _);
            }
            catch
            {
                Living.TryRemove(path, out _);
                throw;
            }
        }
    }

    /// <summary>
    /// Tries whether a directory can be written, removes what dead processes of this machine have left there, and returns whether the directory keeps names
    /// that differ in case alone for one.
    /// </summary>
    public static bool Probe(string directory)
    {
        using TemporaryFile file = Create(directory);
        ClearLeftovers(directory, file._path);
        return File.Exists(Path.Combine(directory, Path.GetFileName(file._path).ToUpperInvariant()));
    }

    /// <summary>Says whether a name is that of such a file, of any machine.</summary>
    public static bool IsOne(string name) => Names().IsMatch(name);

    /// <summary>Removes all temporary files of this process, which is about to be ended.</summary>
    public static void DeleteAll()
    {
        foreach (string path in Living.Keys)
        {
            Delete(path);
        }
    }

    /// <summary>Puts the contents on disk, and the file in the place of another.</summary>
    public void MoveTo(string path) => MoveTo(path, isReplaced: true);

    /// <summary>Puts the contents on disk, and gives the file a name that none has: of several processes that try, one is through.</summary>
    /// <remarks>By a hard link. Where the file system has none it is a copy, and a process that is killed meanwhile leaves a part under the name.</remarks>
    /// <exception cref="IOException">There is a file of that name.</exception>
    public void MoveToNew(string path) => MoveTo(path, isReplaced: false);

    private void MoveTo(string path, bool isReplaced)
    {
        Stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            // Whoever reads the file as soon as it has its name shall not find it locked.
            Posix.Lock(Stream.SafeFileHandle, Posix.SharedLock);
        }

        File.Move(_path, path, overwrite: isReplaced);
        Living.TryRemove(_path, out _);
    }

    /// <summary>Closes the file, and removes it if it was not moved.</summary>
    public void Dispose()
    {
        if (Living.TryRemove(_path, out _))
        {
            Delete(_path);
        }

        Stream.Dispose();
    }

    /// <summary>
    /// A leftover is a file of this machine that nobody holds a lock on: a process identifier may be in use again, or be that of another container, but a
    /// lock is a living process. Where locks do not hold, as our own shows, and for other machines' files nothing is known, and they stay.
    /// </summary>
    private static void ClearLeftovers(string directory, string own)
    {
        if (TryTake(own, FileOptions.None))
        {
            return;
        }

        try
        {
            foreach (string path in Directory.EnumerateFiles(directory, $"{Prefix}*.tmp"))
            {
                if (ProcessAndRandom().IsMatch(Path.GetFileName(path)[Prefix.Length..]))
                {
                    TryTake(path, FileOptions.DeleteOnClose);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory that may be written but not listed.
        }
    }

    /// <summary>Opens and closes a file if nobody else has it open.</summary>
    private static bool TryTake(string path, FileOptions options)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next process that writes here finds it.
        }
    }

    /// <summary>A machine's name may begin with ours.</summary>
    [GeneratedRegex(@"^\d+-[a-z0-9]+\.tmp$", RegexOptions.ECMAScript)]
    private static partial Regex ProcessAndRandom();

    [GeneratedRegex(@"^\.hetero-.*-\d+-[a-z0-9]+\.tmp$", RegexOptions.ECMAScript)]
    private static partial Regex Names();

    [GeneratedRegex(@"[^\w.-]", RegexOptions.ECMAScript)]
    private static partial Regex NotInNames();
}
