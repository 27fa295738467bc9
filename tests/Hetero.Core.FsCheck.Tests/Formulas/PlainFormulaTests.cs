using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Phases;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>
/// Formulas inside statements against the lines that they come from. A statement with slack holds with another constant as well; a formula does not.
/// </summary>
[DailySeed(100, Arbitrary = [typeof(FormulaArbitraries)])]
public class PlainFormulaTests
{
    private const double RoundOff = 1e-12;

    // Theorems 4 and 5, (84): the largest ‖E_t‖_F² of the steps against δ²M1²(r1 + r2)^1.5·log²(1/α), with M1 = 1 + Spread.
    [Property]
    public void The_residuals_claims_are_those_of_the_theorems(PhaseCase given)
    {
        double m1 = 1 + given.Spread, delta = given.Delta / 1000.0, log = given.Start * Math.Log(10);
        PartNorms[] rows = given.Rows(), judged = rows[given.First..];
        IReadOnlyList<Inequality> claims = new PhaseClaims(given.Setting(), rows).Residual(given.First, given.Last, 0.5);
        Assert.Equal((judged.Max(row => row.Residual), 0.5), (claims[0].Left, claims[0].Right));
        Near(Math.Pow(judged.Max(row => row.ResidualFrobenius), 2), claims[1].Left);
        Near(delta * delta * m1 * m1 * Math.Pow(given.InvariantRank + given.SpuriousRank, 1.5) * log * log, claims[1].Right);
    }

    // The conditions below (60) with the factor 5/2 of (60), at L_t = R_t: (d) is an equality at this constant, so there is no larger one, and (b)
    // and (c) follow.
    [Property]
    public void The_closing_constant_is_the_largest_one_for_the_conditions_of_Lemma_10(ClosingCase given)
    {
        double r1 = given.InvariantRank, r2 = given.SpuriousRank, log = given.Start * Math.Log(10);
        double constant = TheoremAssumptions.ClosingRipConstant(given.Dimension, given.SpuriousRank, given.Constants());
        double delta = constant * Math.Pow(given.Heterogeneity * Math.Log(given.Dimension), -1.5) * Math.Pow(r2, -2.5) / Math.Sqrt(r1 + r2);
        double unit = given.Bound * delta * Math.Sqrt(r1 + r2), spurious = 2.5 * unit * Math.Sqrt(r2) * Math.Pow(r2 * 100 / given.Percent, 1.5);
        Near(5 / (1152 * log), spurious);
        Assert.InRange(spurious, 0, 0.5);
        Assert.InRange(20 * unit, 0, (1 + RoundOff) * 5 / (1152 * log));
    }

    // Johnstone's centre and scale without angles. With half a dimension less for each rank and one less for d, x = sin²((φ + γ)/2) is Wachter's
    // edge, and sin²(φ + γ)·sin φ·sin γ = 16·x(1 − x)·√(a(1 − a)b(1 − b)).
    [Property]
    public void The_finite_size_centre_is_the_logit_of_the_edge_at_shares_of_half_a_dimension_less(EdgeCase given)
    {
        int d = given.InvariantRank + given.SpuriousRank + given.Rest;
        double a = (given.InvariantRank - 0.5) / (d - 1), b = (given.SpuriousRank - 0.5) / (d - 1);
        double sine = Math.Sqrt(a * (1 - b)) + Math.Sqrt(b * (1 - a)), cosine = Math.Sqrt((1 - a) * (1 - b)) - Math.Sqrt(a * b);
        (double center, double scale) = JacobiEdge.LogitLaw(d, given.InvariantRank, given.SpuriousRank);
        Assert.Equal(2 * Math.Log(sine / cosine), center, 1e-9);
        double cube = 1 / (Math.Pow((d - 1) * sine * cosine, 2) * Math.Sqrt(a * (1 - a) * b * (1 - b)));
        Assert.InRange(scale * scale * scale / cube, 1 - 1e-9, 1 + 1e-9);
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * (1 - RoundOff), expected * (1 + RoundOff));
}
