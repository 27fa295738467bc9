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
    public void DoubleResultsAreTheSameEverywhere() => Assert.Equal("ae0d72c25664ed06", Hash<double>().ToString("x16"));

    [Fact]
    public void FloatResultsAreTheSameEverywhere() => Assert.Equal("231c592679a6bf4b", Hash<float>().ToString("x16"));

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

        // FNV-1a.
        ulong hash = 14695981039346656037;
        foreach (T[] result in (T[][])[gram, values, vectors, q, r, norms])
        {
            foreach (byte value in MemoryMarshal.AsBytes<T>(result))
            {
                hash = (hash ^ value) * 1099511628211;
            }
        }

        return hash;
    }
}
