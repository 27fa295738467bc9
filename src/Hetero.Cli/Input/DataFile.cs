using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Input;

/// <summary>A data set that the user names: whatever is wrong with it is said in one line.</summary>
internal static class DataFile
{
    /// <summary>The manifest that a user means: the file, or data.json in a folder.</summary>
    public static string ManifestOf(string path) => Directory.Exists(path) ? Path.Combine(path, "data.json") : path;

    /// <summary>Opens a data set.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UsageException">It is none, or cannot be read.</exception>
    public static DataSet<T> Open<T>(string path, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        cancellation.ThrowIfCancellationRequested();
        return Read(path, "the manifest of a data set (JSON) and the arrays that it names", () => DataSet<T>.Open(path, cancellation: cancellation));
    }

    /// <summary>Reads what may be wrong in all the ways in which files are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="accepted">What it should be.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="takesDirectory">Whether it may be a directory.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static TResult Read<TResult>(string path, string accepted, Func<TResult> read, bool takesDirectory = false)
    {
        try
        {
            return path.Length == 0 || (!takesDirectory && Directory.Exists(path)) ? throw new UsageException($"'{Shown.Of(path)}' is no file; accepted is {accepted}.") : read();
        }
        catch (Exception exception) when (exception is DataFileException or ArrayFileException)
        {
            throw new UsageException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // One that a manifest names is said in full.
            string file = exception is FileNotFoundException { FileName: { } missing } && missing != Path.GetFullPath(path) ? missing : path;
            throw new UsageException($"'{Shown.Of(file)}' cannot be read ({SystemError.ReasonOf(exception)}); accepted is {accepted}.");
        }
    }
}
