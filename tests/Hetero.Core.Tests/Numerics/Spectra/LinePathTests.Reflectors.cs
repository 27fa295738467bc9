using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <content>Reflections in blocks.</content>
public abstract unsafe partial class LinePathTests<T>
{
    [Theory]
    [MemberData(nameof(Sizes))]
    public void BlocksOfReflectionsOnAStrip(int n)
    {
        foreach ((int lead, int width) in ((int, int)[])[(0, 3), (1, 8), (4, 16), (0, 20)])
        {
            int rows = n + Math.Max(lead - 1, 0), wide = ReflectorStripsWork<T>.StripColumns, blocks = (n + width - 1) / width;
            T[] reflectors = Data.Uniform<T>(n * (rows + 3), n), triangles = Data.Uniform<T>(blocks * width * width, 2), target = Data.Uniform<T>(rows * wide, 3);
            Same<ReflectorStrip<T>>(path =>
            {
                T[] strip = [.. target], inner = new T[2 * width * wide];
                inner.AsSpan().Fill(T.NaN);
                fixed (T* y = reflectors, t = triangles, b = strip, s = inner)
                {
                    ReflectorStrip<T> kernel = new()
                    {
                        Reflectors = y,
                        Stride = rows + 3,
                        Triangles = t,
                        Rows = n,
                        Lead = lead,
                        First = lead == 0 ? 1 : 0,
                        Width = width,
                        Strip = b,
                        Inner = s,
                    };
                    path(ref kernel);
                }

                return strip;
            });
        }
    }

    /// <summary>Against one reflection after the other, I − τ·v·vᵀ with τ = 2/vᵀv; what stands behind the vectors does not count.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void BlocksOfReflectionsAreReflectionsOneByOneOnAnyTeam(int n)
    {
        foreach ((int lead, int width, int columns) in ((int, int, int)[])[(0, 3, 1), (1, 8, 50), (4, 16, 49), (0, 16, 170), (1, 16, 0)])
        {
            int rows = n + Math.Max(lead - 1, 0), stride = rows + 5;
            T[] reflectors = Data.Uniform<T>(n * stride, n), factors = new T[n], target = Data.Uniform<T>(rows * (columns + 2), 3);
            double[] expected = Array.ConvertAll(target, double.CreateChecked);
            for (int i = 0; i < n; i++)
            {
                double[] v = [.. reflectors.AsSpan(i * stride, i + lead).ToArray().Select(double.CreateChecked)];
                reflectors.AsSpan((i * stride) + v.Length, stride - v.Length).Fill(T.NaN);
                factors[i] = T.CreateChecked(v.Length == 0 ? 0 : 2 / v.Sum(value => value * value));
                for (int c = 0; c < columns; c++)
                {
                    double product = double.CreateChecked(factors[i]) * Enumerable.Range(0, v.Length).Sum(r => v[r] * expected[(r * (columns + 2)) + c]);
                    for (int r = 0; r < v.Length; r++)
                    {
                        expected[(r * (columns + 2)) + c] -= product * v[r];
                    }
                }
            }

            T[]? first = null;
            foreach (int degree in (int[])[1, 2, 3, 5])
            {
                using WorkerTeam team = new(degree);
                T[] vectors = [.. reflectors], actual = [.. target], scratch = new T[ReflectorBlocks.GetScratchLength<T>(n, columns, width, team, lead)];
                scratch.AsSpan().Fill(T.NaN);
                ReflectorBlocks.Apply<T>(vectors, stride, factors, width, scratch, new(actual, rows, columns, columns + 2), team, lead);
                Assert.True(Data.SameBits<T>(first ??= actual, actual), $"{degree} threads");
            }

            double slack = 32 * Math.Sqrt(n + 1) * double.CreateChecked(Data.Epsilon<T>()) * Math.Sqrt(n + lead);
            Assert.All(expected.Zip(first!), pair => Assert.Equal(pair.First, double.CreateChecked(pair.Second), slack));
        }
    }
}
