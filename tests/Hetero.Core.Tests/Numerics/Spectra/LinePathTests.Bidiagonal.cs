using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <content>The reduction to bidiagonal form.</content>
public abstract unsafe partial class LinePathTests<T>
{
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Bidiagonalization(int m)
    {
        foreach (int n in (int[])[m, m + 1, m + 20])
        {
            int stride = LinePath.Padded<T>(n), high = LinePath.Padded<T>(m);
            T[] a = Padded(m, n, stride);
            Same<FusedBidiagonalization<T>>(path =>
            {
                T[] work = [.. a], results = new T[4 * m], vectors = new T[m * high], scratch = new T[FusedBidiagonalization<T>.GetScratchLength(m, n, null)];
                scratch.AsSpan().Fill(T.NaN);
                fixed (T* matrix = work, r = results, u = vectors, s = scratch)
                {
                    FusedBidiagonalization<T> kernel = new()
                    {
                        Matrix = matrix,
                        Stride = stride,
                        Rows = m,
                        Columns = n,
                        Diagonal = r,
                        Beside = r + m,
                        RowFactors = r + (2 * m),
                        ColumnFactors = r + (3 * m),
                        Reflectors = u,
                        ReflectorStride = high,
                        Scratch = s,
                    };
                    path(ref kernel);
                }

                return [.. work, .. results, .. vectors];
            });
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BidiagonalPassesWithAndWithoutAnUpdate(int m)
    {
        int n = m + 3, stride = LinePath.Padded<T>(n);
        foreach (bool updates in (bool[])[false, true])
        {
            T[] a = Padded(m, n, stride), vectors = Padded(6, n, stride);
            Same<BidiagonalPass<T>>(path =>
            {
                T[] work = [.. a], lines = [.. vectors];
                fixed (T* matrix = work, v = lines)
                {
                    BidiagonalPass<T> kernel = Pass(matrix, v, stride, m, n);
                    kernel.Y = updates ? v : null;
                    path(ref kernel);
                }

                return [.. work, .. lines];
            });
        }
    }

    /// <summary>Against sums in double: the update, and the products with p and with what becomes of the last column.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void ABidiagonalPassIsAnUpdateAndTwoProducts(int m)
    {
        int n = m + 3, stride = LinePath.Padded<T>(n);
        T[] a = Padded(m, n, stride), work = [.. a], vectors = Padded(6, n, stride), lines = [.. vectors];
        fixed (T* matrix = work, v = lines)
        {
            BidiagonalPass<T> kernel = Pass(matrix, v, stride, m, n);
            LinePath.Run<T, BidiagonalPass<T>>(ref kernel);
        }

        double slack = 64 * m * double.CreateChecked(Data.Epsilon<T>());
        double Line(int line, int k) => double.CreateChecked(vectors[(line * stride) + k]);
        double[] z = [.. Enumerable.Range(0, n).Select(k => Line(5, k))];
        for (int i = 0; i < m; i++)
        {
            double[] row = [.. Enumerable.Range(0, n).Select(k => double.CreateChecked(a[(i * stride) + k]) - (Line(4, i) * Line(0, k)) - (Line(3, i) * Line(1, k)))];
            double x = 1.25 * Enumerable.Range(0, n).Sum(k => row[k] * Line(2, k));
            Assert.Equal(x, double.CreateChecked(lines[(3 * stride) + i]), slack);
            Assert.Equal(row[n - 1] - x, double.CreateChecked(lines[(4 * stride) + i]), slack);
            for (int k = 0; k < n; k++)
            {
                Assert.Equal(row[k], double.CreateChecked(work[(i * stride) + k]), slack);
                z[k] += (row[n - 1] - x) * row[k];
            }
        }

        Assert.All(Enumerable.Range(0, n), k => Assert.Equal(z[k], double.CreateChecked(lines[(5 * stride) + k]), m * slack));
    }

    private static BidiagonalPass<T> Pass(T* matrix, T* lines, int stride, int rows, int columns) => new()
    {
        Matrix = matrix,
        Stride = stride,
        End = rows,
        Columns = stride,
        Last = columns - 1,
        Y = lines,
        V = lines + stride,
        P = lines + (2 * stride),
        Tau = T.CreateChecked(1.25),
        X = lines + (3 * stride),
        U = lines + (4 * stride),
        Z = lines + (5 * stride),
    };
}
