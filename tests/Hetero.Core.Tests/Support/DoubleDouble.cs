namespace Hetero.Core.Tests.Support;

/// <summary>A number as the unevaluated sum of two doubles, about 31 digits (Dekker, Numer. Math. 18, 1971): for reference results.</summary>
internal readonly struct DoubleDouble(double high, double low = 0)
{
    public double High { get; } = high;

    public double Low { get; } = low;

    public static implicit operator DoubleDouble(double value) => new(value);

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        double sum = x.High + y.High;
        double part = sum - x.High;
        double error = x.High - (sum - part) + (y.High - part);
        return Renormalized(sum, error + x.Low + y.Low);
    }

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        double product = x.High * y.High;
        double error = Math.FusedMultiplyAdd(x.High, y.High, -product);
        return Renormalized(product, error + (x.High * y.Low) + (x.Low * y.High));
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        double first = x.High / y.High;
        DoubleDouble rest = x - (y * first);
        double second = rest.High / y.High;
        rest -= y * second;
        return Renormalized(first, second) + (rest.High / y.High);
    }

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (x.High == 0)
        {
            return 0;
        }

        // Newton's step doubles the digits of a double root.
        DoubleDouble root = Math.Sqrt(x.High);
        return root + ((x - (root * root)) / (root + root));
    }

    /// <summary>The singular values of an m×n matrix with m ≥ n, descending: Hestenes' rotations of columns, written plainly.</summary>
    public static double[] SingularValues(double[] matrix, int m, int n)
    {
        DoubleDouble[] a = [.. matrix.Select(value => new DoubleDouble(value))];
        DoubleDouble Dot(int p, int q)
        {
            DoubleDouble sum = 0;
            for (int i = 0; i < m; i++)
            {
                sum += a[(i * n) + p] * a[(i * n) + q];
            }

            return sum;
        }

        bool rotated = true;
        for (int sweep = 0; rotated; sweep++)
        {
            if (sweep == 60)
            {
                throw new InvalidOperationException("The reference did not converge.");
            }

            rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    DoubleDouble pp = Dot(p, p), qq = Dot(q, q), pq = Dot(p, q);
                    if (Math.Abs(pq.High) <= 1e-27 * Math.Sqrt(pp.High) * Math.Sqrt(qq.High))
                    {
                        continue;
                    }

                    rotated = true;
                    DoubleDouble theta = (qq - pp) / (pq + pq);
                    DoubleDouble magnitude = theta.High < 0 ? -theta : theta;
                    DoubleDouble t = new DoubleDouble(theta.High < 0 ? -1 : 1) / (magnitude + Sqrt((theta * theta) + 1));
                    DoubleDouble c = new DoubleDouble(1) / Sqrt((t * t) + 1);
                    DoubleDouble s = t * c;
                    for (int i = 0; i < m; i++)
                    {
                        DoubleDouble x = a[(i * n) + p], y = a[(i * n) + q];
                        a[(i * n) + p] = (c * x) - (s * y);
                        a[(i * n) + q] = (s * x) + (c * y);
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(j => Sqrt(Dot(j, j)).High).OrderDescending()];
    }

    private static DoubleDouble Renormalized(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }
}
