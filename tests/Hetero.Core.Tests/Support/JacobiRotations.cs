namespace Hetero.Core.Tests.Support;

/// <summary>Cyclic Jacobi rotations, plainly: another way to the eigenvalues of a symmetric matrix than the library's.</summary>
internal static class JacobiRotations
{
    /// <summary>The eigenvalues, ascending.</summary>
    public static double[] Eigenvalues(double[] matrix, int n)
    {
        double[] a = [.. matrix];
        double norm = Math.Sqrt(a.Sum(value => value * value));
        for (int sweep = 0; sweep < 40; sweep++)
        {
            double beside = 0;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    beside += a[(p * n) + q] * a[(p * n) + q];
                    Rotate(a, n, p, q);
                }
            }

            if (Math.Sqrt(beside) <= 1e-17 * norm)
            {
                break;
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[(i * n) + i]).Order()];
    }

    private static void Rotate(double[] a, int n, int p, int q)
    {
        double entry = a[(p * n) + q];
        if (entry == 0)
        {
            return;
        }

        double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * entry);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < n; k++)
        {
            (double x, double y) = (a[(k * n) + p], a[(k * n) + q]);
            (a[(k * n) + p], a[(k * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
        }

        for (int k = 0; k < n; k++)
        {
            (double x, double y) = (a[(p * n) + k], a[(q * n) + k]);
            (a[(p * n) + k], a[(q * n) + k]) = ((c * x) - (s * y), (s * x) + (c * y));
        }
    }
}
