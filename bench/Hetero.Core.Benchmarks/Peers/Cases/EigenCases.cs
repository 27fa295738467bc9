using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Eigenvalues of symmetric matrices, with their vectors and alone.</summary>
internal static class EigenCases
{
    /// <summary>MathNet's vectors take seconds beyond, and stand in the rows with vectors.</summary>
    private const int LargestRemark = 300;

    private static readonly int[] Sizes = [20, 40, 100, 300, 1000];

    public static IEnumerable<PeerCase> Create(PeerContext context)
        => Sizes.SelectMany(n => new[] { Create<double>(context, n, true), Create<float>(context, n, true), Create<double>(context, n, false), Create<float>(context, n, false) });

    private static PeerCase Create<T>(PeerContext context, int n, bool vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string label = $"eigenvalues {(vectors ? "and vectors " : string.Empty)}{n} {Precision.Name<T>()}";
        T[] matrix = TestData.Create<T>(0, n * n), values = new T[n], frame = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                matrix[(j * n) + i] = matrix[(i * n) + j];
            }
        }

        T[] scratch = new T[vectors ? SymmetricEigen.GetScratchLength<T>(n, context.Team) : SymmetricEigen.GetValuesScratchLength<T>(n, context.Team)];
        IContender ours = result.Add(() =>
        {
            if (vectors)
            {
                SymmetricEigen.Decompose<T>(new(matrix, n, n), scratch, values, new(frame, n, n), context.Team);
            }
            else
            {
                SymmetricEigen.Decompose<T>(new(matrix, n, n), scratch, values, context.Team);
            }
        });

        // Smallest first, where ours are largest first.
        T[] Ascending() => [.. values.Order()];
        if (vectors || n <= LargestRemark)
        {
            ManagedCases.Compare(
                result,
                context,
                label,
                ours,
                n,
                n,
                matrix,
                one => one.Evd(Symmetricity.Symmetric),
                theirs => (Ascending(), theirs.EigenValues.Select(x => T.CreateTruncating(x.Real)).Order()),
                vectors ? string.Empty : ", with vectors: it has none alone");
        }

        LapackCases.Compare<T>(result, context, label, ours, "syevd", routines =>
        {
            T[] copy = new T[n * n], theirs = new T[n];
            void Run()
            {
                matrix.CopyTo(copy, 0);
                routines.Eigen(n, copy, theirs, vectors);
            }

            return (Run, () => (Ascending(), theirs));
        }, context.Threads == 1 ? vectors && n == 1000 ? 0.9 : 1 : null);
        PythonCases.Compare(result, context, label, ours, vectors ? "eigh" : "eigvalsh", n, n, Ascending);
        return result;
    }
}
