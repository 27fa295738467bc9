using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Sensing;

/// <summary>The moments of X = xxᵀ with x ~ N(0, I_d). Thread-safe: no state.</summary>
internal static class RankOneLaw
{
    /// <summary>Replaces D by E[⟨X, D⟩X] = 2D + tr(D)·I.</summary>
    public static void ToMean<T>(Span<T> svec, int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T trace = T.Zero;
        for (int i = 0; i < dimension; i++)
        {
            trace += svec[Svec.IndexOf(i, i)];
        }

        TensorPrimitives.Multiply(svec, T.CreateTruncating(2), svec);
        for (int i = 0; i < dimension; i++)
        {
            svec[Svec.IndexOf(i, i)] += trace;
        }
    }

    /// <summary>A bound on a row of ⟨X, D⟩X for ‖D‖_F = 1: |x_i|·‖x‖³ with |x_i| below 10 and ‖x‖ below √d + 10.</summary>
    public static double GrowthBound(int dimension) => 10 * Cube(Math.Sqrt(dimension) + 10);

    private static double Cube(double x) => x * x * x;
}
