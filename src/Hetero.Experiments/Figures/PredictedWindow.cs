using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Figures;

/// <summary>The half-widths M between which E log|1 + ηs| &lt; 0, so that at m = ∞ the spurious part of a small start dies out.</summary>
internal static class PredictedWindow
{
    /// <summary>Returns the window of M at a recipe's step size; null where there is none, or where training is another than what it is of.</summary>
    /// <param name="recipe">The recipe; its M does not matter.</param>
    public static (double Lower, double Upper)? Of(RunRecipe recipe)
    {
        // Plain HeteroSGD on UUᵀ with a free column, whose step multiplies a small q by 1 + ηs.
        bool isPlain = recipe is
        {
            Algorithm: Algorithm.HeteroSgd, Model: ModelKind.Gram, PooledShare: 0, Clients: 1, LocalSteps: 1, OffDiagonal: 0, Neurons: false, IsRankOne: false, Truncation: null,
            Schedule.Kind: ScheduleKind.Constant, Objective.Kind: ObjectiveKind.None, Environments.IsListed: false,
            Update: { Rule: UpdateKind.Sgd, WeightDecay: 0, ClipNorm: null },
        };
        if (!isPlain || recipe.Columns <= recipe.InvariantRank)
        {
            return null;
        }

        double rate = recipe.StepSize * recipe.GradientScale;
        return recipe.Law == ScalarLaw.Uniform
            ? StabilityThreshold.UniformSpreads(recipe.SpuriousMean, rate)
            : StabilityThreshold.TwoPointSpreads(recipe.SpuriousMean, rate);
    }
}
