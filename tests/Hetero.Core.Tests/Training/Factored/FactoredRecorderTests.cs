using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Factored;

/// <summary>A run in factored form is recorded with the numbers that one in coordinates has.</summary>
[Collection(Allocations.Collection)]
public class FactoredRecorderTests
{
    private const int D = 40, K = 6;
    private static readonly TrainingOptions Options = new() { Seed = 5, FactorColumns = K, InitialScale = 0.05, StepSize = StepSizeSchedule.Constant(0.02) };

    public static TheoryData<SubspaceLayout, double, bool> Problems => new()
    {
        { SubspaceLayout.Random, 0, false },
        { SubspaceLayout.Orthogonal, 0, false },
        { SubspaceLayout.PrescribedOverlap, 0.6, false },
        { SubspaceLayout.PrescribedOverlap, 1, false },
        { SubspaceLayout.Random, 0, true },
    };

    // The same iterates, shown to both: what differs is the recorders' arithmetic alone.
    [Theory]
    [MemberData(nameof(Problems))]
    public void TheNumbersOfAnIterateAreTheSame(SubspaceLayout layout, double overlap, bool isIndefinite)
    {
        SensingProblem problem = SensingProblem.Create(D, 3, 2, 5, layout, overlap, isIndefinite ? [1, -0.5, 2] : [1, 0.5, 2]);
        OffDiagonalEnvironments law = new(DiagonalEnvironments.TwoPoint(2, 1, 4), 1.5);
        Check<double>(problem, law, 1e-13);
        Check<float>(problem, law, 2e-5f);

        static void Check<T>(SensingProblem problem, EnvironmentDistribution law, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            HeteroSgd<T> factored = new(problem, law, new FactoredPopulationMeasurements<T>(D), Options), dense = new(problem, law, new PopulationMeasurements<T>(D), Options);
            TrajectoryRecorder<T> ours = new(factored, 60, 20), expected = new(dense, 60, 20);
            Assert.Equal(TrainingStatus.Completed, factored.Run(60, new Both<T>(ours, expected, dense)).Status);
            Assert.Equal(4, ours.Trajectory.Count);
            for (int i = 0; i < 4; i++)
            {
                (TrajectoryRow a, TrajectoryRow b) = (ours.Trajectory.Rows[i], expected.Trajectory.Rows[i]);
                Assert.Equal(b.Step, a.Step);
                AssertNear(b.Signal, a.Signal);
                AssertNear(b.Spurious, a.Spurious);
                AssertNear(b.Residual!.Value, a.Residual!.Value);
                AssertNear(b.Error, a.Error);
                AssertNear(b.PooledError, a.PooledError);
                Assert.Equal(i > 0, ours.Trajectory.GetEnvironmentLabel(i).Length > 0);
            }

            // Far enough from the start that the numbers say something.
            Assert.True(ours.Trajectory.Rows[3].Signal > 2 * ours.Trajectory.Rows[0].Signal);

            void AssertNear(double expected, double actual) => Assert.InRange(Math.Abs(actual - expected), 0, tolerance * Math.Max(1, expected));
        }
    }

