using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// About how long a run takes on one core of no machine in particular. A plan has to be the same wherever it is made, so that nothing is measured here; <see cref="RunWork"/> says what the
/// parts of a run are worth to each other.
/// </summary>
internal static class RunSeconds
{
    // A core of some 15 GFLOP/s in double precision, which AVX2 at 3 GHz gives a small product.
    private const double OfWork = 2.5e-10;

    // What a step costs beside its products and draws, and a run beside its steps: small ones consist of it.
    private const double OfStep = 8e-6;
    private const double OfStart = 1e-3;

    /// <summary>The seconds of a run.</summary>
    public static double Of(RunRecipe recipe) => OfStart + (recipe.Steps * (OfStep + (OfWork * RunWork.OfStep(recipe))));
}
