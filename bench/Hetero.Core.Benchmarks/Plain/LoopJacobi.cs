using System.Numerics;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>Cyclic Jacobi rotations of a symmetric matrix in plain loops, as in a textbook; values unsorted.</summary>
internal static class LoopJacobi
{
    public static void Decompose<T>(int d, ReadOnlySpan<T> matrix, Span<T> work, Span<T> values, Span<T> vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        matrix.CopyTo(work);
        vectors.Clear();
        T norm = T.Zero;
        for (int i = 0; i < d; i++)
        {
            vectors[(i * d) + i] = T.One;
            norm = T.Max(norm, T.Abs(work[(i * d) + i]));
        }

        T negligible = norm * (T.BitIncrement(T.One) - T.One);
        bool rotated = true;
        while (rotated)
        {
            rotated = false;
            for (int p = 0; p < d - 1; p++)
            {
                for (int q = p + 1; q < d; q++)
                {
                    T entry = work[(p * d) + q];
                    if (T.Abs(entry) <= negligible)
                    {
                        continue;
                    }

                    rotated = true;
                    T theta = (work[(q * d) + q] - work[(p * d) + p]) / (entry + entry);
                    T tangent = T.CopySign(T.One, theta) / (T.Abs(theta) + T.Sqrt((theta * theta) + T.One));
                    T cosine = T.One / T.Sqrt((tangent * tangent) + T.One);
                    T sine = tangent * cosine;
                    Rotate(work, p, q, d, d, cosine, sine);
                    Rotate(work, p * d, q * d, d, 1, cosine, sine);
                    Rotate(vectors, p, q, d, d, cosine, sine);
                }
            }
        }

        for (int i = 0; i < d; i++)
        {
            values[i] = work[(i * d) + i];
        }
    }

    private static void Rotate<T>(Span<T> data, int first, int second, int count, int step, T cosine, T sine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < count; k++)
        {
            T x = data[first + (k * step)];
            T y = data[second + (k * step)];
            data[first + (k * step)] = (cosine * x) - (sine * y);
            data[second + (k * step)] = (sine * x) + (cosine * y);
        }
    }
}
