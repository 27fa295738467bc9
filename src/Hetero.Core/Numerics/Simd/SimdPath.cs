using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics.Simd;

/// <summary>
/// The one ordered list of hardware paths. Every kernel asks in this order — <see cref="Is512"/>, <see cref="Is256"/>,
/// <see cref="Is128"/>, else scalar — and the JIT turns the questions into constants.
/// </summary>
/// <remarks>
/// A path qualifies only if it has a fused multiply-add in hardware: without one, a register's lanes would be fused in software one
/// by one, slower than the scalar path. So 128 bits are used on Arm64 alone.
/// </remarks>
internal static class SimdPath
{
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    public static bool Is256 => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    public static bool Is128 => Vector128.IsHardwareAccelerated && AdvSimd.IsSupported;

    /// <summary>Gets the name of the path in use, as <c>hetero info</c> and the manifests print it.</summary>
    public static string Name => Is512 ? "Vector512" : Is256 ? "Vector256" : Is128 ? "Vector128" : "scalar";
}
