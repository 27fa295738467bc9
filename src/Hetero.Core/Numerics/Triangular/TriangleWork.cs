using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// What comes before a decomposition of a lower triangle, in bands of rows: whether it is finite, and its copy with zeros above. A matrix beyond the caches takes as long to be looked at and
/// copied as a tenth of its Cholesky decomposition; and a team that has been asleep is awake when the products come.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct TriangleWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LeastRowsOfPart = 32;

    // Parts of several threads; that rows grow from part to part is evened out by several of them for a thread.
    private const int PartsOfThread = 4;

    private int _notFinite;

    /// <summary>Gets the matrix.</summary>
    public required ReadOnlyMatrixSpan<T> Matrix { get; init; }

    /// <summary>Gets the copy; the matrix itself if only zeros are wanted.</summary>
    public required MatrixSpan<T> Copy { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets or sets whether the matrix is copied; otherwise it is looked at.</summary>
    public bool Copies { get; set; }

    /// <summary>Accepts a matrix whose lower triangle is finite, and copies that with zeros above.</summary>
    /// <param name="matrix">n×n; may be transposed.</param>
    /// <param name="copy">n×n, the matrix itself or apart from it.</param>
    /// <param name="team">The team; null runs on the calling thread.</param>
    /// <param name="name">The argument that is the matrix.</param>
    /// <exception cref="ArgumentException">An entry is not finite; nothing has been copied.</exception>
    public static void CheckAndCopy(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> copy, WorkerTeam? team, string name)
    {
        int parts = team is { Degree: > 1 } ? Math.Clamp(matrix.Rows / LeastRowsOfPart, 1, PartsOfThread * team.Degree) : 1;
        TriangleWork<T> work = new() { Matrix = matrix, Copy = copy, Parts = parts };
        if (parts > 1)
        {
            WorkerTeam.Run(team, ref work, parts);
        }

        if (parts == 1 || work._notFinite != 0)
        {
            MatrixMemory.TriangleFinite(matrix, isLower: true, name);
        }

        work.Copies = true;
        WorkerTeam.Run(team, ref work, parts);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        (int start, int end) = (Start(part), Start(part + 1));
        if (Copies)
        {
            CopyRows(start, end);
        }
        else if (!IsFinite(start, end))
        {
            Volatile.Write(ref _notFinite, 1);
        }
    }

    private readonly int Start(int part) => (int)((long)Matrix.Rows * part / Parts);

    private readonly bool IsFinite(int start, int end)
    {
        bool finite = true;
        if (Matrix.ColumnStride == 1)
        {
            for (int i = start; i < end; i++)
            {
                finite &= TensorPrimitives.IsFiniteAll(Matrix.Row(i)[..(i + 1)]);
            }
        }
        else
        {
            for (int j = 0; j < end; j++)
            {
                finite &= TensorPrimitives.IsFiniteAll(Matrix.Transposed.Row(j)[Math.Max(j, start)..end]);
            }
        }

        return finite;
    }

    private readonly void CopyRows(int start, int end)
    {
        bool inPlace = MatrixMemory.IsSame(Matrix, Copy);
        if (!inPlace && Matrix.ColumnStride != 1)
        {
            MatrixMemory.Copy(Matrix.Slice(start, 0, end - start, Matrix.Columns), Copy.Slice(start, 0, end - start, Matrix.Columns));
        }

        for (int i = start; i < end; i++)
        {
            if (!inPlace && Matrix.ColumnStride == 1)
            {
                Matrix.Row(i)[..(i + 1)].CopyTo(Copy.Row(i));
            }

            Copy.Row(i)[(i + 1)..].Clear();
        }
    }
}
