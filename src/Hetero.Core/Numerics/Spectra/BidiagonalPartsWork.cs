using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>A <see cref="BidiagonalPass{T}"/> in parts of about as many rows each, cut where the number of rows says.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct BidiagonalPartsWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The pass over all rows without z.</summary>
    public BidiagonalPass<T> Pass;

    /// <summary>One z for each part, zero.</summary>
    public T* Products;

    /// <summary>The number of parts.</summary>
    public int Parts;

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        BidiagonalPass<T> pass = Pass;
        pass.First = Start(part);
        pass.End = Start(part + 1);
        pass.Z = Products + ((nint)part * Pass.Columns);
        LinePath.Run<T, BidiagonalPass<T>>(ref pass);
    }

    private readonly int Start(int part) => part == Parts ? Pass.End : (int)((long)Pass.End * part / Parts) / 4 * 4;
}
