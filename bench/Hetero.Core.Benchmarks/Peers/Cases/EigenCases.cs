using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Eigenvalues of symmetric matrices, with their vectors and alone.</summary>
internal static class EigenCases
{
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
        if (vectors)
        {
            ManagedCases.Compare<T>(result, context, label, ours, n, n, matrix, one => one.Evd(Symmetricity.Symmetric));
        }

        LapackCases.Compare<T>(result, context, label, ours, "syevd", routines =>
        {
            T[] copy = new T[n * n], theirs = new T[n];
            void Run()
            {
                matrix.CopyTo(copy, 0);
                routines.Eigen(n, copy, theirs, vectors);
            }

            // Smallest first, where ours are largest first.
            return (Run, () => (values.Order().ToArray(), theirs));
        }, context.Threads == 1 ? vectors && n == 1000 ? 0.9 : 1 : null);
        return result;
    }
}
