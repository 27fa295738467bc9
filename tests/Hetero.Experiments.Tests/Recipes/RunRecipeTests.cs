using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

public class RunRecipeTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 20, Steps = 5 };

    /// <summary>Values that only code can set: an option's text would have been refused.</summary>
    public static TheoryData<string, string> Bad => new()
    {
        { "dimension", "1" }, { "invariant-rank", "0" }, { "spurious-rank", "-3" }, { "spurious-mean", "NaN" }, { "spread", "-1" }, { "off-diagonal", "Infinity" },
        { "block-length", "0" }, { "pooled-share", "1.5" }, { "overlap", "-0.5" }, { "eigenvalues", "1,0" }, { "step-size", "0" }, { "gradient-scale", "NaN" },
        { "init-scale", "-1" }, { "factor-columns", "0" }, { "samples", "0" }, { "steps", "-1" }, { "every", "0" }, { "noise", "NaN" }, { "label-noise", "NaN" }, { "threads", "0" },
        { "memory", "0" }, { "algorithm", "9" }, { "measurements", "9" }, { "environments", "9" }, { "environment-order", "9" }, { "start", "9" },
        { "pooled-sampling", "9" }, { "precision", "9" }, { "model", "9" }, { "shrinkage-trace", "9" }, { "truncation", "-1" },
        { "schedule", "9" }, { "step-changes", "3:0.1,3:0.2" }, { "last-step-size", "0" }, { "schedule-steps", "0" }, { "halving", "-1" }, { "update-rule", "9" }, { "momentum", "1" },
        { "first-decay", "1" }, { "second-decay", "-0.5" }, { "epsilon", "0" }, { "orthogonalization", "9" }, { "weight-decay", "-1" }, { "clip-norm", "0" },
        { "clients", "0" }, { "local-steps", "-2" }, { "participation", "9" }, { "objective", "9" }, { "penalty", "-1" }, { "agreement", "2" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_value_that_code_set_is_refused_like_that_of_an_option(string option, string value)
    {
        RecipeException refusal = Assert.Throws<RecipeException>(With(option).Check);
        Assert.Equal((option, value), (refusal.Option, refusal.Value));
        Assert.StartsWith($"'{option}' is '{value}'; accepted is ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--", refusal.Message, StringComparison.Ordinal);
    }

    // Rounded to single precision they are 0, which cuts everything, and +∞, which cuts nothing.
    [Theory]
    [InlineData(1e-50)]
    [InlineData(1e39)]
    public void A_truncation_is_one_that_the_precision_holds(double level)
    {
        RunRecipe recipe = Small with { Measurements = MeasurementKind.RankOne, Truncation = level };
        recipe.Check();
        Assert.Equal("truncation", Assert.Throws<RecipeException>((recipe with { Precision = Precision.Single }).Check).Option);
    }

    [Fact]
    public void Every_option_with_a_range_is_tried()
        => Assert.Equal(
            ["neurons", "orthogonal", "own-draws", "seed"],
            RunOptions.All.Select(option => option.Name).Except(Bad.Select(row => row.Data.Item1)).Order(StringComparer.Ordinal));

    [Fact]
    public void Equal_values_are_equal_recipes()
    {
        Assert.Equal(Small with { Eigenvalues = new List<double> { 2 } }, Small with { Eigenvalues = [2.0] });
        Assert.Equal((Small with { Eigenvalues = [2.0] }).GetHashCode(), (Small with { Eigenvalues = [2.0] }).GetHashCode());
        Assert.NotEqual(Small with { Eigenvalues = [2.0] }, Small);
        Assert.Equal(Small with { Spread = 3 }, Small with { Environments = new() { Spread = 3 } });
        Assert.Equal(Changing([new(3, 0.1)]), Changing(new List<StepSizeChange> { new(3, 0.1) }));
        Assert.NotEqual(Changing([new(3, 0.1)]), Changing([new(3, 0.2)]));
        static RunRecipe Changing(IReadOnlyList<StepSizeChange> changes) => Small with { Schedule = new() { Kind = ScheduleKind.Piecewise, Changes = changes } };
    }

    [Fact]
    public void A_list_is_kept_as_it_was_given()
    {
        double[] eigenvalues = [2];
        RunRecipe recipe = Small with { Eigenvalues = eigenvalues };
        eigenvalues[0] = 3;
        Assert.Equal(2, recipe.Eigenvalues[0]);
    }

    [Fact]
    public void What_is_resolved_makes_the_same_run()
    {
        RunRecipe[] recipes =
        [
            Small, Small with { FactorColumns = 2 }, Small with { InvariantRank = 3 }, Small with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 0.01 } },
            .. Enum.GetValues<UpdateKind>().Select(rule => Small with { Update = new() { Rule = rule } }),
            Small with { Algorithm = Algorithm.PooledGd, Objective = new() { Kind = ObjectiveKind.AndMask } },
        ];
        foreach (RunRecipe recipe in recipes)
        {
            Assert.Equal(Rows(recipe), Rows(recipe.Resolve()));
            Assert.Equal(recipe.Resolve(), recipe.Resolve().Resolve());
        }
    }

    [Fact]
    public void The_precision_and_the_threads_are_the_recipes_own()
    {
        TrajectoryRow[] single = Runner.Create<float>(Small).Record().Trajectory.Rows.ToArray();
        Assert.Equal(single, Rows(Small with { Precision = Precision.Single }));
        Assert.NotEqual(single, Rows(Small));
        Assert.Equal(Rows(Small), Rows(Small with { Threads = 3 }));
    }

    [Fact]
    public void What_contradicts_is_refused()
    {
        Assert.Equal("overlap", Assert.Throws<RecipeException>((Small with { Orthogonal = true, Overlap = 0.5 }).Check).Option);
        Assert.Equal("block-length", Assert.Throws<RecipeException>((Small with { BlockLength = 2 }).Check).Option);
        Assert.Equal(
            "'environment-order blocks' is given without 'block-length'; accepted are both of them together.",
            Assert.Throws<RecipeException>((Small with { EnvironmentOrder = EnvironmentOrderKind.Blocks }).Check).Message);
        Assert.Equal(
            "spurious-rank",
            Assert.Throws<RecipeException>((Small with { Environments = new() { List = [new([1, 0, 0, 1])] } }).Check).Option);
        Assert.Equal("dimension", Assert.Throws<RecipeException>(() => Runner.Check(Small with { Memory = 1000 })).Option);
    }

    [Fact]
    public void Rounds_that_do_not_fit_are_refused()
    {
        RunRecipe two = Small with { Clients = 2 };
        Refused("clients", "1 where 'algorithm' is not hetero-sgd", two with { Algorithm = Algorithm.PooledSgd });
        Refused("local-steps", "1 where 'algorithm' is not hetero-sgd", Small with { LocalSteps = 3, Algorithm = Algorithm.PooledGd });
        Refused("environment-order", "independent for rounds of 'clients' or 'local-steps', whose environments 'participation' says", two with { EnvironmentOrder = EnvironmentOrderKind.Cyclic });
        Refused("clients", "one whose product with 'local-steps' and 'steps', 5, is at most 2147483647", two with { LocalSteps = 1 << 28 });
        Refused("local-steps", "one whose product with 'clients' and 'steps', 0, is at most 2147483647", Small with { LocalSteps = int.MaxValue, Steps = 0 }, isRefused: false);
        Refused("participation", "independent for a single one of 'clients'", Small with { Participation = ClientParticipation.Distinct });
        Refused("clients", "at most the number of environments, 2, for 'participation distinct'", Small with { Clients = 3, Participation = ClientParticipation.Distinct });
        Refused("participation", "independent, where environments are no list of equal odds", two with { Law = ScalarLaw.Uniform, Participation = ClientParticipation.Distinct });
        (two with { Participation = ClientParticipation.Distinct }).Check();

        static void Refused(string option, string accepted, RunRecipe recipe, bool isRefused = true)
        {
            if (!isRefused)
            {
                recipe.Check();
                return;
            }

            RecipeException refusal = Assert.Throws<RecipeException>(recipe.Check);
            Assert.Equal(option, refusal.Option);
            Assert.EndsWith($"accepted is {accepted}.", refusal.Message, StringComparison.Ordinal);
        }
    }

    // A step of the recipe is a round, and the rows are those of averages.
    [Fact]
    public void A_recipe_of_rounds_trains_clients()
    {
        RunRecipe recipe = Small with { Clients = 2, LocalSteps = 3, Participation = ClientParticipation.Distinct, InitialScale = 0.3 };
        Trainer<double> trainer = Runner.Create<double>(recipe).Trainer;
        Assert.Equal(new FederatedRounds(2, 3, ClientParticipation.Distinct), Assert.IsType<FederatedSgd<double>>(trainer).Rounds);
        Assert.Equal([0, 1, 2, 3, 4, 5], Rows(recipe).Select(row => row.Step));
        Assert.Equal(trainer.BufferBytes, Runner.Create<double>(recipe with { Clients = 1, LocalSteps = 1, Participation = default }).Trainer.BufferBytes + (2 * 36 * sizeof(double)));
        Assert.Equal(
            MemoryEstimate.Of(recipe).Matrices, MemoryEstimate.Of(recipe with { Clients = 1, LocalSteps = 1, Participation = default }).Matrices + (2 * 36 * sizeof(double)));

        // A single client is blocks of its steps, of which every third is a round.
        TrajectoryRow[] single = Rows(recipe with { Clients = 1, Participation = default });
        TrajectoryRow[] blocks = Rows(Small with { InitialScale = 0.3, EnvironmentOrder = EnvironmentOrderKind.Blocks, BlockLength = 3, Steps = 15, Every = 3 });
        Assert.Equal(blocks.Select(row => row.Spurious), single.Select(row => row.Spurious));
    }

    [Fact]
    public void Periodic_saves_come_at_multiples()
    {
        List<int> rows = [];
        Runner.Create<double>(Small).Record(periodic: new PeriodicSave(2, trajectory => rows.Add(trajectory.Count)));
        Assert.Equal([3, 5], rows);
        Assert.Throws<ArgumentException>(() => Runner.Create<double>(Small).Record(periodic: new PeriodicSave(0, _ => { })));
    }

    private static TrajectoryRow[] Rows(RunRecipe recipe) => Runner.Execute(recipe).Trajectory.Rows.ToArray();

    private static RunRecipe With(string option) => option switch
    {
        "dimension" => Small with { Dimension = 1 },
        "invariant-rank" => Small with { InvariantRank = 0 },
        "spurious-rank" => Small with { SpuriousRank = -3 },
        "spurious-mean" => Small with { SpuriousMean = double.NaN },
        "spread" => Small with { Spread = -1 },
        "off-diagonal" => Small with { OffDiagonal = double.PositiveInfinity },
        "block-length" => Small with { EnvironmentOrder = EnvironmentOrderKind.Blocks, BlockLength = 0 },
        "clients" => Small with { Clients = 0 },
        "local-steps" => Small with { LocalSteps = -2 },
        "participation" => Small with { Participation = (ClientParticipation)9 },
        "pooled-share" => Small with { PooledShare = 1.5 },
        "overlap" => Small with { Overlap = -0.5 },
        "eigenvalues" => Small with { Eigenvalues = [1, 0] },
        "step-size" => Small with { StepSize = 0 },
        "gradient-scale" => Small with { GradientScale = double.NaN },
        "init-scale" => Small with { InitialScale = -1 },
        "factor-columns" => Small with { FactorColumns = 0 },
        "samples" => Small with { Samples = 0 },
        "steps" => Small with { Steps = -1 },
        "every" => Small with { Every = 0 },
        "noise" => Small with { Noise = double.NaN },
        "label-noise" => Small with { LabelNoise = double.NaN },
        "threads" => Small with { Threads = 0 },
        "memory" => Small with { Memory = 0 },
        "algorithm" => Small with { Algorithm = (Algorithm)9 },
        "measurements" => Small with { Measurements = (MeasurementKind)9 },
        "environments" => Small with { Law = (ScalarLaw)9 },
        "environment-order" => Small with { EnvironmentOrder = (EnvironmentOrderKind)9 },
        "start" => Small with { Start = (StartKind)9 },
        "pooled-sampling" => Small with { PooledSampling = (PooledSampling)9 },
        "model" => Small with { Model = (ModelKind)9 },
        "shrinkage-trace" => Small with { ShrinkageTrace = (TraceKind)9 },
        "truncation" => Small with { Truncation = -1 },
        "schedule" => Small with { Schedule = new() { Kind = (ScheduleKind)9 } },
        "step-changes" => Small with { Schedule = new() { Kind = ScheduleKind.Piecewise, Changes = [new(3, 0.1), new(3, 0.2)] } },
        "last-step-size" => Small with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 0 } },
        "schedule-steps" => Small with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 0.1, Steps = 0 } },
        "halving" => Small with { Schedule = new() { Kind = ScheduleKind.InverseTime, Halving = -1 } },
        "update-rule" => Small with { Update = new() { Rule = (UpdateKind)9 } },
        "momentum" => Small with { Update = new() { Rule = UpdateKind.HeavyBall, Momentum = 1 } },
        "first-decay" => Small with { Update = new() { Rule = UpdateKind.Adam, FirstDecay = 1 } },
        "second-decay" => Small with { Update = new() { Rule = UpdateKind.Adam, SecondDecay = -0.5 } },
        "epsilon" => Small with { Update = new() { Rule = UpdateKind.Adam, Epsilon = 0 } },
        "orthogonalization" => Small with { Update = new() { Rule = UpdateKind.Muon, Orthogonalization = (Orthogonalization)9 } },
        "weight-decay" => Small with { Update = new() { WeightDecay = -1 } },
        "clip-norm" => Small with { Update = new() { ClipNorm = 0 } },
        "objective" => Small with { Objective = new() { Kind = (ObjectiveKind)9 } },
        "penalty" => Small with { Objective = new() { Kind = ObjectiveKind.VRex, Penalty = -1 } },
        "agreement" => Small with { Objective = new() { Kind = ObjectiveKind.AndMask, Agreement = 2 } },
        _ => Small with { Precision = (Precision)9 },
    };
}
