using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>HeteroSGD with a share of pooled data: its two ends, its mean and its law. A plain loop over samples is in <see cref="PlainStepTests"/>.</summary>
public class PooledShareTests
{
    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 48, InitialScale = 0.1, NoiseDeviation = 0.05 };

    public static TheoryData<string, PooledSampling> All()
    {
        TheoryData<string, PooledSampling> all = [];
        foreach (string kind in Runs.Kinds)
        {
            all.Add(kind, PooledSampling.Stratified);
            all.Add(kind, PooledSampling.Independent);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AllPooledIsPooledSgdBitForBit(string kind, PooledSampling sampling)
    {
        Check<double>(kind, sampling);
        Check<float>(kind, sampling);

        static void Check<T>(string kind, PooledSampling sampling)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (EnvironmentDistribution environments in Distributions())
            {
                SensingProblem problem = Runs.Problem();
                TrainingOptions options = Options with { PooledSampling = sampling };
                PooledSgd<T> pooled = new(problem, environments, Runs.Source<T>(kind, 7, 48, 7), options);
                HeteroSgd<T> hetero = new(problem, environments, Runs.Source<T>(kind, 7, 48, 7), options with { PooledShare = 1 });
                pooled.Run(6);
                EmptyEnvironments<T> observer = new();
                hetero.Run(6, observer);
                Assert.Equal(pooled.Factor.Data.ToArray(), hetero.Factor.Data.ToArray());
                Assert.True(observer.AllEmpty);
            }
        }
    }

    [Theory]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    [InlineData("stored")]
    public void NothingPooledIsHeteroSgdBitForBit(string kind)
    {
        foreach (EnvironmentDistribution environments in Distributions())
        {
            double[][] factors = [.. new[] { 0, 0.01 }.Select(share =>
            {
                // 0.99·48 = 47.52 is rounded to 48.
                HeteroSgd<double> trainer = new(
                    Runs.Problem(), environments, Runs.Source<double>(kind, 7, 48, 7), Options with { PooledShare = share });
                trainer.Run(6);
                return trainer.Factor.Data.ToArray();
            })];
            Assert.Equal(factors[0], factors[1]);
        }
    }

    [Theory]
    [InlineData(1000, 0, 0)]
    [InlineData(1000, 0.25, 250)]
    [InlineData(1000, 1, 1000)]
    [InlineData(10, 0.05, 0)]
    [InlineData(10, 0.06, 1)]
    [InlineData(3, 0.5, 1)]
    [InlineData(long.MaxValue, 0, 0)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    public void SamplesAreRounded(long samples, double share, long expected) => Assert.Equal(expected, PooledShare.SamplesOf(samples, share));

    [Theory]
    [InlineData("population", 0.3)]
    [InlineData("stored", 14.0 / 48)]
    public void TheMeanGradientIsThatOfTheMixture(string kind, double expectedShare)
    {
        // 0.7·48 = 33.6 samples are rounded to 34; the population is not rounded.
        FiniteEnvironments environments = new(2, [[1, 0.3, 0.3, -2], [-1, 0.2, 0.2, 3]], [0.25, 0.75]);
        SensingProblem problem = Runs.Problem();
        HeteroSgd<double> trainer = new(problem, environments, Runs.Source<double>(kind, 7, 48, 7), Options with { PooledShare = 0.3 });
        MeanGradient observer = new();
        for (int step = 0; step < 5; step++)
        {
            double[] before = trainer.Factor.Data.ToArray();
            trainer.Run(1, observer);
            double[] mean = [-0.5, 0.225, 0.225, 1.75], expected = new double[28];
            new GramModel<double>(7, Options).CopyMatrix(before, expected);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] -= trainer.Signals.Signal[i];
            }

            double[] sigma = [.. observer.Sigma.Zip(mean, (s, average) => ((1 - expectedShare) * s) + (expectedShare * average))];
            trainer.Signals.AddSpurious(sigma, -1.0, expected);
            Assert.All(expected.Zip(observer.Gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Fact]
    public void TheExactLawIsTheLawOfExplicitMeasurements()
    {
        foreach (EnvironmentDistribution environments in new EnvironmentDistribution[]
        {
            DiagonalEnvironments.TwoPoint(2, 1, 3),
            new OffDiagonalEnvironments(DiagonalEnvironments.Uniform(2, 1, 3, ownDraws: true), 2),
        })
        {
            double[][] norms = [new double[3000], new double[3000]], corners = [new double[3000], new double[3000]];
            SensingProblem problem = SensingProblem.Create(3, 1, 2, 4);
            for (int i = 0; i < 3000; i++)
            {
                for (int kind = 0; kind < 2; kind++)
                {
                    ulong seed = (ulong)((2 * i) + kind);
                    HeteroSgd<double> trainer = new(
                        problem,
                        environments,
                        Runs.Source<double>(kind == 0 ? "exact-law" : "regenerated", 3, 9, seed),
                        new TrainingOptions { Seed = seed, Samples = 9, PooledShare = 0.6, PooledSampling = PooledSampling.Independent });
                    MeanGradient observer = new();
                    trainer.Run(1, observer);
                    norms[kind][i] = Math.Sqrt(observer.Actual.Sum(g => g * g));
                    corners[kind][i] = observer.Actual[0];
                }
            }

            Assert.True(PlainStatistics.KolmogorovSmirnov(norms[0], norms[1]) > 1e-5);
            Assert.True(PlainStatistics.KolmogorovSmirnov(corners[0], corners[1]) > 1e-5);
        }
    }

    [Fact]
    public void BadInputIsNamed()
    {
        foreach (double share in new[] { -0.1, 1.1, double.NaN })
        {
            Assert.Equal("options.PooledShare", Assert.Throws<ArgumentOutOfRangeException>(() => Create(Options with { PooledShare = share })).ParamName);
        }

        // 0.02·48 is rounded to one sample, which cannot be shared by two environments.
        ArgumentOutOfRangeException few = Assert.Throws<ArgumentOutOfRangeException>(() => Create(Options with { PooledShare = 0.02 }));
        Assert.Equal("options.PooledShare", few.ParamName);
        Assert.Contains("leaves 1 samples", few.Message, StringComparison.Ordinal);
        Create(Options with { PooledShare = 0.02, PooledSampling = PooledSampling.Independent });
        ArgumentException order = Assert.Throws<ArgumentException>(
            () => Create(Options with { EnvironmentOrder = EnvironmentOrder.Cyclic }, DiagonalEnvironments.Uniform(2, 0, 1)));
        Assert.Contains("'options.EnvironmentOrder' is Cyclic; accepted is independent or blocks", order.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Create(Options with { EnvironmentOrder = null! }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PooledShare.SamplesOf(0, 0.5));
        Assert.Throws<ArgumentException>(() => PooledShare.Mix(0.5, new double[4], new double[3], new double[4]));

        static HeteroSgd<double> Create(TrainingOptions options, EnvironmentDistribution? environments = null)
            => new(Runs.Problem(), environments ?? DiagonalEnvironments.TwoPoint(2, 1, 3), new ExactLawMeasurements<double>(7, 1), options);
    }

    private static EnvironmentDistribution[] Distributions() =>
    [
        new FiniteEnvironments(2, [[1, 0.3, 0.3, -2], [0.5, 0, 0, 0.5], [-1, 0.2, 0.2, 3]], [0.5, 0.2, 0.3]),
        DiagonalEnvironments.Uniform(2, 0.5, 2, ownDraws: true),
        new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 0.5, 2, ownDraws: true), 1),
    ];

    private sealed class EmptyEnvironments<T> : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public bool AllEmpty { get; private set; } = true;

        public void Observe(in TrainingSnapshot<T> snapshot) => AllEmpty &= snapshot.Environment.IsEmpty && snapshot.EnvironmentLabel.IsEmpty;
    }

    private sealed class MeanGradient : ITrainingObserver<double>
    {
        public double[] Sigma { get; private set; } = [];

        public double[] Gradient { get; private set; } = [];

        public double[] Actual { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            Sigma = snapshot.Environment.ToArray();
            Gradient = snapshot.PopulationGradient.ToArray();
            Actual = snapshot.Gradient.ToArray();
        }
    }
}
