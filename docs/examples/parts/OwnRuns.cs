using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>A run with each part: everything else is the library's.</summary>
public static class OwnRuns
{
    private const int D = 16, Samples = 400;
    private static readonly SensingProblem Problem = SensingProblem.Create(dimension: D, invariantRank: 2, spuriousRank: 2, seed: 1);
    private static readonly DiagonalEnvironments Law = DiagonalEnvironments.TwoPoint(rank: 2, mean: 1, spread: 4);
    private static readonly TrainingOptions Options = new()
    {
        Seed = 1, Samples = Samples, StepSize = StepSizeSchedule.Constant(0.02), InitialScale = 0.1,
    };

    /// <summary>Gets the parts with functions that make a fresh trainer of fresh parts.</summary>
    public static IReadOnlyList<(string Part, Func<WorkerTeam?, Trainer<double>> Create)> All { get; } =
    [
        (nameof(TriangularEnvironments), team => new HeteroSgd<double>(Problem, new TriangularEnvironments(2, mean: 1, spread: 4), Gaussian(team), Options, team)),
        (nameof(CoupledEnvironments), team => new HeteroSgd<double>(Problem, CoupledEnvironments.Create(mean: 1, spread: 4), Gaussian(team), Options, team)),
        (nameof(WarmUp), team => new HeteroSgd<double>(Problem, Law, Gaussian(team), Options with { StepSize = new WarmUp(0.02, 20) }, team)),
        (nameof(SignMeasurements), team => new HeteroSgd<double>(Problem, Law, new SignMeasurements(D, 1, team), Options, team)),
        (nameof(TwoEnvironmentsBatch), team => new Trainer<double>(new TwoEnvironmentsBatch(new(Problem), Law, Gaussian(team), 1, Samples), Options, team)),
        (nameof(VariancePenalty), team => new PooledGd<double>(Problem, Listed, Rows(team), Options, team, objective: new VariancePenalty(0.1))),
        (nameof(SquaredDiagonal), team => new HeteroSgd<double>(Problem, Law, Gaussian(team), Options, team, parts: new() { Model = new SquaredDiagonal(D, 0.1) })),
        (nameof(Lion), team => new HeteroSgd<double>(Problem, Law, Gaussian(team), Small, team, parts: new() { UpdateRule = new Lion() })),
    ];

    /// <summary>Makes a trainer that comes to rest, at A* + Ā, for an observer that waits for it.</summary>
    public static Trainer<double> CreateStill() => new PooledSgd<double>(Problem, Law, new PopulationMeasurements<double>(D), Options);

    private static TrainingOptions Small => Options with { StepSize = StepSizeSchedule.Constant(0.001) };

    private static FiniteEnvironments Listed => new(2, [[5, 0, 0, 5], [-3, 0, 0, -3], [1, 2, 2, 1]]);

    private static ExactLawMeasurements<double> Gaussian(WorkerTeam? team) => new(D, 1, team);

    private static RegeneratedMeasurements<double> Rows(WorkerTeam? team) => new(D, 1, team);
}
