using System.Text.Json;
using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

public class RecipeJsonTests
{
    /// <summary>A recipe with no value that is a default.</summary>
    private static readonly RunRecipe Unusual = new()
    {
        Algorithm = Algorithm.PooledSgd,
        Measurements = MeasurementKind.Regenerated,
        Model = ModelKind.Direct,
        ShrinkageTrace = TraceKind.ResponseMean,
        Truncation = 0.1 + 0.2,
        Neurons = true,
        Objective = new() { Kind = ObjectiveKind.AndMask, Penalty = 0.1 + 0.2, Agreement = 1.0 / 3 },
        Dimension = 9,
        InvariantRank = 2,
        SpuriousRank = 3,
        SpuriousMean = -1.0 / 3,
        Spread = 1e-300,
        Law = ScalarLaw.Uniform,
        OwnDraws = true,
        OffDiagonal = double.Epsilon,
        EnvironmentOrder = EnvironmentOrderKind.Blocks,
        BlockLength = int.MaxValue,
        PooledShare = 0.1,
        Clients = int.MaxValue,
        LocalSteps = 5,
        Participation = ClientParticipation.Distinct,
        Orthogonal = true,
        Overlap = 0.7,
        Eigenvalues = [-0.1 - 0.2, double.MaxValue],
        StepSize = 5e-324,
        Schedule = new()
        {
            Kind = ScheduleKind.Cosine, LastStepSize = 0.1 + 0.7, Steps = int.MaxValue, Halving = 1.0 / 3, Changes = [new(1, 5e-324), new(int.MaxValue, double.MaxValue)],
        },
        GradientScale = 2,
        Update = new()
        {
            Rule = UpdateKind.Muon,
            Momentum = 0.1 + 0.2,
            FirstDecay = 5e-324,
            SecondDecay = 0.1,
            Epsilon = 1e-300,
            Orthogonalization = Orthogonalization.Polar,
            WeightDecay = 1.0 / 7,
            ClipNorm = double.MaxValue,
        },
        InitialScale = 1e22,
        Start = StartKind.Frame,
        FactorColumns = 4,
        Samples = (1L << 53) - 1,
        Steps = 0,
        Every = 7,
        PooledSampling = PooledSampling.Independent,
        Noise = 0.25,
        LabelNoise = 0.75,
        Precision = Precision.Single,
        Threads = 3,
        Seed = ulong.MaxValue,
        Memory = 1L << 40,
    };

    // Options that a manifest without them does not name, so that those of before stay what they were.
    private static readonly string[] LeftOut =
    [
        "model", "shrinkage-trace", "truncation", "neurons", "schedule", "step-changes", "last-step-size", "schedule-steps", "halving", "update-rule", "momentum",
        "first-decay", "second-decay", "epsilon", "orthogonalization", "weight-decay", "clip-norm", "objective", "penalty", "agreement", "clients",
        "local-steps", "participation",
    ];

    public static TheoryData<string> Names => [.. RunOptions.All.Select(option => option.Name)];

    [Fact]
    public void What_comes_back_equals_what_was_written()
    {
        foreach (RunRecipe recipe in new[] { new RunRecipe(), Unusual, new RunRecipe { Dimension = 7, FactorColumns = 7 }.Resolve() })
        {
            Assert.Equal(recipe, RecipeJson.Parse(RecipeJson.ToText(recipe)));
        }
    }

    // JSON has one kind of number: 1.0 is whole.
    [Theory]
    [InlineData("""{"dimension": 8.0, "samples": 1e3, "seed": 18446744073709551615.0, "block-length": 30e-1}""")]
    public void Whole_numbers_may_stand_in_any_form(string text)
        => Assert.Equal(new RunRecipe { Dimension = 8, Samples = 1000, Seed = ulong.MaxValue, BlockLength = 3 }, RecipeJson.Parse(text));

