using Hetero.Cli.CommandLine;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Input;

/// <summary>Reads a whole file that the user names, up to a size: a device or a pipe may never end.</summary>
internal static class BoundedFile
{
    /// <summary>Reads the bytes.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, such as "a page".</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="UsageException">The file is larger, or cannot be read.</exception>
    public static byte[] Read(string option, string path, string what, int limit)
    {
        if (Directory.Exists(path))
        {
            throw UsageException.Of(option, path, $"{what} that can be read, not a directory");
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using MemoryStream contents = new();
            byte[] buffer = new byte[Math.Min(limit, 1 << 16)];
            for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
            {
                contents.Write(buffer, 0, count);
                if (contents.Length > limit)
                {
                    throw UsageException.Of(option, path, $"{what} of at most {ByteSize.Of(limit)}");
                }
            }

            return contents.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw UsageException.Of(option, path, $"{what} that can be read ({SystemError.ReasonOf(exception)})");
        }
    }
}
