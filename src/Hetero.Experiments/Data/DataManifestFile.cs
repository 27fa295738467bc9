using Hetero.Experiments.Arrays;

namespace Hetero.Experiments.Data;

/// <summary>The file of a manifest.</summary>
internal static class DataManifestFile
{
    private const int MostBytes = 1 << 26;

    /// <summary>Reads it.</summary>
    /// <exception cref="DataFileException">It is none.</exception>
    public static DataManifest Read(string path)
    {
        using FileStream stream = SizedFile.Open(path) ?? throw new DataFileException(path, "has no length, as a pipe has none", "a manifest, a file (JSON)");
        byte[] text = new byte[Math.Min(stream.Length, MostBytes + 1)];
        int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length > MostBytes
            ? throw new DataFileException(path, "is larger than a manifest", "a manifest (JSON) of at most 64 MiB")
            : DataManifestJson.Parse(text.AsMemory(0, length), path);
    }
}
