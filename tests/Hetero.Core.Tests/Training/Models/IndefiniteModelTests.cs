using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>UUᵀ − VVᵀ: its start, its symmetry, and what UUᵀ cannot reach.</summary>
public class IndefiniteModelTests
{
    private const int D = 6;
    private static readonly TrainingOptions Options = new() { Seed = 2, Samples = 5000, InitialScale = 0.01, StepSize = StepSizeSchedule.Constant(0.1) };

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void ItStartsAtZeroWithBothFactorsAlike(int? columns)
    {
        IndefiniteModel<double> model = new(D, Options with { FactorColumns = columns });
        double[] parameters = new double[model.ParameterCount], matrix = new double[Svec.Length(D)], gram = new double[model.ParameterCount / 2];
        model.Start(parameters);
        new GramModel<double>(D, Options with { FactorColumns = columns }).Start(gram);
        Assert.Equal([.. gram, .. gram], parameters);
        model.CopyMatrix(parameters, matrix);
        Assert.All(matrix, entry => Assert.Equal(0, entry));
    }

    // G ↦ −G exchanges the factors, so that −A* is learned as A* is.
    [Fact]
    public void ASignalOfTheOtherSignExchangesTheFactors()
    {
        double[] plus = Train(1).Parameters.ToArray(), minus = Train(-1).Parameters.ToArray();
        int half = plus.Length / 2;
        Assert.Equal(plus[..half], minus[half..]);
        Assert.Equal(plus[half..], minus[..half]);

        static Trainer<double> Train(int sign)
        {
            SensingProblem problem = SensingProblem.Create(D, 2, 1, 5, eigenvalues: [sign, -0.5 * sign]);
            HeteroSgd<double> trainer = new(
                problem,
                new FiniteEnvironments(1, [[2.0 * sign], [-1.0 * sign]]),
                new PopulationMeasurements<double>(D),
                Options,
                parts: new() { Model = new IndefiniteModel<double>(D, Options) });
            trainer.Run(40);
            return trainer;
        }
    }

    [Fact]
    public void ItReachesANegativeEigenvalueThatAGramFactorLeaves()
    {
        SensingProblem problem = SensingProblem.Create(D, 2, 1, 5, SubspaceLayout.Orthogonal, eigenvalues: [1, -0.5]);
        TrajectoryRow Train(Model<double>? model)
        {
            PooledSgd<double> trainer = new(
                problem, DiagonalEnvironments.TwoPoint(1, 0, 0), new PopulationMeasurements<double>(D), Options, parts: new() { Model = model });
            TrajectoryRecorder<double> recorder = new(trainer, 400);
            trainer.Run(400, recorder);
            return recorder.Trajectory.Rows[^1];
        }

        TrajectoryRow both = Train(new IndefiniteModel<double>(D, Options)), positive = Train(null);
        Assert.Equal((1.0, 0.0, 0.0), (Math.Round(both.Signal, 6), Math.Round(both.Spurious, 6), Math.Round(both.Error, 6)));
        Assert.Null(both.Residual);

        // 1 of Σ|λ_i| = 1.5, at the distance 0.5. What a factor has along a negative eigenvalue dies out as (1 − η/2)^t.
        Assert.Equal((0.666667, 0.5), (Math.Round(positive.Signal, 6), Math.Round(positive.Error, 6)));
        Assert.NotNull(positive.Residual);
    }

    // tr(V*ᵀMV*)/r2 and Σ sign(λ_i)u_iᵀMu_i/Σ|λ_i| by plain sums, of either sign.
    [Fact]
    public void SharesAreThoseOfTheMatrix()
    {
        SensingProblem problem = SensingProblem.Create(D, 2, 2, 7, eigenvalues: [-2, 0.5]);
        HeteroSgd<double> trainer = new(
            problem,
            DiagonalEnvironments.TwoPoint(2, -1, 3),
            new ExactLawMeasurements<double>(D, 2),
            Options with { InitialScale = 0.5, FactorColumns = 3 },
            parts: new() { Model = new IndefiniteModel<double>(D, Options with { InitialScale = 0.5, FactorColumns = 3 }) });
        TrajectoryRecorder<double> recorder = new(trainer, 5);
        trainer.Run(5, recorder);
        double[] matrix = PlainModel.Matrix("indefinite", trainer.Parameters.ToArray(), D);
        double signal = 0, spurious = 0;
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                double entry = matrix[(i * D) + j];
                signal += entry * ((problem.InvariantBasis[i, 1] * problem.InvariantBasis[j, 1]) - (problem.InvariantBasis[i, 0] * problem.InvariantBasis[j, 0])) / 2.5;
                spurious += entry * ((problem.SpuriousBasis[i, 0] * problem.SpuriousBasis[j, 0]) + (problem.SpuriousBasis[i, 1] * problem.SpuriousBasis[j, 1])) / 2;
            }
        }

        Assert.Equal(signal, recorder.Trajectory.Rows[^1].Signal, 1e-13);
        Assert.Equal(spurious, recorder.Trajectory.Rows[^1].Spurious, 1e-13);
    }

    [Fact]
    public void AStartBeyondTheBoundIsNamed()
    {
        TrainingOptions options = Options with { InitialScale = 4e5 };
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => new HeteroSgd<double>(
            SensingProblem.Create(D, 1, 1, 1),
            DiagonalEnvironments.TwoPoint(1, 1, 1),
            new PopulationMeasurements<double>(D),
            options,
            parts: new() { Model = new IndefiniteModel<double>(D, options) }));
        Assert.Equal("options.InitialScale", refusal.ParamName);
        Assert.Contains("12 columns", refusal.Message, StringComparison.Ordinal);
    }
}
