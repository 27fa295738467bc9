using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Q, R and the order of columns with column pivoting.</summary>
internal static class PivotedQrCases
{
    private static readonly (int Rows, int Columns)[] Shapes = [(2000, 20), (100, 100), (300, 300), (500, 500), (1000, 1000)];

    public static IEnumerable<PeerCase> Create(PeerContext context)
        => Shapes.SelectMany(shape => new[] { Create<double>(context, shape.Rows, shape.Columns), Create<float>(context, shape.Rows, shape.Columns) });

    private static PeerCase Create<T>(PeerContext context, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        T[] matrix = TestData.Create<T>(0, m * n), columns = QrCases.Transposed(matrix, m, n), q = new T[m * n], r = new T[n * n];
        T[] scratch = new T[PivotedQr.GetScratchLength<T>(m, n, context.Team)];
        int[] permutation = new int[n];
        IContender ours = result.Add(() => PivotedQr.Decompose<T>(new(matrix, m, n), scratch, new(q, m, n), new(r, n, n), permutation, context.Team));
        LapackCases.Compare<T>(
            result,
            context,
            $"pivoted QR {m}×{n} {Precision.Name<T>()}",
            ours,
            "geqp3",
            routines =>
            {
                T[] copy = new T[m * n], factors = new T[n], triangle = new T[n * n];
                void Run()
                {
                    columns.CopyTo(copy, 0);
                    routines.PivotedFrame(m, n, copy, factors, triangle);
                }

                // The order of two columns of nearly one length may differ: the first pivots do not.
                return (Run, () => (QrCases.Diagonal(r, n)[..8], QrCases.Diagonal(triangle, n)[..8]));
            },
            context.Threads == 1 ? 1 : null);
        return result;
    }
}
