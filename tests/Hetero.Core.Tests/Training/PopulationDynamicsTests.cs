using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>At m = ∞ with orthogonal subspaces the directions decouple into scalar recursions.</summary>
public class PopulationDynamicsTests
{
    // R_{t+1} = (1 − ηR² + η)R (25) and q ← (1 + η(s − q²))q from R_0 = q_0 = α, at every step.
    [Theory]
    [InlineData(0.5, 0.05, 1.0, 400)]
    [InlineData(2.0, 0.1, 1.0, 300)]
    [InlineData(-1.0, 0.05, 2.0, 300)]
    public void WithoutSpreadTheSharesFollowTheScalarRecursions(double mean, double stepSize, double gradientScale, int steps)
    {
        SensingProblem problem = SensingProblem.Create(30, 3, 2, 1, SubspaceLayout.Orthogonal);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, mean, 0);
        HeteroSgd<double> trainer = new(
            problem,
            environments,
            new PopulationMeasurements<double>(30),
            new TrainingOptions { Seed = 1, StepSize = StepSizeSchedule.Constant(stepSize), GradientScale = gradientScale });
        TrajectoryRecorder<double> recorder = new(trainer, steps);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, steps), trainer.Run(steps, recorder));
        double rate = stepSize * gradientScale, r = 1e-3, q = 1e-3;
        foreach (TrajectoryRow row in recorder.Trajectory.Rows)
        {
            Assert.Equal(r * r, row.Signal, 1e-10);
            Assert.Equal(q * q, row.Spurious, 1e-10);
            r = (1 - (rate * r * r) + rate) * r;
            q = (1 + (rate * (mean - (q * q)))) * q;
        }

        Assert.Equal(steps + 1, recorder.Trajectory.Count);
    }

    // With spread the same recursion holds with the drawn s; every direction has the same s, so all q are equal.
    [Fact]
    public void WithSpreadTheSpuriousShareFollowsTheDrawnEnvironments()
    {
        SensingProblem problem = SensingProblem.Create(20, 1, 3, 2, SubspaceLayout.Orthogonal);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(3, 1, 5);
        HeteroSgd<double> trainer = new(problem, environments, new PopulationMeasurements<double>(20), new TrainingOptions { Seed = 9 });
        TrajectoryRecorder<double> recorder = new(trainer, 300);
        trainer.Run(300, recorder);
        double q = 1e-3;
        for (int i = 1; i <= 300; i++)
        {
            double s = recorder.Trajectory.GetEnvironmentLabel(i)[0];
            Assert.True(s is -4 or 6);
            q = (1 + (0.05 * (s - (q * q)))) * q;
            Assert.Equal(q * q, recorder.Trajectory.Rows[i].Spurious, 1e-9 * Math.Max(1, q * q));
        }
    }

    [Fact]
    public void PooledTrainingDescendsToTheMean()
    {
        SensingProblem problem = SensingProblem.Create(20, 2, 2, 2, SubspaceLayout.Orthogonal);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 0.5, 4);
        foreach (Trainer<double> trainer in new Trainer<double>[]
        {
            new PooledSgd<double>(problem, environments, new PopulationMeasurements<double>(20), new TrainingOptions { Seed = 9 }),
            new PooledGd<double>(problem, environments, new PopulationMeasurements<double>(20), new TrainingOptions { Seed = 9 }),
        })
        {
            TrajectoryRecorder<double> recorder = new(trainer, 1500, 1500);
            trainer.Run(1500, recorder);
            TrajectoryRow last = recorder.Trajectory.Rows[^1];
            Assert.Equal(1, last.Signal, 1e-6);
            Assert.Equal(0.5, last.Spurious, 1e-6);
            Assert.Equal(0, last.PooledError, 1e-3);
            Assert.Equal(0.5 * Math.Sqrt(2), last.Error, 1e-3);
        }
    }

    [Fact]
    public void NarrowFactorsFollowTheirOwnRecursion()
    {
        // k = 1 from a frame u: UUᵀ stays rank one and U_t = (I − η(UUᵀ − A* − A))U_{t−1}; checked against the plain vector recursion.
        SensingProblem problem = SensingProblem.Create(6, 1, 1, 4, SubspaceLayout.PrescribedOverlap, 0.6);
        HeteroSgd<double> trainer = new(
            problem, DiagonalEnvironments.TwoPoint(1, 0.5, 0), new PopulationMeasurements<double>(6), new TrainingOptions { Seed = 1, FactorColumns = 1, InitialScale = 0.3 });
        double[] u = trainer.Factor.Data.ToArray();
        trainer.Run(50);
        for (int step = 0; step < 50; step++)
        {
            double square = u.Sum(value => value * value);
            double invariant = Enumerable.Range(0, 6).Sum(i => problem.InvariantBasis[i, 0] * u[i]);
            double spurious = Enumerable.Range(0, 6).Sum(i => problem.SpuriousBasis[i, 0] * u[i]);
            u = [.. u.Select((value, i) => value - (0.05 * ((square * value) - (problem.InvariantBasis[i, 0] * invariant) - (0.5 * problem.SpuriousBasis[i, 0] * spurious))))];
        }

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(u[i], trainer.Factor[i, 0], 1e-12);
        }
    }
}
