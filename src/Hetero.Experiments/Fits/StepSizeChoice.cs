using Hetero.Core.Numerics;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Fits;

/// <summary>A step size that was chosen by how environments vary, and what it was chosen by.</summary>
/// <param name="StepSize">η.</param>
/// <param name="From">
/// The lower end of the stable window, the widest one where E log |1 + ηs| is below 0 and ηs ≤ 1.6 for all s: 0 where E s is below 0, so that every small η is stable (or the window begins below a
/// thousandth of <paramref name="Limit"/>); null where no η is stable.
/// </param>
/// <param name="To">The largest η of that window.</param>
/// <param name="Growth">E log |1 + ηs| at the η chosen: how log‖q‖ of the spurious part grows in a step.</param>
/// <param name="Directions">The number of directions in which environments vary.</param>
/// <param name="Multipliers">The estimate of s of each environment: the eigenvalue of Σ_e that is the largest in size, over the scale c² of its inputs; none where environments do not vary.</param>
/// <param name="GrowthSteps">About how many steps the largest invariant direction takes to grow from α to its size.</param>
/// <param name="Limit">The largest η looked at: ηs ≤ 1.6 for all s, and η ≤ 1/Λ for the largest invariant eigenvalue Λ.</param>
/// <param name="IsNegative">Whether the invariant part has eigenvalues below 0 that are more than twice as large as those above: no M = UUᵀ has them.</param>
public sealed record StepSizeChoice(
    double StepSize, double? From, double? To, double Growth, int Directions, IReadOnlyList<double> Multipliers, double GrowthSteps, double Limit, bool IsNegative)
{
    // One per cent from one to the next, over three decades.
    private const int Candidates = 700;
    private const double Ratio = 1.01;

    // The map u → u(1 + η(s − u²)) leads from each start below √(s + 2/η) to one for ηs ≤ 2, and noise comes on top.
    private const double MostSwing = 1.6;

    private const double Place = 0.25;
    private const double Negative = 2;

    // Of the upper end: a window that reaches further down, to 0 where E s is 0 or below, has nothing to gain there, and the invariant part takes the longer to grow.
    private const double LowerEnd = 0.25;

    // Of the largest, where nothing says how the environments vary.
    private const double Careful = 0.1;

    /// <summary>Chooses a step size.</summary>
    /// <param name="variation">How environments vary.</param>
    /// <param name="training">How it is trained: the start, and the factor on step sizes.</param>
    /// <param name="scales">The scale c² of each environment's inputs.</param>
    /// <param name="probabilities">π_e.</param>
    /// <exception cref="RecipeException">The data tell no scale.</exception>
    internal static StepSizeChoice Of(EnvironmentVariation variation, RunRecipe training, IReadOnlyList<double> scales, IReadOnlyList<double> probabilities)
    {
        double[][] spectra = [.. variation.Sigma.Select(sigma => Eigenvalues(sigma, variation.Rank))];
        double[] multipliers = variation.Rank == 0 ? [] : [.. spectra.Select((values, e) => values.MaxBy(Math.Abs) / scales[e])];
        double largest = Math.Max(variation.Largest, 0), highest = variation.Rank == 0 ? 0 : spectra.Max(values => values.Max());
        double limit = Math.Min(highest > 0 ? MostSwing / highest : double.PositiveInfinity, largest > 0 ? 1 / largest : double.PositiveInfinity);
        if (!double.IsFinite(limit))
        {
            throw RecipeException.Of("--step-size", "auto", "a number here: the data have neither an invariant nor a varying part that could be measured");
        }

        double[] sizes = [.. Enumerable.Range(0, Candidates).Select(i => limit * Math.Pow(Ratio, i + 1 - Candidates))];
        double[] growth = [.. sizes.Select(variation.Growth)];
        (int first, int last) = variation.Rank == 0 ? (0, -1) : Widest(growth);
        bool isStable = last >= first;
        double? lower = isStable ? first == 0 ? 0 : sizes[first] : null;

        // At the lower end the spurious part hardly shrinks, and the noise of a step grows with its size: a quarter of the way up. Where there is no window, the invariant part shall grow as
        // much faster as it can, as long as b does not swing about s.
        double chosen = isStable ? Between(Math.Max(LowerEnd * sizes[last], sizes[first]), sizes[last])
            : variation.Rank == 0 ? Careful * limit
            : sizes[Enumerable.Range(0, Candidates).Where(i => sizes[i] * highest <= 1).MinBy(i => growth[i] / Math.Log(1 + (sizes[i] * largest)))];
        double inputs = scales.Zip(probabilities, (c, share) => c * share).Sum(), scale = training.GradientScale;
        double steps = largest > 0 ? Math.Max(0, Math.Log(Math.Sqrt(largest / inputs) / training.InitialScale)) / Math.Log(1 + (chosen * largest)) : 0;
        bool isNegative = -variation.Least > Negative * largest;
        return new(
            chosen / scale, lower / scale, isStable ? sizes[last] / scale : null, variation.Growth(chosen), variation.Rank, multipliers, steps, limit / scale, isNegative);

        static double Between(double from, double to) => from * Math.Pow(to / from, Place);
    }

    /// <summary>The longest run of numbers below 0: as candidates have one ratio, the widest on a scale of ratios.</summary>
    private static (int First, int Last) Widest(double[] growth)
    {
        (int first, int last) = (0, -1);
        for (int i = 0; i < growth.Length; i++)
        {
            int start = i;
            while (i < growth.Length && growth[i] < 0)
            {
                i++;
            }

            if (i - 1 - start > last - first)
            {
                (first, last) = (start, i - 1);
            }
        }

        return (first, last);
    }

    private static double[] Eigenvalues(double[] sigma, int rank)
    {
        double[] values = new double[rank];
        if (rank > 0)
        {
            SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(sigma, rank, rank), values);
        }

        return values;
    }
}
