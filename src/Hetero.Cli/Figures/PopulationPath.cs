using Hetero.Cli.Training;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;

namespace Hetero.Cli.Figures;

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
        _environments = TrainingSetup.EnvironmentsOf(sweep.Settings);
        _rowOfStep = new int[sweep.Settings.Steps + 1];
        Array.Fill(_rowOfStep, -1);
        for (int row = 0; row < sweep.RecordedSteps.Length; row++)
        {
            _rowOfStep[sweep.RecordedSteps[row]] = row;
        }
    }

    public static PopulationPath Create(SeedSweep sweep) => new(sweep);

    /// <summary>Runs one seed and shows the state at each recorded step.</summary>
    public void Run(ulong seed, Action<int, ReducedPopulation> observe)
    {
        RunSettings settings = _sweep.Settings;

        // With orthogonal subspaces the shares do not depend on where they lie, and one problem does for all seeds: always the same one, whichever
        // seed comes first here, or the last digits would depend on the threads.
        bool isShared = settings.Layout == SubspaceLayout.Orthogonal;
        if (_reduced is null || !isShared)
        {
            _reduced = ReducedPopulation.FromIdentity(
                SensingProblem.Create(
                    settings.Dimension,
                    settings.InvariantRank,
                    settings.SpuriousRank,
                    isShared ? settings.Seed : seed,
                    settings.Layout,
                    settings.Overlap,
                    [.. settings.Eigenvalues]),
                settings.InitialScale);
        }

        ReducedPopulation reduced = _reduced;
        void Observe(int step)
        {
            if (_rowOfStep[step] >= 0)
            {
                observe(_rowOfStep[step], reduced);
            }
        }

        if (settings.Algorithm == Algorithm.HeteroSgd)
        {
            TrainingOptions options = new()
            {
                Seed = seed, StepSize = StepSizeSchedule.Constant(settings.StepSize), GradientScale = settings.GradientScale,
            };
            reduced.RunHetero(_environments, options, settings.Steps, Observe);
            return;
        }

        double[] mean = new double[settings.SpuriousRank * settings.SpuriousRank];
        _environments.CopyMean(mean);
        reduced.Reset();
        Observe(0);
        for (int step = 1; step <= settings.Steps; step++)
        {
            reduced.Step(mean, settings.StepSize * settings.GradientScale);
            Observe(step);
        }
    }
}
