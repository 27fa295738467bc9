using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>How much memory a run takes: what grows with dimension, samples and steps.</summary>
/// <param name="Measurements">The bytes of stored measurements.</param>
/// <param name="Matrices">The bytes of the iterate, the gradient and their scratch.</param>
/// <param name="Rows">The bytes of the recorded rows.</param>
internal readonly record struct MemoryEstimate(Int128 Measurements, Int128 Matrices, Int128 Rows)
{
    public Int128 Total => Measurements + Matrices + Rows;

    /// <summary>Estimates a run in its precision.</summary>
    public static MemoryEstimate Of(RunSettings settings)
        => settings.Precision == Precision.Single ? Of<float>(settings) : Of<double>(settings);

    /// <summary>Refuses a run that takes more than it may.</summary>
    public static void Check(RunSettings settings)
    {
        MemoryEstimate estimate = Of(settings);
        string memory = $"'--memory', {ByteSize.Of(settings.Memory)}";
        if (estimate.Measurements > settings.Memory)
        {
            throw UsageException.Of(
                "--measurements",
                "stored",
                $"what fits into {memory}: {settings.Samples} samples of dimension {settings.Dimension} need {ByteSize.Of(estimate.Measurements)}");
        }

        if (estimate.Matrices > settings.Memory)
        {
            throw UsageException.Of(
                "--dimension", Texts.Of(settings.Dimension), $"what fits into {memory}: the matrices need {ByteSize.Of(estimate.Matrices)}");
        }

        if (estimate.Total > settings.Memory)
        {
            throw new UsageException(
                $"the run needs {ByteSize.Of(estimate.Total)}, of which {ByteSize.Of(estimate.Rows)} for {settings.Steps} '--steps' "
                + $"with a row every {settings.Every} ('--every'); accepted is what fits into {memory}.");
        }
    }

    private static MemoryEstimate Of<T>(RunSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EnvironmentDistribution environments = TrainingSetup.EnvironmentsOf(settings);
        Int128 stored = settings.Measurements == MeasurementKind.Stored
            ? StoredMeasurements<T>.RequiredBytes(settings.Dimension, settings.Samples) * TrainingSetup.StoredSets(settings, environments)
            : 0;

        // Where stored rows draw their environments, the batch keeps their order and gathers them.
        bool gathers = settings is { Measurements: MeasurementKind.Stored, PooledSampling: PooledSampling.Independent }
            && TrainingSetup.PooledSamples(settings) > 0;
        Int128 positions = gathers ? (Int128)settings.Samples * sizeof(int) : 0;

        // Explicit measurements are summed in several parts, whatever the number of threads; regenerated and gathered ones need a row for each thread.
        int sums = MeasurementSource<T>.PartialSums(settings.Dimension);
        Int128 parts = settings.Measurements is MeasurementKind.Stored or MeasurementKind.Regenerated ? Math.Min(settings.Samples, sums) : 0;
        Int128 panels = gathers || settings.Measurements == MeasurementKind.Regenerated ? Math.Min(settings.Threads, sums) : 0;

        // Vectors in svec form: the trainer's four, residual, signal, two of the measurements, one of the recorder. Square: the factor's two.
        Int128 d = settings.Dimension, k = settings.Columns, ranks = (Int128)settings.InvariantRank + settings.SpuriousRank;
        // A pooled batch over many environments keeps a direction for each scalar, and their basis twice while it grows.
        Int128 directions = 3 * Int128.Max(0, PerSampleNumbers(settings, environments) - 1);
        Int128 vectors = (9 + parts + panels + directions) * d * (d + 1) / 2;
        Int128 square = d * d;
        Int128 narrow = (4 * d * k) + (6 * d * ranks);
        Int128 perSample = PerSampleNumbers(settings, environments) * TrainingSetup.PooledSamples(settings);
        Int128 matrices = ((vectors + square + narrow) * Unsafe.SizeOf<T>()) + (perSample * sizeof(double)) + positions;

        Int128 rows = ((Int128)settings.Steps / settings.Every) + 2;
        return new(stored, matrices, rows * (Unsafe.SizeOf<TrajectoryRow>() + 1 + ((Int128)environments.LabelLength * sizeof(double))));
    }

    /// <summary>A pooled batch over many environments made of scalars keeps every sample's scalars and its place in the order.</summary>
    private static Int128 PerSampleNumbers(RunSettings settings, EnvironmentDistribution environments)
        => TrainingSetup.PooledSamples(settings) > 0 && environments is ScalarEnvironments scalar && !(environments.Count <= 16)
            ? (Int128)scalar.Scalars + 1
            : 0;
}
