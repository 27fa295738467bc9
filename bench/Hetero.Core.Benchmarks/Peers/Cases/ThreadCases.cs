using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Our decompositions and products on a team beside the same on one thread. With one thread there is nothing to compare.</summary>
internal static class ThreadCases
{
    private const double Target = 1.6;

    public static IEnumerable<PeerCase> Create(PeerContext context)
        => context.Threads == 1 ? [] : [.. Create<double>(context), .. Create<float>(context)];

    private static IEnumerable<PeerCase> Create<T>(PeerContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((int m, int n) in new[] { (500, 500), (1000, 1000), (100_000, 20) })
        {
            T[] matrix = TestData.Create<T>(0, m * n), q = new T[m * n], r = new T[n * n], scratch = new T[HouseholderQr.GetScratchLength<T>(m, n, context.Team)];
            yield return Compare(context, $"QR {m}×{n} {Precision.Name<T>()}", team => HouseholderQr.Decompose<T>(new(matrix, m, n), scratch, new(q, m, n), new(r, n, n), team));
        }

        foreach (int n in new[] { 500, 1000 })
        {
            T[] matrix = TestData.Create<T>(0, n * n), q = new T[n * n], r = new T[n * n], pivoting = new T[PivotedQr.GetScratchLength<T>(n, n, context.Team)];
            T[] definite = new T[n * n], scratch = new T[Cholesky.GetScratchLength<T>(n, context.Team) + Products.GetMultiplyScratchLength<T>(n, n, n, context.Team)];
            int[] permutation = new int[n];
            Products.Gram(new ReadOnlyMatrixSpan<T>(matrix, n, n), new MatrixSpan<T>(definite, n, n));
            for (int i = 0; i < n; i++)
            {
                definite[i * (n + 1)] += T.One;
            }

            string size = $"{n} {Precision.Name<T>()}";
            T[] values = new T[n], other = new T[n * n], eigen = new T[SymmetricEigen.GetScratchLength<T>(n, context.Team)], svd = new T[Svd.GetScratchLength<T>(n, n, context.Team)];
            yield return Compare(context, $"eigenvalues and vectors {size}", team => SymmetricEigen.Decompose<T>(new(definite, n, n), eigen, values, new(q, n, n), team));
            yield return Compare(context, $"singular values and vectors {size}", team => Svd.Decompose<T>(new(matrix, n, n), svd, new(q, n, n), values, new(other, n, n), team));
            yield return Compare(context, $"eigenvalues {size}", team => SymmetricEigen.Decompose<T>(new(definite, n, n), eigen, values, team));
            yield return Compare(context, $"singular values {size}", team => Svd.Decompose<T>(new(matrix, n, n), svd, values, team));
            yield return Compare(context, $"pivoted QR {size}", team => PivotedQr.Decompose<T>(new(matrix, n, n), pivoting, new(q, n, n), new(r, n, n), permutation, team));
            yield return Compare(context, $"Cholesky {size}", team => Cholesky.Decompose<T>(new(definite, n, n), scratch, new(q, n, n), team));
            yield return Compare(context, $"product {size}", team => Products.Multiply<T>(new(matrix, n, n), new(definite, n, n), scratch, new(q, n, n), team));
            yield return Compare(context, $"Gram {size}", team => Products.Gram<T>(new(matrix, n, n), scratch, new(q, n, n), team));
        }
    }

    private static PeerCase Compare(PeerContext context, string label, Action<WorkerTeam?> run)
    {
        PeerCase result = new();
        IContender together = result.Add(() => run(context.Team)), alone = result.Add(() => run(null));
        result.Compare(label, "ours, one thread", together, alone, null, context.Threads == 2 ? Target : null);
        return result;
    }
}
