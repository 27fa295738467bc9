using System.Numerics;

namespace Hetero.Core.Tests.Support;

/// <summary>Matrices with known properties, and plain measures of decompositions, in double and apart from the library.</summary>
internal static class Matrices
{
    /// <summary>128·ε·√n: what residuals and orthonormality may be off by, relative to the norm.</summary>
    public static double Bound<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => 128 * double.CreateChecked(Data.Epsilon<T>()) * Math.Sqrt(n);

    /// <summary>The Frobenius norm.</summary>
    public static double Norm<T>(T[] a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Math.Sqrt(a.Sum(value => double.CreateChecked(value) * double.CreateChecked(value)));

    /// <summary>‖QᵀQ − I‖_F of an m×n matrix.</summary>
    public static double Defect<T>(T[] q, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] columns = Array.ConvertAll(Transposed(q, m, n), double.CreateChecked);
        double square = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = Dot(columns.AsSpan(i * m, m), columns.AsSpan(j * m, m)) - (i == j ? 1 : 0);
                square += (i == j ? 1 : 2) * entry * entry;
            }
        }

        return Math.Sqrt(square);
    }

    /// <summary>‖A − L·diag(s)·R‖_F, A m×n, L m×k, R k×n; s all ones if null.</summary>
    public static double Residual<T>(T[] a, T[] left, T[]? values, T[] right, int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] rows = Array.ConvertAll(left, double.CreateChecked), columns = Array.ConvertAll(Transposed(right, k, n), double.CreateChecked);
        for (int i = 0; values is not null && i < rows.Length; i++)
        {
            rows[i] *= double.CreateChecked(values[i % k]);
        }

        double square = 0;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double entry = Dot(rows.AsSpan(i * k, k), columns.AsSpan(j * k, k)) - double.CreateChecked(a[(i * n) + j]);
                square += entry * entry;
            }
        }

        return Math.Sqrt(square);
    }

    /// <summary>Σ xᵢ·yᵢ in parts of 16: of equal terms, a sum in one go would be off by more than what is measured.</summary>
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int start = 0; start < x.Length; start += 16)
        {
            double part = 0;
            for (int i = start; i < Math.Min(start + 16, x.Length); i++)
            {
                part += x[i] * y[i];
            }

            sum += part;
        }

        return sum;
    }

    /// <summary>The transposed matrix, n×m.</summary>
    public static T[] Transposed<T>(T[] a, int m, int n)
    {
        T[] transposed = new T[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                transposed[(j * m) + i] = a[(i * n) + j];
            }
        }

        return transposed;
    }

    /// <summary>An m×n matrix with orthonormal columns, by Gram–Schmidt twice.</summary>
    public static double[] Orthonormal(int m, int n, int seed)
    {
        double[] q = Data.Uniform<double>(m * n, seed);
        for (int j = 0; j < n; j++)
        {
            for (int l = 0; l < 2 * j; l++)
            {
                double dot = Enumerable.Range(0, m).Sum(i => q[(i * n) + (l % j)] * q[(i * n) + j]);
                for (int i = 0; i < m; i++)
                {
                    q[(i * n) + j] -= dot * q[(i * n) + (l % j)];
                }
            }

            double norm = Math.Sqrt(Enumerable.Range(0, m).Sum(i => q[(i * n) + j] * q[(i * n) + j]));
            for (int i = 0; i < m; i++)
            {
                q[(i * n) + j] /= norm;
            }
        }

        return q;
    }

    /// <summary>U·diag(s)·Vᵀ, m×n, for random frames U and V. Its rounding moves the spectrum by some ε·‖s‖.</summary>
    public static T[] WithSingularValues<T>(double[] spectrum, int m, int n, int seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Product<T>(Orthonormal(m, spectrum.Length, seed), spectrum, Orthonormal(n, spectrum.Length, seed + 1), m, n);

    /// <summary>V·diag(λ)·Vᵀ for a random V, symmetric to the last bit.</summary>
    public static T[] WithEigenvalues<T>(double[] spectrum, int seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = spectrum.Length;
        double[] v = Orthonormal(n, n, seed);
        return Mirrored(Product<T>(v, spectrum, v, n, n), n);
    }

    /// <summary>The lower triangle and its mirror image.</summary>
    public static T[] Mirrored<T>(T[] a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                a[(j * n) + i] = a[(i * n) + j];
            }
        }

        return a;
    }

    private static T[] Product<T>(double[] left, double[] spectrum, double[] right, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = spectrum.Length;
        T[] a = new T[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int l = 0; l < k; l++)
                {
                    sum += left[(i * k) + l] * spectrum[l] * right[(j * k) + l];
                }

                a[(i * n) + j] = T.CreateChecked(sum);
            }
        }

        return a;
    }
}