    // Where UUᵀ is A* but for 1e-9, the squares of ‖UᵀU‖² − 2⟨UUᵀ, A*⟩ + ‖A*‖² leave 1e-8 at best.
    [Fact]
    public void ASmallErrorKeepsItsDigits()
    {
        const double Off = 1e-9;
        SensingProblem problem = SensingProblem.Create(D, 2, 1, 3, SubspaceLayout.Orthogonal);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 0, 1), new FactoredPopulationMeasurements<double>(D), Options with { FactorColumns = 3 });
        double[] factor = new double[D * 3];
        for (int i = 0; i < D; i++)
        {
            (factor[i * 3], factor[(i * 3) + 1]) = (problem.InvariantBasis[i, 0], problem.InvariantBasis[i, 1]);
            factor[(i * 3) + 2] = Math.Sqrt(Off) * problem.SpuriousBasis[i, 0];
        }

        TrajectoryRecorder<double> recorder = new(trainer, 0);
        recorder.Observe(new TrainingSnapshot<double>
        {
            Step = 0, KnownSignals = trainer.Signals, Parameters = factor, Factor = new ReadOnlyMatrixSpan<double>(factor, D, 3), Space = trainer.Model.Space, Product = default,
        });
        TrajectoryRow row = recorder.Trajectory.Rows[0];
        Assert.InRange(row.Error / Off, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(row.Signal, 1 - 1e-14, 1 + 1e-14);
        Assert.InRange(row.Spurious / Off, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(row.Residual!.Value, 0, 1e-14);
    }

    // U = √λ(½U* + ¼v·1ᵀ): UUᵀ − A* is −¾λ on U*'s two directions, λ/8 between them and v, λ/16·2 on v; its square is out of the range of double.
    [Theory]
    [InlineData(1e-170)]
    [InlineData(1)]
    [InlineData(1e200)]
    public void AnErrorWhoseSquareIsOutOfRangeIsANumber(double eigenvalue)
    {
        SensingProblem problem = SensingProblem.Create(D, 2, 1, 3, SubspaceLayout.Orthogonal, eigenvalues: [eigenvalue, eigenvalue]);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 0, 0), new FactoredPopulationMeasurements<double>(D), Options with { FactorColumns = 2 });
        double[] factor = new double[D * 2];
        for (int i = 0; i < factor.Length; i++)
        {
            factor[i] = Math.Sqrt(eigenvalue) * ((0.5 * problem.InvariantBasis[i / 2, i % 2]) + (0.25 * problem.SpuriousBasis[i / 2, 0]));
        }

        TrajectoryRecorder<double> recorder = new(trainer, 0);
        recorder.Observe(new TrainingSnapshot<double>
        {
            Step = 0, KnownSignals = trainer.Signals, Parameters = factor, Factor = new ReadOnlyMatrixSpan<double>(factor, D, 2), Space = trainer.Model.Space, Product = default,
        });
        TrajectoryRow row = recorder.Trajectory.Rows[0];
        double expected = Math.Sqrt((2 * 0.5625) + (4.0 / 64) + (1.0 / 64));
        Assert.InRange(row.Error / eigenvalue / expected, 1 - 1e-12, 1 + 1e-12);
        Assert.InRange(row.PooledError / eigenvalue / expected, 1 - 1e-12, 1 + 1e-12);
    }

    [Fact]
    public void ItAllocatesNothingAndSaysItsBytes()
    {
        const int Dimension = 20_000;
        SensingProblem problem = SensingProblem.Create(Dimension, 2, 1, 1);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 1, 2), new FactoredPopulationMeasurements<double>(Dimension), Options with { FactorColumns = 4 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        TrajectoryRecorder<double> recorder = new(trainer, 1000);
        long made = GC.GetAllocatedBytesForCurrentThread() - before, said = (long)recorder.BufferBytes(trainer.Sizes);

        // A basis of r columns is made through three more of them in double precision.
        Assert.InRange(made, said, said + (3L * sizeof(double) * 3 * Dimension) + 10_000);
        Assert.Equal(0, Allocations.Of(() => trainer.Run(2, recorder)));
    }

    // Half of a d×d matrix would be 4 TB.
    [Fact]
    public void AMillionDimensions()
    {
        const int Dimension = 1_000_000, Columns = 4;
        SensingProblem problem = SensingProblem.Create(Dimension, 1, 1, 1, SubspaceLayout.Orthogonal);
        TrainingOptions options = Options with { FactorColumns = Columns, InitialScale = 0.5 };
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 1, 4), new FactoredPopulationMeasurements<double>(Dimension), options);
        TrajectoryRecorder<double> recorder = new(trainer, 2);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(2, recorder).Status);

        // U_0 = αF with an orthonormal F: ‖UUᵀ − A*‖² = kα⁴ − 2α²‖Fᵀu‖² + 1 in plain sums, and the last iterate's by its own Gram matrix.
        TrajectoryRow start = recorder.Trajectory.Rows[0], last = recorder.Trajectory.Rows[2];
        Assert.InRange(start.Error - Math.Sqrt((Columns / 16.0) + 1), -1e-4, 1e-4);
        Assert.InRange(last.Error - PlainError(trainer, problem), -1e-12, 1e-12);
    }

    private static double PlainError(Trainer<double> trainer, SensingProblem problem)
    {
        ReadOnlyMatrixSpan<double> u = trainer.Factor;
        double sum = 1;
        for (int a = 0; a < u.Columns; a++)
        {
            double onSignal = 0;
            for (int i = 0; i < u.Rows; i++)
            {
                onSignal += u[i, a] * problem.InvariantBasis[i, 0];
            }

            sum -= 2 * onSignal * onSignal;
            for (int b = 0; b < u.Columns; b++)
            {
                double gram = 0;
                for (int i = 0; i < u.Rows; i++)
                {
                    gram += u[i, a] * u[i, b];
                }

                sum += gram * gram;
            }
        }

        return Math.Sqrt(sum);
    }

    [Fact]
    public void ColumnsThatNeedAMatrixAreRefusedBeforeTheRun()
    {
        SensingProblem problem = SensingProblem.Create(D, 1, 1, 5);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 1, 4), new FactoredPopulationMeasurements<double>(D), Options);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => trainer.Run(1, new TrajectoryRecorder<double>(trainer, 1, columns: new Column(needsMatrix: true))));
        Assert.Contains("'observer' is TrajectoryRecorder`1, which needs SnapshotParts.Estimate, Gradient", refusal.Message, StringComparison.Ordinal);
        TrajectoryRecorder<double> recorder = new(trainer, 1, columns: new Column(needsMatrix: false));
        trainer.Run(1, recorder);
        Assert.Equal(trainer.Factor[0, 0], recorder.Trajectory.GetColumns(1)[0]);
    }

    private sealed class Column(bool needsMatrix) : ITrajectoryColumns<double>
    {
        SnapshotParts ITrajectoryColumns<double>.Needs => needsMatrix ? SnapshotParts.Estimate | SnapshotParts.Gradient : SnapshotParts.None;

        public IReadOnlyList<string> Names => ["first"];

        public void Compute(in TrainingSnapshot<double> snapshot, Span<double> values) => values[0] = snapshot.Factor[0, 0];
    }

    /// <summary>Shows what the factored run has to a recorder of coordinates too, with the matrix of the same factor.</summary>
    private sealed class Both<T>(TrajectoryRecorder<T> factored, TrajectoryRecorder<T> dense, Trainer<T> trainer) : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public SnapshotParts Needs => SnapshotParts.None;

        public void Observe(in TrainingSnapshot<T> snapshot)
        {
            factored.Observe(in snapshot);
            T[] svec = new T[Svec.Length(D)];
            trainer.Model.CopyMatrix(snapshot.Parameters, svec);
            dense.Observe(new TrainingSnapshot<T>
            {
                Step = snapshot.Step, KnownSignals = trainer.Signals, Parameters = snapshot.Parameters, Factor = snapshot.Factor, Space = trainer.Model.Space, Product = svec,
                EnvironmentLabel = snapshot.EnvironmentLabel,
            });
        }
    }
}
