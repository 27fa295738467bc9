namespace Hetero.Core.Theory.Networks;

/// <summary>The numbers that the checks of Theorem 7 share, and what the theorem presumes of them.</summary>
internal static class NetworkSetting
{
    /// <summary>E a^(e).</summary>
    public const double Mean = 0.5;

    /// <summary>Weights are the mean ± this with equal odds.</summary>
    public const double Spread = 4;

    public const double StepSize = 0.05;

    /// <summary>sup|a|·max(1 + |E a|)/min Var[a], which the theorem wants below a c0 without a value.</summary>
    public const double Ratio = (Mean + Spread) * (1 + Mean) / (Spread * Spread);

    /// <summary>
    /// Returns the hypotheses that have numbers, with the threshold that stands in for c0: variant neurons die out where E log|1 + 2ηs/(1 − η·tr D)| &lt;
    /// 0.
    /// </summary>
    /// <remarks>
    /// A step multiplies U by I − 2η/(1 − η·tr D)·D, and while U is small D is −A* − A^(e). If the 2r neurons are orthonormal and the variant ones share
    /// s, then tr D = −r(1 + s), all steps have the neurons as eigenvectors, and each variant neuron's Lyapunov exponent, the top one among them too, is
    /// the mean of log|1 + 2ηs/(1 + ηr(1 + s))|: −0.10 for r = 1, −0.19 for r = 2. Drawn from N(0, I/d) they are orthonormal up to 1/√d.
    /// </remarks>
    /// <param name="dimension">d.</param>
    /// <param name="rank">r = r1 = r2.</param>
    /// <param name="scale">α of Σ u_ju_jᵀ = αI.</param>
    public static IReadOnlyList<Inequality> Hypotheses(int dimension, int rank, double scale) =>
    [
        Inequality.Above("α > d⁻⁴", scale, Math.Pow(dimension, -4)),
        Inequality.Below("α < d⁻¹", scale, 1.0 / dimension),
        Inequality.Below($"E log|1 + 2ηs/(1 + {(rank == 1 ? "η" : $"{rank}η")}(1 + s))| < 0", Growth(rank), 0),
    ];

    /// <summary>Returns the mean logarithm by which the weight's root of a variant neuron grows in a step while U is small.</summary>
    /// <param name="rank">r = r1 = r2.</param>
    internal static double Growth(int rank)
    {
        return (Of(Mean + Spread) + Of(Mean - Spread)) / 2;

        double Of(double weight) => Math.Log(Math.Abs(1 + (2 * StepSize * weight / (1 + (StepSize * rank * (1 + weight))))));
    }
}
