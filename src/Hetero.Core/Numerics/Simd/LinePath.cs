using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hetero.Core.Numerics.Simd;

/// <summary>The paths of kernels whose register is 64 bytes on any processor: one register, or several side by side.</summary>
internal static class LinePath
{
    /// <summary>The elements in a register of 64 bytes.</summary>
    public static int Count<T>()
        where T : unmanaged
        => Vector512<T>.Count;

    /// <summary>The least multiple of a register's elements that is not below <paramref name="length"/>.</summary>
    public static int Padded<T>(int length)
        where T : unmanaged
        => checked(length + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

    /// <summary>Runs a kernel on the widest path.</summary>
    public static void Run<T, TKernel>(ref TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, ILineKernel<T>, allows ref struct
    {
        if (SimdPath.Is512)
        {
            kernel.Run<Simd512<T>, Vector512<T>>();
        }
        else if (SimdPath.Is256)
        {
            RunBy256<T, TKernel>(ref kernel);
        }
        else if (SimdPath.Is128)
        {
            RunBy128<T, TKernel>(ref kernel);
        }
        else
        {
            RunByElement<T, TKernel>(ref kernel);
        }
    }

    /// <summary>Runs a kernel on pairs of registers of 256 bits.</summary>
    internal static void RunBy256<T, TKernel>(ref TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, ILineKernel<T>, allows ref struct
        => kernel.Run<Twice<T, Simd256<T>, Vector256<T>>, VectorPair<Vector256<T>>>();

    /// <summary>Runs a kernel on quadruples of registers of 128 bits.</summary>
    internal static void RunBy128<T, TKernel>(ref TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, ILineKernel<T>, allows ref struct
        => kernel.Run<Twice<T, Twice<T, Simd128<T>, Vector128<T>>, VectorPair<Vector128<T>>>, VectorPair<VectorPair<Vector128<T>>>>();

    /// <summary>Runs a kernel element by element.</summary>
    internal static void RunByElement<T, TKernel>(ref TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, ILineKernel<T>, allows ref struct
    {
        if (typeof(T) == typeof(double))
        {
            kernel.Run<
                Twice<T, Twice<T, Twice<T, Scalar<T>, T>, VectorPair<T>>, VectorPair<VectorPair<T>>>,
                VectorPair<VectorPair<VectorPair<T>>>>();
        }
        else
        {
            kernel.Run<
                Twice<T, Twice<T, Twice<T, Twice<T, Scalar<T>, T>, VectorPair<T>>, VectorPair<VectorPair<T>>>, VectorPair<VectorPair<VectorPair<T>>>>,
                VectorPair<VectorPair<VectorPair<VectorPair<T>>>>>();
        }
    }
}
