using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>How command lines are taken apart.</summary>
internal static class Lines
{
    /// <summary>Values may start with '@' or look like several short options; neither shall be taken apart.</summary>
    public static ParserConfiguration Configuration => new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
}
