using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class PanelKernelOfDoubleTests : PanelKernelTests<double>;

public sealed class PanelKernelOfFloatTests : PanelKernelTests<float>;

/// <summary>The kernels of panels of reflections, on all paths and against plain loops in the order that they promise; memory between rows is neither read nor written.</summary>
public abstract class PanelKernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private delegate void Path<TKernel>(ref TKernel kernel)
        where TKernel : struct, allows ref struct;

    public static TheoryData<int, int, int> Sizes => new() { { 1, 1, 1 }, { 2, 3, 1 }, { 3, 4, 2 }, { 6, 6, 4 }, { 7, 5, 9 }, { 12, 8, 17 }, { 5, 13, 40 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ProductsOfLongRows(int rows, int columns, int fours)
    {
        int lanes = LinePath.Count<T>(), length = 4 * lanes * fours, stride = length + 3;
        T[] a = Rows(rows, length, stride, 1), b = Rows(columns, length, stride, 2), expected = new T[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                expected[(i * columns) + j] = InChains(a.AsSpan(i * stride, length), b.AsSpan(j * stride, length));
            }
        }

        Check<PanelProducts<T>>(expected, path =>
        {
            T[] result = new T[rows * columns];
            PanelProducts<T> kernel = new() { Left = new(a, rows, length, stride), Right = new(b, columns, length, stride), Destination = new(result, rows, columns) };
            path(ref kernel);
            return result;
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void CombinationsOfLongRows(int rows, int inner, int fours)
    {
        int length = 4 * LinePath.Count<T>() * fours, stride = length + 3;
        T[] x = Rows(rows, length, stride, 3), y = Rows(inner, length, stride, 4), weights = Rows(rows, inner, inner + 2, 5), expected = [.. x];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < length; j++)
            {
                for (int r = 0; r < inner; r++)
                {
                    expected[(i * stride) + j] = T.FusedMultiplyAdd(weights[(i * (inner + 2)) + r], y[(r * stride) + j], expected[(i * stride) + j]);
                }
            }
        }

        Check<PanelCombination<T>>(expected, path =>
        {
            T[] result = [.. x];
            PanelCombination<T> kernel = new() { Weights = new(weights, rows, inner, inner + 2), Rows = new(y, inner, length, stride), Destination = new(result, rows, length, stride) };
            path(ref kernel);
            return result;
        });
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 2, 8)]
    [InlineData(5, 7, 9)]
    [InlineData(24, 24, 24)]
    [InlineData(20, 20, 20)]
    [InlineData(3, 48, 17)]
    [InlineData(48, 47, 31)]
    public void SmallProducts(int rows, int inner, int columns)
    {
        T[] a = Rows(rows, inner, inner + 1, 6), b = Rows(inner, columns, columns + 1, 7), expected = Rows(rows, columns, columns + 2, 8);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                T sum = T.Zero;
                for (int r = 0; r < inner; r++)
                {
                    sum = T.FusedMultiplyAdd(a[(i * (inner + 1)) + r], b[(r * (columns + 1)) + j], sum);
                }

                expected[(i * (columns + 2)) + j] = sum;
            }
        }

        Check<SmallProduct<T>>(expected, path =>
        {
            T[] result = Rows(rows, columns, columns + 2, 8);
            SmallProduct<T> kernel = new() { Left = new(a, rows, inner, inner + 1), Right = new(b, inner, columns, columns + 1), Destination = new(result, rows, columns, columns + 2) };
            path(ref kernel);
            return result;
        });
    }

    /// <summary>
    /// H₀·H₁·… = I + Y·N·Yᵀ has to be orthogonal and to take the columns onto R, both by products in plain loops, within 40·ε times the length of the columns: a few ε for each of at most six
    /// reflections. One column is zero, one of numbers whose squares underflow.
    /// </summary>
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(6, 5, 2)]
    [InlineData(5, 27, 1)]
    [InlineData(6, 0, 9)]
    public void ReflectionsOfFewColumns(int count, int offset, int fours)
    {
        int lanes = LinePath.Count<T>(), length = 4 * lanes * fours, stride = length + 3;
        T[] columns = Rows(count, length, stride, 9);
        for (int j = 0; j < count; j++)
        {
            Span<T> row = columns.AsSpan(j * stride, length);
            row[..offset].Clear();
            for (int i = 0; i < length && (j == 1 || j == 3); i++)
            {
                row[i] *= j == 1 ? T.Zero : T.CreateChecked(typeof(T) == typeof(double) ? 1e-200 : 1e-25);
            }
        }

        T[] Reflect(Path<NarrowReflections<T>> path)
        {
            T[] work = [.. columns], diagonal = new T[count], upper = new T[count * count], triangle = new T[count * count];
            NarrowReflections<T> kernel = new()
            {
                Columns = new(work, count, length, stride),
                Offset = offset,
                First = 0,
                Count = count,
                Diagonal = diagonal,
                Upper = new(upper, count, count),
                Triangle = new(triangle, count, count),
            };
            path(ref kernel);
            return [.. work, .. diagonal, .. upper, .. triangle];
        }

        T[] all = Reflect(LinePath.Run<T, NarrowReflections<T>>);
        Check<NarrowReflections<T>>(all, Reflect);
        ReadOnlySpan<T> y = all.AsSpan(0, columns.Length), beta = all.AsSpan(columns.Length, count);
        ReadOnlySpan<T> r = all.AsSpan(columns.Length + count, count * count), n = all.AsSpan(all.Length - (count * count));
        for (int j = 0; j < count; j++)
        {
            // a + Y·Nᵀ·(Yᵀ·a) for column j of A.
            T[] reflected = [.. columns.AsSpan(j * stride, length)];
            T norm = T.Sqrt(Sum(reflected, reflected)), scale = T.IsZero(norm) ? T.One : T.Zero;
            foreach (T entry in reflected)
            {
                scale = T.Max(scale, T.Abs(entry));
            }

            T[] products = new T[count];
            for (int k = 0; k < count; k++)
            {
                products[k] = Sum(y.Slice(k * stride, length), columns.AsSpan(j * stride, length));
            }

            for (int k = 0; k < count; k++)
            {
                T weight = T.Zero;
                for (int i = 0; i <= k; i++)
                {
                    weight += n[(i * count) + k] * products[i];
                }

                for (int i = 0; i < length; i++)
                {
                    reflected[i] += weight * y[(k * stride) + i];
                }
            }

            T bound = T.CreateChecked(40) * (T.BitIncrement(T.One) - T.One) * scale * T.Sqrt(T.CreateChecked(length));
            for (int i = 0; i < length; i++)
            {
                int row = i - offset;
                T expected = row < 0 || row > j ? T.Zero : row == j ? beta[j] : r[(row * count) + j];
                Assert.True(T.Abs(reflected[i] - expected) <= bound, $"column {j}, row {row}: {reflected[i]} instead of {expected}, accepted {bound}");
            }
        }
    }

    private static T Sum(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>Lane by lane, chains of sixteen links that are added up in order, then the upper half of the lanes to the lower half.</summary>
    private static T InChains(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        int lanes = LinePath.Count<T>();
        T[] total = new T[lanes];
        for (int start = 0; start < x.Length; start += 16 * lanes)
        {
            T[] chain = new T[lanes];
            for (int i = start; i < Math.Min(x.Length, start + (16 * lanes)); i++)
            {
                chain[i % lanes] = T.FusedMultiplyAdd(x[i], y[i], chain[i % lanes]);
            }

            for (int l = 0; l < lanes; l++)
            {
                total[l] += chain[l];
            }
        }

        for (int half = lanes / 2; half > 0; half /= 2)
        {
            for (int l = 0; l < half; l++)
            {
                total[l] += total[l + half];
            }
        }

        return total[0];
    }

    /// <summary>Rows of random numbers with NaN between them.</summary>
    private static T[] Rows(int rows, int length, int stride, int seed)
    {
        T[] values = Data.Uniform<T>(rows * length, seed), result = new T[rows * stride];
        result.AsSpan().Fill(T.NaN);
        for (int i = 0; i < rows; i++)
        {
            values.AsSpan(i * length, length).CopyTo(result.AsSpan(i * stride));
        }

        return result;
    }

    private static void Check<TKernel>(T[] expected, Func<Path<TKernel>, T[]> result)
        where TKernel : struct, ILineKernel<T>, allows ref struct
    {
        Assert.True(Data.SameBits<T>(expected, result(LinePath.Run<T, TKernel>)), "widest");
        Assert.True(Data.SameBits<T>(expected, result((ref TKernel kernel) => kernel.Run<Simd512<T>, System.Runtime.Intrinsics.Vector512<T>>())), "512 bits");
        Assert.True(Data.SameBits<T>(expected, result(LinePath.RunBy256<T, TKernel>)), "256 bits");
        Assert.True(Data.SameBits<T>(expected, result(LinePath.RunBy128<T, TKernel>)), "128 bits");
        Assert.True(Data.SameBits<T>(expected, result(LinePath.RunByElement<T, TKernel>)), "elements");
    }
}
