using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>Copies the columns of a matrix to rows, with zeros behind. Thread-safe as long as calls share no memory.</summary>
internal readonly ref struct ColumnsWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The columns that parts are multiples of: whole cache lines of a row.</summary>
    private const int Unit = 16;

    /// <summary>The elements from which on waking a team pays.</summary>
    private const long TeamElements = 1 << 15;

    /// <summary>Gets the matrix, m×n.</summary>
    public required ReadOnlyMatrixSpan<T> Matrix { get; init; }

    /// <summary>Gets n rows of m elements or more.</summary>
    public required MatrixSpan<T> Columns { get; init; }

    /// <summary>Gets the columns of a part.</summary>
    public required int Share { get; init; }

    /// <summary>Copies all columns.</summary>
    public static void Copy(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> columns, WorkerTeam? team)
    {
        int n = matrix.Columns, threads = (long)matrix.Rows * n < TeamElements ? 1 : team?.Degree ?? 1;
        int share = threads == 1 ? Math.Max(n, 1) : ((n / threads) + Unit) / Unit * Unit;
        ColumnsWork<T> work = new() { Matrix = matrix, Columns = columns, Share = share };
        WorkerTeam.Run(team, ref work, ProductBlocking.Blocks(n, share));
    }

    public void Execute(int part)
    {
        int start = part * Share, count = Math.Min(Share, Matrix.Columns - start), m = Matrix.Rows;
        ReadOnlyMatrixSpan<T> source = Matrix.Slice(0, start, m, count);
        MatrixSpan<T> rows = Columns.Slice(start, 0, count, Columns.Columns);
        if (source.ColumnStride == 1)
        {
            Transposition.Copy(source, rows.Slice(0, 0, count, m));
        }

        for (int j = 0; j < count; j++)
        {
            if (source.ColumnStride != 1)
            {
                source.Data.Slice(j * source.ColumnStride, m).CopyTo(rows.Row(j));
            }

            rows.Row(j)[m..].Clear();
        }
    }
}
