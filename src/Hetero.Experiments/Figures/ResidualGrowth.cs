using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Figures;

/// <summary>
/// How the residual grows in HeteroSGD on fresh data with r1 = r2 = 1, orthogonal subspaces and a start at αI, off the n right directions in which signals are
/// learned: log‖E‖ by η²s²((d' + 1)/4 − n/2 − p) a step,
/// s² = (‖D‖² + σ²)/m, d' = d − 2, p = ‖EEᵀ‖²/‖E‖⁴. A spurious row that is not learned, M &gt; 0, feeds the residual, too. docs/label-noise.md derives it.
/// </summary>
internal static class ResidualGrowth
{
    /// <summary>Returns log‖E_t‖ − log‖E_0‖ for t = 0, 1, … as predicted from the recipe and the environments of its seed alone.</summary>
    public static double[] Predict(RunRecipe recipe)
    {
        double eta = recipe.StepSize, square = recipe.InitialScale * recipe.InitialScale, inner = recipe.Dimension - 2;
        bool oscillates = recipe.Spread > 0;
        EnvironmentDistribution environments = recipe.Environments.Create(1);
        double[] growth = new double[recipe.Steps + 1], sigma = new double[1], label = new double[environments.LabelLength];
        Signals signals = new(recipe);

        // In units of α²: ‖E‖² off and along the direction that the spurious row q starts in, and ‖q‖² likewise. Where q is learned, its direction is left out.
        int learned = oscillates ? 1 : 2;
        double rest = inner, along = oscillates ? 1 : 0, restRow = 0, row = along, first = rest + along;
        double participation = 1 / inner, correction = 0;
        for (int t = 0; t < recipe.Steps; t++)
        {
            environments.Draw(new RandomStream(recipe.Seed, StreamPurpose.Environments, t), sigma, label);
            double unit = signals.UnitAt(sigma[0]), spread = unit * (((inner + 1) / 2) - learned), fed = unit * inner / 2;
            double share = along / (along + rest), held = 1 - (eta * square * row), multiplier = 1 + (eta * (sigma[0] - (square * (row + restRow))));
            correction += unit * ((share * share) + ((1 - share) * (1 - share) * participation));
            (along, rest, row, restRow) = (
                (along * ((held * held) + spread)) + (fed * row),
                (rest * (1 + spread)) + (fed * restRow),
                oscillates ? (multiplier * multiplier * row) + (unit * ((along / 2) + row)) : 0,
                oscillates ? (multiplier * multiplier * restRow) + (unit * ((rest / 2) + restRow)) : 0);
            participation = Math.Min(1, participation + (2 * unit * (1 + participation)));
            growth[t + 1] = (0.5 * Math.Log((along + rest) / first)) - correction;
            signals.Step();
        }

        return growth;
    }

    /// <summary>Returns the same by the constant (d − 3)/4 alone, that of one direction in all d dimensions.</summary>
    public static double OfOneDirection(RunRecipe recipe)
    {
        double growth = 0, size = Math.Sqrt((recipe.SpuriousMean * recipe.SpuriousMean) + (recipe.Spread * recipe.Spread));
        Signals signals = new(recipe);
        for (int t = 0; t < recipe.Steps; t++)
        {
            growth += signals.UnitAt(size) * (recipe.Dimension - 3) / 4;
            signals.Step();
        }

        return growth;
    }

    /// <summary>The signals as at m = ∞: a spurious part that oscillates is gone, one that does not is learned like the true one.</summary>
    private sealed class Signals(RunRecipe recipe)
    {
        private double _signal = recipe.InitialScale;
        private double _spurious = recipe.Spread > 0 ? 0 : recipe.InitialScale;

        /// <summary>η²s² = η²(‖D‖² + σ²)/m.</summary>
        public double UnitAt(double s)
        {
            double left = 1 - (_signal * _signal), other = s - (_spurious * _spurious);
            return recipe.StepSize * recipe.StepSize * ((left * left) + (other * other) + (recipe.LabelNoise * recipe.LabelNoise)) / recipe.Samples;
        }

        public void Step()
        {
            _signal *= 1 + (recipe.StepSize * (1 - (_signal * _signal)));
            _spurious *= 1 + (recipe.StepSize * (recipe.SpuriousMean - (_spurious * _spurious)));
        }
    }
}
