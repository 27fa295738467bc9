using System.Text;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Reproduce;

/// <summary>Finished runs of a figure that is not, a file each in a directory of its own, which goes when the figure's files are written.</summary>
/// <param name="directory">The directory; made with the first run.</param>
internal sealed class KeptRuns(string directory) : IKeptRuns
{
    private const string Extension = ".csv";

    private readonly List<string> _used = [];

    /// <summary>Gets the directory.</summary>
    public string Directory => directory;

    /// <summary>Gets the number of runs that were found whole.</summary>
    public int Found { get; private set; }

    /// <inheritdoc/>
    public bool Find(string id, Func<string, bool> read)
    {
        string path = PathOf(id);
        lock (_used)
        {
            _used.Add(path);
        }

        try
        {
            bool isFound = read(File.ReadAllText(path));
            lock (_used)
            {
                Found += isFound ? 1 : 0;
            }

            return isFound;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException($"'{Shown.Of(path)}' cannot be read: {SystemError.ReasonOf(exception)}.");
        }
    }

    /// <inheritdoc/>
    public void Keep(string id, string text)
    {
        string path = PathOf(id);
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            using TemporaryFile file = TemporaryFile.Create(directory);
            file.Stream.Write(Encoding.UTF8.GetBytes(text));
            file.MoveTo(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException($"'{Shown.Of(path)}' cannot be written: {SystemError.ReasonOf(exception)}.");
        }
    }

    /// <summary>Removes the runs of the figure, which has them now, and the directory if nothing else is in it. What cannot be removed stays.</summary>
    public void Discard()
    {
        try
        {
            foreach (string path in _used.Where(File.Exists))
            {
                File.Delete(path);
            }

            if (System.IO.Directory.Exists(directory) && !System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
            {
                System.IO.Directory.Delete(directory);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The figure is written, and they would be found again.
        }
    }

    private string PathOf(string id) => Path.Combine(directory, id + Extension);
}
