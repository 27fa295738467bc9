using Hetero.Experiments.Values;

namespace Hetero.Experiments.Arrays;

/// <summary>A file is not an array that can be read, or not the one that is needed. The message is one line: the file, what was found and what is accepted.</summary>
public sealed class ArrayFileException : Exception
{
    internal ArrayFileException(string file, string found, string accepted, Exception? inner = null)
        : base($"'{Shown.Of(file)}' {found}; accepted is {accepted}.", inner) => File = file;

    /// <summary>Gets the name of the file; of an array in an archive, the archive's name, a colon and that of the array.</summary>
    public string File { get; }
}
