using Hetero.Cli.CommandLine;
using Hetero.Cli.Training;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Cli.Tests.Training;

/// <summary>What the library refuses when a trainer is made, with the command's own checks left out.</summary>
public class RunArgumentsTests
{
    private static readonly RunSettings Small = new() { Dimension = 6, SpuriousRank = 2, Samples = 20, Steps = 2 };

    /// <summary>For each argument of the table settings that make the library refuse it, and the value as the message shows it.</summary>
    private static readonly Dictionary<string, (RunSettings Settings, string Value)> Refused = new()
    {
        ["dimension"] = (Small with { Dimension = 70_000 }, "70000"),
        ["invariantRank"] = (Small with { InvariantRank = 0 }, "0"),
        ["spuriousRank"] = (Small with { SpuriousRank = 0 }, "0"),

        // 1621 matrices of 1630·1631/2 numbers are more than an array holds.
        ["scalars"] = (Small with { Dimension = 1630, SpuriousRank = 1620, OwnDraws = true, Algorithm = Algorithm.PooledSgd, FactorColumns = 1 }, "1620"),
        ["rank"] = (Small with { SpuriousRank = 0 }, "0"),
        ["overlap"] = (Small with { Layout = SubspaceLayout.PrescribedOverlap, Overlap = 2 }, "2"),
        ["eigenvalues"] = (Small with { InvariantRank = 2, Eigenvalues = [1, -1] }, "1,-1"),
        ["mean"] = (Small with { SpuriousMean = double.NaN }, "NaN"),
        ["spread"] = (Small with { Spread = -1 }, "-1"),
        ["size"] = (Small with { OffDiagonal = double.PositiveInfinity }, "Infinity"),
        ["environments"] = (Small with { Environments = EnvironmentKind.Listed, EnvironmentFile = "x.json", EnvironmentList = new(1, [[1.0]]) }, "x.json"),
        ["environmentOrder"] = (Small with { Environments = EnvironmentKind.Uniform, EnvironmentOrder = EnvironmentOrder.Cyclic }, "cyclic"),
        ["pooledShare"] = (Small with { PooledShare = 2 }, "2"),
        ["pooledSampling"] = (Small with { Algorithm = Algorithm.PooledGd, PooledSampling = PooledSampling.Independent }, "independent"),
        ["samples"] = (Small with { Samples = 0 }, "0"),
        ["stepSize"] = (Small with { StepSize = double.NaN }, "NaN"),
        ["gradientScale"] = (Small with { GradientScale = 0 }, "0"),
        ["initialScale"] = (Small with { InitialScale = -1 }, "-1"),
        ["start"] = (Small with { FactorColumns = 3, Start = StartKind.Identity }, "identity"),
        ["factorColumns"] = (Small with { FactorColumns = 7 }, "7"),
        ["noiseDeviation"] = (Small with { Noise = -1 }, "-1"),
    };

    public static TheoryData<string> Arguments => [.. RunArguments.Table.Keys];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void A_refused_argument_is_shown_as_its_option(string argument)
    {
        (RunSettings settings, string value) = Refused[argument];
        UsageException refusal = Assert.Throws<UsageException>(() => TrainingSetup.Build<double>(settings, null));
        Assert.StartsWith($"'{RunArguments.Table[argument].Option}' is '{value}', which the library refuses: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_without_an_option_stays_what_it_is()
        => Assert.Null(RunArguments.Translate(new ArgumentException("'x' is 1.", "matrices"), Small));

    // The library's own limit, which a list from a file can reach.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void More_environments_than_a_batch_can_pool_are_refused_as_a_list(bool isPooled, double share)
    {
        double[] one = [1.0];
        RunSettings settings = new()
        {
            Dimension = 4,
            Samples = 1 << 21,
            Algorithm = isPooled ? Algorithm.PooledSgd : Algorithm.HeteroSgd,
            PooledShare = share,
            Environments = EnvironmentKind.Listed,
            EnvironmentFile = "x.json",
            EnvironmentList = new(1, [.. Enumerable.Repeat(one, (1 << 20) + 1)]),
        };
        Assert.StartsWith(
            "'--environments' is 'x.json'; accepted is a list of at most 1048576 environments where samples are pooled; this one has 1048577",
            Assert.Throws<UsageException>(() => RunSettingsCheck.Check(settings)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'--environments' is 'x.json', which the library refuses: ",
            Assert.Throws<UsageException>(() => TrainingSetup.Build<double>(settings, null)).Message,
            StringComparison.Ordinal);
    }
}
