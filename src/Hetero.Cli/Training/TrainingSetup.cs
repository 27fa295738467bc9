using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>Turns settings into a trainer: the one place where problem, environments, measurements and algorithm are put together.</summary>
internal static class TrainingSetup
{
    /// <summary>Creates a trainer at its start.</summary>
    /// <param name="settings">What to train; checked first.</param>
    /// <param name="team">The threads to use; null works on the calling thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static TrainingRun<T> Create<T>(RunSettings settings, WorkerTeam? team = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RunSettingsCheck.Check(settings);
        return Build<T>(settings, team, cancellation);
    }

    /// <summary>Creates the trainer of settings that nobody has checked.</summary>
    /// <exception cref="UsageException">The library refuses them; the message names the option.</exception>
    internal static TrainingRun<T> Build<T>(RunSettings settings, WorkerTeam? team, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return new TrainingRun<T>(settings, CreateTrainer<T>(settings, team, cancellation));
        }
        catch (ArgumentException exception)
        {
            if (RunArguments.Translate(exception, settings) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    private static Trainer<T> CreateTrainer<T>(RunSettings settings, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SensingProblem problem = SensingProblem.Create(
            settings.Dimension,
            settings.InvariantRank,
            settings.SpuriousRank,
            settings.Seed,
            settings.Layout,
            settings.Overlap,
            [.. settings.Eigenvalues],
            cancellation);
        EnvironmentDistribution environments = EnvironmentsOf(settings);
        MeasurementSource<T> source = SourceOf<T>(settings, environments, team, cancellation);
        TrainingOptions options = new()
        {
            Seed = settings.Seed,
            Samples = settings.Samples,
            StepSize = StepSizeSchedule.Constant(settings.StepSize),
            GradientScale = settings.GradientScale,
            InitialScale = settings.InitialScale,
            FactorColumns = settings.FactorColumns,
            Start = settings.Start,
            NoiseDeviation = settings.Noise,
            PooledSampling = settings.PooledSampling,
            EnvironmentOrder = settings.EnvironmentOrder,
            PooledShare = settings.PooledShare,
        };
        return settings.Algorithm switch
        {
            Algorithm.HeteroSgd => new HeteroSgd<T>(problem, environments, source, options, team, cancellation),
            Algorithm.PooledSgd => new PooledSgd<T>(problem, environments, source, options, team, cancellation),
            _ => new PooledGd<T>(problem, environments, source, options, team, cancellation),
        };
    }

    /// <summary>The distribution over environments that settings ask for.</summary>
    public static EnvironmentDistribution EnvironmentsOf(RunSettings settings)
    {
        if (settings.Environments == EnvironmentKind.Listed)
        {
            return settings.EnvironmentList!;
        }

        DiagonalEnvironments diagonal = settings.Environments == EnvironmentKind.TwoPoint
            ? DiagonalEnvironments.TwoPoint(settings.SpuriousRank, settings.SpuriousMean, settings.Spread, settings.OwnDraws)
            : DiagonalEnvironments.Uniform(settings.SpuriousRank, settings.SpuriousMean, settings.Spread, settings.OwnDraws);
        return settings.OffDiagonal > 0 ? new OffDiagonalEnvironments(diagonal, settings.OffDiagonal) : diagonal;
    }

    /// <summary>The number of sets of stored measurements: PooledGD has its own samples for each environment.</summary>
    public static int StoredSets(RunSettings settings, EnvironmentDistribution environments)
        => settings.Algorithm == Algorithm.PooledGd ? environments.Count ?? 1 : 1;

    /// <summary>The number of samples of a step that are spread over all environments; none at m = ∞.</summary>
    public static long PooledSamples(RunSettings settings) => settings switch
    {
        { Measurements: MeasurementKind.Population } or { Algorithm: Algorithm.PooledGd } => 0,
        { Algorithm: Algorithm.PooledSgd } => settings.Samples,
        _ => PooledShare.SamplesOf(settings.Samples, settings.PooledShare),
    };

    private static MeasurementSource<T> SourceOf<T>(
        RunSettings settings, EnvironmentDistribution environments, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => settings.Measurements switch
        {
            MeasurementKind.ExactLaw => new ExactLawMeasurements<T>(settings.Dimension, settings.Seed, team),
            MeasurementKind.Regenerated => new RegeneratedMeasurements<T>(settings.Dimension, settings.Seed, team),
            MeasurementKind.Stored => new StoredMeasurements<T>(
                settings.Dimension, settings.Samples, settings.Seed, team, StoredSets(settings, environments), cancellation: cancellation),
            _ => new PopulationMeasurements<T>(settings.Dimension),
        };
}
