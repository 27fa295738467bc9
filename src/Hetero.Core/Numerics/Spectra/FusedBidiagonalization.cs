using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reduction to bidiagonal form row by row and column by column, in one pass for each pair: the update by the last two reflections and both products with the next ones share it, where
/// LAPACK's gebd2 reads a matrix four times.
/// </summary>
/// <remarks>
/// The reflection I − τ·p·pᵀ of a row leaves A − x·pᵀ, x = τ·A·p. Its last column a = A·e_k − x is to be reflected by u = (a − β·e)/(α − β), e the last axis and
/// α = aᵀe. So Aᵀu = Aᵀe + Aᵀ(a − α·e)/(α − β): a row's a is known once its product with p is, and α and β, which take all of them, come in afterwards. |α − β| is at least
/// the length of a, so that nothing is lost.
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct FusedBidiagonalization<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix; row i gets the reflection that was made of it, i + 1 + columns − rows entries that end with 1, and zeros to the next whole register.</summary>
    public T* Matrix;

    /// <summary>The distance between the starts of two of its rows.</summary>
    public nint Stride;

    /// <summary>The number of rows, at least 1.</summary>
    public int Rows;

    /// <summary>The number of columns, at least that of rows.</summary>
    public int Columns;

    /// <summary>The diagonal of the result.</summary>
    public T* Diagonal;

    /// <summary>Entry i stands above the diagonal's entry i + 1.</summary>
    public T* Beside;

    /// <summary>τ of the reflection of row i.</summary>
    public T* RowFactors;

    /// <summary>τ of the reflection of the rows above row i.</summary>
    public T* ColumnFactors;

    /// <summary>Row i gets the i entries of that reflection; null if they are not wanted.</summary>
    public T* Reflectors;

    /// <summary>The distance between two of its rows.</summary>
    public nint ReflectorStride;

    /// <summary>See <see cref="GetScratchLength"/>.</summary>
    public T* Scratch;

    /// <summary>The team for passes over many rows, if any.</summary>
    public WorkerTeam? Team;

    /// <summary>Gets the scratch: for each thread five vectors of the columns and two of the rows, and twice the products of a pass.</summary>
    public static int GetScratchLength(int rows, int columns, WorkerTeam? team) => BidiagonalColumn<T>.GetScratchLength(rows, columns, Tridiagonalization.Lanes(rows, team));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        BidiagonalColumn<T> column = new() { Problem = this, Memory = Scratch, MostLanes = Tridiagonalization.Lanes(Rows, Team) };
        for (int i = Rows - 1; i >= 0; i--)
        {
            column.Row = i;
            column.LastLanes = column.Lanes;
            column.Lanes = Tridiagonalization.Lanes(i, Team);
            Run<TSimd, TVector>(ref column);
            if (column.NeedsProduct)
            {
                column.MultiplyAnew<TSimd, TVector>();
                Run<TSimd, TVector>(ref column);
                column.HasProduct = false;
            }
        }

        Beside[Rows - 1] = T.Zero;
        ColumnFactors[0] = T.Zero;
    }

    private readonly void Run<TSimd, TVector>(ref BidiagonalColumn<T> column)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        if (column.Lanes == 1)
        {
            column.Run<TSimd, TVector>();
        }
        else
        {
            WorkerTeam.Run(Team, ref column, column.Lanes);
        }
    }
}
