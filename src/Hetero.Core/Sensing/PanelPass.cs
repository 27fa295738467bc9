using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>The passes over the rows of a panel of d×q and a result of d×c, with the memory that they share: a read of either is a tile at a time, on
/// all threads.</summary>
internal readonly ref struct PanelPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PanelRanges _ranges;
    private readonly PanelScratch<T> _scratch;
    private readonly Span<double> _sums;
    private readonly int _parts;
    private readonly WorkerTeam? _team;
    private readonly CancellationToken _cancellation;

    /// <summary>Cuts memory of the needed lengths.</summary>
    public PanelPass(int dimension, int columns, int results, Span<T> scratch, Span<double> sums, WorkerTeam? team, CancellationToken cancellation)
    {
        _ranges = new PanelRanges(dimension, columns);
        _scratch = new PanelScratch<T>(scratch, dimension, columns, results);
        _sums = sums;
        (_team, _cancellation) = (team, cancellation);
        _parts = Math.Min(_ranges.Count, team?.Degree ?? 1);
    }

    /// <summary>The scratch of a pass on so many threads.</summary>
    public static Int128 ScratchLength(int dimension, int columns, int results, int threads)
        => Math.Min(threads, new PanelRanges(dimension, columns).Count) * PanelScratch<T>.PartLength(dimension, columns, results);

    /// <summary>The sums of a pass.</summary>
    public static Int128 SumsLength(int dimension, int columns) => new PanelRanges(dimension, columns).Count * (Int128)columns * columns;

    /// <summary>Writes PᵀP.</summary>
    public void Gram(PanelTiles<T> tiles, Span<double> gram)
    {
        PanelGramWork<T> work = new() { Tiles = tiles, Ranges = _ranges, Scratch = _scratch, Sums = _sums, Cancellation = _cancellation };
        WorkerTeam.Run(_team, ref work, _parts);
        _ranges.Total(_sums, gram);
    }

    /// <summary>Adds K = H·L to the result, H of Gaussian numbers from an entry of a stream on, and writes PᵀK.</summary>
    public void AddNoise(PanelTiles<T> tiles, RandomStream stream, long first, ReadOnlyMatrixSpan<T> mixing, MatrixSpan<T> result, Span<double> inside)
    {
        PanelNoiseWork<T> work = new()
        {
            Tiles = tiles, Ranges = _ranges, Scratch = _scratch, Sums = _sums, Stream = stream, First = first, Mixing = mixing, Result = result, Cancellation = _cancellation,
        };
        WorkerTeam.Run(_team, ref work, _parts);
        _ranges.Total(_sums, inside);
    }

    /// <summary>Adds P·C to the result.</summary>
    public void AddProduct(PanelTiles<T> tiles, ReadOnlyMatrixSpan<T> coefficients, MatrixSpan<T> result)
    {
        PanelProductWork<T> work = new() { Tiles = tiles, Ranges = _ranges, Scratch = _scratch, Coefficients = coefficients, Result = result, Cancellation = _cancellation };
        WorkerTeam.Run(_team, ref work, _parts);
    }
}
