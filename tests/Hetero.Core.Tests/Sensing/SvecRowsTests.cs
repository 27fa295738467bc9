using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

public sealed class SvecRowsOfDoubleTests : SvecRowsTests<double>;

public sealed class SvecRowsOfFloatTests : SvecRowsTests<float>;

/// <summary>Rows of svec in whole registers, which write past their ends, against loops over entries: all widths, all dimensions around the registers' lengths.</summary>
public abstract class SvecRowsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Largest = 50;

    private static readonly T Root = T.Sqrt(T.CreateTruncating(2));

    private delegate void Packing(ReadOnlyMatrixSpan<T> matrix, Span<T> svec);

    private delegate void Unpacking(ReadOnlySpan<T> svec, MatrixSpan<T> matrix);

    private delegate void Adding(ReadOnlySpan<T> columns, ReadOnlySpan<T> weights, int d, ReadOnlySpan<T> minuend, ReadOnlySpan<T> subtrahend, Span<T> destination);

    [Fact]
    public void PackingHasTheBitsOfALoop()
    {
        (string Name, Packing Pack)[] paths =
        [
            ("chosen path", SvecRows.Pack),
            ("scalar", SvecRows.Pack<T, Scalar<T>, T>),
            ("128", SvecRows.Pack<T, Simd128<T>, Vector128<T>>),
            ("256", SvecRows.Pack<T, Simd256<T>, Vector256<T>>),
            ("512", SvecRows.Pack<T, Simd512<T>, Vector512<T>>),
        ];
        for (int d = 0; d <= Largest; d++)
        {
            foreach (int apart in (int[])[0, 3])
            {
                // What is above the diagonal and between the rows is to leave no trace.
                int stride = d + apart, p = Svec.Length(d);
                T[] entries = Data.Uniform<T>(stride * d, d), expected = new T[p];
                Array.Fill(entries, T.NaN);
                for (int i = 0, at = 0; i < d; i++)
                {
                    for (int j = 0; j <= i; j++, at++)
                    {
                        T entry = Data.Uniform<T>(1, (i * d) + j)[0];
                        entries[(i * stride) + j] = entry;
                        expected[at] = i == j ? entry : entry * Root;
                    }
                }

                foreach ((string name, Packing pack) in paths)
                {
                    T[] memory = Data.Uniform<T>(p + 32, 5), before = [.. memory];
                    pack(new ReadOnlyMatrixSpan<T>(entries.AsSpan(0, Math.Max(0, ((d - 1) * stride) + d)), d, d, stride), memory.AsSpan(16, p));
                    expected.CopyTo(before, 16);
                    Assert.True(Data.SameBits<T>(before, memory), $"{name}, d = {d}, stride {stride}");
                }
            }
        }
    }

    [Fact]
    public void UnpackingHasTheBitsOfALoop()
    {
        (string Name, Unpacking Unpack)[] paths =
        [
            ("chosen path", SvecRows.Unpack),
            ("scalar", SvecRows.Unpack<T, Scalar<T>, T>),
            ("128", SvecRows.Unpack<T, Simd128<T>, Vector128<T>>),
            ("256", SvecRows.Unpack<T, Simd256<T>, Vector256<T>>),
            ("512", SvecRows.Unpack<T, Simd512<T>, Vector512<T>>),
        ];
        for (int d = 0; d <= Largest; d++)
        {
            T[] svec = Data.Uniform<T>(Svec.Length(d), d);
            T inverse = T.One / Root;
            foreach (int apart in (int[])[0, 3])
            {
                int stride = d + apart, length = Math.Max(0, ((d - 1) * stride) + d);
                T[] start = Data.Uniform<T>(length + 32, 6), expected = [.. start];
                for (int i = 0; i < d; i++)
                {
                    for (int j = 0; j < d; j++)
                    {
                        T number = svec[Svec.IndexOf(i, j)];
                        expected[16 + (i * stride) + j] = i == j ? number : number * inverse;
                    }
                }

                foreach ((string name, Unpacking unpack) in paths)
                {
                    T[] memory = [.. start];
                    unpack(svec, new MatrixSpan<T>(memory.AsSpan(16, length), d, d, stride));
                    Assert.True(Data.SameBits<T>(expected, memory), $"{name}, d = {d}, stride {stride}");
                }
            }
        }
    }

    [Fact]
    public void AddingAQuadraticFormHasTheBitsOfALoop()
    {
        (string Name, Adding Add)[] paths =
        [
            ("chosen path", (v, w, d, x, y, to) => SvecQuadratic.Add(v, w, d, x, y, to, default)),
            ("scalar", (v, w, d, x, y, to) => SvecQuadratic.Add<T, Scalar<T>, T>(v, w, d, x, y, to, default)),
            ("128", (v, w, d, x, y, to) => SvecQuadratic.Add<T, Simd128<T>, Vector128<T>>(v, w, d, x, y, to, default)),
            ("256", (v, w, d, x, y, to) => SvecQuadratic.Add<T, Simd256<T>, Vector256<T>>(v, w, d, x, y, to, default)),
            ("512", (v, w, d, x, y, to) => SvecQuadratic.Add<T, Simd512<T>, Vector512<T>>(v, w, d, x, y, to, default)),
        ];
        for (int d = 1; d <= Largest; d++)
        {
            for (int rank = 1; rank <= 3; rank++)
            {
                int p = Svec.Length(d);
                T[] columns = Data.Uniform<T>(rank * d, 1), weights = Data.Uniform<T>(rank * d, 2), x = Data.Uniform<T>(p, 3), y = Data.Uniform<T>(p, 4);
                T[] sums = Expected(columns, weights, d, rank, x), differences = Expected(columns, weights, d, rank, [.. x.Zip(y, (a, b) => a - b)]);
                foreach ((string name, Adding add) in paths)
                {
                    T[] memory = Data.Uniform<T>(p + 32, 5), before = [.. memory];
                    add(columns, weights, d, x, y, memory.AsSpan(16, p));
                    differences.CopyTo(before, 16);
                    Assert.True(Data.SameBits<T>(before, memory), $"difference, {name}, d = {d}, rank {rank}");

                    x.CopyTo(memory, 16);
                    add(columns, weights, d, memory.AsSpan(16, p), default, memory.AsSpan(16, p));
                    sums.CopyTo(before, 16);
                    Assert.True(Data.SameBits<T>(before, memory), $"in place, {name}, d = {d}, rank {rank}");
                }
            }
        }
    }

    private static T[] Expected(T[] columns, T[] weights, int d, int rank, T[] start)
    {
        T[] result = [.. start];
        for (int a = 0; a < rank; a++)
        {
            for (int i = 0, at = 0; i < d; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                {
                    T weight = weights[(a * d) + i];
                    result[at] = T.FusedMultiplyAdd(columns[(a * d) + j], i == j ? weight : Root * weight, result[at]);
                }
            }
        }

        return result;
    }
}
