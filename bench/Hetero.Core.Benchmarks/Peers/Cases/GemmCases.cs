using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>A·B and A·Aᵀ, n×n, against OpenBLAS, the multiply-add ceiling and each other.</summary>
internal static class GemmCases
{
    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        yield return Create<double>(context, 1000);
        yield return Create<float>(context, 1000);
        if (context.Threads == 1)
        {
            yield return Create<double>(context, 100);
            yield return Create<float>(context, 100);
        }
    }

    private static PeerCase Create<T>(PeerContext context, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string precision = Precision.Name<T>();
        string label = $"GEMM {n}³ {precision}";
        double flops = 2.0 * n * n * n;
        T[] left = TestData.Create<T>(0, n * n), right = TestData.Create<T>((uint)(n * n), n * n), product = new T[n * n];

        // One scratch for all: a product and a Gram matrix, alone and on the team.
        int[] lengths =
        [
            Products.GetMultiplyScratchLength<T>(n, n, n), Products.GetMultiplyScratchLength<T>(n, n, n, context.Team),
            Products.GetGramScratchLength<T>(n, n), Products.GetGramScratchLength<T>(n, n, context.Team),
        ];
        T[] scratch = new T[lengths.Max()];
        void Multiply(WorkerTeam? team) => Products.Multiply<T>(
            new ReadOnlyMatrixSpan<T>(left, n, n), new ReadOnlyMatrixSpan<T>(right, n, n), scratch, new MatrixSpan<T>(product, n, n), team);

        Multiply(context.Team);
        double[] fingerprint = TestData.Fingerprint<T>(product);
        IContender ours = result.Add(() => Multiply(context.Team), flops);
        IContender? theirs = result.Add(
            context, "gemm", $"{precision} {n}", flops, answer => result.RequireSame(label, fingerprint, answer, Precision.Tolerance<T>()));
        if (context.Threads == 1)
        {
            NumSharpCases.Multiply(result, label, ours, flops, n, left, right, fingerprint);
        }

        bool isSmall = n < 1000;
        result.Compare(label, "OpenBLAS", ours, theirs, WorkUnit.Flop, context.Threads > 1 ? null : isSmall || !SimdPath.Is512 ? 0.9 : 1);
        if (context.Threads > 1)
        {
            result.Compare(label, "ours on one thread", ours, result.Add(() => Multiply(null), flops), WorkUnit.Flop, 1.8);
        }
        else
        {
            IContender ceiling = result.Add(() => FmaCeiling.Run<T>(), FmaCeiling.Flops<T>());
            result.Compare(label, "FMA ceiling", ours, ceiling, WorkUnit.Flop, isSmall || !SimdPath.Is512 ? null : 0.85);
            IContender gram = result.Add(
                () => Products.Gram(new ReadOnlyMatrixSpan<T>(left, n, n), scratch, new MatrixSpan<T>(product, n, n)), (double)n * n * (n + 1));
            result.Compare($"SYRK {n}×{n} {precision}", "our GEMM", gram, ours, WorkUnit.Flop, isSmall ? null : 0.9);
        }

        return result;
    }
}
