using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>
/// Hashes of results that pass through every kernel. They are the same on every machine and register width; run the tests with
/// DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0 to see it.
/// </summary>
public sealed class PinnedBitsTests
{
    [Fact]
    public void TheHashesAreThoseOfVersion2() => Assert.Equal(2, Arithmetic.Version);

    [Fact]
    public void DoubleResultsAreTheSameEverywhere() => Assert.Equal("ae0d72c25664ed06", Hash<double>().ToString("x16"));

    [Fact]
    public void FloatResultsAreTheSameEverywhere() => Assert.Equal("231c592679a6bf4b", Hash<float>().ToString("x16"));

    [Fact]
    public void LargeDecompositionsOfDoubleAreTheSameEverywhere() => Assert.Equal("207b03f80769eb96", HashOfLarge<double>().ToString("x16"));

    [Fact]
    public void LargeDecompositionsOfFloatAreTheSameEverywhere() => Assert.Equal("08c6c0027b60254a", HashOfLarge<float>().ToString("x16"));

    private static ulong Hash<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int M = 53, N = 37;
        T[] a = Data.Uniform<T>(M * N);
        T[] scratch = new T[20_000];
        T[] gram = new T[N * N];
        T[] values = new T[N];
        T[] vectors = new T[N * N];
        T[] q = new T[M * N];
        T[] r = new T[N * N];
        Products.Gram(new ReadOnlyMatrixSpan<T>(a, M, N).Transposed, scratch, new(gram, N, N));
        SymmetricEigen.Decompose<T>(new(gram, N, N), scratch, values, new(vectors, N, N));
        HouseholderQr.Decompose<T>(new(a, M, N), scratch, new(q, M, N), new(r, N, N));
        T[] norms = [Reductions.Norm<T>(Data.Uniform<T>(70_000)), Norms.Spectral<T>(new(a, M, N), scratch)];

        return Fnv(gram, values, vectors, q, r, norms);
    }

    /// <summary>Tridiagonal reduction in panels, a shifted Cholesky QR of several blocks, and a singular value decomposition.</summary>
    private static ulong HashOfLarge<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int N = 77, Rows = 5000, K = 13, M = 45;
        T[] values = new T[N];
        T[] vectors = new T[N * N];
        SymmetricEigen.Decompose<T>(new(Data.Uniform<T>(N * N), N, N), new T[SymmetricEigen.GetScratchLength<T>(N)], values, new(vectors, N, N));

        T[] tall = Data.Uniform<T>(Rows * K);
        for (int i = 0; i < tall.Length; i += K)
        {
            tall[i] = tall[i + 1] + (tall[i] * T.Sqrt(Data.Epsilon<T>()));
        }

        T[] q = new T[Rows * K];
        T[] r = new T[K * K];
        CholeskyQr.Decompose<T>(new(tall, Rows, K), new T[CholeskyQr.GetScratchLength<T>(Rows, K)], new(q, Rows, K), new(r, K, K));

        T[] left = new T[N * M];
        T[] sigma = new T[M];
        T[] right = new T[M * M];
        JacobiSvd.Decompose<T>(new(Data.Uniform<T>(N * M, 2), N, M), new T[JacobiSvd.GetScratchLength<T>(N, M)], new(left, N, M), sigma, new(right, M, M));
        T[] norms = [Norms.GeneralNuclear<T>(new(left, N, M), new T[Norms.GetGeneralNuclearScratchLength<T>(N, M)])];
        return Fnv(values, vectors, q, r, left, sigma, right, norms);
    }

    /// <summary>FNV-1a.</summary>
    private static ulong Fnv<T>(params T[][] results)
        where T : unmanaged
    {
        ulong hash = 14695981039346656037;
        foreach (T[] result in results)
        {
            foreach (byte value in MemoryMarshal.AsBytes<T>(result))
            {
                hash = (hash ^ value) * 1099511628211;
            }
        }

        return hash;
    }
}
