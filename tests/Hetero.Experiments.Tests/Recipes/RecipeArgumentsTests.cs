using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

/// <summary>What the library refuses when a trainer is made, with the recipe's own checks left out.</summary>
public class RecipeArgumentsTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, SpuriousRank = 2, Samples = 20, Steps = 2 };

    /// <summary>For each argument of the table a recipe that makes the library refuse it, and the value as the message shows it.</summary>
    private static readonly Dictionary<string, (RunRecipe Recipe, string Value)> Refused = new()
    {
        ["dimension"] = (Small with { Dimension = 70_000 }, "70000"),
        ["invariantRank"] = (Small with { InvariantRank = 0 }, "0"),
        ["spuriousRank"] = (Small with { SpuriousRank = 0 }, "0"),

        // 1621 matrices of 1630·1631/2 numbers are more than an array holds.
        ["scalars"] = (Small with { Dimension = 1630, SpuriousRank = 1620, OwnDraws = true, Algorithm = Algorithm.PooledSgd, FactorColumns = 1 }, "1620"),
        ["rank"] = (Small with { SpuriousRank = 0 }, "0"),
        ["overlap"] = (Small with { Overlap = 2 }, "2"),
        ["eigenvalues"] = (Small with { InvariantRank = 2, Eigenvalues = [1, 0] }, "1,0"),
        ["mean"] = (Small with { SpuriousMean = double.NaN }, "NaN"),
        ["spread"] = (Small with { Spread = -1 }, "-1"),
        ["size"] = (Small with { OffDiagonal = double.PositiveInfinity }, "Infinity"),
        ["environments"] = (Small with { Environments = new() { List = [new([1, 0, 0, 1])] }, EnvironmentFile = "x.json" }, "x.json"),
        ["environmentOrder"] = (Small with { Law = ScalarLaw.Uniform, EnvironmentOrder = EnvironmentOrderKind.Cyclic }, "cyclic"),
        ["pooledShare"] = (Small with { PooledShare = 2 }, "2"),
        ["pooledSampling"] = (Small with { Algorithm = Algorithm.PooledGd, PooledSampling = PooledSampling.Independent }, "independent"),
        ["clients"] = (Small with { Clients = 0 }, "0"),
        ["localSteps"] = (Small with { Clients = 2, LocalSteps = 0 }, "0"),
        ["participation"] = (Small with { Clients = 2, Participation = (ClientParticipation)9 }, "9"),
        ["samples"] = (Small with { Samples = 0 }, "0"),
        ["stepSize"] = (Small with { StepSize = double.NaN }, "NaN"),
        ["gradientScale"] = (Small with { GradientScale = 0 }, "0"),
        ["initialScale"] = (Small with { InitialScale = -1 }, "-1"),
        ["start"] = (Small with { FactorColumns = 3, Start = StartKind.Identity }, "identity"),
        ["factorColumns"] = (Small with { FactorColumns = 7 }, "7"),
        ["noiseDeviation"] = (Small with { Noise = -1 }, "-1"),
        ["truncationLevel"] = (Small with { Measurements = MeasurementKind.Regenerated, Truncation = -1 }, "-1"),
        ["first"] = (Small with { StepSize = 0, Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 1 } }, "0"),
        ["last"] = (Small with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = -1 } }, "-1"),
        ["steps"] = (Small with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 1, Steps = -1 } }, "-1"),
        ["halving"] = (Small with { Schedule = new() { Kind = ScheduleKind.InverseTime, Halving = 0 } }, "0"),
        ["pieces"] = (Small with { Schedule = new() { Kind = ScheduleKind.Piecewise, Changes = [new(2, 1), new(2, 1)] } }, "2:1,2:1"),
        ["momentum"] = (Small with { Update = new() { Rule = UpdateKind.Nesterov, Momentum = 1 } }, "1"),
        ["firstDecay"] = (Small with { Update = new() { Rule = UpdateKind.Adam, FirstDecay = 1 } }, "1"),
        ["secondDecay"] = (Small with { Update = new() { Rule = UpdateKind.Adam, SecondDecay = 2 } }, "2"),
        ["epsilon"] = (Small with { Update = new() { Rule = UpdateKind.Adam, Epsilon = 0 } }, "0"),
        ["orthogonalization"] = (Small with { Update = new() { Rule = UpdateKind.Muon, Orthogonalization = (Orthogonalization)9 } }, "9"),
        ["decay"] = (Small with { Update = new() { WeightDecay = -1 } }, "-1"),
        ["largestNorm"] = (Small with { Update = new() { ClipNorm = 0 } }, "0"),
        ["weight"] = (Small with { Algorithm = Algorithm.PooledGd, Objective = new() { Kind = ObjectiveKind.IrmV1, Penalty = -1 } }, "-1"),
        ["agreement"] = (Small with { Algorithm = Algorithm.PooledGd, Objective = new() { Kind = ObjectiveKind.AndMask, Agreement = 2 } }, "2"),
        ["objective"] = (Small with { Algorithm = Algorithm.PooledGd, Noise = 0.5, Objective = new() { Kind = ObjectiveKind.GroupDro } }, "group-dro"),
        ["deviation"] = (Small with { LabelNoise = -1 }, "-1"),
    };

    public static TheoryData<string> Arguments => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void A_refused_argument_is_shown_as_its_option(string argument)
    {
        (RunRecipe recipe, string value) = Refused[argument];

        // A list of another order than the problem's is refused before, where the list is made.
        EnvironmentDistribution? other = argument == "environments" ? new FiniteEnvironments(1, [[1.0]]) : null;
        RecipeException refusal = Assert.Throws<RecipeException>(() => Runner.Build<double>(recipe, other, null));
        string option = RecipeArguments.Find(argument).First().Name;
        Assert.Equal((option, value), (refusal.Option, refusal.Value));
        Assert.StartsWith($"'{option}' is '{value}', which the library refuses: ", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith($"'--{option}' is '{value}', which the library refuses: ", refusal.CommandText, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_that_the_library_can_refuse_is_tried()
        => Assert.Empty(RunOptions.All.SelectMany(option => option.Arguments)
            .Except(Refused.Keys)
            .Except(["updateRule", "weightDecay", "shapes", "penalty"])
            .Except(["algorithm", "precision", "measurements", "model", "seed", "ownDraws", "blockLength", "distinct", "subspaces", "offDiagonal", "labelNoise", "shrinkage", "invariant", "variant"]));

    [Fact]
    public void An_argument_without_an_option_stays_what_it_is()
        => Assert.Null(RecipeArguments.Translate(new ArgumentException("'x' is 1.", "matrices"), Small));

    // The library's own limit, which a list from a file can reach.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void More_environments_than_a_batch_can_pool_are_refused_as_a_list(bool isPooled, double share)
    {
        RunRecipe recipe = new()
        {
            Dimension = 4,
            Samples = 1 << 21,
            Algorithm = isPooled ? Algorithm.PooledSgd : Algorithm.HeteroSgd,
            PooledShare = share,
            Environments = new() { List = [.. Enumerable.Repeat(new ListedEnvironment([1.0]), (1 << 20) + 1)] },
            EnvironmentFile = "x.json",
        };
        Assert.StartsWith(
            "'environments' is 'x.json'; accepted is a list of at most 1048576 environments where samples are pooled; this one has 1048577",
            Assert.Throws<RecipeException>(recipe.Check).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'environments' is 'x.json', which the library refuses: ",
            Assert.Throws<RecipeException>(() => Runner.Build<double>(recipe, null, null)).Message,
            StringComparison.Ordinal);
    }
}
