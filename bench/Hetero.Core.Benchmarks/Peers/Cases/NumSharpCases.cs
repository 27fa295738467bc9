using System.Numerics;
using Hetero.Core.Benchmarks.Rates;
using NumSharp;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Rows against NumSharp, on one thread: it writes into memory of the caller, and has products and random numbers of its own, but no decompositions without a LAPACK.</summary>
internal static class NumSharpCases
{
    private const string Name = "NumSharp 0.70";

    /// <summary>Adds the row of a product of n×n matrices.</summary>
    public static void Multiply<T>(PeerCase result, string label, IContender ours, double flops, int n, T[] left, T[] right, double[] fingerprint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NDArray a = Square(left, n), b = Square(right, n), product = Square(new T[n * n], n);
        np.matmul(a, b, product);
        result.RequireSame($"{label}, NumSharp", fingerprint, TestData.Fingerprint<T>(product.ToArray<T>()), Precision.Tolerance<T>());
        result.Compare(label, Name, ours, result.Add(() => np.matmul(a, b, product), flops), WorkUnit.Flop, null);
    }

    /// <summary>Adds the row of Gaussian numbers in a warm buffer.</summary>
    public static void Fill<T>(PeerCase result, string label, IContender ours, int count, Action<T[]> check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Generator generator = np.random.default_rng(1);
        NDArray buffer = np.asarray(new T[count], 1);
        Shape shape = new(count);
        void Run() => generator.standard_normal(shape, typeof(T), buffer);
        Run();
        check(buffer.ToArray<T>());
        result.Compare(label, Name, ours, result.Add(Run, count), WorkUnit.Number, null);
    }

    private static NDArray Square<T>(T[] numbers, int n)
        where T : unmanaged
        => np.asarray(numbers, 1).reshape(n, n);
}
