using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck.Tests.Models;

/// <summary>A run of UUᵀ − VVᵀ with k columns each, or of A itself for k = 0, with a positive and a negative eigenvalue.</summary>
public sealed record ModelCase(int Dimension, int Columns, int Source, int Algorithm, int Samples, ulong Seed)
{
    internal TrainingOptions Options => new()
    {
        Seed = Seed, Samples = Samples, InitialScale = 0.3, FactorColumns = Columns == 0 ? null : Columns, StepSize = StepSizeSchedule.Constant(0.01),
    };

    internal Model<double> Model(WorkerTeam? team)
        => Columns == 0 ? new DirectModel<double>(Dimension, Options) : new IndefiniteModel<double>(Dimension, Options, team);

    internal Trainer<double> Trainer(WorkerTeam? team)
    {
        SensingProblem problem = SensingProblem.Create(Dimension, 2, 1, Seed, eigenvalues: [1, -0.5]);
        FiniteEnvironments environments = new(1, [[2], [-1]]);
        MeasurementSource<double> source = Source switch
        {
            0 => new PopulationMeasurements<double>(Dimension),
            1 => new ExactLawMeasurements<double>(Dimension, Seed, team),
            2 => new RegeneratedMeasurements<double>(Dimension, Seed, team),
            _ => new StoredMeasurements<double>(Dimension, Samples + 3, Seed, team, sets: 2),
        };
        TrainingParts<double> parts = new() { Model = Model(team) };
        return Algorithm switch
        {
            0 => new HeteroSgd<double>(problem, environments, source, Options, team, parts),
            1 => new PooledSgd<double>(problem, environments, source, Options, team, parts),
            _ => new PooledGd<double>(problem, environments, source, Options, team, parts),
        };
    }
}
