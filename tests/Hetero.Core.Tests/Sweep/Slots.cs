using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;

namespace Hetero.Core.Tests.Sweep;

/// <summary>The buffers of a call, each somewhere in one piece of memory: apart, or not.</summary>
internal sealed class Slots
{
    private readonly byte[] _memory;
    private readonly int[] _offsets;
    private readonly BufferSpec[] _specs;

    /// <summary>Places buffers.</summary>
    /// <param name="specs">The buffers.</param>
    /// <param name="offsets">The first byte of each; null for one after another, a cache line apart.</param>
    public Slots(BufferSpec[] specs, int[]? offsets = null)
    {
        _specs = specs;
        _offsets = offsets ?? Apart(specs);
        _memory = new byte[64 + Enumerable.Range(0, specs.Length).Select(i => _offsets[i] + specs[i].Bytes).DefaultIfEmpty(0).Max()];
    }

    /// <summary>Offsets of buffers that share nothing.</summary>
    public static int[] Apart(BufferSpec[] specs)
    {
        int[] offsets = new int[specs.Length];
        int next = 0;
        for (int i = 0; i < specs.Length; i++)
        {
            offsets[i] = next;
            next += ((specs[i].Bytes + 63) / 64 * 64) + 64;
        }

        return offsets;
    }

    public Span<T> Vector<T>(int index)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(Bytes(index));

    public MatrixSpan<T> Matrix<T>(int index)
        where T : unmanaged
        => new(Vector<T>(index), _specs[index].Rows, _specs[index].Columns);

    public Span<byte> Bytes(int index) => _memory.AsSpan(_offsets[index], _specs[index].Bytes);

    public byte[] Snapshot() => [.. _memory];

    public bool Equal(byte[] snapshot) => _memory.AsSpan().SequenceEqual(snapshot);

    public void Write(int index, double[] numbers)
    {
        if (_specs[index].Element == typeof(double))
        {
            numbers.CopyTo(Vector<double>(index));
        }
        else if (_specs[index].Element == typeof(float))
        {
            Array.ConvertAll(numbers, x => (float)x).CopyTo(Vector<float>(index));
        }
        else
        {
            Array.ConvertAll(numbers, x => (long)(1000 * x)).CopyTo(Vector<long>(index));
        }
    }

    public double[] Read(int index)
        => _specs[index].Element == typeof(double) ? Vector<double>(index).ToArray()
            : _specs[index].Element == typeof(float) ? Numbers<float>(index)
            : Numbers<long>(index);

    private double[] Numbers<T>(int index)
        where T : unmanaged, INumber<T>
        => Array.ConvertAll(Vector<T>(index).ToArray(), double.CreateChecked);
}
