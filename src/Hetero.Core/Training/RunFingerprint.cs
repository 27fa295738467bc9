using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>A hash of everything that a run's numbers depend on, so that a saved state is not continued as part of another run.</summary>
/// <remarks>
/// A distribution over environments goes in by its mean and its first draws: what counts is which environments come, not how they are described.
/// </remarks>
internal static class RunFingerprint
{
    private const int Draws = 64;

    public static ulong Of<T>(SensingProblem problem, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] sigma = new double[environments.Rank * environments.Rank], label = new double[environments.LabelLength];
        List<double> numbers =
        [
            .. problem.InvariantBasis.Data, .. problem.SpuriousBasis.Data, .. problem.Eigenvalues,
            options.Samples, (double)(options.Start ?? (StartKind)(-1)), options.GradientScale, options.InitialScale, options.NoiseDeviation, options.PooledShare,
            (double)options.PooledSampling, (double)options.EnvironmentOrder.Kind, options.EnvironmentOrder.BlockLength,
            environments.Count ?? -1,
            .. options.StepSize.StepSizes,
            .. options.StepSize.FirstSteps.Select(step => (double)step),
        ];
        environments.CopyMean(sigma);
        numbers.AddRange(sigma);
        for (int step = 0; step < Draws; step++)
        {
            environments.Draw(new RandomStream(options.Seed, StreamPurpose.Environments, step), sigma, label);
            numbers.AddRange(sigma);
        }

        ulong hash = Checkpoint.Fnv1a(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)), Checkpoint.FnvOffset);
        foreach (char letter in source.GetType().Name)
        {
            hash = Checkpoint.Fnv1a([(byte)letter], hash);
        }

        return Checkpoint.Fnv1a(BitConverter.GetBytes(source.Identity), hash);
    }
}
