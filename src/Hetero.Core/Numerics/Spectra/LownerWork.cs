using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Löwner's formula, see <see cref="RankOneVectors"/>, for some weights at a time: a weight is a product over the roots, in their order.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TGap">The distance of poles.</typeparam>
internal unsafe struct LownerWork<T, TGap> : ITeamWork, ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TGap : struct, IPoleGap<T>
{
    /// <summary>The poles, ascending as the roots are.</summary>
    public T* Poles;

    /// <summary>The poles in the order of <see cref="Weights"/>, <see cref="Exact"/> and the differences.</summary>
    public T* Grouped;

    /// <summary>The place of each pole in that order; null if it is its own.</summary>
    public int* Places;

    /// <summary>z: its signs are used.</summary>
    public T* Weights;

    /// <summary>The number of poles.</summary>
    public int Count;

    /// <summary>See <see cref="SecularRoots{T, TGap}"/>.</summary>
    public T* Differences;

    /// <summary>The distance between two of its rows.</summary>
    public nint DifferencesStride;

    /// <summary>Receives ẑ.</summary>
    public T* Exact;

    private const int WeightsPerPart = 128;

    private int _first;

    /// <summary>Gets the number of parts.</summary>
    public readonly int Parts => (Count + WeightsPerPart - 1) / WeightsPerPart;

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        LownerWork<T, TGap> kernel = this;
        kernel._first = part * WeightsPerPart;
        LinePath.Run<T, LownerWork<T, TGap>>(ref kernel);
    }

    // Four chains of products hide the latency of a product; the divisions wait for nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        int end = Math.Min(_first + WeightsPerPart, Count);
        int column = _first;
        T* chains = stackalloc T[4 * lanes];
        for (; column + (4 * lanes) <= end; column += 4 * lanes)
        {
            T* poles = Grouped + column;
            TVector p0 = TSimd.Create(T.One), p1 = p0, p2 = p0, p3 = p0;
            for (int k = 0; k < Count; k++)
            {
                T* row = Differences + (k * DifferencesStride) + column;
                int own = Place(k) - column;
                bool holdsOwn = (uint)own < (uint)(4 * lanes);
                T product = T.Zero;
                if (holdsOwn)
                {
                    Store<TSimd, TVector>(chains, p0, p1, p2, p3);
                    product = chains[own] * -row[own];
                }

                TVector pole = TSimd.Create(Poles[k]);
                p0 = TSimd.Multiply(p0, TSimd.Divide(TSimd.Load(ref row[0]), TGap.Of<TSimd, TVector>(TSimd.Load(ref poles[0]), pole)));
                p1 = TSimd.Multiply(p1, TSimd.Divide(TSimd.Load(ref row[lanes]), TGap.Of<TSimd, TVector>(TSimd.Load(ref poles[lanes]), pole)));
                p2 = TSimd.Multiply(p2, TSimd.Divide(TSimd.Load(ref row[2 * lanes]), TGap.Of<TSimd, TVector>(TSimd.Load(ref poles[2 * lanes]), pole)));
                p3 = TSimd.Multiply(p3, TSimd.Divide(TSimd.Load(ref row[3 * lanes]), TGap.Of<TSimd, TVector>(TSimd.Load(ref poles[3 * lanes]), pole)));
                if (holdsOwn)
                {
                    Store<TSimd, TVector>(chains, p0, p1, p2, p3);
                    chains[own] = product;
                    (p0, p1) = (TSimd.Load(ref chains[0]), TSimd.Load(ref chains[lanes]));
                    (p2, p3) = (TSimd.Load(ref chains[2 * lanes]), TSimd.Load(ref chains[3 * lanes]));
                }
            }

            Store<TSimd, TVector>(Exact + column, p0, p1, p2, p3);
        }

        for (; column + lanes <= end; column += lanes)
        {
            TVector chain = TSimd.Create(T.One);
            for (int k = 0; k < Count; k++)
            {
                T* row = Differences + (k * DifferencesStride) + column;
                int own = Place(k) - column;
                TVector gap = TGap.Of<TSimd, TVector>(TSimd.Load(ref Grouped[column]), TSimd.Create(Poles[k]));
                TVector next = TSimd.Multiply(chain, TSimd.Divide(TSimd.Load(ref row[0]), gap));
                if ((uint)own < (uint)lanes)
                {
                    TSimd.Store(chain, ref chains[0]);
                    T product = chains[own] * -row[own];
                    TSimd.Store(next, ref chains[0]);
                    chains[own] = product;
                    next = TSimd.Load(ref chains[0]);
                }

                chain = next;
            }

            TSimd.Store(chain, ref Exact[column]);
        }

        for (; column < end; column++)
        {
            T product = T.One;
            for (int k = 0; k < Count; k++)
            {
                T difference = Differences[(k * DifferencesStride) + column];
                product *= Place(k) == column ? -difference : difference / TGap.Of(Grouped[column], Poles[k]);
            }

            Exact[column] = product;
        }

        for (int j = _first; j < end; j++)
        {
            Exact[j] = T.CopySign(T.Sqrt(T.Abs(Exact[j])), Weights[j]);
        }
    }

    private readonly int Place(int root) => Places == null ? root : Places[root];

    private static void Store<TSimd, TVector>(T* destination, TVector p0, TVector p1, TVector p2, TVector p3)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TSimd.Store(p0, ref destination[0]);
        TSimd.Store(p1, ref destination[TSimd.Count]);
        TSimd.Store(p2, ref destination[2 * TSimd.Count]);
        TSimd.Store(p3, ref destination[3 * TSimd.Count]);
    }
}
