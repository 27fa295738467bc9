using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Singular values of square matrices, with their vectors and alone.</summary>
internal static class SvdCases
{
    private static readonly int[] Sizes = [20, 100, 300, 1000];

    public static IEnumerable<PeerCase> Create(PeerContext context)
        => Sizes.SelectMany(n => new[] { Create<double>(context, n, true), Create<float>(context, n, true), Create<double>(context, n, false), Create<float>(context, n, false) });

    private static PeerCase Create<T>(PeerContext context, int n, bool vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string label = $"singular values {(vectors ? "and vectors " : string.Empty)}{n} {Precision.Name<T>()}";
        T[] matrix = TestData.Create<T>(0, n * n), values = new T[n], left = new T[n * n], right = new T[n * n];
        T[] scratch = new T[vectors ? JacobiSvd.GetScratchLength<T>(n, n) : JacobiSvd.GetValuesScratchLength<T>(n, n)];
        IContender ours = result.Add(() =>
        {
            if (vectors)
            {
                JacobiSvd.Decompose<T>(new(matrix, n, n), scratch, new(left, n, n), values, new(right, n, n));
            }
            else
            {
                JacobiSvd.Decompose<T>(new(matrix, n, n), scratch, values);
            }
        });
        LapackCases.Compare<T>(result, context, label, ours, "gesdd", routines =>
        {
            T[] copy = new T[n * n], theirs = new T[n], u = new T[n * n], v = new T[n * n];
            void Run()
            {
                matrix.CopyTo(copy, 0);
                routines.Singular(n, n, copy, theirs, u, v, vectors);
            }

            return (Run, () => (values, theirs));
        }, context.Threads == 1 ? 0.9 : null);
        return result;
    }
}
