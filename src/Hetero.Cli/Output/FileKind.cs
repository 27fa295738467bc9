namespace Hetero.Cli.Output;

/// <summary>What a name leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing yet.</summary>
    Missing,

    /// <summary>A file, which can be replaced.</summary>
    File,

    Directory,

    /// <summary>A named pipe: opening it waits for the other end.</summary>
    Pipe,

    /// <summary>A device, or anything else that is written to as it is.</summary>
    Device,
}
