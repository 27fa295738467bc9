using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Each fault of a law of environments is found by its sentence, and the library's own laws have none.</summary>
public class EnvironmentFaultTests
{
    [Theory]
    [InlineData("counter", "Draw leaves memory as it was, or depends on more than its stream: in Σ")]
    [InlineData("memory", "Draw leaves memory as it was, or depends on more than its stream: in Σ")]
    [InlineData("label", "Draw leaves memory as it was, or depends on more than its stream: in the label")]
    [InlineData("asymmetric", "Σ is symmetric")]
    [InlineData("beyond", "beyond the LargestEntry 2")]
    [InlineData("infinite bound", "LargestEntry is Infinity")]
    [InlineData("mean", "and CopyMean says 0.3")]
    [InlineData("index", "Draw returns the index 0 from a continuous law")]
    [InlineData("allocates", "Draw allocates")]
    [InlineData("no description", "Describe adds nothing")]
    [InlineData("throws", "Draw throws InvalidOperationException: No environment.")]
    public void EachFaultOfALawIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfEnvironments(new Law(fault)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Theory]
    [InlineData("sum", "The probabilities have the sum 1.1")]
    [InlineData("zero", "Environment 1 has the probability 0")]
    [InlineData("matrix", "CopyMatrix differs from what Draw writes of environment")]
    [InlineData("label", "CopyLabel differs from what Draw writes of environment")]
    [InlineData("mean", "from Σ_e π_e·Σ^(e) of the list")]
    [InlineData("frequencies", "comes in a share of")]
    [InlineData("index", "Draw returns the index 2; accepted with Count 2")]
    public void EachFaultOfAListIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfEnvironments(new Pair(fault)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void TheSameLawsWithoutFaultsHaveNone()
    {
        Assert.Empty(PartChecks.FaultsOfEnvironments(new Law("none")));
        Assert.Empty(PartChecks.FaultsOfEnvironments(new Pair("none")));
    }

    [Fact]
    public void TheLibrarysLawsHaveNone()
        => Assert.All<EnvironmentDistribution>(
            [
                DiagonalEnvironments.TwoPoint(1, 1, 6), DiagonalEnvironments.TwoPoint(3, 1, 6, ownDraws: true), DiagonalEnvironments.Uniform(2, -0.5, 2),
                DiagonalEnvironments.Uniform(2, 0.3, 0.7, ownDraws: true), DiagonalEnvironments.TwoPoint(2, 1, 0), DiagonalEnvironments.TwoPoint(31, 1, 6, ownDraws: true),
                new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 1, 6), 0.5),
                new FiniteEnvironments(2, [[1, 2, 2, 3], [0, -1, -1, 5], [2, 0, 0, 2]], [0.5, 0.3, 0.2]),
                new FunctionEnvironments("one", [1, 0, 0, 1], 1, (_, sigma) => sigma[0] = sigma[3] = 1),
            ],
            law => Assert.Empty(PartChecks.FaultsOfEnvironments(law)));

    /// <summary>Σ = s·I with s uniform on [−2, 2], with one fault.</summary>
    private sealed class Law(string fault) : EnvironmentDistribution(2)
    {
        private int _draws;

        public override int LabelLength => 1;

        public override double LargestEntry => fault == "infinite bound" ? double.PositiveInfinity : 2;

        public override void CopyMean(Span<double> sigma)
        {
            sigma.Clear();
            sigma[0] = fault == "mean" ? 0.3 : 0;
        }

        public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
        {
            Span<double> uniform = fault == "allocates" ? Kept.Array = new double[1] : stackalloc double[1];
            stream.FillUniform(0, uniform);
            double s = (4 * uniform[0]) - 2;
            if (fault == "throws")
            {
                throw new InvalidOperationException("No environment.");
            }

            if (fault != "label")
            {
                label[0] = s;
            }

            if (fault != "memory")
            {
                sigma.Clear();
            }

            sigma[0] = sigma[3] = s;
            sigma[1] = fault == "asymmetric" ? 0.1 : sigma[1];
            sigma[3] += fault switch
            {
                "counter" => 1e-3 * Interlocked.Increment(ref _draws),
                "beyond" => 0.5,
                _ => 0,
            };
            return fault == "index" ? 0 : -1;
        }

        public override void Describe(PartDescription description)
        {
            if (fault != "no description")
            {
                description.Add("environments", "broken");
            }
        }
    }

    /// <summary>1 with probability ¾ and −1 with ¼, with one fault.</summary>
    private sealed class Pair(string fault) : EnvironmentDistribution(1)
    {
        public override int? Count => 2;

        public override int LabelLength => 1;

        public override double LargestEntry => 1;

        public override double GetProbability(int index) => (index, fault) switch
        {
            (0, "zero") => 1,
            (0, _) => 0.75,
            (_, "sum") => 0.35,
            (_, "zero") => 0,
            _ => 0.25,
        };

        public override void CopyMatrix(int index, Span<double> sigma) => sigma[0] = fault == "matrix" ? 0.5 : index == 0 ? 1 : -1;

        public override void CopyLabel(int index, Span<double> label) => label[0] = fault == "label" ? 7 : index;

        public override void CopyMean(Span<double> sigma) => sigma[0] = fault == "mean" ? 0.4 : 0.5;

        public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
        {
            stream.FillUniform(0, label);
            int index = label[0] < (fault == "frequencies" ? 0.65 : 0.75) ? 0 : 1;
            sigma[0] = index == 0 ? 1 : -1;
            label[0] = index;
            return fault == "index" ? 2 : index;
        }

        public override void Describe(PartDescription description) => description.Add("environments", "pair");
    }
}
