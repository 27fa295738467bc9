using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <content>Reductions whose passes are shared: threads may come to their lanes in any order, one after the other even.</content>
public abstract unsafe partial class LinePathTests<T>
{
    public static TheoryData<int, int> SizesAndLanes => new() { { 200, 2 }, { 530, 2 }, { 530, 3 }, { 530, 4 } };

    [Theory]
    [MemberData(nameof(SizesAndLanes))]
    public void LanesOfTridiagonalizationInAnyOrder(int n, int lanes)
    {
        int stride = LinePath.Padded<T>(n), parts = Hetero.Core.Numerics.Tridiagonalization.Parts(n);
        T[] a = Symmetric(n, stride);
        T[] Reduce(int most, bool reversed)
        {
            T[] work = [.. a], results = new T[3 * n], scratch = new T[((3 * most) + (2 * (1 + parts))) * stride];
            scratch.AsSpan().Fill(T.NaN);
            fixed (T* m = work, r = results, s = scratch)
            {
                TridiagonalColumn<T> column = new()
                {
                    Problem = new() { Matrix = m, Stride = stride, Rows = n, Diagonal = r, Beside = r + n, Factors = r + (2 * n) },
                    Padded = stride,
                    Vectors = s,
                    Products = s + (3 * most * stride),
                    ProductVectors = 1 + parts,
                };
                for (int i = n - 1; i > 0; i--)
                {
                    column.Row = i;
                    column.Lanes = Math.Min(most, Hetero.Core.Numerics.Tridiagonalization.Parts(i));
                    for (int lane = 0; lane < column.Lanes; lane++)
                    {
                        column.Execute(reversed ? column.Lanes - 1 - lane : lane);
                    }
                }
            }

            return [.. work, .. results];
        }

        T[] expected = Reduce(1, false);
        Assert.True(Data.SameBits<T>(expected, Reduce(lanes, false)), "in order");
        Assert.True(Data.SameBits<T>(expected, Reduce(lanes, true)), "reversed");
    }

    /// <summary>Also where most columns are so small that their products are made anew.</summary>
    [Theory]
    [MemberData(nameof(SizesAndLanes))]
    public void LanesOfBidiagonalizationInAnyOrder(int n, int lanes)
    {
        int stride = LinePath.Padded<T>(n);
        foreach (bool isSmall in (bool[])[false, true])
        {
            T[] a = Padded(n, n, stride);
            if (isSmall)
            {
                for (int i = 0; i < n; i++)
                {
                    a.AsSpan(i * stride, n - 3).Clear();
                    a[(i * stride) + n - 1] *= i < n - 1 ? T.CreateTruncating(typeof(T) == typeof(double) ? 1e-160 : 1e-20f) : T.One;
                }
            }

            int products = 0;
            T[] Reduce(int most, bool reversed)
            {
                T[] work = [.. a], results = new T[4 * n], vectors = new T[n * stride], scratch = new T[BidiagonalColumn<T>.GetScratchLength(n, n, most)];
                scratch.AsSpan().Fill(T.NaN);
                fixed (T* m = work, r = results, u = vectors, s = scratch)
                {
                    BidiagonalColumn<T> column = new()
                    {
                        Problem = new()
                        {
                            Matrix = m,
                            Stride = stride,
                            Rows = n,
                            Columns = n,
                            Diagonal = r,
                            Beside = r + n,
                            RowFactors = r + (2 * n),
                            ColumnFactors = r + (3 * n),
                            Reflectors = u,
                            ReflectorStride = stride,
                        },
                        Memory = s,
                        MostLanes = most,
                    };
                    for (int i = n - 1; i >= 0; i--)
                    {
                        column.Row = i;
                        column.LastLanes = column.Lanes;
                        column.Lanes = Math.Min(most, Hetero.Core.Numerics.Tridiagonalization.Parts(i));
                        Run(ref column, reversed);
                        if (column.NeedsProduct)
                        {
                            products++;
                            column.MultiplyAnew<Simd512<T>, System.Runtime.Intrinsics.Vector512<T>>();
                            Run(ref column, reversed);
                            column.HasProduct = false;
                        }
                    }
                }

                return [.. work, .. results, .. vectors];
            }

            T[] expected = Reduce(1, false);
            Assert.All(expected, value => Assert.True(T.IsFinite(value)));
            Assert.Equal(isSmall, products > 2);
            Assert.True(Data.SameBits<T>(expected, Reduce(lanes, false)), $"in order, small: {isSmall}");
            Assert.True(Data.SameBits<T>(expected, Reduce(lanes, true)), $"reversed, small: {isSmall}");
        }

        static void Run(ref BidiagonalColumn<T> column, bool reversed)
        {
            for (int lane = 0; lane < column.Lanes; lane++)
            {
                column.Execute(reversed ? column.Lanes - 1 - lane : lane);
            }
        }
    }
}
