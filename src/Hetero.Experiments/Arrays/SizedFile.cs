namespace Hetero.Experiments.Arrays;

/// <summary>Opens files for reading that have a length, which they are held against: a pipe has none, and may never end.</summary>
internal static class SizedFile
{
    /// <summary>Opens a file; null for what is no file with a length.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferSize">The bytes that are read ahead; 0 for none.</param>
    public static FileStream? Open(string path, int bufferSize = 0)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }
}
