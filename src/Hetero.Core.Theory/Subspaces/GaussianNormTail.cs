using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Subspaces;

/// <summary>
/// P(σ_1 &gt; s) for an n×m matrix of independent N(0,1) entries, exactly: with its relative accuracy far out, where no simulation comes.
/// </summary>
/// <remarks>
/// <para>Reflections make the matrix bidiagonal, with independent squares q_i ~ χ²_{n−i+1} on the diagonal and e_i ~ χ²_{m−i} beside it, m ≤ n. By the decomposition LDLᵀ of
/// BᵀB − x, x = s², σ_1² is below x exactly if q_i &lt; u_i for all i, u_1 = x, u_{i+1} = x − e_i·u_i/(u_i − q_i). So with V_i(u) the chance that this breaks from i on,
/// V_i(u) = P(q_i ≥ u) + E[H_i((u − q_i)/u); q_i &lt; u] and H_i(w) = P(e_i ≥ wx) + E[V_{i+1}(x − e_i/w); e_i &lt; wx].</para>
/// <para>In φ with u = x·sin²φ, w = sin²φ the integrands are smooth at both ends, and every value that one integral asks for is one that the other has: two products of
/// positive matrices with vectors for each i.</para>
/// </remarks>
internal static class GaussianNormTail
{
    // Even, for Simpson's rule.
    private const int Intervals = 192;
    private static readonly double[] Sines = [.. Enumerable.Range(0, Intervals + 1).Select(j => Math.Sin(0.5 * Math.PI * j / Intervals))];

    /// <summary>Returns P(σ_1 &gt; s).</summary>
    /// <param name="rows">n, 1 or more.</param>
    /// <param name="columns">m, 1 or more.</param>
    /// <param name="size">s, above 0.</param>
    public static double Above(int rows, int columns, double size)
    {
        (int n, int m) = (Math.Max(rows, columns), Math.Min(rows, columns));
        double x = size * size;
        double[] broken = new double[Intervals + 1], next = new double[Intervals + 1];
        for (int j = 0; j <= Intervals; j++)
        {
            broken[j] = IncompleteGamma.Upper(0.5 * (n - m + 1), 0.5 * x * Sines[j] * Sines[j]);
        }

        for (int i = m - 1; i >= 1; i--)
        {
            Integrate(m - i, x, broken, next);
            Integrate(n - i + 1, x, next, broken);
        }

        return broken[^1];
    }

    /// <summary>result_l = P(χ² ≥ x·sin²φ_l) + E[values(φ); χ² = x·sin²φ_l·cos²φ].</summary>
    private static void Integrate(int degrees, double x, double[] values, double[] result)
    {
        // Beside e^(−χ²/2): the rest of χ²'s density times the derivative of limit·cos²φ, in which cos φ cancels for one degree of freedom.
        double half = 0.5 * degrees, normal = Math.Log(2) - (half * Math.Log(2)) - IncompleteGamma.LogGamma(half);
        double[] factors = new double[Intervals + 1];
        for (int j = 0; j <= Intervals; j++)
        {
            double weight = (j is 0 or Intervals ? 1 : j % 2 == 1 ? 4 : 2) * (0.5 * Math.PI / Intervals / 3);
            factors[j] = weight * Sines[j] * Math.Pow(Sines[Intervals - j], degrees - 1) * values[j];
        }

        result[0] = 1;
        for (int l = 1; l <= Intervals; l++)
        {
            double limit = x * Sines[l] * Sines[l], sum = 0;
            for (int j = 0; j <= Intervals; j++)
            {
                double cosine = Sines[Intervals - j];
                sum += factors[j] * Math.Exp(-0.5 * limit * cosine * cosine);
            }

            result[l] = IncompleteGamma.Upper(half, 0.5 * limit) + (sum * Math.Exp((half * Math.Log(limit)) + normal));
        }
    }
}
