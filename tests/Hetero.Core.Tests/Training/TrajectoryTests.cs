using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

public class TrajectoryTests
{
    [Fact]
    public void EverySoManyStepsTheFirstAndTheLast()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "population", new TrainingOptions { Seed = 1 });
        TrajectoryRecorder<double> recorder = new(trainer, 10, 4);
        trainer.Run(10, recorder);
        Assert.Equal([0, 4, 8, 10], recorder.Trajectory.Rows.ToArray().Select(row => row.Step));
    }

    [Fact]
    public void LongRunsWithFewRowsAreRecordedAndOthersRefused()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "population", new TrainingOptions { Seed = 1 });
        Assert.Equal(0, new TrajectoryRecorder<double>(trainer, int.MaxValue, 1 << 24).Trajectory.Count);
        Assert.Equal(0, new DynamicsRecorder<double>(trainer, int.MaxValue, 1 << 24).Rows.Length);
        Assert.Equal("lastStep", Assert.Throws<ArgumentOutOfRangeException>(() => new TrajectoryRecorder<double>(trainer, int.MaxValue)).ParamName);
        Assert.Equal("lastStep", Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicsRecorder<double>(trainer, int.MaxValue - 1)).ParamName);
        Assert.Equal("capacity", Assert.Throws<ArgumentException>(() => new Trajectory(1 << 16, 1 << 16)).ParamName);
    }

    // U = α·F and A* = α²·A at the start: shares stay, residual and errors are homogeneous, whatever α is.
    [Theory]
    [InlineData(-1)]
    [InlineData(-40)]
    [InlineData(-62)]
    [InlineData(-70, true)]
    [InlineData(-270, true)]
    [InlineData(-500, true)]
    [InlineData(-510, true)]
    [InlineData(18)]
    public void ColumnsAreRightAtEveryMagnitude(int exponent, bool doubleOnly = false)
    {
        Check<double>();
        if (!doubleOnly)
        {
            Check<float>();
        }

        void Check<T>()
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            TrajectoryRow plain = Start<T>(0), row = Start<T>(exponent);
            double tolerance = typeof(T) == typeof(double) ? 1e-12 : 1e-5, square = Math.ScaleB(1, 2 * exponent);
            Assert.Equal(1, row.Signal / plain.Signal, tolerance);
            Assert.Equal(1, row.Spurious / square / plain.Spurious, 2 * exponent > -1020 ? tolerance : 1);
            Assert.Equal(1, Math.ScaleB(row.Residual!.Value, -exponent) / plain.Residual!.Value, tolerance);
            Assert.Equal(1, row.Error / square / plain.Error, 2 * exponent > -1000 ? tolerance : 1e-3);
        }

        static TrajectoryRow Start<T>(int exponent)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            SensingProblem problem = SensingProblem.Create(9, 2, 2, 6, eigenvalues: [Math.ScaleB(0.5, 2 * exponent), Math.ScaleB(0.25, 2 * exponent)]);
            TrainingOptions options = new() { Seed = 4, InitialScale = Math.ScaleB(1, exponent) };
            HeteroSgd<T> trainer = new(problem, DiagonalEnvironments.TwoPoint(2, 0, 0), new ExactLawMeasurements<T>(9, 4), options);
            TrajectoryRecorder<T> recorder = new(trainer, 0);
            trainer.Run(0, recorder);
            return recorder.Trajectory.Rows[0];
        }
    }

    // All columns against plain sums over entries, for subspaces that overlap.
    [Fact]
    public void ColumnsAreTheirDefinitions()
    {
        const int D = 9;
        SensingProblem problem = SensingProblem.Create(D, 2, 3, 6, SubspaceLayout.PrescribedOverlap, 0.4, [2, 0.5]);
        FiniteEnvironments environments = new(3, [[1, 0.1, 0, 0.1, 2, 0, 0, 0, -1], [0, 0, 0.5, 0, 0, 0, 0.5, 0, 1]], [0.25, 0.75]);
        HeteroSgd<double> trainer = new(problem, environments, new ExactLawMeasurements<double>(D, 4), new TrainingOptions { Seed = 4, Samples = 30, InitialScale = 0.7, FactorColumns = 4 });
        TrajectoryRecorder<double> recorder = new(trainer, 3);
        trainer.Run(3, recorder);
        TrajectoryRow row = recorder.Trajectory.Rows[^1];
        double[] mean = [0.25, 0.025, 0.375, 0.025, 0.5, 0, 0.375, 0, 0.5];
        double signal = 0, spurious = 0, residual = 0, error = 0, pooled = 0;
        for (int c = 0; c < 4; c++)
        {
            double[] r = [.. Enumerable.Range(0, 2).Select(j => Enumerable.Range(0, D).Sum(i => problem.InvariantBasis[i, j] * trainer.Factor[i, c]))];
            double[] q = [.. Enumerable.Range(0, 3).Select(j => Enumerable.Range(0, D).Sum(i => problem.SpuriousBasis[i, j] * trainer.Factor[i, c]))];
            signal += r.Sum(value => value * value);
            spurious += q.Sum(value => value * value);
            for (int i = 0; i < D; i++)
            {
                double rest = trainer.Factor[i, c] - r.Select((value, j) => value * problem.InvariantBasis[i, j]).Sum()
                    - q.Select((value, j) => value * problem.SpuriousBasis[i, j]).Sum();
                residual += rest * rest;
            }
        }

        for (int a = 0; a < D; a++)
        {
            for (int b = 0; b < D; b++)
            {
                double difference = Enumerable.Range(0, 4).Sum(c => trainer.Factor[a, c] * trainer.Factor[b, c]);
                difference -= Enumerable.Range(0, 2).Sum(j => problem.InvariantBasis[a, j] * problem.Eigenvalues[j] * problem.InvariantBasis[b, j]);
                error += difference * difference;
                for (int j = 0; j < 3; j++)
                {
                    for (int l = 0; l < 3; l++)
                    {
                        difference -= problem.SpuriousBasis[a, j] * mean[(3 * j) + l] * problem.SpuriousBasis[b, l];
                    }
                }

                pooled += difference * difference;
            }
        }

        Assert.Equal(signal / 2.5, row.Signal, 1e-12);
        Assert.Equal(spurious / 3, row.Spurious, 1e-12);
        Assert.Equal(Math.Sqrt(residual), row.Residual!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(error), row.Error, 1e-12);
        Assert.Equal(Math.Sqrt(pooled), row.PooledError, 1e-12);
    }

    [Fact]
    public void CsvIsInvariantAndRoundTrips()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Trajectory trajectory = new(0, 2);
            trajectory.Add(new TrajectoryRow(0, 0.1, 1e-7, 1.0 / 3, 5, 6), []);
            trajectory.Add(new TrajectoryRow(1, 0.1, 0.2, 0.3, 0.4, 0.5), [-3.5, 4.5]);
            using StringWriter writer = new();
            TrajectoryCsv.Write(trajectory, writer);
            Assert.Equal(
                "step,environment,signal,spurious,residual,error,pooled_error\n0,,0.1,1E-07,0.3333333333333333,5,6\n1,-3.5;4.5,0.1,0.2,0.3,0.4,0.5\n",
                writer.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