    [Theory]
    [InlineData("""{"dimension": 8.5}""", "'dimension' is '8.5'; accepted is a whole number")]
    [InlineData("""{"dimension": 1e400}""", "'dimension' is '1e400'; accepted is a whole number")]
    [InlineData("""{"environments": "uniform", "spurious-rank": 1, "environment-list": [{"sigma": [[4]]}]}""", "'environments' is 'uniform'; accepted is the name of a file, or null")]
    public void What_would_be_another_run_is_refused(string text, string message)
        => Assert.StartsWith(message, Assert.Throws<RecipeException>(() => RecipeJson.Parse(text)).Message, StringComparison.Ordinal);

    // A law's word as the name of a list could not be read again.
    [Fact]
    public void A_list_is_not_named_like_a_law()
    {
        RunRecipe recipe = new() { SpuriousRank = 1, EnvironmentFile = "two-point", Environments = new() { List = [new ListedEnvironment([4.0])] } };
        Assert.Equal("environments", Assert.Throws<RecipeException>(() => RecipeJson.ToText(recipe)).Option);
        RunRecipe named = recipe with { EnvironmentFile = "list.json" };
        Assert.Equal(named, RecipeJson.Parse(RecipeJson.ToText(named)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_is_kept_by_itself(string name)
    {
        RunOption option = RunOptions.Find(name)!;
        string text = option.TextOf(Unusual)!;
        RunRecipe changed = option.Set(new RunRecipe(), text);
        Assert.NotEqual(new RunRecipe(), changed);
        Assert.Equal(text, option.TextOf(changed));
        Assert.Equal(changed, RecipeJson.Parse(RecipeJson.ToText(changed)));
    }

    [Fact]
    public void The_members_are_the_options_and_their_defaults_may_be_left_out()
    {
        using JsonDocument document = JsonDocument.Parse(RecipeJson.ToText(new RunRecipe()));
        Assert.Equal(
            RunOptions.All.Select(option => option.Name).Except(LeftOut), document.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(new RunRecipe(), RecipeJson.Parse("{}"));
        Assert.Equal(new RunRecipe { Spread = 8 }, RecipeJson.Parse("""{"spread": 8}"""));
    }

    // Doubles of every size by their bits; seeds and counts over their whole range.
    [Fact]
    public void Random_recipes_come_back_bit_for_bit()
    {
        Random random = new(3);
        double Positive()
        {
            double value = Math.Abs(BitConverter.Int64BitsToDouble(random.NextInt64()));
            return double.IsFinite(value) && value > 0 ? value : 1;
        }

        for (int trial = 0; trial < 500; trial++)
        {
            RunRecipe recipe = new()
            {
                Seed = (ulong)random.NextInt64(long.MinValue, long.MaxValue),
                Samples = random.NextInt64(1, 1L << 53),
                SpuriousMean = -Positive(),
                Spread = Positive(),
                StepSize = Positive(),
                Noise = Positive(),
                LabelNoise = Positive(),
                Eigenvalues = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Positive())],
                Overlap = random.Next(2) == 0 ? null : random.NextDouble(),
            };
            if (random.Next(3) == 0)
            {
                recipe = recipe with
                {
                    Environments = recipe.Environments with
                    {
                        List = [.. Enumerable.Range(0, 4).Select(_ => new ListedEnvironment([-Positive()], 0.25))],
                    },
                    EnvironmentFile = random.Next(2) == 0 ? null : "a\"\\file",
                };
            }

            Assert.Equal(recipe, RecipeJson.Parse(RecipeJson.ToText(recipe)));
        }
    }

    [Fact]
    public void A_list_is_read_and_makes_the_same_distribution()
    {
        RunRecipe recipe = RecipeJson.Parse("""
            {"environments": "mine.json", "spurious-rank": 2, "dimension": 5,
             "environment-list": [{"probability": 0.25, "sigma": [[1, 0.5], [0.5, 2]]}, {"probability": 0.75, "sigma": [[0, 0], [0, 0]]}]}
            """);
        Assert.Equal("mine.json", recipe.EnvironmentFile);
        Assert.Equal([1, 0.5, 0.5, 2], recipe.Environments.List[0].Sigma);
        Assert.Equal(0.75, recipe.Environments.Create(2).GetProbability(1));
        Assert.Equal(recipe, RecipeJson.Parse(RecipeJson.ToText(recipe)));
        Assert.NotEqual(recipe, recipe with { Environments = new() { List = [recipe.Environments.List[0], new([0, 0, 0, 1e-300], 0.75)] } });
    }

    [Theory]
    [InlineData("", "not JSON at line 1")]
    [InlineData("[]", "the recipe is []; accepted is an object")]
    [InlineData("""{"dimension": "100"}""", "'dimension' is '\"100\"'; accepted is a whole number from 2 to 16777216, without quotes.")]
    [InlineData("""{"dimension": 1}""", "'dimension' is '1'; accepted is a whole number from 2 to 16777216.")]
    [InlineData("""{"dimension": 1.5e0}""", "'dimension' is '1.5e0'; accepted is a whole number")]
    [InlineData("""{"dimension": null}""", "'dimension' is 'null'; accepted is a whole number")]
    [InlineData("""{"seed": 18446744073709551616}""", "'seed' is '18446744073709551616'; accepted is a whole number from 0 to 18446744073709551615.")]
    [InlineData("""{"seed": -1}""", "'seed' is '-1'; accepted")]
    [InlineData("""{"spread": 1e999}""", "'spread' is '1e999'; accepted is a finite number, 0 or above.")]
    [InlineData("""{"spread": true}""", "'spread' is 'true'; accepted")]
    [InlineData("""{"algorithm": "sgd"}""", "'algorithm' is 'sgd'; accepted is hetero-sgd, pooled-sgd, pooled-gd.")]
    [InlineData("""{"algorithm": 1}""", "'algorithm' is '1'; accepted is hetero-sgd, pooled-sgd, pooled-gd, in quotes.")]
    [InlineData("""{"orthogonal": "true"}""", "'orthogonal' is '\"true\"'; accepted is true or false")]
    [InlineData("""{"orthogonal": null}""", "'orthogonal' is 'null'; accepted is true or false")]
    [InlineData("""{"eigenvalues": 1}""", "'eigenvalues' is '1'; accepted is a list of finite numbers other than 0, separated by commas, as an array.")]
    [InlineData("""{"eigenvalues": [1, "2"]}""", "'eigenvalues' is '[1, \"2\"]'; accepted")]
    [InlineData("""{"eigenvalues": []}""", "'eigenvalues' is '[]'; accepted")]
    [InlineData("""{"eigenvalues": [1, 0]}""", "'eigenvalues' is '1,0'; accepted")]
    [InlineData("""{"dimensoin": 4}""", "'dimensoin' is not an option of a run (did you mean 'dimension'?); accepted are")]
    [InlineData("""{"Dimension": 4}""", "'Dimension' is not an option of a run (did you mean 'dimension'?)")]
    [InlineData("""{"out": null}""", "'out' is not an option of a run")]
    [InlineData("""{"seed": 1, "seed": 2}""", "'seed' stands twice; accepted is every name once.")]
    [InlineData("""{"\ud800": 1}""", "no text in Unicode")]
    [InlineData("""{"environments": "\ud800"}""", "'environments' is '\"\\ud800\"'; accepted is a text in Unicode.")]
    [InlineData("""{"environments": "list.json"}""", "'environments' is 'list.json'; accepted is two-point, uniform, or any name together with the list")]
    [InlineData("""{"environment-list": [{"sigma": [[1, 2]]}]}""", "'environment-list' has [1, 2] as a row of environments[0].sigma; accepted is 1 rows of 1 numbers")]
    [InlineData("""{"environment-list": []}""", "'environment-list' has no environment; accepted is at least one")]
    [InlineData("""{"environment-list": [[[[[[]]]]]]}""", "'environment-list'", "accepted is")]
    public void What_is_no_recipe_is_refused_in_a_line(string text, params string[] fragments)
    {
        string line = Assert.Throws<RecipeException>(() => RecipeJson.Parse(text)).Message;
        Assert.All(fragments, fragment => Assert.Contains(fragment, line, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', line);
        Assert.Contains("accepted ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_option_accepts_is_not_written()
    {
        RecipeException refusal = Assert.Throws<RecipeException>(() => RecipeJson.ToText(new RunRecipe { Spread = double.NaN }));
        Assert.Equal(("spread", "NaN"), (refusal.Option, refusal.Value));
    }
}
