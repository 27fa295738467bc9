using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Accuracy;

/// <summary>How far factors are from a matrix and from being orthonormal, over √n·ε.</summary>
/// <param name="Residual">Of what the factors should give, over ‖A‖, in Frobenius norms.</param>
/// <param name="Orthogonality">‖QᵀQ − I‖ in the Frobenius norm, of the worse of the frames.</param>
internal readonly record struct FactorError(double Residual, double Orthogonality)
{
    /// <summary>Measures ‖X·Y − Z·diag(s)‖ over ‖A‖.</summary>
    /// <param name="matrix">A, n×n, row after row, as the rest.</param>
    /// <param name="product">X and Y.</param>
    /// <param name="scaled">Z and s.</param>
    /// <param name="frames">What should have orthonormal columns.</param>
    public static FactorError Of<T>(double[] matrix, (double[] X, double[] Y) product, (double[] Z, double[] Scales) scaled, params ReadOnlySpan<double[]> frames)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = scaled.Scales.Length;
        double unit = Math.Sqrt(n) * double.CreateChecked(T.BitIncrement(T.One) - T.One);
        double[] columns = Transposed(product.Y, n);
        double residual = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double difference = ExactDot.Of(product.X.AsSpan(i * n, n), columns.AsSpan(j * n, n), scaled.Z[(i * n) + j], scaled.Scales[j]);
                residual += difference * difference;
            }
        }

        double worst = 0;
        foreach (double[] frame in frames)
        {
            worst = Math.Max(worst, Departure(Transposed(frame, n), n));
        }

        return new FactorError(Math.Sqrt(residual / matrix.Sum(entry => entry * entry)) / unit, worst / unit);
    }

    /// <summary>Returns a matrix as doubles, row after row.</summary>
    public static double[] Doubles<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] values = new double[matrix.Rows * matrix.Columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateChecked(matrix[i / matrix.Columns, i % matrix.Columns]);
        }

        return values;
    }

    private static double Departure(double[] rows, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double difference = ExactDot.Of(rows.AsSpan(i * n, n), rows.AsSpan(j * n, n), 1, i == j ? 1 : 0);
                sum += (i == j ? 1 : 2) * difference * difference;
            }
        }

        return Math.Sqrt(sum);
    }

    private static double[] Transposed(double[] matrix, int n)
    {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                result[(j * n) + i] = matrix[(i * n) + j];
            }
        }

        return result;
    }
}
