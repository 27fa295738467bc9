using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Estimates ‖R⁻¹‖₁ of a triangle from a few solutions (Hager, SIAM J. Sci. Stat. Comput. 5, 1984; Higham, ACM TOMS 14, 1988; LAPACK: LACN2): a lower bound, nearly always within a factor of 3.
/// Thread-safe as long as calls share no memory.
/// </summary>
internal static class ConditionEstimate
{
    private const int MostSteps = 5;

    /// <summary>Gets the scratch of <see cref="Reciprocal"/>.</summary>
    public static int GetScratchLength(int size) => 3 * size;

    /// <summary>Returns an estimate of 1/(‖R‖₁·‖R⁻¹‖₁); 0 where R⁻¹ leaves the range.</summary>
    /// <param name="triangle">R, upper triangular, without zeros on the diagonal, n &gt; 0.</param>
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    public static T Reciprocal<T>(ReadOnlyMatrixSpan<T> triangle, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = triangle.Rows;
        Span<T> x = ScratchParts.Take(ref scratch, n), signs = ScratchParts.Take(ref scratch, n), sums = ScratchParts.Take(ref scratch, n);

        // ‖R⁻¹·x‖₁ is convex in x: it is largest at an axis, to which its slope leads.
        x.Fill(T.One / T.CreateChecked(n));
        T largest = Solve(triangle, x);
        int axis = -1;
        for (int step = 0; step < MostSteps && T.IsFinite(largest); step++)
        {
            for (int i = 0; i < n; i++)
            {
                signs[i] = T.CopySign(T.One, x[i]);
            }

            SolveTransposed(triangle, signs);
            int next = TensorPrimitives.IndexOfMaxMagnitude<T>(signs);
            if (next == axis)
            {
                break;
            }

            axis = next;
            x.Clear();
            x[axis] = T.One;
            T sum = Solve(triangle, x);
            if (!(sum > largest))
            {
                break;
            }

            largest = sum;
        }

        // A vector that the search has no reason to miss.
        for (int i = 0; i < n; i++)
        {
            T magnitude = T.One + (T.CreateChecked(i) / T.CreateChecked(Math.Max(n - 1, 1)));
            x[i] = int.IsEvenInteger(i) ? magnitude : -magnitude;
        }

        T other = Solve(triangle, x) * T.CreateChecked(2) / T.CreateChecked(3 * (long)n);
        sums.Clear();
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Abs(triangle.Row(i)[i..], signs[i..]);
            TensorPrimitives.Add<T>(sums[i..], signs[i..], sums[i..]);
        }

        T reciprocal = T.One / (T.Max(largest, other) * TensorPrimitives.Max<T>(sums));
        return T.IsFinite(reciprocal) ? reciprocal : T.Zero;
    }

    /// <summary>x ← R⁻¹·x; returns ‖x‖₁. For one vector, a row after the other takes less time than blocks.</summary>
    private static T Solve<T>(ReadOnlyMatrixSpan<T> triangle, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = x.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<T> row = triangle.Row(i);
            x[i] = (x[i] - Reductions.Dot<T>(row[(i + 1)..], x[(i + 1)..])) / row[i];
            sum += T.Abs(x[i]);
        }

        return sum;
    }

    /// <summary>x ← R⁻ᵀ·x.</summary>
    private static void SolveTransposed<T>(ReadOnlyMatrixSpan<T> triangle, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            ReadOnlySpan<T> row = triangle.Row(i);
            x[i] /= row[i];
            TensorPrimitives.FusedMultiplyAdd(row[(i + 1)..], -x[i], x[(i + 1)..], x[(i + 1)..]);
        }
    }
}
