using System.Runtime.InteropServices;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Input;

/// <summary>Why the system refused, without the name that it was refused for: that may be one of ours that the user never gave.</summary>
internal static class SystemError
{
    // An IOException for an error of the system has its number as HResult; those that .NET has a type for have .NET's own, which are negative.
    private const int MaxNumber = 4096;

    // EAGAIN of a lock on Linux and on macOS, and what Windows has for it.
    private const int TryAgain = 11, TryAgainMac = 35, SharingViolation = unchecked((int)0x80070020);

    /// <summary>Whether a file is held by somebody else.</summary>
    public static bool IsInUse(IOException exception) => exception.HResult is TryAgain or TryAgainMac or SharingViolation;

    /// <summary>The reason, such as "No space left on device".</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException { InnerException: IOException inner } => ReasonOf(inner),
        UnauthorizedAccessException => "Permission denied",
        ArgumentOutOfRangeException { ParamName: "value" } => "File too large",
        PathTooLongException => "File name too long",
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        IOException { HResult: > 0 and < MaxNumber } when !OperatingSystem.IsWindows() => Marshal.GetPInvokeErrorMessage(exception.HResult),
        _ => Shown.Of(exception.Message.TrimEnd('.')),
    };
}
