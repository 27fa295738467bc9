using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The options of trainers: refused by name, or three steps that end with numbers or diverge.</summary>
internal static class TrainingCalls
{
    private static readonly SensingProblem Problem = SensingProblem.Create(4, 1, 1, 1);
    private static readonly EnvironmentDistribution Environments = DiagonalEnvironments.TwoPoint(1, 1, 2);

    public static IReadOnlyList<(string Key, Delegate Call)> All { get; } =
    [
        Call("HeteroSgd", options => new HeteroSgd<double>(Problem, Environments, new ExactLawMeasurements<double>(4, 1), options)),
        Call("FederatedSgd", options => new FederatedSgd<double>(Problem, Environments, new ExactLawMeasurements<double>(4, 1), options, new(3, 2)), ", rounds"),
        Call("PooledSgd", options => new PooledSgd<double>(Problem, Environments, new ExactLawMeasurements<double>(4, 1), options)),
        Call("PooledGd", options => new PooledGd<double>(Problem, Environments, new PopulationMeasurements<double>(4), options)),
    ];

    private static (string Key, Delegate Call) Call(string name, Func<TrainingOptions, Trainer<double>> create, string afterOptions = "") => (
        $"{name}.new(problem, environments, source, options{afterOptions}, team, parts{(name == "PooledGd" ? ", objective" : "")})",
        (bool large, double scale, double start, double noise, double share, int columns, long samples) =>
        {
            Trainer<double> trainer = create(new()
            {
                Seed = 1,
                StepSize = StepSizeSchedule.Constant(large ? 1e300 : 0.05),
                GradientScale = scale,
                InitialScale = start,
                NoiseDeviation = noise,
                PooledShare = share,
                FactorColumns = columns,
                Samples = samples,
            });
            TrainingOutcome outcome = trainer.Run(3);
            return outcome.Status == TrainingStatus.Completed ? trainer.Factor.Data.ToArray() : [];
        }
    );
}
