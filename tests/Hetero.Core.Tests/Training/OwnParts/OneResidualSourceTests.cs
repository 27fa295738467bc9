using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>
/// A user's measurements that are no rows get one residual a group. They train wherever samples come in groups of one environment, and are refused by name
/// where every pooled sample has an environment of its own.
/// </summary>
public class OneResidualSourceTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 40, InitialScale = 0.4 };

    /// <summary>Regenerated measurements behind a source that shows nothing of what they are.</summary>
    private sealed class OneResidual(RegeneratedMeasurements<double> inner) : MeasurementSource<double>(inner.Dimension)
    {
        public override bool IsOperator => true;

        public override void Describe(PartDescription description, long batchSize) => description.Add("kind", "one residual");

        protected override void AccumulateCore(
            in SampleGroup<double> group, ReadOnlySpan<double> matrices, Span<double> results, int count, CancellationToken cancellation)
            => inner.Accumulate(in group, matrices, results, cancellation);
    }

    [Theory]
    [InlineData("HeteroSGD")]
    [InlineData("HeteroSGD shuffled, pooled share")]
    [InlineData("HeteroSGD pooled share independent")]
    [InlineData("PooledSGD")]
    [InlineData("PooledSGD independent")]
    [InlineData("PooledGD")]
    public void GroupsOfOneEnvironmentAreTaken(string algorithm)
    {
        TrainingOptions noisy = Options with { NoiseDeviation = 0.3 };
        Trainer<double> expected = Runs.Create(algorithm, Source(), noisy, Runs.Problem());
        Trainer<double> found = Runs.Create(algorithm, new OneResidual(Source()), noisy, Runs.Problem());
        expected.Run(4);
        found.Run(4);
        Assert.Equal(expected.Parameters, found.Parameters);
    }

    [Theory]
    [InlineData("HeteroSGD pooled mixture")]
    [InlineData("HeteroSGD pooled mixture independent")]
    [InlineData("PooledSGD mixture")]
    [InlineData("PooledSGD mixture independent")]
    public void SamplesOfTheirOwnEnvironmentsAreRefusedByName(string algorithm)
    {
        IsRefused(() => Runs.Create(algorithm, new OneResidual(Source()), Options, Runs.Problem()));

        // It is the source alone that is refused.
        Assert.Equal(TrainingStatus.Completed, Runs.Create(algorithm, Source(), Options, Runs.Problem()).Advance());
    }

    // Beyond 16 environments of independent entries the samples of a list are no groups either.
    [Fact]
    public void ALongListIsRefusedToo()
    {
        SensingProblem problem = SensingProblem.Create(7, 2, 5, 3);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(5, 0.5, 2, ownDraws: true);
        Assert.Equal(32, environments.Count);
        TrainingOptions options = Options with { PooledSampling = PooledSampling.Stratified };
        IsRefused(() => new PooledSgd<double>(problem, environments, new OneResidual(Source()), options));
        Assert.Equal(TrainingStatus.Completed, new PooledSgd<double>(problem, environments, Source(), options).Advance());
    }

    [Fact]
    public void AMixtureGivenByHandIsRefusedByName()
    {
        SampleGroup<double> group = new() { Step = 0, Count = 3, Scale = 1, Mixture = new ResidualMixture<double>(new double[28], 1, 3) };
        double[] matrix = new double[28], result = new double[28];
        ArgumentException refused = Assert.Throws<ArgumentException>(
            "group", () => new OneResidual(Source()).Accumulate(in group, matrix, result));
        Assert.Contains("'group.Mixture' is given; accepted is none", refused.Message, StringComparison.Ordinal);
        Source().Accumulate(in group, matrix, result);
    }

    private static void IsRefused(Func<Trainer<double>> create)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>("source", create);
        Assert.Contains($"'source' is {nameof(OneResidual)}, which measures one residual at a time", refused.Message, StringComparison.Ordinal);
        Assert.Contains("accepted are RowMeasurements", refused.Message, StringComparison.Ordinal);
    }

    private static RegeneratedMeasurements<double> Source() => new(7, 1);
}
