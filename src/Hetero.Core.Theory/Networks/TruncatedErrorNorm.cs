using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// The operator norm of the error (1/m) Σ z_iX_i·1{z_i ≤ R} − 2A − tr(A)·I of Lemma 20 for A = aaᵀ, ‖a‖ = 1, in dimension d with m samples, as d and
/// m grow with c = (d − 1)/m.
/// </summary>
/// <remarks>
/// <para>Let ζ = z·1{z ≤ R}. Across a the sum is W = (1/m) Σ ζ_iw_iw_iᵀ with Gaussian w_i independent of ζ_i, whose resolvent has the mean g at λ =
/// 1/g + E[ζ/(1 − cgζ)] (Marchenko and Pastur). A row joins it: a's own
/// entry, (1/m) Σ ζ_i², off its mean by an x of variance Var(ζ²)/m, and v = (1/m) Σ ζ_i√z_i·w_i, for which vᵀ(λ − W)⁻¹v = cg·E[ζ³/(1 − cgζ)], one
/// sample left out at a time. Outside of the edges of W the error has an
/// eigenvalue μ where both agree: μ = λ − 1 and μ = E[ζ²] − 3 + x + cg·E[ζ³/(1 − cgζ)]. Where they do nowhere, the edge is the norm.</para>
/// <para>For small c, R = ∞ and x = 0, in units of √(3c): λ = g + 1/g and λ = 5g, so g = ½ and the norm is 2.5·√(3c) = 4.33·√c. The edge of W alone
/// is 2·√(3c).</para>
/// </remarks>
internal sealed class TruncatedErrorNorm
{
    // Beyond seven deviations a normal number is as good as never.
    private const double Reach = 7;

    // |g| far from W, where λ is large.
    private const double Least = 1e-6;

    private readonly double _ratio;
    private readonly double _level;
    private readonly double _deviation;

    private TruncatedErrorNorm(int dimension, long samples, double level)
    {
        _ratio = (dimension - 1) / (double)samples;
        _level = level;
        double along = TruncatedRankOne.Moment(2, level);
        _deviation = Math.Sqrt((TruncatedRankOne.Moment(4, level) - (along * along)) / samples);
    }

    /// <summary>Returns the mean of the norm.</summary>
    public static double Mean(int dimension, long samples, double level)
    {
        TruncatedErrorNorm law = new(dimension, samples, level);
        return GaussLegendre.Mean(x => 2 * Reach * Density(x) * Math.Max(law.Extreme(x * law._deviation, 1), law.Extreme(x * law._deviation, -1)), -Reach, Reach);
    }

    /// <summary>Returns the largest eigenvalue of the error, or the least with its sign changed, if a's own entry is off its mean by x.</summary>
    private double Extreme(double x, int side)
    {
        double own = x - 3 + TruncatedRankOne.Moment(2, _level);
        double outlier = Bisection.Solve(g => side * (Across(side * g) - own - (_ratio * side * g * Mean(3, 1, side * g))), Least, Edge(side));
        return side * Across(side * outlier);
    }

    /// <summary>Returns |g| at an edge of W, where λ does not change with g.</summary>
    private double Edge(int side)
    {
        double most = side > 0 ? (1 - 1e-12) / (_ratio * _level) : 1 / Least;
        return Bisection.Solve(g => (_ratio * Mean(2, 2, side * g)) - (1 / (g * g)), Least, most);
    }

    /// <summary>1/g + E[ζ/(1 − cgζ)] − 1: the eigenvalue of the error across a at which W's resolvent has the mean g.</summary>
    private double Across(double g) => (1 / g) + Mean(1, 1, g) - 1;

    /// <summary>E[ζ^k/(1 − cgζ)^n].</summary>
    private double Mean(int power, int poles, double g)
    {
        double end = Math.Sqrt(_level);
        return (GaussLegendre.Mean(Integrand, 0, end / 2) + GaussLegendre.Mean(Integrand, end / 2, end)) * end / 2;

        // ζ = x² with a normal x, of either sign.
        double Integrand(double x) => 2 * Density(x) * Math.Pow(x * x, power) / Math.Pow(1 - (_ratio * g * x * x), poles);
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
