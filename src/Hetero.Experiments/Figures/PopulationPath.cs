using Hetero.Core.Environments;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>One run of a sweep at m = ∞ after another, in r1 + r2 dimensions. Not thread-safe.</summary>
internal sealed class PopulationPath
{
    private readonly SeedSweep _sweep;
    private readonly EnvironmentDistribution _environments;
    private readonly int[] _rowOfStep;
    private ReducedPopulation? _reduced;

    private PopulationPath(SeedSweep sweep)
    {
        _sweep = sweep;
        _environments = sweep.Recipe.Environments.Create(sweep.Recipe.SpuriousRank);
        _rowOfStep = new int[sweep.Recipe.Steps + 1];
        Array.Fill(_rowOfStep, -1);
        for (int row = 0; row < sweep.RecordedSteps.Count; row++)
        {
            _rowOfStep[sweep.RecordedSteps[row]] = row;
        }
    }

    public static PopulationPath Create(SeedSweep sweep) => new(sweep);

    /// <summary>Runs one seed and shows the state at each recorded step.</summary>
    public void Run(ulong seed, Action<int, ReducedPopulation> observe)
    {
        RunRecipe recipe = _sweep.Recipe;

        // With orthogonal subspaces the shares do not depend on where they lie, and one problem does for all seeds: always the same one, whichever
        // seed comes first here, or the last digits would depend on the threads.
        bool isShared = recipe.Orthogonal;
        if (_reduced is null || !isShared)
        {
            _reduced = ReducedPopulation.FromIdentity(recipe.Problem.Create(isShared ? recipe.Seed : seed), recipe.InitialScale);
        }

        ReducedPopulation reduced = _reduced;
        void Observe(int step)
        {
            if (_rowOfStep[step] >= 0)
            {
                observe(_rowOfStep[step], reduced);
            }
        }

        if (recipe.Algorithm == Algorithm.HeteroSgd)
        {
            TrainingOptions options = new()
            {
                Seed = seed, StepSize = StepSizeSchedule.Constant(recipe.StepSize), GradientScale = recipe.GradientScale,
            };
            reduced.RunHetero(_environments, options, recipe.Steps, Observe);
            return;
        }

        double[] mean = new double[recipe.SpuriousRank * recipe.SpuriousRank];
        _environments.CopyMean(mean);
        reduced.Reset();
        Observe(0);
        for (int step = 1; step <= recipe.Steps; step++)
        {
            reduced.Step(mean, recipe.StepSize * recipe.GradientScale);
            Observe(step);
        }
    }
}
