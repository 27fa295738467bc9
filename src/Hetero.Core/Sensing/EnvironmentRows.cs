using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The samples of an environment, checked, as they are read: rows where the caller has them, all or some, or squares that were packed.</summary>
/// <remarks>Thread-safe: nothing changes.</remarks>
internal sealed class EnvironmentRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // With fewer rows beside each other on average, taking them together costs less than several passes over the sums.
    private const int LeastRun = 3;

    private readonly ReadOnlyMemory<T> _numbers, _responses;
    private readonly ReadOnlyMemory<int> _rows;
    private readonly int _length;

    /// <summary>Checks samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="layout">How the measurements stand in memory.</param>
    /// <param name="dimension">The dimension d.</param>
    /// <param name="length">The numbers of a row that is read.</param>
    /// <param name="name">What they are called, for messages.</param>
    /// <exception cref="ArgumentException">A length or a number is not accepted.</exception>
    public EnvironmentRows(EnvironmentSamples<T> samples, MeasurementLayout layout, int dimension, int length, string name)
    {
        (_numbers, _responses, _rows, _length) = (samples.Measurements, samples.Responses, samples.Rows, length);
        long size = layout == MeasurementLayout.Square ? (long)dimension * dimension : length;
        Guard.AtLeast(Count, 1, $"{name}.Responses.Length");
        Guard.AllFinite(_responses.Span, $"{name}.Responses");
        if (_rows.IsEmpty)
        {
            Guard.Length(_numbers.Length, Count * size, $"{name}.Measurements");
            Guard.AllFinite(_numbers.Span, $"{name}.Measurements");
        }
        else
        {
            CheckRows(size, name);
        }

        if (layout == MeasurementLayout.Square)
        {
            (_numbers, _rows) = (Packed(dimension, name), default);
            CopiedNumbers = _numbers.Length;
        }

        IsScattered = !_rows.IsEmpty && Runs() * LeastRun > Count;
    }

    /// <summary>Gets the number n of samples.</summary>
    public int Count => _responses.Length;

    /// <summary>Gets how many numbers were copied here.</summary>
    public long CopiedNumbers { get; }

    /// <summary>Gets whether few rows are beside each other, so that they are to be taken together before they are used.</summary>
    public bool IsScattered { get; }

    public ReadOnlySpan<T> Responses => _responses.Span;

    /// <summary>Returns the numbers of a sample.</summary>
    public ReadOnlySpan<T> Row(int sample) => _numbers.Span.Slice(RowOf(sample) * _length, _length);

    /// <summary>Returns those of a sample and of some that follow it, as many as are beside each other.</summary>
    /// <param name="first">The first sample.</param>
    /// <param name="count">The most that are wanted; on return the number given, 1 or more.</param>
    public ReadOnlySpan<T> From(int first, scoped ref int count)
    {
        count = Math.Min(count, Count - first);
        if (_rows.IsEmpty)
        {
            return _numbers.Span.Slice(first * _length, count * _length);
        }

        ReadOnlySpan<int> rows = _rows.Span[first..];
        int together = 1;
        while (together < count && rows[together] == rows[0] + together)
        {
            together++;
        }

        count = together;
        return _numbers.Span.Slice(rows[0] * _length, together * _length);
    }

    /// <summary>Adds the numbers to hashes: those of a copy of the rows.</summary>
    public void AddTo(ref Fingerprint rows, ref Fingerprint responses)
    {
        responses.Add(Responses);
        rows.Add((long)Count * _length);
        for (int i = 0, count; i < Count; i += count)
        {
            count = Count;
            rows.AddNumbers(From(i, ref count));
        }
    }

    private int RowOf(int sample) => _rows.IsEmpty ? sample : _rows.Span[sample];

    private int Runs()
    {
        int runs = 0;
        for (int i = 0, count; i < Count; i += count)
        {
            count = Count;
            From(i, ref count);
            runs++;
        }

        return runs;
    }

    private void CheckRows(long size, string name)
    {
        Guard.Length(_rows.Length, Count, $"{name}.Rows");
        if (_numbers.Length % size != 0)
        {
            throw new ArgumentException($"'{name}.Measurements' has {_numbers.Length} elements; accepted is a multiple of {size}.", $"{name}.Measurements");
        }

        int largest = (int)(_numbers.Length / size) - 1;
        foreach (int row in _rows.Span)
        {
            Guard.InRange(row, 0, largest, $"{name}.Rows");
            Guard.AllFinite(_numbers.Span.Slice(row * (int)size, (int)size), $"{name}.Measurements");
        }
    }

    private T[] Packed(int d, string name)
    {
        int size = d * d;
        T[] packed = new T[Guard.ArrayLength(Count, _length, $"{name}.Measurements")];
        for (int i = 0; i < Count; i++)
        {
            Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(_numbers.Span.Slice(RowOf(i) * size, size), d, d), packed.AsSpan(i * _length, _length));
        }

        Guard.AllFinite<T>(packed, $"{name}.Measurements", "entries that are finite in svec form");
        return packed;
    }
}
