using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Describes everything that a run's numbers depend on, as far as it is known to matter to them, so that a saved state is not continued as part of another run. Environments
/// describe themselves; what an option changes depends on the algorithm, which adds it.
/// </summary>
internal static class RunFingerprint
{
    public static NamedValues Of<T>(Trainer<T> trainer, MeasurementSource<T> source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NamedValues description = new();
        SensingProblem problem = trainer.Signals.Problem;
        TrainingOptions options = trainer.Options;
        description.Add("algorithm", trainer.Algorithm);
        description.Add("precision", typeof(T).Name);
        description.Add("dimension", problem.Dimension);
        description.Add("invariantRank", problem.InvariantRank);
        description.Add("spuriousRank", problem.SpuriousRank);
        description.Add(nameof(options.FactorColumns), trainer.Factor.Columns);
        description.Add(nameof(options.Seed), options.Seed);
        description.Add(nameof(options.Start), TrainingStart.KindOf(options, isSquare: trainer.Factor.Columns == problem.Dimension));
        description.Add(nameof(options.InitialScale), options.InitialScale);
        description.Add(nameof(options.GradientScale), options.GradientScale);
        options.StepSize.Describe(nameof(options.StepSize), description);
        if (!source.IsPopulation)
        {
            description.Add(nameof(options.Samples), options.Samples);
            description.Add(nameof(options.NoiseDeviation), options.NoiseDeviation);
        }

        trainer.Describe(description);
        trainer.Environments.Describe(description);
        AddProblem(problem, description);
        Fingerprint measurements = default;
        source.AddTo(ref measurements, trainer.Options.Samples);
        description.Add("measurements", measurements);
        return description;
    }

    private static void AddProblem(SensingProblem problem, NamedValues description)
    {
        Fingerprint eigenvalues = default, subspaces = default;
        eigenvalues.Add(problem.Eigenvalues);
        subspaces.Add(problem.InvariantBasis.Data);
        subspaces.Add(problem.SpuriousBasis.Data);
        description.Add("eigenvalues", eigenvalues);
        description.Add("subspaces", subspaces);
    }
}
