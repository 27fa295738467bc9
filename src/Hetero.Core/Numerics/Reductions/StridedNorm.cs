using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The Euclidean norm of rows that lie apart: entry by entry, in the order of operations of <see cref="ScaledNorm"/> over a contiguous copy, which it saves.
/// Thread-safe: no state.
/// </summary>
internal static class StridedNorm
{
    /// <summary>Returns √(Σ aᵢⱼ²), row after row.</summary>
    public static T Of<T>(ReadOnlyMatrixSpan<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T squares = SumOfSquares(rows);
        if (ScaledNorm.KeepsDigits(squares))
        {
            return T.Sqrt(squares);
        }

        (T scale, T inverse) = PowerOfTwo.Normalizing(MatrixMemory.LargestMagnitude(rows));
        T total = T.Zero, sum = T.Zero;
        long count = 0;
        for (int i = 0; i < rows.Rows; i++)
        {
            foreach (T value in rows.Row(i))
            {
                if (count > 0 && count % ScaledNorm.PartLength == 0)
                {
                    total += sum;
                    sum = T.Zero;
                }

                T scaled = value * scale;
                sum = T.FusedMultiplyAdd(scaled, scaled, sum);
                count++;
            }
        }

        return T.Sqrt(total + sum) * inverse;
    }

    /// <summary>The sum of <see cref="Reductions.SumOfSquares"/>: lanes, blocks and rounds of blocks.</summary>
    private static T SumOfSquares<T>(ReadOnlyMatrixSpan<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[DotKernel.LaneBytes / Unsafe.SizeOf<T>()];
        lanes.Clear();
        T total = T.Zero, round = T.Zero;
        long count = 0;
        for (int i = 0; i < rows.Rows; i++)
        {
            foreach (T value in rows.Row(i))
            {
                if (count > 0 && count % DotKernel.BlockLength == 0)
                {
                    round += AddLanes(lanes);
                    lanes.Clear();
                    if (count % ((long)Reductions.SumsPerRound * DotKernel.BlockLength) == 0)
                    {
                        total += round;
                        round = T.Zero;
                    }
                }

                ref T lane = ref lanes[(int)(count % lanes.Length)];
                lane = T.FusedMultiplyAdd(value, value, lane);
                count++;
            }
        }

        return total + (round + AddLanes(lanes));
    }

    private static T AddLanes<T>(Span<T> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }
}
