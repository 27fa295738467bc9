using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;

namespace Hetero.Core.Tests.Sweep;

/// <summary>The buffers of a call, each somewhere in one piece of memory: apart, or not.</summary>
internal sealed class Slots
{
    /// <summary>The elements between two rows that lie apart.</summary>
    private const int RowGap = 3;

    private readonly byte[] _memory;
    private readonly int[] _offsets;
    private readonly BufferSpec[] _specs;

    /// <summary>What views of matrices are given whose rows lie apart; null for buffers that are not matrices, or have not been asked for.</summary>
    private byte[]?[]? _apart;

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
        => _apart is null
            ? new(Vector<T>(index), _specs[index].Rows, _specs[index].Columns)
            : new(MemoryMarshal.Cast<byte, T>((_apart[index] ??= Spread(index)).AsSpan()), _specs[index].Rows, _specs[index].Columns, _specs[index].Columns + RowGap);

    /// <summary>From now on the rows of matrices lie apart, with bytes of 255 between them, NaN of either type: the numbers are those of now.</summary>
    public void SpreadRows() => _apart = new byte[]?[_specs.Length];

    /// <summary>Returns a buffer as it was used: what views wrote whose rows lie apart, or else the memory itself.</summary>
    /// <param name="index">The buffer.</param>
    /// <param name="isIntact">Whether what lies between the rows is what it was.</param>
    public byte[] Collect(int index, out bool isIntact)
    {
        isIntact = true;
        if (_apart?[index] is not { } spread)
        {
            return Bytes(index).ToArray();
        }

        int row = _specs[index].Columns * _specs[index].ElementBytes, stride = row + (RowGap * _specs[index].ElementBytes);
        byte[] bytes = new byte[_specs[index].Bytes];
        for (int i = 0; i < _specs[index].Rows; i++)
        {
            spread.AsSpan(i * stride, row).CopyTo(bytes.AsSpan(i * row));
            isIntact &= !spread.AsSpan((i * stride) + row, stride - row).ContainsAnyExcept((byte)255);
        }

        return bytes;
    }

    private byte[] Spread(int index)
    {
        int row = _specs[index].Columns * _specs[index].ElementBytes, stride = row + (RowGap * _specs[index].ElementBytes);
        byte[] spread = new byte[_specs[index].Rows * stride];
        spread.AsSpan().Fill(255);
        for (int i = 0; i < _specs[index].Rows; i++)
        {
            Bytes(index).Slice(i * row, row).CopyTo(spread.AsSpan(i * stride));
        }

        return spread;
    }

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
