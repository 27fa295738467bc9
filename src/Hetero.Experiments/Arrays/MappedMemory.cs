using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Hetero.Experiments.Arrays;

/// <summary>Numbers of a file where they are: the system reads a page when it is first used, and may forget it again.</summary>
/// <remarks>
/// What is not disposed of stays mapped until the process ends. A finalizer would be wrong: a span does not keep its memory alive, so that pages could go while somebody reads them.
/// </remarks>
internal sealed unsafe class MappedMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private T* _first;

    /// <summary>Maps a file from its beginning to its end.</summary>
    /// <param name="stream">The file; stays open.</param>
    /// <param name="offset">Where the numbers begin, a multiple of their size.</param>
    /// <param name="length">How many there are, 1 or more.</param>
    public MappedMemory(FileStream stream, long offset, int length)
    {
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        if (_view.Capacity < offset + ((long)length * sizeof(T)))
        {
            Dispose(disposing: true);
            throw new ArgumentException("'stream' has become shorter; accepted is a file that stays as it is.", nameof(stream));
        }

        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _first = (T*)(pointer + _view.PointerOffset + offset);
        _length = length;
    }

    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_first is null, this);
        return new Span<T>(_first, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_first is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        return new MemoryHandle(_first + elementIndex, default, this);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_first is not null)
        {
            _first = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        if (disposing)
        {
            _view.Dispose();
            _file.Dispose();
        }
    }
}
