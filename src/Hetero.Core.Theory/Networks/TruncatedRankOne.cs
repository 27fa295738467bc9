using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// Closed forms of truncated rank-one measurements X = xxᵀ, x ~ N(0, I_d), on A = aaᵀ with ‖a‖ = 1: z = ⟨X, A⟩ = (aᵀx)² is χ²₁, and z^k times its density is (2k − 1)!! times that of χ²_{2k+1}.
/// </summary>
internal static class TruncatedRankOne
{
    /// <summary>Returns E[z^k·1{z ≤ R}] = (2k − 1)!!·P(χ²_{2k+1} ≤ R).</summary>
    public static double Moment(int power, double level)
    {
        double factor = 1;
        for (int odd = (2 * power) - 1; odd > 1; odd -= 2)
        {
            factor *= odd;
        }

        return factor * IncompleteGamma.Lower(power + 0.5, level / 2);
    }

    /// <summary>Returns the bias along a: aᵀ(E[zX·1{z ≤ R}] − 2A − tr(A)·I)a = −3·P(χ²₅ &gt; R), without its sign.</summary>
    public static double BiasAlong(double level) => 3 * IncompleteGamma.Upper(2.5, level / 2);

    /// <summary>Returns the bias in every direction orthogonal to a, P(χ²₃ &gt; R), without its sign.</summary>
    public static double BiasAcross(double level) => IncompleteGamma.Upper(1.5, level / 2);

    /// <summary>Returns the square of the bias's Frobenius norm in dimension d.</summary>
    public static double SquaredBias(int dimension, double level)
    {
        double along = BiasAlong(level), across = BiasAcross(level);
        return (along * along) + ((dimension - 1) * across * across);
    }

    /// <summary>Returns E‖zX·1 − E[zX·1]‖_F²: with ‖x‖² = z + w, w ~ χ²_{d−1}, E[z²(z + w)²·1] less the square of the mean's norm.</summary>
    public static double Variance(int dimension, double level)
    {
        double along = Moment(2, level), across = Moment(1, level);
        double square = Moment(4, level) + (2 * (dimension - 1) * Moment(3, level)) + ((((double)dimension * dimension) - 1) * Moment(2, level));
        return square - (along * along) - ((dimension - 1) * across * across);
    }

    /// <summary>Returns the smallest C for which R = C·log(1/δ) has a bias of δ at most.</summary>
    public static double SmallestConstant(double delta)
        => Bisection.Solve(c => BiasAlong(c * Math.Log(1 / delta)) - delta, 0.5, 20);
}
