using System.Numerics;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>
/// U·Uᵀ of a thin factor, 4000×64: what a step with few columns needs. The lower triangle as in OpenBLAS, and for information the whole matrix, which
/// OpenBLAS has no function for.
/// </summary>
internal static class GramCases
{
    private const int Rows = 4000;
    private const int Columns = 64;

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        yield return Create<double>(context);
        yield return Create<float>(context);
    }

    private static PeerCase Create<T>(PeerContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string label = $"SYRK {Rows}×{Columns} {Precision.Name<T>()}";
        double flops = (double)Rows * (Rows + 1) * Columns;
        T[] factor = TestData.Create<T>(0, Rows * Columns), product = new T[Rows * Rows];
        T[] scratch = new T[Products.GetGramScratchLength<T>(Rows, Columns, context.Team)];
        void Lower() => Products.GramLower(
            new ReadOnlyMatrixSpan<T>(factor, Rows, Columns), scratch, new MatrixSpan<T>(product, Rows, Rows), context.Team);
        void Both() => Products.Gram(
            new ReadOnlyMatrixSpan<T>(factor, Rows, Columns), scratch, new MatrixSpan<T>(product, Rows, Rows), context.Team);

        Lower();
        double[] fingerprint = FingerprintOfTriangle(product, Rows);
        IContender ours = result.Add(Lower, flops), both = result.Add(Both, flops);
        IContender? theirs = result.Add(
            context,
            "syrk",
            $"{Precision.Name<T>()} {Rows} {Columns}",
            flops,
            answer => result.RequireSame(label, fingerprint, answer, Precision.Tolerance<T>()));
        result.Compare(label, "OpenBLAS", ours, theirs, WorkUnit.Flop, context.Threads == 1 && SimdPath.Is512 ? 1.1 : null);
        result.Compare($"{label}, both triangles", "OpenBLAS, one", both, theirs, WorkUnit.Flop, null);
        return result;
    }

    /// <summary>Returns the fingerprint of the lower triangle of an n×n product, as syrk.py has it.</summary>
    public static double[] FingerprintOfTriangle<T>(T[] product, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] triangle = (T[])product.Clone();
        for (int i = 0; i < n; i++)
        {
            triangle.AsSpan((i * n) + i + 1, n - i - 1).Clear();
        }

        return TestData.Fingerprint<T>(triangle);
    }
}
