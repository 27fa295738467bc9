using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>The product of a triangle and a vector in parts of about as many entries each, cut where the number of rows says.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct TrianglePartsWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The pass without rows and y.</summary>
    public SymmetricPass<T> Pass;

    /// <summary>One y for each part, zero.</summary>
    public T* Products;

    /// <summary>The length of a y.</summary>
    public nint PaddedRows;

    /// <summary>The rows of the triangle.</summary>
    public int Rows;

    /// <summary>The number of parts.</summary>
    public int Parts;

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        SymmetricPass<T> pass = Pass;
        pass.First = Start(part, Parts, Rows);
        pass.End = Start(part + 1, Parts, Rows);
        pass.Y = Products + (part * PaddedRows);
        LinePath.Run<T, SymmetricPass<T>>(ref pass);
    }

    /// <summary>Row √(part/parts)·rows: the triangle's entries above it are that part of all.</summary>
    public static int Start(int part, int parts, int rows)
        => part == parts ? rows : (int)(Math.Sqrt((double)part / parts) * rows) / 16 * 16;
}
