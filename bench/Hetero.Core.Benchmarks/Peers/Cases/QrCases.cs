using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Q and R of tall and of square matrices, by reflections and by Cholesky's way.</summary>
internal static class QrCases
{
    private static readonly (int Rows, int Columns)[] Shapes = [(2000, 20), (100_000, 20), (20, 20), (40, 40), (100, 100), (500, 500), (1000, 1000)];

    public static IEnumerable<PeerCase> Create(PeerContext context)
        => Shapes.SelectMany(shape => new[] { Create<double>(context, shape.Rows, shape.Columns), Create<float>(context, shape.Rows, shape.Columns) });

    private static PeerCase Create<T>(PeerContext context, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string label = $"QR {m}×{n} {Precision.Name<T>()}";
        T[] matrix = TestData.Create<T>(0, m * n), columns = Transposed(matrix, m, n), q = new T[m * n], r = new T[n * n];
        T[] scratch = new T[HouseholderQr.GetScratchLength<T>(m, n, context.Team)], second = new T[CholeskyQr.GetScratchLength<T>(m, n, context.Team)];
        IContender ours = result.Add(() => HouseholderQr.Decompose<T>(new(matrix, m, n), scratch, new(q, m, n), new(r, n, n), context.Team));
        IContender cholesky = result.Add(() => CholeskyQr.Decompose<T>(new(matrix, m, n), second, new(q, m, n), new(r, n, n), context.Team));
        ManagedCases.Compare(
            result, context, label, ours, m, n, matrix, one => one.QR(QRMethod.Thin), theirs => (Diagonal(r, n), theirs.R.Diagonal().Select(T.Abs)));
        LapackCases.Compare<T>(
            result,
            context,
            label,
            ours,
            "geqrf",
            routines =>
            {
                T[] copy = new T[m * n], factors = new T[n], triangle = new T[n * n];
                void Run()
                {
                    columns.CopyTo(copy, 0);
                    routines.Frame(m, n, copy, factors, triangle);
                }

                // R's diagonal, which is unique but for signs.
                return (Run, () => (Diagonal(r, n), Diagonal(triangle, n)));
            },
            context.Threads == 1 ? 1 : null,
            (cholesky, $"{label}, Cholesky QR"));
        PythonCases.Compare(result, context, label, ours, "qr", m, n, () => Diagonal(r, n));
        return result;
    }

    /// <summary>The magnitudes of the diagonal of an n×n matrix.</summary>
    public static T[] Diagonal<T>(T[] square, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. Enumerable.Range(0, n).Select(i => T.Abs(square[i * (n + 1)]))];

    /// <summary>The columns of an m×n matrix, one after the other.</summary>
    public static T[] Transposed<T>(T[] matrix, int m, int n)
    {
        T[] columns = new T[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                columns[(j * m) + i] = matrix[(i * n) + j];
            }
        }

        return columns;
    }
}
