namespace Hetero.Cli.CommandLine;

/// <summary>The exit codes that scripts rely on.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A failed check or run.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;
}
