using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A law of one's own that is not what it says: the exception names what it returned and what is accepted.</summary>
public class OwnLawRefusalTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20, InitialScale = 0.1, StepSize = StepSizeSchedule.Constant(0.01) };

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void ACountThatIsNone(int count) => AssertRefused("environments.Count", new Law { Declared = count }, $"is {count};");

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void ALabelLengthThatIsNone(int length) => AssertRefused("environments.LabelLength", new Law { Labels = length }, $"is {length};");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    public void ALargestEntryThatIsNone(double largest)
        => AssertRefused("environments.LargestEntry", new Law { Largest = largest }, FormattableString.Invariant($"is {largest};"));

    [Theory]
    [InlineData(3, 3, "from 0 to 2, as its Count is 3")]
    [InlineData(3, -1, "from 0 to 2, as its Count is 3")]
    [InlineData(3, int.MinValue, "from 0 to 2, as its Count is 3")]
    [InlineData(null, 0, "-1, as its Count is null")]
    [InlineData(null, -2, "-1, as its Count is null")]
    public void AnIndexThatIsNone(int? count, int index, string accepted)
    {
        Law law = new() { Declared = count, Index = index };
        AssertNames(Create("HeteroSGD", law));
        Assert.Contains(
            accepted,
            Assert.Throws<InvalidOperationException>(
                () => new EnvironmentSequence(law, EnvironmentOrder.Independent, 1).Get(0, new double[4], new double[1])).Message,
            StringComparison.Ordinal);
        if (count is null)
        {
            AssertNames(Create("PooledSGD", law, PooledSampling.Independent));
        }

        void AssertNames(Trainer<double> trainer)
        {
            double[] before = trainer.Parameters.ToArray();
            string message = Assert.Throws<InvalidOperationException>(() => trainer.Advance()).Message;
            Assert.Contains($"'Law.Draw' returned {index}; accepted is {accepted}", message, StringComparison.Ordinal);
            Assert.Equal((0, false), (trainer.Step, trainer.HasFailed));
            Assert.Equal(before, trainer.Parameters.ToArray());
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.0)]
    [InlineData(-0.5)]
    [InlineData(0.5)]
    public void ProbabilitiesThatAreNone(double probability)
    {
        Law law = new() { Probability = probability };
        foreach (string algorithm in new[] { "PooledSGD", "PooledGD" })
        {
            string message = Assert.ThrowsAny<ArgumentException>(() => Create(algorithm, law)).Message;
            Assert.Contains(".GetProbability", message, StringComparison.Ordinal);
            Assert.Contains("accepted is", message, StringComparison.Ordinal);
        }

        Assert.ThrowsAny<ArgumentException>(() => Create("PooledSGD", law, PooledSampling.Independent));
    }

    [Theory]
    [InlineData("HeteroSGD")]
    [InlineData("PooledSGD")]
    [InlineData("PooledGD")]
    public void TheLawAsItShouldBeRuns(string algorithm) => Assert.Equal(TrainingStatus.Completed, Create(algorithm, new Law()).Run(3).Status);

    private static void AssertRefused(string name, Law law, string found)
    {
        foreach (string algorithm in new[] { "HeteroSGD", "PooledSGD", "PooledGD" })
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => Create(algorithm, law));
            Assert.Equal(name, refusal.ParamName);
            Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("accepted is", refusal.Message, StringComparison.Ordinal);
        }

        Assert.StartsWith("distribution.", Assert.ThrowsAny<ArgumentException>(() => new EnvironmentSequence(law, EnvironmentOrder.Independent, 1)).ParamName, StringComparison.Ordinal);
    }

    private static Trainer<double> Create(string algorithm, Law law, PooledSampling sampling = PooledSampling.Stratified)
    {
        TrainingOptions options = Options with { PooledSampling = sampling };
        return algorithm switch
        {
            "HeteroSGD" => new HeteroSgd<double>(Runs.Problem(6), law, Runs.Source<double>("exact-law", 6, 20, 1), options),
            "PooledSGD" => new PooledSgd<double>(Runs.Problem(6), law, Runs.Source<double>("exact-law", 6, 20, 1), options),
            _ => new PooledGd<double>(Runs.Problem(6), law, Runs.Source<double>("exact-law", 6, 20, 1), options),
        };
    }

    /// <summary>s·I with s = 0, 1, 2, and what it says of itself.</summary>
    private sealed class Law() : EnvironmentDistribution(2)
    {
        public int? Declared { get; init; } = 3;

        public int Labels { get; init; } = 1;

        public double Largest { get; init; } = 2;

        public int? Index { get; init; }

        public double Probability { get; init; } = 1.0 / 3;

        public override int? Count => Declared;

        public override int LabelLength => Labels;

        public override double LargestEntry => Largest;

        public override double GetProbability(int index) => Probability;

        public override void CopyMatrix(int index, Span<double> sigma) => (sigma[0], sigma[1], sigma[2], sigma[3]) = (index, 0, 0, index);

        public override void CopyLabel(int index, Span<double> label) => label[0] = index;

        public override void CopyMean(Span<double> sigma) => CopyMatrix(1, sigma);

        public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
        {
            stream.FillUniform(0, label);
            int index = (int)(3 * label[0]);
            CopyMatrix(index, sigma);
            label[0] = index;
            return Index ?? index;
        }

        public override void Describe(PartDescription description) => description.Add("environments", "made up");
    }
}
