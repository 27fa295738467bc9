using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics.Simd;

/// <summary>Two registers as one of twice the width. With it a kernel whose sums depend on the number of lanes has one number of lanes on every path.</summary>
/// <remarks>A lane holds the same bits as in a register that is as wide in hardware. It costs registers, so that the loops of narrow paths may spill.</remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TSimd">The operations on one of the two.</typeparam>
/// <typeparam name="TVector">One of the two.</typeparam>
internal readonly struct Twice<T, TSimd, TVector> : ISimd<T, VectorPair<TVector>>
    where T : unmanaged
    where TVector : unmanaged
    where TSimd : struct, ISimd<T, TVector>
{
    public static int Count => 2 * TSimd.Count;

    public static int Registers => TSimd.Registers / 2;

    public static VectorPair<TVector> Zero => new(TSimd.Zero, TSimd.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Create(T value)
    {
        TVector vector = TSimd.Create(value);
        return new(vector, vector);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Load(ref readonly T source)
        => new(TSimd.Load(in source), TSimd.Load(ref Unsafe.Add(ref Unsafe.AsRef(in source), TSimd.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(VectorPair<TVector> value, ref T destination)
    {
        TSimd.Store(value.First, ref destination);
        TSimd.Store(value.Second, ref Unsafe.Add(ref destination, TSimd.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Add(VectorPair<TVector> x, VectorPair<TVector> y) => new(TSimd.Add(x.First, y.First), TSimd.Add(x.Second, y.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Subtract(VectorPair<TVector> x, VectorPair<TVector> y)
        => new(TSimd.Subtract(x.First, y.First), TSimd.Subtract(x.Second, y.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Multiply(VectorPair<TVector> x, VectorPair<TVector> y)
        => new(TSimd.Multiply(x.First, y.First), TSimd.Multiply(x.Second, y.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Divide(VectorPair<TVector> x, VectorPair<TVector> y)
        => new(TSimd.Divide(x.First, y.First), TSimd.Divide(x.Second, y.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Sqrt(VectorPair<TVector> x) => new(TSimd.Sqrt(x.First), TSimd.Sqrt(x.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> FusedMultiplyAdd(VectorPair<TVector> x, VectorPair<TVector> y, VectorPair<TVector> z)
        => new(TSimd.FusedMultiplyAdd(x.First, y.First, z.First), TSimd.FusedMultiplyAdd(x.Second, y.Second, z.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> SelectLess(VectorPair<TVector> x, VectorPair<TVector> y, VectorPair<TVector> then, VectorPair<TVector> otherwise)
        => new(TSimd.SelectLess(x.First, y.First, then.First, otherwise.First), TSimd.SelectLess(x.Second, y.Second, then.Second, otherwise.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddHalves(VectorPair<TVector> x) => TSimd.AddHalves(TSimd.Add(x.First, x.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> ZipLow(VectorPair<TVector> x, VectorPair<TVector> y)
        => new(TSimd.ZipLow(x.First, y.First), TSimd.ZipHigh(x.First, y.First));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> ZipHigh(VectorPair<TVector> x, VectorPair<TVector> y)
        => new(TSimd.ZipLow(x.Second, y.Second), TSimd.ZipHigh(x.Second, y.Second));
}
