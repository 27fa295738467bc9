using Microsoft.Win32.SafeHandles;

namespace Hetero.Core.Benchmarks.Disk;

/// <summary>The rate at which a file can be read: each thread a part of it, from front to back, into one buffer.</summary>
internal static class FileReading
{
    // From 256 KiB on larger reads are no faster, and beyond the second-level cache they are slower.
    private const int BufferBytes = 1 << 18;

    /// <summary>Reads a file once.</summary>
    public static void Read(string path, int threads)
    {
        using SafeFileHandle handle = File.OpenHandle(path);
        long length = RandomAccess.GetLength(handle);
        Thread[] readers = [.. Enumerable.Range(0, threads).Select(part => new Thread(() => Read(handle, length * part / threads, length * (part + 1) / threads)))];
        Array.ForEach(readers, reader => reader.Start());
        Array.ForEach(readers, reader => reader.Join());
    }

    private static void Read(SafeFileHandle handle, long offset, long end)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
        for (int read; offset < end && (read = RandomAccess.Read(handle, buffer, offset)) > 0; offset += read)
        {
        }
    }
}
