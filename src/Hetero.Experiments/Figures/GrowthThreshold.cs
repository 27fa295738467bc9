using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The half-width M of s = mean ± M from which on the spurious part dies out at m = ∞. With more columns than A* has eigenvalues one is free and q ← (1 + ηs)q while it is small; with k = r1 all of
/// them carry the signal, which damps q to q ← (1 + η(s − 1))q. Each dies out where the logarithm falls on average.
/// </summary>
internal static class GrowthThreshold
{
    /// <summary>Seeds of a measurement.</summary>
    public const int Seeds = 41;

    // The spurious share that counts as gone: far below what saturation leaves, far above the round-off of a learned signal.
    private const double Gone = 1e-20;
    private const int Halvings = 7;

    /// <summary>Where E log|1 + η(s − damping)| = 0; 0 where it never is above 0.</summary>
    public static double Predicted(double mean, double stepSize, double damping) => StabilityThreshold.TwoPointSpreads(mean - damping, stepSize).Lower;

    /// <summary>Measures it by bisection between two half-widths: where the median share over the seeds after so many steps passes <see cref="Gone"/>.</summary>
    public static double Measure(RunRecipe recipe, double low, double high, int steps, CancellationToken cancellation)
    {
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            double[] shares = [.. RunBatch.OverSeeds(recipe with { Spread = middle }, Seeds).Select(run =>
            {
                cancellation.ThrowIfCancellationRequested();
                return Run(run, run.Problem.Create(run.Seed), steps, null);
            }).Order()];
            (low, high) = Quantiles.OfSorted(shares, 0.5) < Gone ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    /// <summary>The growth of log q in a step between two steps, on average over seeds, and that of log|1 + η(s_t − 1)| over the environments of these very steps.</summary>
    /// <remarks>
    /// On coordinate axes: subspaces that are orthogonal to round-off alone, |U*ᵀV*| near 4·10⁻¹⁷, let the learned signal feed q, which such runs take below 10⁻¹⁷. For one spurious direction.
    /// </remarks>
    public static (double Measured, double Drawn) MeasureGrowth(RunRecipe recipe, int seeds, int first, int last, CancellationToken cancellation)
    {
        SensingProblem axes = AxesProblem.Of(recipe.Dimension, recipe.InvariantRank, recipe.SpuriousRank, recipe.Eigenvalues.ToArray());
        double measured = 0, drawn = 0;
        foreach (RunRecipe run in RunBatch.OverSeeds(recipe, seeds))
        {
            cancellation.ThrowIfCancellationRequested();
            double before = double.NaN;
            double after = Run(run, axes, last, (step, share) => before = step == first ? share : before);
            measured += Math.Log(after / before) / 2;
            drawn += DrawnGrowth(run, first, last);
        }

        double steps = (double)seeds * (last - first);
        return (measured / steps, drawn / steps);
    }

    private static double DrawnGrowth(RunRecipe recipe, int first, int last)
    {
        EnvironmentDistribution environments = recipe.Environments.Create(1);
        EnvironmentSequence sequence = new(environments, EnvironmentOrder.Independent, recipe.Seed);
        double[] sigma = new double[1], label = new double[environments.LabelLength];
        double growth = 0, rate = recipe.StepSize * recipe.GradientScale;
        for (int step = first; step < last; step++)
        {
            sequence.Get(step, sigma, label);
            growth += Math.Log(Math.Abs(1 + (rate * (sigma[0] - 1))));
        }

        return growth;
    }

    private static double Run(RunRecipe recipe, SensingProblem problem, int steps, Action<int, double>? observe)
    {
        ReducedPopulation reduced = recipe.Columns == recipe.Dimension
            ? ReducedPopulation.FromIdentity(problem, recipe.InitialScale)
            : ReducedPopulation.FromFactor(problem, new ReadOnlyMatrixSpan<double>(Frame(recipe), recipe.Dimension, recipe.Columns));
        TrainingOptions options = new() { Seed = recipe.Seed, StepSize = StepSizeSchedule.Constant(recipe.StepSize), GradientScale = recipe.GradientScale };
        EnvironmentDistribution environments = recipe.Environments.Create(recipe.SpuriousRank);
        reduced.RunHetero(environments, options, steps, step => observe?.Invoke(step, reduced.SpuriousShare));
        return reduced.SpuriousShare;
    }

    /// <summary>The start that training has with this seed.</summary>
    private static double[] Frame(RunRecipe recipe)
        => [.. HaarFrame.Draw(new RandomStream(recipe.Seed, StreamPurpose.Initialization), recipe.Dimension, recipe.Columns).Select(entry => recipe.InitialScale * entry)];
}
