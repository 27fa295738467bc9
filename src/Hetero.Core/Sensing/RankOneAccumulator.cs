using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// The pass over rank-one measurements X_i = x_ix_iᵀ: for each tile of inputs the quadratic forms x_iᵀDx_i, then the lower triangle of Σ c_i·x_ix_iᵀ while the tile is in the cache, both in
/// the tiles of the products (<see cref="RankOneTile"/>). About md² multiply-adds, half of what two products over the m×d inputs take.
/// </summary>
/// <remarks>
/// The tiles of a group are cut into ranges whose number depends on m and d alone, each summed in ascending order into a slot of its own, and the slots are added in ascending order: the same
/// bits on any number of threads. Memory for at most 32 slots of d² numbers (fewer for large d, at least four), and a few tiles for each thread.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RankOneAccumulator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Enough for 32 threads where there are samples for them; each is worth the time of adding it up.
    private const int MaxSlots = 32;
    private const int MinSlots = 4;
    private const int SlotNumbers = 1 << 23;
    private const int SlotTiles = 6;

    private readonly ISampleRows<T> _rows;
    private readonly WorkerTeam? _team;
    private readonly ulong _seed;
    private readonly int _dimension;
    private readonly int _svecLength;
    private readonly int _padded;
    private readonly int _stride;
    private readonly AlignedArray<T>[] _slots;
    private readonly SampleTally[] _tallies;
    private readonly Tile[] _tiles;
    private AlignedArray<T> _triangles = new(0);

    public RankOneAccumulator(ISampleRows<T> rows, int dimension, ulong seed, WorkerTeam? team)
    {
        (_rows, _dimension, _seed, _team) = (rows, dimension, seed, team);
        _svecLength = Svec.Length(dimension);
        _padded = RankOneTile.PaddedRows(dimension);
        _stride = RankOneTile.RowStride<T>(dimension);
        InputStride = InputStrideOf(dimension);
        AlignedArray<T> none = new(0);
        _slots = [.. Enumerable.Repeat(none, SlotsOf(dimension, long.MaxValue / 2))];
        _tallies = new SampleTally[_slots.Length];
        _tiles = new Tile[_slots.Length];
        Guard.ArrayLength(_padded, Math.Max(_padded, _stride), nameof(dimension));
    }

    /// <summary>Gets the distance between the first numbers of consecutive inputs.</summary>
    public int InputStride { get; }

    /// <summary>The bytes of sums, triangles and tiles.</summary>
    public static Int128 BytesOf(in RunSizes sizes)
    {
        Int128 padded = RankOneTile.PaddedRows(sizes.Dimension), stride = RankOneTile.RowStride<T>(sizes.Dimension);
        int slots = SlotsOf(sizes.Dimension, sizes.Samples);
        Int128 tile = ((padded + stride + InputStrideOf(sizes.Dimension)) * RankOneTile.Samples) + RankOneTile.BlockLength;
        return RunSizes.Bytes<T>((sizes.CallMatrices * slots * padded * stride) + ((1 + (Int128)sizes.CallMatrices + sizes.Directions) * padded * padded) + (Math.Min(sizes.Degree, slots) * tile));
    }

    /// <summary>Gets or sets what ends a pass between two tiles.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>d rounded up to whole groups of the Gaussian stream, so that an input starts with a group.</summary>
    public static int InputStrideOf(int dimension) => checked((int)Random.GaussianFill.PaddedLength<T>(dimension));

    /// <summary>The number of ranges for a number of samples.</summary>
    public static int SlotsOf(int dimension, long samples)
    {
        long most = Math.Clamp(SlotNumbers / ((long)dimension * dimension), MinSlots, MaxSlots);
        long tiles = TilesOf(samples);
        return (int)Math.Clamp((tiles + SlotTiles - 1) / SlotTiles, 1, most);
    }

    public void Accumulate(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count)
    {
        int slots = SlotsOf(_dimension, group.Count), slotLength = checked(count * _padded * _stride);

        // A later group of the batch may have more of its samples.
        Reserve(SlotsOf(_dimension, Math.Max(group.Count, group.BatchSize)), slotLength);
        int workers = WorkersFor(slots);
        CopyTriangles(in group, matrices, count);
        Pass pass = new() { Owner = this, Group = group, LabelNoise = LabelNoiseDraw<T>.Of(in group, _seed), Count = count, SlotCount = slots };
        WorkerTeam.Run(workers == 1 ? null : _team, ref pass, workers);
        SampleTally.AddAll(in group, _tallies.AsSpan(0, slots));
        Span<T> sum = _slots[0].Span[..slotLength];
        for (int slot = 1; slot < slots; slot++)
        {
            TensorPrimitives.Add(sum, _slots[slot].Span[..slotLength], sum);
        }

        T scale = T.CreateTruncating(group.Scale), root = T.CreateTruncating(group.Scale * Math.Sqrt(2));
        for (int j = 0; j < count; j++)
        {
            Span<T> result = results.Slice(j * _svecLength, _svecLength);
            ReadOnlySpan<T> gram = sum.Slice(j * _padded * _stride, _padded * _stride);
            for (int i = 0, start = 0; i < _dimension; start += ++i)
            {
                Span<T> row = result.Slice(start, i);
                TensorPrimitives.FusedMultiplyAdd(gram.Slice(i * _stride, i), root, row, row);
                result[start + i] = T.FusedMultiplyAdd(gram[(i * _stride) + i], scale, result[start + i]);
            }
        }
    }

    /// <summary>Makes room for groups of up to a number of samples, so that none of them allocates.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="count">The number of matrices.</param>
    public void Reserve(long samples, int count) => Reserve(SlotsOf(_dimension, samples), checked(count * _padded * _stride));

    private int WorkersFor(int slots) => Math.Min(_team?.Degree ?? 1, slots);

    private void Reserve(int slots, int slotLength)
    {
        for (int slot = 0; slot < slots; slot++)
        {
            Ensure(ref _slots[slot], slotLength);
        }

        int workers = WorkersFor(slots);
        for (int worker = 0; worker < workers; worker++)
        {
            _tiles[worker] ??= new Tile(_padded, _stride, InputStride);
        }
    }

    private static long TilesOf(long samples) => (samples + RankOneTile.Samples - 1) / RankOneTile.Samples;

    /// <summary>The triangles of the matrices, of the predictions' matrix and of the mixture's directions.</summary>
    private void CopyTriangles(in SampleGroup<T> group, ReadOnlySpan<T> matrices, int count)
    {
        int directions = group.Mixture?.Count ?? 0;
        Ensure(ref _triangles, checked((count + directions + 1) * _padded * _padded));
        for (int j = 0; j < count; j++)
        {
            RankOneTile.CopyTriangle(matrices.Slice(j * _svecLength, _svecLength), _dimension, Triangle(j));
        }

        if (group.Predictions is { } predictions)
        {
            RankOneTile.CopyTriangle(predictions.Matrix, _dimension, Triangle(count));
        }

        for (int v = 0; v < directions; v++)
        {
            RankOneTile.CopyTriangle(group.Mixture!.Direction(v), _dimension, Triangle(count + 1 + v));
        }
    }

    private Span<T> Triangle(int index) => _triangles.Span.Slice(index * _padded * _padded, _padded * _padded);

    private void AccumulateSlot(in SampleGroup<T> group, LabelNoiseDraw<T>? labelNoise, int count, int slot, int slots, Tile tile)
    {
        Span<T> sums = _slots[slot].Span[..(count * _padded * _stride)];
        SampleTally tally = default;
        T level = T.CreateTruncating(group.Predictions?.Level ?? double.PositiveInfinity);
        Span<T> coefficients = stackalloc T[RankOneTile.Samples];
        Span<T> other = stackalloc T[RankOneTile.Samples];
        Span<T> stays = stackalloc T[RankOneTile.Samples];
        long tiles = TilesOf(group.Count);
        long start = SampleAccumulator<T>.FirstOf(slot, slots, tiles) * RankOneTile.Samples;
        long end = Math.Min(SampleAccumulator<T>.FirstOf(slot + 1, slots, tiles) * RankOneTile.Samples, group.Count);
        if (start >= end)
        {
            sums.Clear();
        }

        for (long i = start; i < end; i += RankOneTile.Samples)
        {
            Cancellation.ThrowIfCancellationRequested();
            int samples = (int)Math.Min(RankOneTile.Samples, end - i);
            ReadOnlySpan<T> inputs = Inputs(in group, group.FirstSample + i, samples, tile);
            tile.Transpose(inputs, _dimension, samples);
            for (int j = 0; j < count; j++)
            {
                Forms(j, tile, samples, coefficients);
                if (j == 0)
                {
                    AddMixture(in group, count, i, samples, tile, coefficients, other);
                    SampleNoise.Subtract(_rows, in group, _seed, labelNoise, group.FirstSample + i, coefficients[..samples], other[..samples]);
                    if (group.Predictions is not null)
                    {
                        Forms(count, tile, samples, other);
                        tally.Take(other[..samples], coefficients[..samples], level, stays[..samples]);
                    }
                }

                if (level < T.PositiveInfinity)
                {
                    SampleTally.Drop(stays[..samples], coefficients[..samples]);
                }

                tile.Weigh(inputs, coefficients, _dimension, samples);
                RankOneTile.WeightedGram(
                    tile.Transposed, tile.Weighted, _dimension, samples, sums.Slice(j * _padded * _stride, _padded * _stride), accumulate: i > start);
            }
        }

        _tallies[slot] = tally;
    }

    private void Forms(int matrix, Tile tile, int samples, Span<T> forms)
        => RankOneTile.QuadraticForms(Triangle(matrix), tile.Transposed, _dimension, samples, tile.Block, forms);

    private void AddMixture(in SampleGroup<T> group, int count, long first, int samples, Tile tile, Span<T> coefficients, Span<T> forms)
    {
        if (group.Mixture is not { } mixture)
        {
            return;
        }

        for (int v = 0; v < mixture.Count; v++)
        {
            Forms(count + 1 + v, tile, samples, forms);
            for (int s = 0; s < samples; s++)
            {
                T weight = T.CreateTruncating(mixture.Coefficients[(((int)first + s) * mixture.Count) + v]);
                coefficients[s] = T.FusedMultiplyAdd(weight, forms[s], coefficients[s]);
            }
        }
    }

    /// <summary>The inputs of a tile: where they are, or gathered.</summary>
    private ReadOnlySpan<T> Inputs(in SampleGroup<T> group, long first, int samples, Tile tile)
    {
        Span<T> panel = _rows.NeedsPanel(in group) ? tile.Panel : default;
        int rows = samples;
        ReadOnlySpan<T> inputs = _rows.Get(in group, first, ref rows, panel);
        if (rows == samples)
        {
            return inputs;
        }

        // A chunk of memory ends in the tile.
        Span<T> gathered = tile.Panel;
        for (int taken = 0; ;)
        {
            inputs[..(rows * InputStride)].CopyTo(gathered[(taken * InputStride)..]);
            taken += rows;
            if (taken == samples)
            {
                return gathered;
            }

            rows = samples - taken;
            inputs = _rows.Get(in group, first + taken, ref rows, panel);
        }
    }

    private static void Ensure(ref AlignedArray<T> array, int length)
    {
        if (array.Length < length)
        {
            array = new AlignedArray<T>(length);
        }
    }

    /// <summary>A worker's memory.</summary>
    private sealed class Tile
    {
        private readonly AlignedArray<T> _transposed;
        private readonly AlignedArray<T> _weighted;
        private readonly AlignedArray<T> _block = new(RankOneTile.BlockLength);
        private readonly AlignedArray<T> _panel;
        private readonly int _inputStride;

        public Tile(int padded, int stride, int inputStride)
        {
            _inputStride = inputStride;
            _transposed = new AlignedArray<T>(checked(padded * RankOneTile.Samples));
            _weighted = new AlignedArray<T>(checked(stride * RankOneTile.Samples));
            _panel = new AlignedArray<T>(checked(inputStride * RankOneTile.Samples));
            _transposed.Span.Clear();
            _weighted.Span.Clear();
        }

        public Span<T> Panel => _panel.Span;

        public ReadOnlySpan<T> Transposed => _transposed.Span;

        public ReadOnlySpan<T> Weighted => _weighted.Span;

        public Span<T> Block => _block.Span;

        /// <summary>Takes the inputs; rows and columns beyond them keep finite numbers that nobody reads.</summary>
        public void Transpose(ReadOnlySpan<T> inputs, int dimension, int samples)
            => Transposition.Copy(
                new ReadOnlyMatrixSpan<T>(inputs, samples, dimension, _inputStride),
                new MatrixSpan<T>(_transposed.Span, dimension, samples, RankOneTile.Samples));

        public void Weigh(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, int dimension, int samples)
            => RankOneTile.Weigh(inputs, _inputStride, weights, dimension, samples, _weighted.Span);
    }

    /// <summary>One worker a part; the workers take slots until none is left.</summary>
    private ref struct Pass : ITeamWork
    {
        public RankOneAccumulator<T> Owner;
        public SampleGroup<T> Group;
        public LabelNoiseDraw<T>? LabelNoise;
        public int Count;
        public int SlotCount;
        private int _nextSlot;

        public void Execute(int part)
        {
            int slot;
            while ((slot = Interlocked.Increment(ref _nextSlot) - 1) < SlotCount)
            {
                Owner.AccumulateSlot(in Group, LabelNoise, Count, slot, SlotCount, Owner._tiles[part]);
            }
        }
    }
}
