using Hetero.Experiments.Values;

namespace Hetero.Experiments.Data;

/// <summary>A data set cannot be what its files say. The message is one line: the file, what was found and what is accepted.</summary>
public sealed class DataFileException : Exception
{
    internal DataFileException(string file, string found, string accepted, Exception? inner = null)
        : base($"'{Shown.Of(file)}' {found}; accepted is {accepted}.", inner) => File = file;

    /// <summary>Gets the name of the file.</summary>
    public string File { get; }
}
