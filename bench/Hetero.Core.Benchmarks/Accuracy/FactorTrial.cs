using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Accuracy;

/// <summary>Decomposes a matrix with the library or a LAPACK, and measures the factors.</summary>
internal static class FactorTrial
{
    /// <summary>A·V − V·diag(λ), ours.</summary>
    public static FactorError Eigen<T>(double[] matrix, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[n], vectors = new T[n * n];
        SymmetricEigen.Decompose<T>(new(Rounded<T>(matrix), n, n), values, new(vectors, n, n));
        return Eigen(Rounded<T>(matrix), new ReadOnlyMatrixSpan<T>(vectors, n, n), values);
    }

    /// <summary>A·V − V·diag(λ), LAPACK's.</summary>
    public static FactorError Eigen<T>(double[] matrix, int n, LapackLibrary library)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] vectors = Rounded<T>(matrix), values = new T[n];
        new LapackRoutines<T>(library).Eigen(n, vectors, values, vectors: true);
        return Eigen(Rounded<T>(matrix), new ReadOnlyMatrixSpan<T>(vectors, n, n).Transposed, values);
    }

    /// <summary>A·V − U·diag(σ) by reduction to bidiagonal form.</summary>
    public static FactorError Reduced<T>(double[] matrix, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[n], left = new T[n * n], right = new T[n * n];
        Svd.Decompose<T>(new(Rounded<T>(matrix), n, n), new MatrixSpan<T>(left, n, n), values, new MatrixSpan<T>(right, n, n));
        return Singular(Rounded<T>(matrix), new ReadOnlyMatrixSpan<T>(left, n, n), values, new ReadOnlyMatrixSpan<T>(right, n, n));
    }

    /// <summary>A·V − U·diag(σ) of the one-sided Jacobi method.</summary>
    public static FactorError Jacobi<T>(double[] matrix, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[n], left = new T[n * n], right = new T[n * n];
        JacobiSvd.Decompose<T>(new(Rounded<T>(matrix), n, n), new(left, n, n), values, new(right, n, n));
        return Singular(Rounded<T>(matrix), new ReadOnlyMatrixSpan<T>(left, n, n), values, new ReadOnlyMatrixSpan<T>(right, n, n));
    }

    /// <summary>A·V − U·diag(σ), LAPACK's.</summary>
    public static FactorError Singular<T>(double[] matrix, int n, LapackLibrary library)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Row after row is column after column of Aᵀ = V·diag(σ)·Uᵀ: its left vectors come first, as columns; its right ones as rows of the transposed.
        T[] copy = Rounded<T>(matrix), values = new T[n], first = new T[n * n], second = new T[n * n];
        new LapackRoutines<T>(library).Singular(n, n, copy, values, first, second, vectors: true);
        return Singular(Rounded<T>(matrix), new ReadOnlyMatrixSpan<T>(second, n, n), values, new ReadOnlyMatrixSpan<T>(first, n, n).Transposed);
    }

    /// <summary>Q·R − A, ours.</summary>
    public static FactorError Frame<T>(double[] matrix, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] q = new T[n * n], r = new T[n * n];
        HouseholderQr.Decompose<T>(new(Rounded<T>(matrix), n, n), new(q, n, n), new(r, n, n));
        return Frame(Rounded<T>(matrix), new ReadOnlyMatrixSpan<T>(q, n, n), new ReadOnlyMatrixSpan<T>(r, n, n));
    }

    /// <summary>Q·R − A, LAPACK's.</summary>
    public static FactorError Frame<T>(double[] matrix, int n, LapackLibrary library)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] rounded = Rounded<T>(matrix), q = new T[n * n], r = new T[n * n];
        for (int i = 0; i < n * n; i++)
        {
            q[(i % n * n) + (i / n)] = rounded[i];
        }

        new LapackRoutines<T>(library).Frame(n, n, q, new T[n], r);
        return Frame(rounded, new ReadOnlyMatrixSpan<T>(q, n, n).Transposed, new ReadOnlyMatrixSpan<T>(r, n, n).Transposed);
    }

    private static FactorError Eigen<T>(T[] matrix, ReadOnlyMatrixSpan<T> vectors, T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] a = Doubles(matrix), v = FactorError.Doubles(vectors);
        return FactorError.Of<T>(a, (a, v), (v, Doubles(values)), v);
    }

    private static FactorError Singular<T>(T[] matrix, ReadOnlyMatrixSpan<T> left, T[] values, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] a = Doubles(matrix), u = FactorError.Doubles(left), v = FactorError.Doubles(right);
        return FactorError.Of<T>(a, (a, v), (u, Doubles(values)), u, v);
    }

    private static FactorError Frame<T>(T[] matrix, ReadOnlyMatrixSpan<T> q, ReadOnlyMatrixSpan<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] a = Doubles(matrix), frame = FactorError.Doubles(q);
        return FactorError.Of<T>(a, (frame, FactorError.Doubles(r)), (a, [.. Enumerable.Repeat(1.0, q.Rows)]), frame);
    }

    private static double[] Doubles<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. values.Select(double.CreateChecked)];

    private static T[] Rounded<T>(double[] matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. matrix.Select(T.CreateChecked)];
}
