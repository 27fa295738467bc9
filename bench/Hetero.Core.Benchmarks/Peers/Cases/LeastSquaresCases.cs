using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Least squares with one right-hand side, of full rank and of any; ours returns an estimate of the condition, too.</summary>
internal static class LeastSquaresCases
{
    private static readonly (int Rows, int Columns)[] Shapes = [(2000, 20), (100_000, 20), (100, 100), (500, 500), (1000, 1000), (2000, 300)];

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        foreach ((int m, int n) in Shapes)
        {
            yield return Create<double>(context, m, n, isShortest: false);
            yield return Create<float>(context, m, n, isShortest: false);
        }

        foreach ((int m, int n) in Shapes)
        {
            yield return Create<double>(context, m, n, isShortest: true);
            yield return Create<float>(context, m, n, isShortest: true);
        }
    }

    private static PeerCase Create<T>(PeerContext context, int m, int n, bool isShortest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        T[] matrix = TestData.Create<T>(0, m * n), b = TestData.Create<T>(1, m), x = new T[n], residual = new T[1];
        T tolerance = PivotedQr.DefaultTolerance<T>(m, n);
        if (isShortest)
        {
            // The last third of the columns repeats the first.
            for (int i = 0; i < m; i++)
            {
                matrix.AsSpan(i * n, n / 3).CopyTo(matrix.AsSpan((i * n) + n - (n / 3)));
            }
        }

        T[] columns = QrCases.Transposed(matrix, m, n);
        T[] scratch = new T[isShortest ? LeastSquares.GetMinimumNormScratchLength<T>(m, n, 1, context.Team) : LeastSquares.GetScratchLength<T>(m, n, 1, context.Team)];
        IContender ours = result.Add(() =>
        {
            if (isShortest)
            {
                LeastSquares.SolveMinimumNorm(new(matrix, m, n), new(b, m, 1), tolerance, scratch, new(x, n, 1), residual, context.Team);
            }
            else
            {
                LeastSquares.Solve<T>(new(matrix, m, n), new(b, m, 1), scratch, new(x, n, 1), residual, context.Team);
            }
        });
        string label = $"least squares {m}×{n} {Precision.Name<T>()}{(isShortest ? ", any rank" : "")}";
        if (!isShortest)
        {
            // Of any rank it has none: its solution by singular values divides by those that are rounding.
            ManagedCases.Compare(
                result,
                context,
                label,
                ours,
                m,
                n,
                matrix,
                one => one.QR(QRMethod.Thin).Solve(CreateVector.Dense(b)),
                theirs => (Explained(matrix, x, m, n), Explained(matrix, theirs.ToArray(), m, n)));
        }

        LapackCases.Compare<T>(
            result,
            context,
            label,
            ours,
            isShortest ? "gelsy" : "gels",
            routines =>
            {
                T[] copy = new T[m * n], side = new T[m];
                void Run()
                {
                    columns.CopyTo(copy, 0);
                    b.CopyTo(side, 0);
                    if (isShortest)
                    {
                        routines.ShortestSolution(m, n, 1, copy, side, tolerance);
                    }
                    else
                    {
                        routines.LeastSquares(m, n, 1, copy, side);
                    }
                }

                // Solutions of square systems differ by the condition, so what they explain is compared.
                return (Run, () => (Explained(matrix, x, m, n), Explained(matrix, side, m, n)));
            },
            context.Threads == 1 ? 1 : null);
        return result;
    }

    private static T[] Explained<T>(T[] matrix, T[] x, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. Enumerable.Range(0, m).Select(i => Reductions.Dot<T>(matrix.AsSpan(i * n, n), x.AsSpan(0, n)))];
}
