using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class RankOneTileOfDoubleTests : RankOneTileTests<double>;

public sealed class RankOneTileOfFloatTests : RankOneTileTests<float>;

public abstract unsafe class RankOneTileTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> Shapes()
    {
        TheoryData<int, int> shapes = [];
        foreach (int dimension in new[] { 1, 2, 7, 8, 9, 16, 17, 33, 100, 201 })
        {
            foreach (int samples in new[] { 1, 5, 48, 49, 96 })
            {
                shapes.Add(dimension, samples);
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void FormsAreThePlainOnesAtEveryWidth(int dimension, int samples)
    {
        T[] svec = Data.Uniform<T>(Svec.Length(dimension), 3), inputs = Data.Uniform<T>(dimension * samples, 4);
        T[] square = new T[dimension * dimension];
        Svec.Unpack<T>(svec, new MatrixSpan<T>(square, dimension, dimension));
        int padded = RankOneTile.PaddedRows(dimension);
        T[] triangle = new T[padded * padded];
        RankOneTile.CopyTriangle(svec, dimension, triangle);
        T[] transposed = Transposed(inputs, dimension, samples);
        T[] chosen = new T[RankOneTile.Samples];
        RankOneTile.QuadraticForms<T>(triangle, transposed, dimension, samples, new T[RankOneTile.BlockLength], chosen);
        for (int s = 0; s < samples; s++)
        {
            double expected = 0;
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    expected += At(inputs, (s * dimension) + i) * At(square, (i * dimension) + j) * At(inputs, (s * dimension) + j);
                }
            }

            Assert.Equal(expected, double.CreateChecked(chosen[s]), double.CreateChecked(Data.Epsilon<T>()) * 4 * dimension * dimension);
        }

        Check<Scalar<T>, T>();
        Check<Simd128<T>, Vector128<T>>();
        Check<Simd256<T>, Vector256<T>>();
        Check<Simd512<T>, Vector512<T>>();

        void Check<TSimd, TVector>()
            where TSimd : struct, ISimd<T, TVector>
            where TVector : unmanaged
        {
            T[] forms = new T[RankOneTile.Samples], block = new T[RankOneTile.BlockLength];
            fixed (T* l = triangle, x = transposed, y = block, z = forms)
            {
                RankOneTile.QuadraticForms<T, TSimd, TVector>(l, x, padded, samples, y, z);
            }

            Assert.True(Data.SameBits<T>(chosen.AsSpan(0, samples), forms.AsSpan(0, samples)), typeof(TSimd).Name);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WeightedGramsAreThePlainOnesAtEveryWidth(int dimension, int samples)
    {
        T[] inputs = Data.Uniform<T>(dimension * samples, 5), weights = Data.Uniform<T>(samples, 6);
        int padded = RankOneTile.PaddedRows(dimension), stride = RankOneTile.RowStride<T>(dimension);
        T[] transposed = Transposed(inputs, dimension, samples), weighted = new T[samples * stride], start = Data.Uniform<T>(padded * stride, 7);
        for (int s = 0; s < samples; s++)
        {
            for (int j = 0; j < dimension; j++)
            {
                weighted[(s * stride) + j] = weights[s] * inputs[(s * dimension) + j];
            }
        }

        T[] weighed = Data.Uniform<T>(weighted.Length, 8), chosen = [.. start], written = [.. start];
        RankOneTile.Weigh(inputs, dimension, weights, dimension, samples, weighed);
        for (int s = 0; s < samples; s++)
        {
            Assert.True(Data.SameBits<T>(weighted.AsSpan(s * stride, dimension), weighed.AsSpan(s * stride, dimension)), $"sample {s}");
        }

        RankOneTile.WeightedGram<T>(transposed, weighted, dimension, samples, chosen, accumulate: true);
        RankOneTile.WeightedGram<T>(transposed, weighted, dimension, samples, written, accumulate: false);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double expected = 0;
                for (int s = 0; s < samples; s++)
                {
                    expected += At(weights, s) * At(inputs, (s * dimension) + i) * At(inputs, (s * dimension) + j);
                }

                Assert.Equal(expected, At(written, (i * stride) + j), double.CreateChecked(Data.Epsilon<T>()) * 4 * (samples + 1));
                Assert.Equal(expected + At(start, (i * stride) + j), At(chosen, (i * stride) + j), double.CreateChecked(Data.Epsilon<T>()) * 4 * (samples + 1));
            }
        }

        Check<Scalar<T>, T>();
        Check<Simd128<T>, Vector128<T>>();
        Check<Simd256<T>, Vector256<T>>();
        Check<Simd512<T>, Vector512<T>>();

        void Check<TSimd, TVector>()
            where TSimd : struct, ISimd<T, TVector>
            where TVector : unmanaged
        {
            T[] gram = [.. start];
            fixed (T* x = transposed, w = weighted, g = gram)
            {
                RankOneTile.WeightedGram<T, TSimd, TVector>(x, w, dimension, samples, g, stride, accumulate: true);
            }

            for (int i = 0; i < dimension; i++)
            {
                Assert.True(Data.SameBits<T>(chosen.AsSpan(i * stride, i + 1), gram.AsSpan(i * stride, i + 1)), $"{typeof(TSimd).Name}, row {i}");
            }
        }
    }

    private static double At(T[] values, int index) => double.CreateChecked(values[index]);

    private static T[] Transposed(T[] inputs, int dimension, int samples)
    {
        T[] transposed = new T[RankOneTile.PaddedRows(dimension) * RankOneTile.Samples];
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < dimension; i++)
            {
                transposed[(i * RankOneTile.Samples) + s] = inputs[(s * dimension) + i];
            }
        }

        return transposed;
    }
}
