using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Hetero.Core.Benchmarks.Disk;

/// <summary>What the system keeps of files in memory, and what the process has read from the disk. Linux alone.</summary>
internal static unsafe partial class PageCache
{
    // MADV_DONTNEED and POSIX_FADV_DONTNEED of Linux.
    private const int DontNeed = 4;

    /// <summary>Gets the bytes that this process had read from a disk.</summary>
    public static long BytesRead => Number("/proc/self/io", "read_bytes:");

    /// <summary>Gets the memory of this process that is no file's, in MiB.</summary>
    public static long OwnMebibytes => Number("/proc/self/status", "RssAnon:") / 1024;

    /// <summary>Has the system forget what a process has mapped of a file: without that it keeps the pages.</summary>
    public static void Unmap<T>(ReadOnlyMemory<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* first = numbers.Span)
        {
            nuint page = (nuint)Environment.SystemPageSize, start = ((nuint)first + page - 1) / page * page, end = ((nuint)first + ((nuint)numbers.Length * (nuint)sizeof(T))) / page * page;
            if (end > start && Madvise((void*)start, end - start, DontNeed) != 0)
            {
                throw new InvalidOperationException($"madvise failed: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
    }

    /// <summary>Has the system forget a file that nobody has mapped.</summary>
    public static void Forget(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        int error = Fadvise(file, 0, 0, DontNeed);
        if (error != 0)
        {
            throw new InvalidOperationException($"posix_fadvise failed with {error}");
        }
    }

    private static long Number(string file, string name)
        => long.Parse(File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Madvise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Fadvise(SafeFileHandle file, long offset, long length, int advice);
}
