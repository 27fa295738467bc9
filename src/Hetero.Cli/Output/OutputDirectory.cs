using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;

namespace Hetero.Cli.Output;

/// <summary>A directory that outputs go to.</summary>
internal static class OutputDirectory
{
    /// <summary>Makes it, and tries whether files can be written there.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="directory">The directory.</param>
    /// <exception cref="UsageException">It cannot be made, or not be written.</exception>
    public static void Prepare(string option, string directory)
    {
        const string Accepted = "a directory that exists or can be made, and can be written";
        if (directory is "" or OutputFile.StandardOutput)
        {
            throw UsageException.Of(option, directory, Accepted);
        }

        try
        {
            Directory.CreateDirectory(directory);
            TemporaryFile.Probe(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UsageException.Of(option, directory, $"{Accepted} ({SystemError.ReasonOf(exception)})");
        }
    }
}
