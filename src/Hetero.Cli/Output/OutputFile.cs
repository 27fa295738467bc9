using System.Runtime.InteropServices;
using System.Text;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Experiments.Values;
using Microsoft.Win32.SafeHandles;

namespace Hetero.Cli.Output;

/// <summary>
/// One place that results go to, by the name that the user gave: a file appears complete or not at all, and keeps mode and owner of the one that it
/// replaces; pipes and devices are written as they are; "-" is standard output. Nothing is written before <see cref="Write"/>.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    /// <summary>The name that means standard output.</summary>
    public const string StandardOutput = "-";

    private const int StandardOutputDescriptor = 1;
    private const string Accepted = "a file in an existing directory that can be written";
    private const UnixFileMode GroupMode = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    // What a pipe may take to be opened after the wish to stop: somebody who reads it is there at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CommandContext _context;
    private readonly string _path;
    private readonly FileStatus? _status;
    private readonly bool _ignoresCase;
    private readonly Stream? _stream;

    private OutputFile(CommandContext context, string option, string? name)
    {
        (_context, Option, Name, _path) = (context, option, name, "");
        _status = FileStatus.OfDescriptor(StandardOutputDescriptor);
        IsStandardOutput = true;
    }

    private OutputFile(CommandContext context, string option, string name, OutputTarget target)
    {
        (_context, Option, Name, _path) = (context, option, name, target.Path);
        if (target.Descriptor is { } descriptor)
        {
            _stream = DescriptorStream.IsInherited(descriptor)
                ? new DescriptorStream(descriptor, $"'{Shown.Of(name)}'")
                : throw new IOException($"descriptor {descriptor} is not open for writing");
            _status = FileStatus.OfDescriptor(descriptor);
            return;
        }

        _status = FileStatus.Of(_path);
        switch (_status.Kind)
        {
            case FileKind.Device:
                _stream = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                break;
            case FileKind.File:
                // A file that its owner has closed to writing is not ours to replace, though the directory would allow it.
                new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0).Dispose();
                goto case FileKind.Missing;
            case FileKind.Missing:
                IsReplaced = true;
                _ignoresCase = TemporaryFile.Probe(Path.GetDirectoryName(_path)!);
                break;
        }
    }

    /// <summary>Gets the option that named it.</summary>
    public string Option { get; }

    /// <summary>Gets the user's name for it; null for standard output without one.</summary>
    public string? Name { get; }

    /// <summary>Gets whether it is what the process's results go to anyway.</summary>
    public bool IsStandardOutput { get; }

    /// <summary>Gets whether it is a file, which can be written again and again, each time as a whole.</summary>
    public bool IsReplaced { get; }

    /// <summary>Opens what an option names, before any work is done for it.</summary>
    /// <param name="context">Standard output, and the wish to stop.</param>
    /// <param name="option">The option, for messages.</param>
    /// <param name="name">What it names; null for standard output without a name.</param>
    /// <exception cref="UsageException">There is no such directory, it cannot be written, or the name is that of a directory.</exception>
    public static OutputFile Open(CommandContext context, string option, string? name)
    {
        if (name is null or StandardOutput)
        {
            return new OutputFile(context, option, name);
        }

        // Bytes of a command line that are no UTF-8 arrive as U+FFFD: the file would have another name than the one that was asked for.
        if (name.Length == 0 || name.Contains('\uFFFD'))
        {
            throw UsageException.Of(option, name, name.Length == 0 ? Accepted : $"{Accepted}, with a name in UTF-8");
        }

        try
        {
            OutputTarget target = OutputTarget.Of(Path.GetFullPath(name));
            if (target.Descriptor == StandardOutputDescriptor)
            {
                return new OutputFile(context, option, name);
            }

            if (target.Descriptor is null && Directory.Exists(target.Path))
            {
                throw UsageException.Of(option, name, $"{Accepted}, not a directory");
            }

            string? directory = Path.GetDirectoryName(target.Path);
            return target.Descriptor is not null || Directory.Exists(directory)
                ? new OutputFile(context, option, name, target)
                : throw UsageException.Of(option, name, $"{Accepted}; '{Shown.Of(directory)}' is none");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw UsageException.Of(option, name, $"{Accepted} ({SystemError.ReasonOf(exception)})");
        }
    }

    /// <summary>Returns whether both lead to one file or pipe, whatever their names. A device takes what several write.</summary>
    public bool IsSame(OutputFile other)
        => (IsStandardOutput && other.IsStandardOutput)
            || (other._status is { Kind: not FileKind.Device } status && IsSame(status, other._ignoresCase));

    /// <summary>Returns whether a file that is read is this one.</summary>
    public bool IsSame(FileStatus input) => input.Kind != FileKind.Device && IsSame(input, ignoresCase: false);

    /// <summary>Writes the contents as bytes.</summary>
    /// <exception cref="FailedException">They could not be written to the end; a file stays as it was.</exception>
    public void Write(Action<Stream> write) => Guarded(() =>
    {
        if (!IsStandardOutput)
        {
            WriteNamed(write);
            return;
        }

        using MemoryStream bytes = new();
        write(bytes);
        _context.Output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        _context.Output.Flush();
    });

    /// <summary>Writes the contents as text: UTF-8 without a mark, lines ending in a line feed.</summary>
    /// <exception cref="FailedException">They could not be written to the end; a file stays as it was.</exception>
    public void WriteText(Action<TextWriter> write)
    {
        if (!IsStandardOutput)
        {
            Write(stream =>
            {
                using StreamWriter writer = new(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
                write(writer);
            });
            return;
        }

        Guarded(() =>
        {
            write(_context.Output);
            _context.Output.Flush();
        });
    }

    public void Dispose() => _stream?.Dispose();

    private bool IsSame(FileStatus status, bool ignoresCase)
        => _status is { } own
            && string.Equals(own.Identity, status.Identity, ignoresCase || _ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception)
        {
            // Whatever it is, the other outputs are not to suffer from it. The stream of a descriptor names it already.
            throw new FailedException(
                IsStandardOutput || _stream is DescriptorStream
                    ? exception.Message
                    : exception is OperationCanceledException
                        ? $"'{Option}' is '{Shown.Of(Name!)}', a pipe that nobody reads."
                        : $"'{Option}' is '{Shown.Of(Name!)}', which could not be written: {SystemError.ReasonOf(exception)}.");
        }
    }

    private void WriteNamed(Action<Stream> write)
    {
        if (_stream is not null)
        {
            write(_stream);
        }
        else if (IsReplaced)
        {
            Replace(write);
        }
        else
        {
            // As late as this: whoever reads several of our pipes reads one after the other.
            using FileStream pipe = BlockingCall.Run(
                () => new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), _context.Cancellation, Patience);
            write(pipe);
        }
    }

    private void Replace(Action<Stream> write)
    {
        FileStatus replaced = FileStatus.Of(_path);
        using TemporaryFile file = TemporaryFile.Create(Path.GetDirectoryName(_path)!, replaced.Mode);
        TakeOver(file.Stream.SafeFileHandle, replaced);
        write(file.Stream);
        file.MoveTo(_path);
    }

    /// <summary>Gives a file mode and owner of another, as far as this user may.</summary>
    private static void TakeOver(SafeFileHandle file, FileStatus replaced)
    {
        if (OperatingSystem.IsWindows() || replaced.Mode is not { } mode)
        {
            return;
        }

        if (replaced is { User: { } user, Group: { } group } && FileStatus.OfDescriptor((int)file.DangerousGetHandle()) is { } own
            && (own.User != user || own.Group != group)
            && Posix.ChangeOwner(file, user, group) != 0
            && own.Group != group
            && Posix.ChangeOwner(file, uint.MaxValue, group) != 0)
        {
            // What was for that group is not for ours.
            mode &= ~GroupMode;
        }

        try
        {
            File.SetUnixFileMode(file, mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file system without permissions.
        }
    }
}
