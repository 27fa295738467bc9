using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics;

/// <summary>What the kernels run on: the facts that a manifest records beside its numbers. Thread-safe: no state.</summary>
public static class HardwareInfo
{
    /// <summary>
    /// Gets the name of the path that the kernels take: Vector512, Vector256, Vector128 or scalar. A program published ahead of time has the path of
    /// the instruction set that it was compiled for, scalar on x64 unless <c>IlcInstructionSet</c> is set, whatever the processor has.
    /// </summary>
    public static string SimdPath => Simd.SimdPath.Name;

    /// <summary>Gets the width of that path's registers in bits; 0 for scalar.</summary>
    public static int VectorBits
        => Simd.SimdPath.Is512 ? 512 : Simd.SimdPath.Is256 ? 256 : Simd.SimdPath.Is128 ? 128 : 0;

    /// <summary>Gets whether AVX2 may be used: the processor has it, and the program is compiled for it.</summary>
    public static bool HasAvx2 => Avx2.IsSupported;

    /// <summary>Gets whether the foundation of AVX-512 may be used.</summary>
    public static bool HasAvx512 => Avx512F.IsSupported;

    /// <summary>Gets whether x64's fused multiply-add may be used.</summary>
    public static bool HasFma => Fma.IsSupported;

    /// <summary>Gets whether Arm64's vector instructions may be used.</summary>
    public static bool HasAdvSimd => AdvSimd.IsSupported;

    /// <summary>Gets the number of logical processors that this process may use.</summary>
    public static int ProcessorCount => Environment.ProcessorCount;

    /// <summary>Gets the architecture of this process, such as X64.</summary>
    public static string Architecture => RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Gets the description of the operating system.</summary>
    public static string OperatingSystem => RuntimeInformation.OSDescription;

    /// <summary>Gets the description of the runtime.</summary>
    public static string Runtime => RuntimeInformation.FrameworkDescription;
}
