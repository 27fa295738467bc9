namespace Hetero.Cli.CommandLine;

/// <summary>The exit codes that scripts rely on.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A failed check or run.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>The work was ended before its end, with what was done kept: the same command goes on with --resume.</summary>
    public const int Unfinished = 3;
}
