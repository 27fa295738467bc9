using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <content>Eigenvalues and vectors of small matrices, a register of them at once.</content>
public abstract unsafe partial class LinePathTests<T>
{
    [Theory]
    [MemberData(nameof(Sizes))]
    public void SturmSequences(int n)
    {
        int padded = LinePath.Padded<T>(n);
        T[] d = Data.Uniform<T>(n, 1), e = Data.Uniform<T>(n, 2);
        Same<SturmEigenvalues<T>>(path =>
        {
            T[] diagonal = [.. d], squares = [.. e.Select((value, i) => i == 0 ? T.Zero : -(value * value))], values = new T[padded], scratch = new T[4 * padded];
            scratch.AsSpan().Fill(T.NaN);
            fixed (T* a = diagonal, b = squares, w = values, s = scratch)
            {
                SturmEigenvalues<T> kernel = new()
                {
                    Diagonal = a,
                    Squares = b,
                    Rows = n,
                    Count = n,
                    Lower = T.CreateChecked(-3),
                    Upper = T.CreateChecked(3),
                    Start = T.CreateChecked(-3),
                    Values = w,
                    Scratch = s,
                };
                path(ref kernel);
                return [.. values, kernel.Succeeded ? T.One : T.Zero];
            }
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TwistedFactorizations(int n)
    {
        int rows = n + 1, padded = LinePath.Padded<T>(n);
        T[] d = Data.Uniform<T>(rows, 1), e = Data.Uniform<T>(rows, 2), start = Padded(1, n, padded);
        Same<TwistedVectors<T>>(path =>
        {
            T[] values = [.. start], vectors = new T[rows * padded], scratch = new T[TwistedVectors<T>.GetScratchLength(rows)];
            scratch.AsSpan().Fill(T.NaN);
            fixed (T* a = d, b = e, w = values, v = vectors, s = scratch)
            {
                TwistedVectors<T> kernel = new()
                {
                    Diagonal = a,
                    Beside = b,
                    Rows = rows,
                    Values = w,
                    Count = n,
                    Vectors = v,
                    Stride = padded,
                    Square = T.One,
                    Scratch = s,
                    Corrects = true,
                };
                path(ref kernel);
                return [.. values, .. vectors, kernel.Residual];
            }
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void VectorsMadeOrthonormal(int size)
    {
        // An orthogonal matrix, a reflection, and something beside it.
        int n = size + 3, padded = LinePath.Padded<T>(n), stride = padded + LinePath.Count<T>();
        T[] x = Data.Uniform<T>(n, 3), noise = Data.Uniform<T>(n * n, 4), start = new T[n * stride];
        T square = x.Aggregate(T.Zero, (sum, value) => sum + (value * value));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                start[(i * stride) + j] = (i == j ? T.One : T.Zero) - ((x[i] + x[i]) * x[j] / square) + (noise[(i * n) + j] * T.CreateChecked(0.01) / T.CreateChecked(n));
            }
        }

        Same<Orthonormalization<T>>(path =>
        {
            T[] vectors = [.. start], target = new T[n * padded], coefficients = new T[n * padded];
            coefficients.AsSpan().Fill(T.NaN);
            fixed (T* v = vectors, t = target, c = coefficients)
            {
                Orthonormalization<T> kernel = new() { Rows = n, Vectors = v, Stride = stride, Target = t, TargetStride = padded, Coefficients = c };
                path(ref kernel);
                Assert.True(kernel.Succeeded);
            }

            T[] columns = [.. Enumerable.Range(0, n * n).Select(i => target[(i / n * padded) + (i % n)])];
            double defect = Matrices.Defect(columns, n, n);
            Assert.True(defect <= Matrices.Bound<T>(n) / 64, $"n = {n}: VᵀV − I is {defect}");
            return target;
        });
    }
}
