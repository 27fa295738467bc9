using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Singular values of square and tall matrices, with their vectors and alone.</summary>
internal static class SvdCases
{
    /// <summary>Jacobi rotations and MathNet take minutes beyond.</summary>
    private const int LargestSlow = 300;

    private static readonly (int Rows, int Columns)[] Shapes = [(20, 20), (40, 40), (100, 100), (300, 300), (1000, 1000), (2000, 20)];

    public static IEnumerable<PeerCase> Create(PeerContext context)
        => Shapes.SelectMany(s => new[]
        {
            Create<double>(context, s.Rows, s.Columns, true), Create<float>(context, s.Rows, s.Columns, true),
            Create<double>(context, s.Rows, s.Columns, false), Create<float>(context, s.Rows, s.Columns, false),
        });

    private static PeerCase Create<T>(PeerContext context, int m, int n, bool vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string label = $"singular values {(vectors ? "and vectors " : string.Empty)}{(m == n ? $"{n}" : $"{m}x{n}")} {Precision.Name<T>()}";
        T[] matrix = TestData.Create<T>(0, m * n), values = new T[n], left = new T[m * n], right = new T[n * n];
        T[] scratch = new T[vectors ? Svd.GetScratchLength<T>(m, n, context.Team) : Svd.GetValuesScratchLength<T>(m, n, context.Team)];
        IContender ours = result.Add(() =>
        {
            if (vectors)
            {
                Svd.Decompose<T>(new(matrix, m, n), scratch, new(left, m, n), values, new(right, n, n), context.Team);
            }
            else
            {
                Svd.Decompose<T>(new(matrix, m, n), scratch, values, context.Team);
            }
        });

        if (n <= LargestSlow)
        {
            ManagedCases.Compare(result, context, label, ours, m, n, matrix, one => one.Svd(vectors), theirs => (values, theirs.S));
        }

        // LAPACK's matrices stand column by column.
        T[] columns = new T[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                columns[(j * m) + i] = matrix[(i * n) + j];
            }
        }

        LapackCases.Compare<T>(result, context, label, ours, "gesdd", routines =>
        {
            T[] copy = new T[m * n], theirs = new T[n], u = new T[m * n], v = new T[n * n];
            void Run()
            {
                columns.CopyTo(copy, 0);
                routines.Singular(m, n, copy, theirs, u, v, vectors);
            }

            return (Run, () => (values, theirs));
        }, context.Threads == 1 ? 0.9 : null, context.Threads == 1 && n <= LargestSlow ? [Jacobi(result, matrix, m, n, vectors, label)] : []);
        PythonCases.Compare(result, context, label, ours, vectors ? "svd" : "svdvals", m, n, () => values);
        return result;
    }

    private static (IContender Ours, string Label) Jacobi<T>(PeerCase result, T[] matrix, int m, int n, bool vectors, string label)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[n], left = new T[m * n], right = new T[n * n];
        T[] scratch = new T[vectors ? JacobiSvd.GetScratchLength<T>(m, n) : JacobiSvd.GetValuesScratchLength<T>(m, n)];
        return (result.Add(() =>
        {
            if (vectors)
            {
                JacobiSvd.Decompose<T>(new(matrix, m, n), scratch, new(left, m, n), values, new(right, n, n));
            }
            else
            {
                JacobiSvd.Decompose<T>(new(matrix, m, n), scratch, values);
            }
        }), $"{label}, by Jacobi rotations");
    }
}
