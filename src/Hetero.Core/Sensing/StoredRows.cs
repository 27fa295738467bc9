using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Rows of numbers kept in memory, n in each of some sets, and which of them stands at which position of a batch: what stored measurements are, whatever a row means.
/// </summary>
/// <remarks>
/// Rows lie a stride apart, in arrays of at most a given size or one row, so the total may exceed what one array holds. Selecting is not thread-safe; then rows may be asked for by
/// many threads.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StoredRows<T> : ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The elements of an array.</summary>
    public const int ChunkElements = 1 << 27;

    // As many arrays hold a pebibyte, which no machine has: what asks for more is a mistake.
    private const int MaxChunks = 1 << 20;

    // Entries that are filled between two looks at the wish to stop: some milliseconds, and enough parts for a team.
    private const int FillElements = 1 << 24;

    private readonly AlignedArray<T>[] _chunks;
    private readonly int _chunkRows;
    private readonly int _length;
    private readonly int _stride;
    private readonly RowSequence _sequence;

    /// <summary>Makes room for the rows.</summary>
    /// <param name="length">The numbers of a row that count.</param>
    /// <param name="stride">The distance between the starts of two rows.</param>
    /// <param name="samples">The number n of rows in a set.</param>
    /// <param name="sets">The number of sets.</param>
    /// <param name="seed">The seed of the order of the rows.</param>
    /// <param name="order">Which rows a batch takes.</param>
    /// <param name="chunkElements">The elements of an array.</param>
    public StoredRows(int length, int stride, long samples, int sets, ulong seed, RowOrder order, int chunkElements = ChunkElements)
    {
        Guard.InRange(sets, 1, RandomStream.MaxSubstream + 1);
        _length = length;
        _stride = stride;
        _chunkRows = Math.Max(1, chunkElements / stride);
        Guard.InRange(samples, 1, (long)MaxChunks * _chunkRows / sets);
        long total = samples * sets;
        _chunks = new AlignedArray<T>[(int)((total + _chunkRows - 1) / _chunkRows)];
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            long rows = Math.Min(_chunkRows, total - ((long)chunk * _chunkRows));
            _chunks[chunk] = new AlignedArray<T>(checked((int)(rows * stride)));
        }

        (Samples, Sets) = (samples, sets);
        _sequence = new RowSequence(order, samples, sets, seed);
    }

    /// <summary>Gets the number n of rows in a set.</summary>
    public long Samples { get; }

    /// <summary>Gets the number of sets.</summary>
    public int Sets { get; }

    /// <summary>Gets which rows a batch takes.</summary>
    public RowOrder Order => _sequence.Order;

    /// <summary>Whether the rows of a batch are copied together before they are used.</summary>
    public bool Gathers(long batch) => _sequence.Lists(batch);

    /// <summary>The bytes of the rows, and of their order where a batch has one.</summary>
    public Int128 Bytes(long batch) => RunSizes.Bytes<T>((Int128)Samples * Sets * _stride) + _sequence.Bytes(batch);

    /// <summary>Fills every set with the Gaussian numbers of its stream, step 0 of the measurements.</summary>
    public void FillGaussian(ulong seed, WorkerTeam? team, CancellationToken cancellation)
    {
        for (int set = 0; set < Sets; set++)
        {
            RandomStream stream = new(seed, StreamPurpose.Measurements, 0, set);
            for (long sample = 0; sample < Samples;)
            {
                cancellation.ThrowIfCancellationRequested();
                int rows = (int)Math.Min(Samples - sample, Math.Max(1, FillElements / _stride));
                Span<T> memory = Rows((set * Samples) + sample, ref rows);
                stream.FillGaussian(sample * _stride, memory, team);
                sample += rows;
            }
        }
    }

    /// <summary>Copies rows that stand one after another, those of the first set first.</summary>
    public void CopyFrom(ReadOnlySpan<T> rows)
    {
        for (int sample = 0; sample < rows.Length / _length; sample++)
        {
            Span<T> row = Row(sample, _stride);
            rows.Slice(sample * _length, _length).CopyTo(row);
            row[_length..].Clear();
        }
    }

    /// <summary>Writes a row.</summary>
    /// <param name="sample">The index of the row, counted over all sets.</param>
    /// <param name="destination">Receives the numbers that count.</param>
    public void CopyRow(long sample, Span<T> destination)
    {
        Guard.InRange(sample, 0, (Samples * Sets) - 1);
        Guard.Length(destination.Length, _length, nameof(destination));
        Row(sample, _length).CopyTo(destination);
    }

    /// <summary>Counts the rows that a caller brings for some sets.</summary>
    public static long CountRows(ReadOnlySpan<T> rows, int length, int sets, string factor, string name)
    {
        Guard.InRange(sets, 1, RandomStream.MaxSubstream + 1);
        long set = (long)sets * length;
        if (rows.IsEmpty || rows.Length % set != 0)
        {
            string factors = sets == 1 ? factor : $"sets·{factor}";
            throw new ArgumentException($"'{name}' has {rows.Length} elements; accepted is a positive multiple of {factors} = {set}.", name);
        }

        Guard.AllFinite(rows, name);
        return rows.Length / set;
    }

    /// <summary>Selects the rows of a group's batch.</summary>
    public void Select(in SampleGroup<T> group)
    {
        if (group.BatchSize > 0)
        {
            Guard.Accepted(group.BatchSize, Refusal(group.BatchSize), "group.BatchSize");
            _sequence.Select(group.Step, group.MeasurementSet, group.BatchSize);
        }
        else if (group.Count <= Samples - group.FirstSample)
        {
            _sequence.SelectAll();
        }
        else
        {
            throw new ArgumentException(
                $"'group' names samples {group.FirstSample} to {group.FirstSample + group.Count - 1}; stored are samples 0 to {Samples - 1}.",
                nameof(group));
        }
    }

    /// <summary>Says what is accepted instead of a batch of m samples; null if it can be selected.</summary>
    public string? Refusal(long samples) => _sequence.Refusal(samples);

    public void Describe(PartDescription description, ulong seed, long batchSize)
    {
        description.Add("seed", seed);
        description.Add("samples", Samples);
        description.Add("sets", Sets);
        if (_sequence.ChoosesRows(batchSize))
        {
            description.Add("rowOrder", Order);
        }

        Fingerprint fingerprint = default;
        for (long sample = 0; sample < Samples * Sets; sample++)
        {
            fingerprint.Add<T>(Row(sample, _length));
        }

        description.Add("rows", fingerprint);
    }

    public bool NeedsPanel(in SampleGroup<T> group) => _sequence.IsListed || group.Positions is not null;

    public ReadOnlySpan<T> Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel)
    {
        long start = group.MeasurementSet * Samples;
        if (panel.IsEmpty)
        {
            long row = _sequence.Follow(first);
            rows = (int)Math.Min(rows, Samples - row);
            return Rows(start + row, ref rows);
        }

        for (int i = 0; i < rows; i++)
        {
            Row(start + RowOf(in group, first + i), _length).CopyTo(panel[(i * _stride)..]);
        }

        return panel[..(rows * _stride)];
    }

    public long NoiseEntry(in SampleGroup<T> group, long sample) => group.Mixture is null ? RowOf(in group, sample) : sample;

    private long RowOf(in SampleGroup<T> group, long position) => _sequence.At(group.Positions is { } positions ? positions[position] : position);

    private Span<T> Row(long sample, int length)
    {
        int one = 1;
        return Rows(sample, ref one)[..length];
    }

    /// <summary>The memory of consecutive rows; fewer than wanted where an array ends.</summary>
    private Span<T> Rows(long first, scoped ref int rows)
    {
        (long chunk, long row) = Math.DivRem(first, _chunkRows);
        AlignedArray<T> memory = _chunks[chunk];
        rows = (int)Math.Min(rows, (memory.Length / _stride) - row);
        return memory.Span.Slice((int)row * _stride, rows * _stride);
    }
}
