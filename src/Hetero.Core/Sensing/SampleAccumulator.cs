using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// The fused pass over explicit measurements: for each panel of a few X_i, the products with the residuals, then the accumulation of
/// coefficient·X_i while the panel is in the cache.
/// </summary>
/// <remarks>
/// The samples of a group are cut into ranges whose number depends on m and p alone (<see cref="SlotsOf"/>). A range is summed in ascending order
/// into a slot of its own, the slots are added in ascending order: the same bits on any number of threads, in memory of at most 64 MiB or
/// four times p. An entry is off by at most about (m/slots + slots)·ε of the sum of its terms' magnitudes; random terms err by about the root of that.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SampleAccumulator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Enough ranges for 32 threads, and few enough that adding them up costs nothing beside the pass; for large p as many as 2²³ numbers hold, but
    // four at the least.
    private const int MaxSlots = 32;
    private const int MinSlots = 4;
    private const int SlotNumbers = 1 << 23;

    // A panel and the next one, which is fetched meanwhile, fit a second-level cache of 1 MiB with room for residual and slot. More rows than are
    // multiplied together gain nothing.
    private const int PanelBytes = 1 << 18;
    private const int MaxPanelRows = RowProducts.Rows;

    // With fewer numbers than that in a range, adding the slots up takes as long as the pass.
    private const int LeastNumbers = 1 << 15;

    private readonly ISampleRows<T> _rows;
    private readonly WorkerTeam? _team;
    private readonly ulong _seed;
    private readonly int _length;
    private readonly int _panelRows;
    private readonly int _leastRows;
    private readonly bool _fetchesAhead;
    private readonly AlignedArray<T>[] _slots;
    private readonly AlignedArray<T>[] _panels;
    private readonly SampleTally[] _tallies;
    private AlignedArray<T> _matrices = new(0);

    public SampleAccumulator(ISampleRows<T> rows, int svecLength, ulong seed, WorkerTeam? team)
        : this(rows, svecLength, seed, team, RowStrideOf(svecLength))
    {
    }

    /// <summary>Sums rows that lie a given number of entries apart, of which the bits do not depend, in ranges of a least number of rows, of which they do.</summary>
    public SampleAccumulator(ISampleRows<T> rows, int svecLength, ulong seed, WorkerTeam? team, int rowStride, int leastRows = 1)
    {
        _leastRows = leastRows;
        _rows = rows;
        _seed = seed;
        _team = team;
        _length = svecLength;
        RowStride = rowStride;
        _slots = [.. Enumerable.Repeat(_matrices, SlotsOf(svecLength))];
        _panels = [.. _slots];
        _tallies = new SampleTally[_slots.Length];
        _panelRows = PanelRowsOf(RowStride);

        // Rows that are multiplied one by one keep the memory less busy when half of them are there already: without six of them together it is slower.
        _fetchesAhead = SimdPath.Is512 && _panelRows == RowProducts.Rows;
    }

    /// <summary>Gets the distance between the first entries of consecutive samples.</summary>
    public int RowStride { get; }

    /// <summary>The number of ranges for long batches of one matrix.</summary>
    public static int SlotsOf(int svecLength) => Math.Clamp(SlotNumbers / svecLength, MinSlots, MaxSlots);

    /// <summary>The least number of rows in a range of vectors, which are short: most data of them are one range.</summary>
    public static int LeastRowsOf(EstimateSpace space) => space.IsVector ? Math.Max(1, LeastNumbers / space.Dimension) : 1;

    /// <summary>p rounded up to whole groups of the Gaussian stream, so that a sample starts with a group.</summary>
    public static int RowStrideOf(int svecLength) => checked((int)GaussianFill.PaddedLength<T>(svecLength));

    /// <summary>The bytes of sums, panels and the copy of a matrix.</summary>
    public static Int128 BytesOf(in RunSizes sizes, bool needsPanel)
    {
        int length = Svec.Length(sizes.Dimension);
        return BytesOf(length, RowStrideOf(length), SlotsFor(sizes.Samples, 1, length), sizes.Degree, needsPanel, sizes.CallMatrices);
    }

    /// <summary>The same for rows of another kind.</summary>
    public Int128 Bytes(long samples, int threads, bool needsPanel) => BytesOf(_length, RowStride, SlotsFor(samples), threads, needsPanel);

    /// <summary>Gets or sets what ends a pass between two panels.</summary>
    public CancellationToken Cancellation { get; set; }

    public void Accumulate(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count)
    {
        int slots = SlotsFor(group.Count), slotLength = checked(count * _length);
        bool needsPanel = _rows.NeedsPanel(in group);

        // A later group of the batch may have more of its samples.
        Reserve(Math.Max(group.Count, group.BatchSize), count, needsPanel);
        int workers = WorkersFor(slots);
        matrices.CopyTo(_matrices.Span);
        Pass pass = new()
        {
            Owner = this,
            Group = group,
            Matrices = _matrices.Span[..slotLength],
            Count = count,
            LabelNoise = LabelNoiseDraw<T>.Of(in group, _seed),
            SlotCount = slots,
            NeedsPanel = needsPanel,
        };
        WorkerTeam.Run(workers == 1 ? null : _team, ref pass, workers);
        SampleTally.AddAll(in group, _tallies.AsSpan(0, slots));
        T scale = T.CreateTruncating(group.Scale);
        for (int slot = 1; slot < slots; slot++)
        {
            Span<T> sum = _slots[0].Span[..slotLength];
            TensorPrimitives.Add(sum, _slots[slot].Span[..slotLength], sum);
        }

        TensorPrimitives.FusedMultiplyAdd(_slots[0].Span[..slotLength], scale, results, results);
    }

    /// <summary>Makes room for groups of up to a number of samples, so that none of them allocates.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="count">The number of matrices.</param>
    /// <param name="needsPanel">Whether some of them need memory for their rows.</param>
    public void Reserve(long samples, int count, bool needsPanel)
    {
        int slots = SlotsFor(samples), slotLength = checked(count * _length);
        for (int slot = 0; slot < slots; slot++)
        {
            Ensure(ref _slots[slot], slotLength);
        }

        int panels = needsPanel ? WorkersFor(slots) : 0;
        for (int worker = 0; worker < panels; worker++)
        {
            Ensure(ref _panels[worker], _panelRows * RowStride);
        }

        Ensure(ref _matrices, slotLength);
    }

    private static int PanelRowsOf(int stride)
        => (int)Math.Clamp(PanelBytes / ((long)stride * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()), 1, MaxPanelRows);

    private static Int128 BytesOf(int length, int stride, int slots, int threads, bool needsPanel, int matrices = 1)
        => RunSizes.Bytes<T>(((Int128)matrices * (slots + 1) * length) + (needsPanel ? (Int128)Math.Min(threads, slots) * PanelRowsOf(stride) * stride : 0));

    private int SlotsFor(long samples) => SlotsFor(samples, _leastRows, _length);

    private static int SlotsFor(long samples, int leastRows, int length) => (int)Math.Clamp(samples / leastRows, 1, SlotsOf(length));

    private int WorkersFor(int slots) => Math.Min(_team?.Degree ?? 1, slots);

    private void AccumulateSlot(
        in SampleGroup<T> group, LabelNoiseDraw<T>? labelNoise, ReadOnlySpan<T> matrices, int count, int slot, int slots, Span<T> panel)
    {
        Span<T> sums = _slots[slot].Span[..(count * _length)];
        sums.Clear();
        Span<T> coefficients = stackalloc T[MaxPanelRows];
        Span<T> noise = stackalloc T[MaxPanelRows];
        Span<T> stays = stackalloc T[MaxPanelRows];
        SampleTally tally = default;
        T level = T.CreateTruncating(group.Predictions?.Level ?? double.PositiveInfinity);
        bool fetchesAhead = _fetchesAhead && panel.IsEmpty;
        long end = FirstOf(slot + 1, slots, group.Count);
        for (long i = FirstOf(slot, slots, group.Count); i < end;)
        {
            Cancellation.ThrowIfCancellationRequested();
            int rows = (int)Math.Min(_panelRows, end - i);
            ReadOnlySpan<T> samples = _rows.Get(in group, group.FirstSample + i, ref rows, panel);
            ReadOnlySpan<T> next = [];
            if (fetchesAhead && i + rows < end)
            {
                int ahead = (int)Math.Min(_panelRows, end - i - rows);
                next = _rows.Get(in group, group.FirstSample + i + rows, ref ahead, panel);
            }

            for (int j = 0; j < count; j++)
            {
                ReadOnlySpan<T> matrix = matrices.Slice(j * _length, _length);
                RowProducts.Compute(samples, RowStride, matrix, coefficients[..rows]);
                if (j == 0 && group.Mixture is { } mixture)
                {
                    AddMixture(mixture, (int)i, samples, rows, coefficients);
                }

                if (j == 0)
                {
                    SampleNoise.Subtract(_rows, in group, _seed, labelNoise, group.FirstSample + i, coefficients[..rows], noise[..rows]);
                    if (group.Predictions is { } pass)
                    {
                        RowProducts.Compute(samples, RowStride, pass.Matrix, noise[..rows]);
                        tally.Take(noise[..rows], coefficients[..rows], level, stays[..rows]);
                    }
                }

                if (level < T.PositiveInfinity)
                {
                    SampleTally.Drop(stays[..rows], coefficients[..rows]);
                }

                RowCombination.Add(
                    coefficients[..rows], samples, RowStride, sums.Slice(j * _length, _length), j == count - 1 ? next : []);
            }

            i += rows;
        }

        _tallies[slot] = tally;
    }

    /// <summary>The first sample of a range: a share slot/slots of all, rounded down.</summary>
    internal static long FirstOf(int slot, int slots, long samples) => (long)((Int128)samples * slot / slots);

    private void AddMixture(ResidualMixture<T> mixture, int first, ReadOnlySpan<T> samples, int rows, Span<T> coefficients)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int v = 0; v < mixture.Count; v++)
            {
                T product = Reductions.Dot(samples.Slice(row * RowStride, _length), mixture.Direction(v));
                T weight = T.CreateTruncating(mixture.Coefficients[((first + row) * mixture.Count) + v]);
                coefficients[row] = T.FusedMultiplyAdd(weight, product, coefficients[row]);
            }
        }
    }

    private static void Ensure(ref AlignedArray<T> array, int length)
    {
        if (array.Length < length)
        {
            array = new AlignedArray<T>(length);
        }
    }

    /// <summary>One worker a part; the workers take slots until none is left.</summary>
    private ref struct Pass : ITeamWork
    {
        public SampleAccumulator<T> Owner;
        public SampleGroup<T> Group;
        public LabelNoiseDraw<T>? LabelNoise;
        public ReadOnlySpan<T> Matrices;
        public int Count;
        public int SlotCount;
        public bool NeedsPanel;
        private int _nextSlot;

        public void Execute(int part)
        {
            Span<T> panel = NeedsPanel ? Owner._panels[part].Span : default;
            int slot;
            while ((slot = Interlocked.Increment(ref _nextSlot) - 1) < SlotCount)
            {
                Owner.AccumulateSlot(in Group, LabelNoise, Matrices, Count, slot, SlotCount, panel);
            }
        }
    }
}
