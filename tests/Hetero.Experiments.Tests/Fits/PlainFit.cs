using Hetero.Core.Sensing;
using Hetero.Experiments.Fits;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>A fit written out in loops: U ← U − ηG_eU from αI with the environments in turn, and the criterion of its matrices. Nothing of the library but the place of an entry in svec.</summary>
internal static class PlainFit
{
    /// <summary>Returns U after each step from 0 on.</summary>
    public static List<double[,]> Train(EnvironmentSamples<double>[] rows, int d, double stepSize, int steps, double start)
    {
        double[,] u = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            u[i, i] = start;
        }

        List<double[,]> path = [u];
        for (int t = 0; t < steps; t++)
        {
            double[,] gradient = Gradient(rows[t % rows.Length], Product(u)), next = new double[d, d];
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    next[i, j] = u[i, j];
                    for (int k = 0; k < d; k++)
                    {
                        next[i, j] -= stepSize * gradient[i, k] * u[k, j];
                    }
                }
            }

            path.Add(u = next);
        }

        return path;
    }

    /// <summary>The mean over environments of R_e + tr(G₁UUᵀG₂)/(‖UUᵀ‖c_e²), R_e over both halves, ‖UUᵀ‖ by power iteration.</summary>
    public static double Criterion(EnvironmentSamples<double>[] first, EnvironmentSamples<double>[] second, double[] scales, double[,] u)
    {
        int d = u.GetLength(0);
        double[,] m = Product(u);
        double norm = Norm(m), sum = 0;
        for (int e = 0; e < first.Length; e++)
        {
            double[,] g1 = Gradient(first[e], m), g2 = Gradient(second[e], m);
            double q = 0;
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    for (int k = 0; k < d; k++)
                    {
                        q += g1[i, j] * m[j, k] * g2[k, i] / norm;
                    }
                }
            }

            double squares = Squares(first[e], m) + Squares(second[e], m);
            sum += (squares / (2 * (first[e].Responses.Length + second[e].Responses.Length))) + (q / scales[e]);
        }

        return sum / first.Length;
    }

    private static double[,] Product(double[,] u)
    {
        int d = u.GetLength(0);
        double[,] m = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                for (int k = 0; k < d; k++)
                {
                    m[i, j] += u[i, k] * u[j, k];
                }
            }
        }

        return m;
    }

    private static double Norm(double[,] m)
    {
        int d = m.GetLength(0);
        double[] v = [.. Enumerable.Range(0, d).Select(i => 1 + (0.1 * i))];
        double norm = 0;
        for (int round = 0; round < 20000; round++)
        {
            double[] next = [.. Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Sum(j => m[i, j] * v[j]))];
            norm = Math.Sqrt(next.Sum(x => x * x));
            v = [.. next.Select(x => x / norm)];
        }

        return norm;
    }

    private static double Residual(EnvironmentSamples<double> rows, double[,] m, int row)
    {
        int d = m.GetLength(0), p = d * (d + 1) / 2;
        double residual = -rows.Responses.Span[row];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                residual += rows.Row(row, p)[Svec.IndexOf(i, j)] * m[i, j] * (i == j ? 1 : Math.Sqrt(2));
            }
        }

        return residual;
    }

    private static double Squares(EnvironmentSamples<double> rows, double[,] m)
        => Enumerable.Range(0, rows.Responses.Length).Sum(row => Math.Pow(Residual(rows, m, row), 2));

    private static double[,] Gradient(EnvironmentSamples<double> rows, double[,] m)
    {
        int d = m.GetLength(0), p = d * (d + 1) / 2, n = rows.Responses.Length;
        double[,] gradient = new double[d, d];
        for (int row = 0; row < n; row++)
        {
            double residual = Residual(rows, m, row);
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    double x = rows.Row(row, p)[Svec.IndexOf(Math.Max(i, j), Math.Min(i, j))];
                    gradient[i, j] += residual * x / n / (i == j ? 1 : Math.Sqrt(2));
                }
            }
        }

        return gradient;
    }
}
