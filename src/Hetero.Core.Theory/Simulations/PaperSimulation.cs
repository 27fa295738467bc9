using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Simulations;

/// <summary>Trainers with the sizes of a theory instance and fresh measurements at every step, from their exact law.</summary>
internal static class PaperSimulation
{
    /// <summary>The options of an instance.</summary>
    public static TrainingOptions Options(TheoryInstance instance) => new()
    {
        Seed = instance.Seed,
        Samples = instance.Samples,
        StepSize = StepSizeSchedule.Constant(instance.StepSize),
        InitialScale = instance.InitialScale,
        FactorColumns = instance.Columns,
    };

    /// <summary>A number of samples from 10⁶ to 10⁸ that differs from instance to instance, so that δ = √(d/m) varies.</summary>
    public static int VariedSamples(TheoryInstance instance)
        => (int)(1e6 * Math.Pow(100, Math.Clamp(Math.Log(instance.InitialScale / 1e-4) / Math.Log(1000), 0, 1)));

    /// <summary>HeteroSGD at its start.</summary>
    public static HeteroSgd<double> Hetero(TheoryInstance instance)
        => new(instance.CreateProblem(), instance.CreateEnvironments(), Measurements(instance.Dimension, instance.Seed), Options(instance));

    /// <summary>PooledSGD at its start.</summary>
    public static PooledSgd<double> Pooled(TheoryInstance instance)
        => new(instance.CreateProblem(), instance.CreateEnvironments(), Measurements(instance.Dimension, instance.Seed), Options(instance));

    /// <summary>
    /// PooledGD at its start, with a set of measurements for each environment, drawn once and reused (Theorem 6): as their Gram matrices, so that m costs nothing.
    /// </summary>
    public static PooledGd<double> PooledDescent(TheoryInstance instance)
    {
        SensingProblem problem = instance.CreateProblem();
        EnvironmentDistribution environments = instance.CreateEnvironments();
        GramMeasurements measurements = new(instance.Dimension, instance.Samples, instance.Seed, environments.Count ?? 1);
        return new PooledGd<double>(problem, environments, measurements, Options(instance));
    }

    /// <summary>The exact law of fresh measurements.</summary>
    public static ExactLawMeasurements<double> Measurements(int dimension, ulong seed) => new(dimension, seed);
}
