using System.Text;

namespace Hetero.Cli.Output;

/// <summary>
/// Where results and messages go. The console's own writers flush at every call, write the platform's line ends, fail where a stream is closed, and keep
/// silent about a reader that has gone.
/// </summary>
internal static class StandardStreams
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Gets what tells the columns of the terminal that messages go to; null if they go to none.</summary>
    public static Func<int>? ErrorWidth => IsErrorOpen ? Terminal.ErrorWidth() : null;

    private static bool IsErrorOpen => OperatingSystem.IsWindows() || DescriptorStream.IsInherited(ErrorDescriptor);

    /// <summary>Opens what results go to. Writing fails if it is closed.</summary>
    public static Stream OpenOutput()
        => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(OutputDescriptor, "standard output");

    /// <summary>Opens what messages go to. What cannot be written is lost: the exit code still says how it ended, and no work is to suffer from it.</summary>
    public static Stream OpenError()
        => !IsErrorOpen ? Stream.Null
            : OperatingSystem.IsWindows() ? Console.OpenStandardError()
            : new DescriptorStream(ErrorDescriptor, "standard error", isBestEffort: true);
}
