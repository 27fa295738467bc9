using Hetero.Core.Environments;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Tests.Chosen;

/// <summary>
/// Values of which some window of Theorem 2 can be made, 0 for those that are not chosen: d, r1, r2, 1 + 4|mean| (an even number: a negative mean), law, and by how many percent M is
/// above the smallest with an open window for what is chosen.
/// </summary>
public sealed record WindowChoiceCase(int Dimension, int InvariantRank, int SpuriousRank, int Mean, ScalarLaw? Law, int Above, ulong Seed)
{
    private double? MeanValue => Mean == 0 ? null : (Mean % 2 == 0 ? -0.25 : 0.25) * (Mean - 1);

    /// <summary>Gets M, the root of M²/v = 1536(1 + |mean|)(|mean| + M) by halving, v = 1 for two points and 3 for the uniform law, and some percent more.</summary>
    public double? Spread
    {
        get
        {
            double mean = Math.Abs(MeanValue ?? 0), divisor = Law == ScalarLaw.Uniform ? 3 : 1, low = 1, high = 1e9;
            while (high > low * (1 + 1e-12))
            {
                double middle = Math.Sqrt(low * high);
                bool isOpen = middle * middle / divisor / (1 + mean) > 1536 * (mean + middle);
                (low, high) = isOpen ? (low, middle) : (middle, high);
            }

            return Above == 0 ? null : high * (1 + (Above / 100.0));
        }
    }

    /// <summary>Sets the values that are chosen, and lets sizes fit to them.</summary>
    internal TheoryInstance Choose(TheoryInstance instance)
    {
        int dimension = Dimension == 0 ? Math.Max(instance.Dimension, 4) : Dimension;
        return instance with
        {
            Dimension = dimension,
            InvariantRank = InvariantRank == 0 ? Math.Min(instance.InvariantRank, 2) : InvariantRank,
            SpuriousRank = SpuriousRank == 0 ? Math.Min(instance.SpuriousRank, 2) : SpuriousRank,
            Columns = instance.Columns > dimension ? dimension : instance.Columns,
            Mean = MeanValue ?? instance.Mean,
            Spread = Spread ?? instance.Spread,
            Law = Law ?? instance.Law,
        };
    }
}
