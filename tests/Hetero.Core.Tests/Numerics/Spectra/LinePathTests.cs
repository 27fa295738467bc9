using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class LinePathOfDoubleTests : LinePathTests<double>;

public sealed class LinePathOfFloatTests : LinePathTests<float>;

/// <summary>The kernels over registers of 64 bytes: the same bits whether it is one register, or 2, 4, 8 or 16.</summary>
public abstract unsafe partial class LinePathTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private delegate void Path<TKernel>(ref TKernel kernel)
        where TKernel : struct, ILineKernel<T>;

    public static TheoryData<int> Sizes => [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 33, 50, 70];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Tridiagonalization(int n)
    {
        int stride = LinePath.Padded<T>(n);
        T[] a = Symmetric(n, stride);
        Same<FusedTridiagonalization<T>>(path =>
        {
            T[] work = [.. a], results = new T[3 * n], scratch = new T[FusedTridiagonalization<T>.GetScratchLength(n, null)];
            scratch.AsSpan().Fill(T.NaN);
            fixed (T* m = work, r = results, s = scratch)
            {
                FusedTridiagonalization<T> kernel = new()
                {
                    Matrix = m,
                    Stride = stride,
                    Rows = n,
                    Diagonal = r,
                    Beside = r + n,
                    Factors = r + (2 * n),
                    Scratch = s,
                };
                path(ref kernel);
            }

            return [.. work, .. results];
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void PassesWithAndWithoutAnUpdate(int n)
    {
        int stride = LinePath.Padded<T>(n);
        foreach (bool updates in (bool[])[false, true])
        {
            T[] a = Symmetric(n, stride), vectors = Padded(4, n, stride);
            Same<SymmetricPass<T>>(path =>
            {
                T[] work = [.. a], lines = [.. vectors], sums = new T[n];
                fixed (T* m = work, v = lines, s = sums)
                {
                    SymmetricPass<T> kernel = new()
                    {
                        Matrix = m,
                        Stride = stride,
                        End = n,
                        V = updates ? v : null,
                        W = v + stride,
                        X = v + (2 * stride),
                        Y = v + (3 * stride),
                        Sums = s,
                    };
                    path(ref kernel);
                }

                return [.. work, .. lines, .. sums];
            });
        }
    }

    /// <summary>Against sums in double: the update, and the product of the whole symmetric matrix.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void APassIsAnUpdateAndAProduct(int n)
    {
        int stride = LinePath.Padded<T>(n);
        T[] a = Symmetric(n, stride), work = [.. a], lines = Padded(4, n, stride), sums = new T[n];
        lines.AsSpan(3 * stride).Clear();
        fixed (T* m = work, v = lines, s = sums)
        {
            SymmetricPass<T> kernel = new()
            {
                Matrix = m,
                Stride = stride,
                End = n,
                V = v,
                W = v + stride,
                X = v + (2 * stride),
                Y = v + (3 * stride),
                Sums = s,
            };
            LinePath.Run<T, SymmetricPass<T>>(ref kernel);
        }

        double[] line = Array.ConvertAll(lines, double.CreateChecked);
        for (int i = 0; i < n; i++)
        {
            double expected = 0, size = 0;
            for (int j = 0; j < n; j++)
            {
                double entry = double.CreateChecked(a[(Math.Max(i, j) * stride) + Math.Min(i, j)]) - (line[i] * line[stride + j]) - (line[j] * line[stride + i]);
                expected += entry * line[(2 * stride) + j];
                size += Math.Abs(entry * line[(2 * stride) + j]) + Math.Abs(line[(2 * stride) + j]);
                if (j <= i)
                {
                    Assert.Equal(entry, double.CreateChecked(work[(i * stride) + j]), 8 * double.CreateChecked(Data.Epsilon<T>()));
                }
            }

            Assert.Equal(expected, double.CreateChecked(lines[(3 * stride) + i] + sums[i]), 16 * double.CreateChecked(Data.Epsilon<T>()) * (size + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Reflections(int n)
    {
        int stride = LinePath.Padded<T>(n);
        foreach (int lead in (int[])[0, 1, 5])
        {
            T[] reflectors = Padded(n, n, stride + 8), factors = Data.Uniform<T>(n, 8), target = Padded(n + 5, n, stride);
            Same<ReflectorSweep<T>>(path =>
            {
                T[] work = [.. target];
                fixed (T* v = reflectors, t = factors, b = work)
                {
                    ReflectorSweep<T> kernel = new()
                    {
                        Reflectors = v,
                        Stride = stride + 8,
                        Factors = t,
                        Target = b,
                        TargetStride = stride,
                        Rows = n,
                        Columns = stride,
                        Lead = lead,
                    };
                    path(ref kernel);
                }

                return work;
            });
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SecularFunctions(int n)
    {
        CheckSecularFunctions<EigenvalueGap<T>>(n);
        CheckSecularFunctions<SingularValueGap<T>>(n);
    }

    /// <summary>With differences d_j² − λ_k for λ below d_1², d_2², …: a product over all of them, of which those of pole and root of one number have −1 for a distance.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void WeightsByLowner(int n)
    {
        WeightsByLöwner<EigenvalueGap<T>>(n, pole => pole);
        WeightsByLöwner<SingularValueGap<T>>(n, pole => pole * pole);
    }

    private static void WeightsByLöwner<TGap>(int n, Func<double, double> power)
        where TGap : struct, IPoleGap<T>
    {
        int[] places = [.. Enumerable.Range(0, n).OrderBy(j => j * 7919 % 104729 % 13).ThenBy(j => j)];
        T[] poles = [.. Enumerable.Range(0, n).Select(T.CreateChecked)], grouped = new T[n], weights = Data.Uniform<T>(n, 4), differences = new T[n * (n + 3)];
        double[] expected = new double[n];
        for (int j = 0; j < n; j++)
        {
            int place = places[j];
            grouped[place] = poles[j];
            double square = 1;
            for (int k = 0; k < n; k++)
            {
                double root = power(k + 0.25), difference = power(j) - root;
                differences[(k * (n + 3)) + place] = T.CreateChecked(difference);
                square *= j == k ? -difference : difference / (power(j) - power(k));
            }

            expected[place] = Math.CopySign(Math.Sqrt(square), double.CreateChecked(weights[place]));
        }

        Same<LownerWork<T, TGap>>(path =>
        {
            T[] exact = new T[n];
            fixed (T* d = poles, g = grouped, z = weights, m = differences, e = exact)
            fixed (int* p = places)
            {
                LownerWork<T, TGap> kernel = new()
                {
                    Poles = d,
                    Grouped = g,
                    Places = p,
                    Weights = z,
                    Count = n,
                    Differences = m,
                    DifferencesStride = n + 3,
                    Exact = e,
                };
                path(ref kernel);
            }

            for (int j = 0; j < n; j++)
            {
                Assert.Equal(expected[j], double.CreateChecked(exact[j]), 4 * n * double.CreateChecked(Data.Epsilon<T>()) * Math.Abs(expected[j]));
            }

            return exact;
        });
    }

    private static void CheckSecularFunctions<TGap>(int n)
        where TGap : struct, IPoleGap<T>
    {
        int lanes = LinePath.Count<T>();
        T[] poles = [.. Enumerable.Range(0, n).Select(T.CreateChecked)], weights = Data.Uniform<T>(n, 4);
        for (int first = 0; first < n; first += lanes)
        {
            T[] origins = [.. Enumerable.Range(first, lanes).Select(k => poles[Math.Min(k, n - 1)])], shifts = [.. Data.Uniform<T>(lanes, 5).Select(T.Abs)];
            int start = first;
            Same<SecularEvaluation<T, TGap>>(path =>
            {
                T[] sums = new T[4 * lanes], scratch = new T[lanes];
                fixed (T* d = poles, z = weights, o = origins, t = shifts, s = sums, memory = scratch)
                {
                    SecularEvaluation<T, TGap> kernel = new()
                    {
                        Poles = d,
                        Weights = z,
                        Count = n,
                        First = start,
                        Origins = o,
                        Shifts = t,
                        Sums = s,
                        Scratch = memory,
                    };
                    path(ref kernel);
                }

                return sums;
            });
        }
    }

    /// <summary>Against a plain chain for each entry as well.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void CholeskyBlocksOfFewRows(int n)
    {
        int stride = LinePath.Padded<T>(n);
        T[] symmetric = Matrices.Mirrored(Data.Uniform<T>(n * n, n), n), expected = new T[n * n];
        for (int k = 0; k < n; k++)
        {
            symmetric[k * (n + 1)] += T.CreateChecked(n);
            for (int j = k; j < n; j++)
            {
                T entry = symmetric[(k * n) + j];
                for (int i = 0; i < k; i++)
                {
                    entry = T.FusedMultiplyAdd(-expected[(i * n) + k], expected[(i * n) + j], entry);
                }

                expected[(k * n) + j] = j == k ? T.Sqrt(entry) : entry / expected[(k * n) + k];
            }
        }

        T[] Factor(Path<CholeskyLeaf<T>> path)
        {
            T[] work = Padded((2 * n) + 1, 0, stride), result = new T[n * n];
            for (int i = 0; i < n; i++)
            {
                symmetric.AsSpan(i * n, n).CopyTo(work.AsSpan(i * stride));
            }

            fixed (T* rows = work)
            {
                CholeskyLeaf<T> kernel = new() { Rows = rows, Negated = rows + (n * stride), Pivots = rows + (2 * n * stride), Size = n, Stride = stride };
                path(ref kernel);
                Assert.Equal(-1, kernel.Failed);
            }

            for (int i = 0; i < n; i++)
            {
                work.AsSpan((i * stride) + i, n - i).CopyTo(result.AsSpan((i * n) + i));
            }

            return result;
        }

        Assert.True(Data.SameBits<T>(expected, Factor(LinePath.Run<T, CholeskyLeaf<T>>)), "a chain for each entry");
        Same<CholeskyLeaf<T>>(Factor);
    }

    /// <summary>Against a plain chain for each entry as well.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void SubstitutionWithFewRows(int columns)
    {
        int stride = columns + 3;
        foreach ((int n, bool isLower) in (ReadOnlySpan<(int, bool)>)[(16, true), (16, false), (5, true), (5, false), (1, true)])
        {
            T[] triangle = Data.Uniform<T>(n * n, n), sides = Data.Uniform<T>(n * stride, columns), expected = [.. sides];
            for (int step = 0; step < n; step++)
            {
                int i = isLower ? step : n - 1 - step;
                for (int c = 0; c < columns; c++)
                {
                    for (int j = isLower ? 0 : i + 1; j < (isLower ? i : n); j++)
                    {
                        expected[(i * stride) + c] = T.FusedMultiplyAdd(triangle[(i * n) + j], expected[(j * stride) + c], expected[(i * stride) + c]);
                    }

                    expected[(i * stride) + c] /= triangle[i * (n + 1)];
                }
            }

            T[] Solve(Path<SubstitutionLeaf<T>> path)
            {
                T[] work = [.. sides], rest = new T[n * LinePath.Count<T>()];
                rest.AsSpan().Fill(T.NaN);
                fixed (T* t = triangle, b = work, r = rest)
                {
                    SubstitutionLeaf<T> kernel = new() { Triangle = t, IsLower = isLower, Size = n, Sides = b, Columns = columns, Stride = stride, Rest = r };
                    path(ref kernel);
                }

                return work;
            }

            Assert.True(Data.SameBits<T>(expected, Solve(LinePath.Run<T, SubstitutionLeaf<T>>)), "a chain for each entry");
            Same<SubstitutionLeaf<T>>(Solve);
        }
    }

    private static void Same<TKernel>(Func<Path<TKernel>, T[]> result)
        where TKernel : struct, ILineKernel<T>
    {
        T[] expected = result(LinePath.Run<T, TKernel>);
        Assert.True(Data.SameBits<T>(expected, result((ref TKernel kernel) => kernel.Run<Simd512<T>, System.Runtime.Intrinsics.Vector512<T>>())), "512 bits");
        Assert.True(Data.SameBits<T>(expected, result(LinePath.RunBy256<T, TKernel>)), "256 bits");
        Assert.True(Data.SameBits<T>(expected, result(LinePath.RunBy128<T, TKernel>)), "128 bits");
        Assert.True(Data.SameBits<T>(expected, result(LinePath.RunByElement<T, TKernel>)), "elements");
    }

    /// <summary>The lower triangle, blocks of both triangles on the diagonal, zeros elsewhere.</summary>
    private static T[] Symmetric(int n, int stride)
    {
        int lanes = LinePath.Count<T>();
        T[] a = Matrices.Mirrored(Data.Uniform<T>(n * n, n), n), work = new T[n * stride];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                work[(i * stride) + j] = j <= i || j / lanes == i / lanes ? a[(i * n) + j] : T.Zero;
            }
        }

        return work;
    }

    private static T[] Padded(int rows, int length, int stride)
    {
        T[] lines = Data.Uniform<T>(rows * stride, length);
        for (int i = 0; i < rows; i++)
        {
            lines.AsSpan((i * stride) + length, stride - length).Clear();
        }

        return lines;
    }
}
