namespace Hetero.Core.Theory.Networks;

/// <summary>The numbers that the checks of Theorem 7 share, r1 = r2 = 1, and what the theorem presumes of them.</summary>
internal static class NetworkSetting
{
    /// <summary>E a^(e).</summary>
    public const double Mean = 0.5;

    /// <summary>Weights are the mean ± this with equal odds.</summary>
    public const double Spread = 4;

    public const double StepSize = 0.05;

    /// <summary>sup|a|·max(1 + |E a|)/min Var[a], which the theorem wants below a c0 without a value.</summary>
    public const double Ratio = (Mean + Spread) * (1 + Mean) / (Spread * Spread);

    /// <summary>Returns the hypotheses that have numbers, with the threshold that stands in for c0: a variant neuron of length 1 dies out where E
    /// log|1 + 2ηs/(1 − η·tr D)| &lt; 0.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="scale">α of Σ u_ju_jᵀ = αI.</param>
    public static IReadOnlyList<Inequality> Hypotheses(int dimension, double scale) =>
    [
        Inequality.Above("α > d⁻⁴", scale, Math.Pow(dimension, -4)),
        Inequality.Below("α < d⁻¹", scale, 1.0 / dimension),
        Inequality.Below("E log|1 + 2ηs/(1 + η(1 + s))| < 0", (Growth(Mean + Spread) + Growth(Mean - Spread)) / 2, 0),
    ];

    // tr D = −(1 + s) while U is small.
    private static double Growth(double weight) => Math.Log(Math.Abs(1 + (2 * StepSize * weight / (1 + (StepSize * (1 + weight))))));
}
