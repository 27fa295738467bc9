using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Rows against MathNet's managed provider, what a program without native code takes otherwise. It allocates its results, as it has no other way.</summary>
internal static class ManagedCases
{
    // What was aimed at, everywhere.
    private const double Target = 5;

    // Its sums are plain loops: a system of 500 rows in float is solved to 1.3e-4.
    private const double Room = 10;

    /// <summary>Adds the contender and the row of one case, on one thread.</summary>
    /// <param name="result">The case.</param>
    /// <param name="context">The number of threads.</param>
    /// <param name="label">The row's label.</param>
    /// <param name="ours">Our side.</param>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="matrix">A, m×n, row after row.</param>
    /// <param name="decompose">What MathNet does.</param>
    /// <param name="numbers">Numbers of its result and, once we have run, of ours, which must agree.</param>
    /// <param name="remark">What it does beyond, for the table.</param>
    public static void Compare<T, TResult>(
        PeerCase result,
        PeerContext context,
        string label,
        IContender ours,
        int rows,
        int columns,
        T[] matrix,
        Func<Matrix<T>, TResult> decompose,
        Func<TResult, (IEnumerable<T> Ours, IEnumerable<T> Theirs)> numbers,
        string remark = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (context.Threads > 1)
        {
            return;
        }

        Control.UseManaged();
        Control.UseSingleThread();
        Matrix<T> theirs = Matrix<T>.Build.Dense(rows, columns, (i, j) => matrix[(i * columns) + j]);
        ours.Burst(0.001);
        (IEnumerable<T> mine, IEnumerable<T> other) = numbers(decompose(theirs));
        result.RequireClose<T>($"{label} against MathNet", [.. mine], [.. other], Room);
        result.Compare(label, $"MathNet 5 (managed{remark})", ours, result.Add(() => decompose(theirs)), null, Target);
    }
}
