using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>The blocks of a long dot product; part b leaves the sum of block b in element b of the sums.</summary>
internal readonly ref struct DotWork<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> sums) : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _x = x;
    private readonly ReadOnlySpan<T> _y = y;
    private readonly Span<T> _sums = sums;

    public void Execute(int part)
    {
        int start = part * DotKernel.BlockLength;
        int length = Math.Min(DotKernel.BlockLength, _x.Length - start);
        _sums[part] = DotKernel.Block(_x.Slice(start, length), _y.Slice(start, length));
    }
}
