using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reduction to tridiagonal form column by column, in one pass each: the update by the last reflection and the product with the next one share it, so that
/// an entry is read and written once where LAPACK's sytd2 does it twice. For matrices that fit in the second-level cache.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct FusedTridiagonalization<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix, as <see cref="SymmetricPass{T}"/> wants it; row i gets the reflection that was made of it.</summary>
    public T* Matrix;

    /// <summary>The distance between the starts of two of its rows.</summary>
    public nint Stride;

    /// <summary>The number of rows, at least 1.</summary>
    public int Rows;

    /// <summary>The diagonal of the result.</summary>
    public T* Diagonal;

    /// <summary>What stands beside it: entry i belongs to rows i and i + 1.</summary>
    public T* Beside;

    /// <summary>τ of the reflection of row i.</summary>
    public T* Factors;

    /// <summary>See <see cref="GetScratchLength"/>.</summary>
    public T* Scratch;

    /// <summary>The team for columns of many rows, if any.</summary>
    public WorkerTeam? Team;

    /// <summary>Gets the scratch: for each thread three vectors, and twice the products of a pass.</summary>
    public static int GetScratchLength(int rows, WorkerTeam? team)
        => checked(((TridiagonalColumn<T>.LaneVectors * Tridiagonalization.Lanes(rows, team)) + (2 * (1 + Tridiagonalization.Parts(rows)))) * LinePath.Padded<T>(rows));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint padded = LinePath.Padded<T>(Rows);
        TridiagonalColumn<T> column = new()
        {
            Problem = this,
            Padded = padded,
            Vectors = Scratch,
            Products = Scratch + (TridiagonalColumn<T>.LaneVectors * Tridiagonalization.Lanes(Rows, Team) * padded),
            ProductVectors = 1 + Tridiagonalization.Parts(Rows),
        };
        for (int i = Rows - 1; i > 0; i--)
        {
            column.Row = i;
            column.Lanes = Tridiagonalization.Lanes(i, Team);
            if (column.Lanes == 1)
            {
                column.Run<TSimd, TVector>();
            }
            else
            {
                WorkerTeam.Run(Team, ref column, column.Lanes);
            }
        }

        if (Rows > 1)
        {
            column.WriteRow<TSimd, TVector>(1);
        }

        Diagonal[0] = Matrix[0];
        Beside[Rows - 1] = T.Zero;
        Factors[0] = T.Zero;
    }
}
