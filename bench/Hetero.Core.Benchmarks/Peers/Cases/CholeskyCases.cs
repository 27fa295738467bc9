using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Cholesky factors of positive definite matrices.</summary>
internal static class CholeskyCases
{
    private static readonly int[] Sizes = [20, 100, 300, 1000];

    public static IEnumerable<PeerCase> Create(PeerContext context) => Sizes.SelectMany(n => new[] { Create<double>(context, n), Create<float>(context, n) });

    private static PeerCase Create<T>(PeerContext context, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        T[] factor = TestData.Create<T>(0, n * n), matrix = new T[n * n], lower = new T[n * n];
        Products.Gram(new ReadOnlyMatrixSpan<T>(factor, n, n), new MatrixSpan<T>(matrix, n, n));
        for (int i = 0; i < n; i++)
        {
            matrix[i * (n + 1)] += T.One;
        }

        T[] scratch = new T[Cholesky.GetScratchLength<T>(n, context.Team)];
        IContender ours = result.Add(() => Cholesky.Decompose<T>(new(matrix, n, n), scratch, new(lower, n, n), context.Team));
        string label = $"Cholesky {n} {Precision.Name<T>()}";
        ManagedCases.Compare(result, context, label, ours, n, n, matrix, one => one.Cholesky(), theirs => (Diagonal(lower), theirs.Factor.Diagonal()));
        LapackCases.Compare<T>(result, context, label, ours, "potrf", routines =>
        {
            T[] copy = new T[n * n];
            void Run()
            {
                matrix.CopyTo(copy, 0);
                routines.Cholesky(n, copy);
            }

            return (Run, () => (Diagonal(lower), Diagonal(copy)));
        }, target: null);
        PythonCases.Compare(result, context, label, ours, "cholesky", n, n, () => Diagonal(lower));
        return result;

        T[] Diagonal(T[] square) => [.. Enumerable.Range(0, n).Select(i => square[i * (n + 1)])];
    }
}
