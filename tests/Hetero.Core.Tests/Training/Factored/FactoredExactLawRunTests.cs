using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Sensing.Factored;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Factored;

/// <summary>Runs on the factored exact law.</summary>
[Collection(Allocations.Collection)]
public class FactoredExactLawRunTests
{
    private static readonly TrainingOptions Options = new()
    {
        Seed = 5, FactorColumns = 5, InitialScale = 0.05, StepSize = StepSizeSchedule.Constant(0.05), Samples = 4000,
    };

    // Six tiles in six ranges.
    [Theory]
    [InlineData("HeteroSGD")]
    [InlineData("PooledSGD mixture")]
    public void ThreadsChangeNoBitOfManyTiles(string algorithm)
    {
        Check<double>(algorithm);
        Check<float>(algorithm);

        static void Check<T>(string algorithm)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] alone = Run<T>(algorithm, null);
            foreach (int degree in new[] { 1, 2, 3, 8 })
            {
                using WorkerTeam team = new(degree);
                Assert.Equal(alone, Run<T>(algorithm, team));
            }
        }

        static T[] Run<T>(string algorithm, WorkerTeam? team)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> trainer = Runs.Create<T>(algorithm, "factored exact-law", Options with { Samples = 64 }, Runs.Problem(3000), team);
            Assert.Equal(TrainingStatus.Completed, trainer.Run(3).Status);
            return trainer.Factor.Data.ToArray();
        }
    }

    /// <summary>Two-sample Kolmogorov–Smirnov tests of four numbers over 120 seeds each; false alarms 1e-3 in all.</summary>
    [Theory]
    [InlineData("HeteroSGD", 1, true)]
    [InlineData("PooledSGD", 1, true)]
    [InlineData("HeteroSGD", 0.5, false)]
    public void TrajectoriesHaveTheLawOfTheFullOne(string algorithm, double samples, bool isSame)
    {
        const int Seeds = 120;
        double[][] factored = Ends("factored exact-law", 0, 1), full = Ends("exact-law", 1000, samples);
        double least = Enumerable.Range(0, 4).Min(i => PlainStatistics.KolmogorovSmirnov(factored[i], full[i]));
        Assert.Equal(isSame, least > 1e-3 / (2 * 4));

        double[][] Ends(string kind, int firstSeed, double share)
        {
            double[][] ends = [.. Enumerable.Range(0, 4).Select(_ => new double[Seeds])];
            EnvironmentDistribution law = DiagonalEnvironments.TwoPoint(2, 1, 4);
            for (int seed = 0; seed < Seeds; seed++)
            {
                ulong own = (ulong)(firstSeed + seed + 1);
                TrainingOptions options = Options with { Seed = own, Samples = (long)(share * Options.Samples), StepSize = StepSizeSchedule.Constant(0.1) };
                Trainer<double> trainer = Runs.Create<double>(algorithm, kind, options, SensingProblem.Create(200, 2, 2, own), environments: law);
                TrajectoryRecorder<double> recorder = new(trainer, 40, 40);
                Assert.Equal(TrainingStatus.Completed, trainer.Run(40, recorder).Status);
                TrajectoryRow row = recorder.Trajectory.Rows[^1];
                (ends[0][seed], ends[1][seed], ends[2][seed], ends[3][seed]) = (row.Signal, row.Spurious, row.Residual!.Value, row.Error);
            }

            return ends;
        }
    }

    // At d = 10⁵ an array of d² numbers cannot be.
    [Fact]
    public void StepsAllocateNothingAndTheirBytesAreSaid()
    {
        const int Dimension = 100_000;
        SensingProblem problem = SensingProblem.Create(Dimension, 2, 2, 1);
        using WorkerTeam team = new(2);
        FactoredExactLawMeasurements<double> source = new(Dimension, 1, team);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(2, 1, 4), source, Options with { Samples = 1_000_000_000 }, team);
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Advance();
        long made = GC.GetAllocatedBytesForCurrentThread() - before, said = (long)source.BufferBytes(trainer.Sizes);
        Assert.InRange(made, said, said + 10_000);
        Assert.InRange(said, 0, 12 * sizeof(double) * Dimension);
        Assert.Equal(0, Allocations.Of(() => trainer.Run(2)));
        PooledSgd<double> pooled = new(problem, DiagonalEnvironments.TwoPoint(2, 1, 4), new FactoredExactLawMeasurements<double>(Dimension, 1), Options);
        pooled.Advance();
        Assert.Equal(0, Allocations.Of(() => pooled.Run(1)));
    }

    // With 2⁵³ samples what is left of chance is √(d/m) of the residual, 1e-7.
    [Fact]
    public void ManySamplesAreAlmostTheMean()
    {
        PanelLaw law = new(40, 3, 2, 2);
        double[] drawn = new double[40 * 7], mean = new double[40 * 7];
        SampleGroup<double> group = new() { Step = 3, Count = (1L << 53) - 1, Scale = 1.0 / ((1L << 53) - 1) }, one = new() { Step = 3, Count = 1, Scale = 1 };
        FactoredResidual<double> residual = law.Parts;
        new FactoredExactLawMeasurements<double>(40, 1).AccumulatePanel(in group, in residual, new MatrixSpan<double>(drawn, 40, 7));
        new FactoredPopulationMeasurements<double>(40).AccumulatePanel(in one, in residual, new MatrixSpan<double>(mean, 40, 7));
        double size = mean.Max(Math.Abs);
        Assert.InRange(drawn.Zip(mean, (a, b) => Math.Abs(a - b)).Max(), 1e-9 * size, 1e-5 * size);
    }

    // G is one symmetric matrix, whatever it is applied to.
    [Fact]
    public void AllColumnsAreOfOneMatrix()
    {
        PanelLaw law = new(30, 3, 2, 2);
        FactoredResidual<double> residual = law.Parts;
        double[] alone = new double[30 * 3], all = new double[30 * 7];
        SampleGroup<double> group = new() { Step = 3, Count = 5, Scale = 0.2, NoiseDeviation = 0.5 };
        FactoredExactLawMeasurements<double> source = new(30, 1);
        source.AccumulatePanel(in group, in residual, new MatrixSpan<double>(alone, 30, 3));
        source.AccumulatePanel(in group, in residual, new MatrixSpan<double>(all, 30, 7));
        double[] panel = [.. Enumerable.Range(0, 30).SelectMany(i => new[]
        {
            law.Factor[i * 3], law.Factor[(i * 3) + 1], law.Factor[(i * 3) + 2], law.InvariantBasis[i * 2], law.InvariantBasis[(i * 2) + 1],
            law.SpuriousBasis[i * 2], law.SpuriousBasis[(i * 2) + 1],
        })];
        for (int a = 0; a < 7; a++)
        {
            for (int b = 0; b < 7; b++)
            {
                double one = Product(panel, a, all, b), other = Product(panel, b, all, a);
                Assert.InRange(one - other, -1e-11, 1e-11);
                Assert.True(Math.Abs(one) > 1e-6);
            }
        }

        for (int i = 0; i < alone.Length; i++)
        {
            Assert.InRange(all[(i / 3 * 7) + (i % 3)] - alone[i], -1e-11, 1e-11);
        }

        static double Product(double[] left, int a, double[] right, int b) => Enumerable.Range(0, 30).Sum(i => left[(i * 7) + a] * right[(i * 7) + b]);
    }

    [Fact]
    public void WithoutResidualAndNoiseThereIsNothing()
    {
        PanelLaw law = new(12, 2, 1, 1);
        FactoredResidual<double> parts = law.Parts;
        FactoredResidual<double> residual = new()
        {
            Factor = parts.InvariantBasis, InvariantBasis = parts.InvariantBasis, Eigenvalues = [1.0], SpuriousBasis = parts.SpuriousBasis, Sigma = [0.0],
        };
        SampleGroup<double> group = new() { Step = 0, Count = 5, Scale = 0.2 };
        double[] result = new double[12];
        FactoredExactLawMeasurements<double> source = new(12, 1);
        source.AccumulatePanel(in group, in residual, new MatrixSpan<double>(result, 12, 1));
        Assert.All(result, value => Assert.InRange(value, -1e-13, 1e-13));
        source.AccumulatePanel(group with { NoiseDeviation = 1 }, in residual, new MatrixSpan<double>(result, 12, 1));
        Assert.All(result, value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void ItSaysWhatItDoesNotTake()
    {
        PanelLaw law = new(6, 2, 1, 1);
        FactoredExactLawMeasurements<double> source = new(6, 1);
        string Refusal(SampleGroup<double> group)
            => Assert.ThrowsAny<ArgumentException>(() => source.AccumulatePanel(in group, law.Parts, new MatrixSpan<double>(new double[12], 6, 2))).Message;

        LabelNoise signs = new() { Deviation = 1, Law = LabelNoiseLaw.Signs };
        SampleGroup<double> ordinary = new() { Step = 0, Count = 5, Scale = 0.2 };
        Assert.Contains("accepted is Gaussian noise on each sample", Refusal(ordinary with { LabelNoise = signs }), StringComparison.Ordinal);
        Assert.Contains("'group.Count'", Refusal(ordinary with { Count = 1L << 60 }), StringComparison.Ordinal);
        Assert.Contains("'group.Mixture.Directions'", Refusal(ordinary with { Mixture = new ResidualMixture<double>(new double[4], 2, 5) }), StringComparison.Ordinal);
        FactoredResidual<double> bad = new()
        {
            Factor = law.Parts.Factor, InvariantBasis = law.Parts.InvariantBasis, Eigenvalues = [double.NaN], SpuriousBasis = law.Parts.SpuriousBasis, Sigma = [1.0],
        };
        try
        {
            source.MeasureBasis(in bad);
            Assert.Fail("not refused");
        }
        catch (ArgumentException exception)
        {
            Assert.Contains("residual.Eigenvalues", exception.Message, StringComparison.Ordinal);
        }
    }
}
