using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Hetero.Core.Tests.Support;

/// <summary>
/// Memory that ends (or starts) at a page without access: a kernel that reads or writes one element too far ends the process at once.
/// Linux alone; tests that use it are skipped elsewhere.
/// </summary>
internal sealed unsafe class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int None = 0, Read = 1, Write = 2, Private = 2, Anonymous = 32;

    private readonly nuint _length;
    private readonly byte* _pages;
    private readonly byte* _first;

    /// <summary>Maps room for a number of elements, right before a page without access, or right after one.</summary>
    public GuardedMemory(int count, bool guardBelow = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pages without access are made by mmap and mprotect.");
        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)(count * Unsafe.SizeOf<T>());
        nuint used = Math.Max(1, (bytes + page - 1) / page) * page;
        _length = used + (2 * page);
        _pages = PageCalls.Map(null, _length, Read | Write, Private | Anonymous, -1, 0);
        Assert.True((nint)_pages != -1, "mmap failed");
        Assert.Equal(0, PageCalls.Protect(_pages, page, None));
        Assert.Equal(0, PageCalls.Protect(_pages + page + used, page, None));
        _first = guardBelow ? _pages + page : _pages + page + used - bytes;
        Count = count;
    }

    /// <summary>Gets the number of elements.</summary>
    public int Count { get; }

    /// <summary>Gets the elements.</summary>
    public Span<T> Span => new(_first, Count);

    public void Dispose() => PageCalls.Unmap(_pages, _length);
}

/// <summary>The calls to the operating system: a generic type may not hold them.</summary>
internal static unsafe partial class PageCalls
{
    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    public static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint length);
}
