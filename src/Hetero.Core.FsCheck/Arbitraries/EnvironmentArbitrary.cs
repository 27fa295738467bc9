using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Environments;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck;

/// <summary>
/// Distributions over environments, inside and outside Assumption 2. They shrink towards rank 1, one shared draw from two points, mean 0 and round numbers,
/// and stay on their side of the assumption.
/// </summary>
public static class EnvironmentArbitrary
{
    /// <summary>Distributions inside and outside Assumption 2, for C0 = c_o = 1, about equally often.</summary>
    /// <param name="maxRank">The largest order r2, 1 or more; the order is uniform from 1 to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is out of range.</exception>
    public static Arbitrary<EnvironmentDescription> Any(int maxRank = 3)
    {
        Require.InRange(maxRank, 1, Draws.DimensionLimit);
        return Arb.From(Gen.OneOf(Inside(maxRank, 1, 1), Outside(maxRank, 1, 1)), Smaller);
    }

    /// <summary>Distributions for which Assumption 2, (6) and (7), holds with these constants: see <see cref="EnvironmentDescription.MeetsAssumption2"/>.</summary>
    /// <param name="maxRank">The largest order r2, 1 or more.</param>
    /// <param name="ratio">The constant C0 of M1 &lt; C0·M2, above 0.</param>
    /// <param name="dominance">The constant c_o of (7), above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Arbitrary<EnvironmentDescription> InsideAssumption2(int maxRank = 3, double ratio = 1, double dominance = 1)
        => Side(maxRank, ratio, dominance, isInside: true);

    /// <summary>Distributions for which Assumption 2 does not hold: too little heterogeneity, none at all, or entries off the diagonal that are too large.</summary>
    /// <param name="maxRank">The largest order r2, 1 or more.</param>
    /// <param name="ratio">The constant C0 of M1 &lt; C0·M2, above 0.</param>
    /// <param name="dominance">The constant c_o of (7), above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Arbitrary<EnvironmentDescription> OutsideAssumption2(int maxRank = 3, double ratio = 1, double dominance = 1)
        => Side(maxRank, ratio, dominance, isInside: false);

    private static Arbitrary<EnvironmentDescription> Side(int maxRank, double ratio, double dominance, bool isInside)
    {
        Require.InRange(maxRank, 1, Draws.DimensionLimit);
        Require.Positive(ratio);
        Require.Positive(dominance);
        bool Accepts(EnvironmentDescription environments) => environments.MeetsAssumption2(ratio, dominance) == isInside;
        Gen<EnvironmentDescription> generator = isInside ? Inside(maxRank, ratio, dominance) : Outside(maxRank, ratio, dominance);
        return Arb.From(generator.Where(Accepts), environments => Smaller(environments).Where(Accepts));
    }

    private static Gen<EnvironmentDescription> Inside(int maxRank, double ratio, double dominance)
        => from diagonal in Diagonals(maxRank)
           from excess in Draws.LogBetween(1.01, 5)
           from share in Gen.OneOf(Gen.Constant(0.0), Draws.Unit)
           let environments = diagonal with { Spread = excess * SpreadLimit(diagonal, ratio) }
           select environments with { OffDiagonal = share * OffDiagonalLimit(environments, ratio, dominance) };

    private static Gen<EnvironmentDescription> Outside(int maxRank, double ratio, double dominance)
    {
        Gen<EnvironmentDescription> homogeneous =
            from diagonal in Diagonals(maxRank)
            from share in Gen.OneOf(Gen.Constant(0.0), Draws.Unit)
            select diagonal with { Spread = 0.99 * share * SpreadLimit(diagonal, ratio) };
        if (maxRank == 1)
        {
            return homogeneous;
        }

        Gen<EnvironmentDescription> entangled =
            from diagonal in Diagonals(maxRank)
            from rank in Gen.Choose(2, maxRank)
            from excess in Draws.LogBetween(1.01, 5)
            from surplus in Draws.LogBetween(1.01, 10)
            let environments = diagonal with { Rank = rank, Spread = excess * SpreadLimit(diagonal, ratio) }
            select environments with { OffDiagonal = surplus * OffDiagonalLimit(environments, ratio, dominance) };
        return Gen.OneOf(homogeneous, entangled);
    }

    private static Gen<EnvironmentDescription> Diagonals(int maxRank)
        => from rank in Gen.Choose(1, maxRank)
           from mean in Draws.Between(-2, 2)
           from law in Gen.Elements(ScalarLaw.TwoPoint, ScalarLaw.Uniform)
           from ownDraws in Gen.Elements(false, true)
           select new EnvironmentDescription(rank, mean, 0, law, ownDraws, 0);

    /// <summary>The M above which |mean| + M &lt; C0·M²/(c(1 + |mean|)), with c = 1 for two points and 3 for the uniform law: the root of a quadratic.</summary>
    private static double SpreadLimit(EnvironmentDescription environments, double ratio)
    {
        double mean = Math.Abs(environments.Mean);
        double curvature = ratio / (environments.Law == ScalarLaw.TwoPoint ? 1 : 3) / (1 + mean);
        return (1 + Math.Sqrt(1 + (4 * curvature * mean))) / (2 * curvature);
    }

    /// <summary>The off-diagonal size below which (7) can hold; 0 for rank 1, where there is none.</summary>
    private static double OffDiagonalLimit(EnvironmentDescription environments, double ratio, double dominance)
    {
        double entries = (environments with { OffDiagonal = 1 }).OffDiagonalSum;
        return entries == 0 ? 0 : dominance * Math.Pow(ratio / environments.Bound, 1.5) / entries;
    }

    private static IEnumerable<EnvironmentDescription> Smaller(EnvironmentDescription environments)
    {
        EnvironmentDescription[] plain =
        [
            .. Shrink.Whole(environments.Rank, 1).Select(rank => environments with { Rank = rank }),
            environments with { Law = ScalarLaw.TwoPoint },
            environments with { OwnDraws = false },
            environments with { OffDiagonal = 0 },
            environments with { Mean = 0 },
            environments with { Spread = 0 },
        ];
        return
        [
            .. plain.Where(candidate => candidate != environments),
            .. Simplicity.Simpler(environments.OffDiagonal).Select(size => environments with { OffDiagonal = size }),
            .. Simplicity.Simpler(environments.Mean).Select(mean => environments with { Mean = mean }),
            .. Simplicity.Simpler(environments.Spread).Select(spread => environments with { Spread = spread }),
        ];
    }
}
