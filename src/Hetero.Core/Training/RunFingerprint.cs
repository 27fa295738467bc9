using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Hashes of everything that a run's numbers depend on, part by part, and of nothing else, so that a saved state is not continued as part of another
/// run. Environments and measurements add themselves; what an option changes depends on the algorithm, which adds it.
/// </summary>
internal static class RunFingerprint
{
    public static string Of<T>(Trainer<T> trainer, MeasurementSource<T> source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Fingerprint environments = default, measurements = default, options = default;
        trainer.Environments.AddTo(ref environments);
        source.AddTo(ref measurements);
        AddOptions(trainer.Options, source.IsPopulation, trainer.Factor.Rows == trainer.Factor.Columns, ref options);
        trainer.AddTo(ref options);
        return $"problem={OfProblem(trainer.Signals.Problem):x16} environments={environments.Hash:x16} "
            + $"measurements={measurements.Hash:x16} options={options.Hash:x16}";
    }

    private static ulong OfProblem(SensingProblem problem)
    {
        Fingerprint fingerprint = default;
        fingerprint.Add(problem.Dimension);
        fingerprint.Add(problem.InvariantBasis.Data);
        fingerprint.Add(problem.SpuriousBasis.Data);
        fingerprint.Add(problem.Eigenvalues);
        return fingerprint.Hash;
    }

    private static void AddOptions(TrainingOptions options, bool isPopulation, bool isSquare, ref Fingerprint fingerprint)
    {
        fingerprint.Add((long)TrainingStart.KindOf(options, isSquare));
        fingerprint.Add(options.InitialScale);
        fingerprint.Add(options.GradientScale);
        options.StepSize.AddTo(ref fingerprint);
        if (!isPopulation)
        {
            fingerprint.Add(options.Samples);
            fingerprint.Add(options.NoiseDeviation);
        }
    }
}
