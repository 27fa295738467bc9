using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// ψ = Σ z_j²/(d_j − λ) over the poles up to a root's own, φ over those above, and their derivatives, at as many neighbouring roots as 64 bytes hold: lane l is
/// at λ = d_o + τ with an origin and a τ of its own. A lane's sums are chains over the poles.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TGap">The distance of poles.</typeparam>
internal unsafe struct SecularEvaluation<T, TGap> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TGap : struct, IPoleGap<T>
{
    /// <summary>The poles d, ascending.</summary>
    public T* Poles;

    /// <summary>The weights z.</summary>
    public T* Weights;

    /// <summary>The number of poles.</summary>
    public int Count;

    /// <summary>The root of lane 0; lanes beyond the last root are at the last.</summary>
    public int First;

    /// <summary>For each lane the pole d_o that τ starts from.</summary>
    public T* Origins;

    /// <summary>For each lane τ.</summary>
    public T* Shifts;

    /// <summary>Receives ψ, ψ′, φ and φ′ of each lane, one after the other.</summary>
    public T* Sums;

    /// <summary>Scratch of two registers.</summary>
    public T* Scratch;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        TVector origin = TSimd.Load(ref Origins[0]);
        TVector shift = TSimd.Load(ref Shifts[0]);
        TVector psi = TSimd.Zero, psiSlope = TSimd.Zero, phi = TSimd.Zero, phiSlope = TSimd.Zero;
        for (int j = 0; j < First; j++)
        {
            TVector z = TSimd.Create(Weights[j]);
            TVector t = TSimd.Divide(z, TSimd.Subtract(TGap.Of<TSimd, TVector>(TSimd.Create(Poles[j]), origin), shift));
            psi = TSimd.FusedMultiplyAdd(z, t, psi);
            psiSlope = TSimd.FusedMultiplyAdd(t, t, psiSlope);
        }

        for (int j = Count - 1; j >= First + lanes; j--)
        {
            TVector z = TSimd.Create(Weights[j]);
            TVector t = TSimd.Divide(z, TSimd.Subtract(TGap.Of<TSimd, TVector>(TSimd.Create(Poles[j]), origin), shift));
            phi = TSimd.FusedMultiplyAdd(z, t, phi);
            phiSlope = TSimd.FusedMultiplyAdd(t, t, phiSlope);
        }

        TSimd.Store(psi, ref Sums[0]);
        TSimd.Store(psiSlope, ref Sums[lanes]);
        TSimd.Store(phi, ref Sums[2 * lanes]);
        TSimd.Store(phiSlope, ref Sums[3 * lanes]);

        // The poles of the lanes' own roots belong to ψ in some lanes and to φ in others.
        for (int j = First; j < Math.Min(First + lanes, Count); j++)
        {
            T z = Weights[j];
            TSimd.Store(TSimd.Divide(TSimd.Create(z), TSimd.Subtract(TGap.Of<TSimd, TVector>(TSimd.Create(Poles[j]), origin), shift)), ref Scratch[0]);
            for (int lane = 0; lane < lanes; lane++)
            {
                T* sums = Sums + lane + (Math.Min(First + lane, Count - 1) >= j ? 0 : 2 * lanes);
                T t = Scratch[lane];
                sums[0] = T.FusedMultiplyAdd(z, t, sums[0]);
                sums[lanes] = T.FusedMultiplyAdd(t, t, sums[lanes]);
            }
        }
    }
}
