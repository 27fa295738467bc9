using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// About how long a run takes on one core of no machine in particular. A plan has to be the same wherever it is made, so that nothing is measured here; <see cref="RunWork"/> says what the
/// parts of a run are worth to each other.
/// </summary>
internal static class RunSeconds
{
    // Measured on one core of a Zen 4, whose steps take 2.1, 7.7 and 76 microseconds at d = 20, 40 and 100, and with a row recorded 4, 11 and 96: within a factor of two of these with k = d.
    private const double OfWork = 9e-11;

    // What a step costs beside its products and draws, and a run beside its steps: small ones consist of it.
    private const double OfStep = 2.5e-6;
    private const double OfStart = 1e-4;

    /// <summary>The seconds of a run.</summary>
    public static double Of(RunRecipe recipe) => OfStart + (recipe.Steps * (OfStep + (OfWork * RunWork.OfStep(recipe))));
}
