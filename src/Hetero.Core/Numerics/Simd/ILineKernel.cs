namespace Hetero.Core.Numerics.Simd;

/// <summary>A kernel over registers of 64 bytes, see <see cref="LinePath"/>.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ILineKernel<T>
    where T : unmanaged
{
    /// <summary>Runs on one kind of register; the results have the same bits on all.</summary>
    void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>;
}
