namespace Hetero.Core.Tests.Training;

/// <summary>Products of small matrices by plain loops.</summary>
internal static class PlainMatrix
{
    /// <summary>A·B, A m×k, B k×n.</summary>
    public static double[] Times(double[] a, double[] b, int m, int k, int n)
    {
        double[] product = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int l = 0; l < k; l++)
                {
                    product[(i * n) + j] += a[(i * k) + l] * b[(l * n) + j];
                }
            }
        }

        return product;
    }

    /// <summary>UUᵀ, U d×k.</summary>
    public static double[] Gram(double[] u, int d)
        => Times(u, Support.Matrices.Transposed(u, d, u.Length / d), d, u.Length / d, d);

    /// <summary>‖x − y‖/‖y‖.</summary>
    public static double Distance(double[] x, double[] y)
        => Support.Matrices.Norm([.. x.Zip(y, (a, b) => a - b)]) / Support.Matrices.Norm(y);
}
