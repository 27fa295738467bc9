using Hetero.Core.Tests.Support;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Training;

/// <summary>The update rules by their formulas, entry by entry in double: θ is changed, memory starts with zeros.</summary>
internal static class PlainUpdate
{
    public delegate void Rule(int step, double rate, double[] parameters, double[] direction, double[][] memory, MatrixShape[] shapes);

    public static void Sgd(int step, double rate, double[] parameters, double[] direction, double[][] memory, MatrixShape[] shapes)
        => Each(parameters, i => parameters[i] -= rate * direction[i]);

    public static Rule HeavyBall(double beta) => (_, rate, parameters, direction, memory, _)
        => Each(parameters, i =>
        {
            memory[0][i] = (beta * memory[0][i]) + direction[i];
            parameters[i] -= rate * memory[0][i];
        });

    public static Rule Nesterov(double beta) => (_, rate, parameters, direction, memory, _)
        => Each(parameters, i =>
        {
            memory[0][i] = (beta * memory[0][i]) + direction[i];
            parameters[i] -= rate * (direction[i] + (beta * memory[0][i]));
        });

    public static Rule Adam(double beta1, double beta2, double epsilon) => (step, rate, parameters, direction, memory, _)
        => Each(parameters, i =>
        {
            memory[0][i] = (beta1 * memory[0][i]) + ((1 - beta1) * direction[i]);
            memory[1][i] = (beta2 * memory[1][i]) + ((1 - beta2) * direction[i] * direction[i]);
            double first = memory[0][i] / (1 - Math.Pow(beta1, step + 1)), second = memory[1][i] / (1 - Math.Pow(beta2, step + 1));
            parameters[i] -= rate * first / (Math.Sqrt(second) + epsilon);
        });

    public static Rule Sign(double beta) => (_, rate, parameters, direction, memory, _)
        => Each(parameters, i =>
        {
            memory[0][i] = (beta * memory[0][i]) + direction[i];
            parameters[i] -= rate * Math.Sign(memory[0][i]);
        });

    public static Rule Muon(double beta, Func<double[], int, int, double[]> orthogonalize) => (_, rate, parameters, direction, memory, shapes) =>
    {
        int first = 0;
        foreach (MatrixShape shape in shapes)
        {
            double[] looked = new double[shape.Length];
            for (int i = 0; i < looked.Length; i++)
            {
                ref double velocity = ref memory[0][first + i];
                velocity = (beta * velocity) + direction[first + i];
                looked[i] = direction[first + i] + (beta * velocity);
            }

            double[] step = orthogonalize(looked, shape.Rows, shape.Columns);
            double scale = rate * Math.Sqrt(Math.Max(1.0, (double)shape.Rows / shape.Columns));
            for (int i = 0; i < looked.Length; i++)
            {
                parameters[first + i] -= scale * step[i];
            }

            first += shape.Length;
        }
    };

    public static Rule Decayed(Rule rule, double decay) => (step, rate, parameters, direction, memory, shapes) =>
    {
        Each(parameters, i => parameters[i] *= 1 - (rate * decay));
        rule(step, rate, parameters, direction, memory, shapes);
    };

    public static Rule Clipped(Rule rule, double largest) => (step, rate, parameters, direction, memory, shapes) =>
    {
        double norm = Matrices.Norm(direction);
        rule(step, rate, parameters, [.. direction.Select(value => value * Math.Min(1, largest / norm))], memory, shapes);
    };

    /// <summary>Five steps X ← aX + b(XXᵀ)X + c(XXᵀ)²X from X/‖X‖.</summary>
    public static double[] NewtonSchulz(double[] matrix, int rows, int columns)
    {
        double norm = Matrices.Norm(matrix);
        double[] x = [.. matrix.Select(value => value / norm)];
        for (int step = 0; step < 5; step++)
        {
            double[] gram = PlainMatrix.Gram(x, rows);
            double[] once = PlainMatrix.Times(gram, x, rows, rows, columns), twice = PlainMatrix.Times(gram, once, rows, rows, columns);
            x = [.. x.Select((value, i) => (3.4445 * value) - (4.7750 * once[i]) + (2.0315 * twice[i]))];
        }

        return x;
    }

    /// <summary>The polar factor of a matrix of full rank: Q·polar(R) of QR, polar(R) by Newton's iteration R ← (R + R⁻ᵀ)/2.</summary>
    public static double[] Polar(double[] matrix, int rows, int columns)
    {
        if (rows < columns)
        {
            return Matrices.Transposed(Polar(Matrices.Transposed(matrix, rows, columns), columns, rows), columns, rows);
        }

        double[] q = Orthonormalized(matrix, rows, columns);
        double[] r = PlainMatrix.Times(Matrices.Transposed(q, rows, columns), matrix, columns, rows, columns);
        for (int step = 0; step < 60; step++)
        {
            double[] inverse = Matrices.Transposed(Inverse(r, columns), columns, columns);
            r = [.. r.Select((value, i) => 0.5 * (value + inverse[i]))];
        }

        return PlainMatrix.Times(q, r, rows, columns, columns);
    }

    private static double[] Orthonormalized(double[] matrix, int m, int n)
    {
        double[] q = (double[])matrix.Clone();
        for (int j = 0; j < n; j++)
        {
            for (int l = 0; l < 2 * j; l++)
            {
                double dot = Enumerable.Range(0, m).Sum(i => q[(i * n) + (l % j)] * q[(i * n) + j]);
                Each(m, i => q[(i * n) + j] -= dot * q[(i * n) + (l % j)]);
            }

            double norm = Math.Sqrt(Enumerable.Range(0, m).Sum(i => q[(i * n) + j] * q[(i * n) + j]));
            Each(m, i => q[(i * n) + j] /= norm);
        }

        return q;
    }

    /// <summary>Gauss–Jordan with the largest pivot of the column.</summary>
    private static double[] Inverse(double[] matrix, int n)
    {
        double[] a = (double[])matrix.Clone(), inverse = new double[n * n];
        Each(n, i => inverse[i * (n + 1)] = 1);
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(i => Math.Abs(a[(i * n) + column]));
            double divisor = a[(pivot * n) + column];
            for (int j = 0; j < n; j++)
            {
                (a[(pivot * n) + j], a[(column * n) + j]) = (a[(column * n) + j], a[(pivot * n) + j] / divisor);
                (inverse[(pivot * n) + j], inverse[(column * n) + j]) = (inverse[(column * n) + j], inverse[(pivot * n) + j] / divisor);
            }

            foreach (int i in Enumerable.Range(0, n).Where(i => i != column))
            {
                double factor = a[(i * n) + column];
                for (int j = 0; j < n; j++)
                {
                    a[(i * n) + j] -= factor * a[(column * n) + j];
                    inverse[(i * n) + j] -= factor * inverse[(column * n) + j];
                }
            }
        }

        return inverse;
    }

    private static void Each(double[] entries, Action<int> body) => Each(entries.Length, body);

    private static void Each(int count, Action<int> body)
    {
        for (int i = 0; i < count; i++)
        {
            body(i);
        }
    }
}
