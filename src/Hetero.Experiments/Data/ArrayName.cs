namespace Hetero.Experiments.Data;

/// <summary>Which file and which array in it a name means: x.npy, or b.npz:x, the array x of an archive.</summary>
internal static class ArrayName
{
    /// <summary>Takes a name apart.</summary>
    /// <param name="folder">The folder that it is relative to; empty for that of the process.</param>
    /// <param name="name">The name.</param>
    /// <returns>The file, and the name of the array if the file is an archive that has it.</returns>
    public static (string File, string? Array) Of(string folder, string name)
    {
        // A name on its own first: a file may have a colon in its name.
        string path = Path.Combine(folder, name);
        int colon = name.LastIndexOf(':');
        if (colon < 1 || File.Exists(path))
        {
            return (path, null);
        }

        // So may an array in an archive: the archive is what there is.
        while (!File.Exists(Path.Combine(folder, name[..colon])) && name.LastIndexOf(':', colon - 1) is > 0 and int earlier)
        {
            colon = earlier;
        }

        return (Path.Combine(folder, name[..colon]), name[(colon + 1)..]);
    }
}
