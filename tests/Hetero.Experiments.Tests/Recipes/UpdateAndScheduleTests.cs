using System.Text;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

/// <summary>The rules and schedules that a recipe names are those of the library, and nothing else is taken for one.</summary>
public class UpdateAndScheduleTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 20, Steps = 5 };

    // The defaults are those that the options' descriptions name.
    private static readonly Dictionary<UpdateKind, UpdateRule<double>> Rules = new()
    {
        [UpdateKind.Sgd] = new Sgd<double>(),
        [UpdateKind.HeavyBall] = new HeavyBall<double>(0.9),
        [UpdateKind.Nesterov] = new Nesterov<double>(0.9),
        [UpdateKind.Adam] = new Adam<double>(0.9, 0.999, 1e-8),
        [UpdateKind.SignDescent] = new SignDescent<double>(0),
        [UpdateKind.Muon] = new Muon<double>(0.95, Orthogonalization.NewtonSchulz),
    };

    public static TheoryData<string, string, string> Contradictions => new()
    {
        { "update-rule=sgd momentum=0.9", "momentum", "'momentum' is '0.9'; accepted is one together with 'update-rule' heavy-ball, nesterov, sign-descent or muon alone." },
        { "update-rule=adam momentum=0", "momentum", "'momentum' is '0'; accepted is one together with 'update-rule' heavy-ball, nesterov, sign-descent or muon alone." },
        { "update-rule=heavy-ball first-decay=0.5", "first-decay", "'first-decay' is '0.5'; accepted is one together with 'update-rule' adam alone." },
        { "second-decay=0.5", "second-decay", "'second-decay' is '0.5'; accepted is one together with 'update-rule' adam alone." },
        { "update-rule=muon epsilon=1", "epsilon", "'epsilon' is '1'; accepted is one together with 'update-rule' adam alone." },
        { "update-rule=adam orthogonalization=polar", "orthogonalization", "'orthogonalization' is 'polar'; accepted is one together with 'update-rule' muon alone." },
        {
            "update-rule=sign-descent clip-norm=2", "clip-norm",
            "'clip-norm' is '2'; accepted is none for 'update-rule sign-descent' with 'momentum' 0, whose step is the same for directions of any norm."
        },
        { "step-changes=3:0.1", "step-changes", "'step-changes' is '3:0.1'; accepted is one together with 'schedule piecewise' alone." },
        { "schedule=inverse-time halving=2 last-step-size=0.1", "last-step-size", "'last-step-size' is '0.1'; accepted is one together with 'schedule cosine' alone." },
        { "schedule-steps=9", "schedule-steps", "'schedule-steps' is '9'; accepted is one together with 'schedule cosine' alone." },
        { "schedule=piecewise step-changes=3:0.1 halving=2", "halving", "'halving' is '2'; accepted is one together with 'schedule inverse-time' alone." },
        { "schedule=cosine", "", "'schedule cosine' is given without 'last-step-size'; accepted are both of them together." },
        { "schedule=piecewise", "", "'schedule piecewise' is given without 'step-changes'; accepted are both of them together." },
        { "schedule=inverse-time", "", "'schedule inverse-time' is given without 'halving'; accepted are both of them together." },
        { "precision=single update-rule=heavy-ball momentum=0.99999999", "momentum", "'momentum' is '0.99999999', which the library refuses: " },
        { "precision=single update-rule=adam epsilon=1e-30", "epsilon", "'epsilon' is '1E-30', which the library refuses: " },
        { "precision=single weight-decay=1e-50", "weight-decay", "'weight-decay' is '1E-50', which the library refuses: " },
        { "precision=single schedule=cosine last-step-size=1e-50", "last-step-size", "'last-step-size' is '1E-50'; accepted is a number that times 'gradient-scale', 1, is what " },
        { "precision=single schedule=inverse-time step-size=1e-30 halving=1", "halving", "'halving' is '1'; accepted is one with which all step sizes times 'gradient-scale', 1, are what " },
        { "precision=single schedule=piecewise step-changes=2:1,4:1e-50", "step-changes", "'step-changes' is '1E-50'; accepted is a number that times " },
    };

    [Fact]
    public void Each_rule_is_the_librarys_with_the_defaults_that_are_said()
    {
        Assert.Equal(Enum.GetValues<UpdateKind>().Order(), Rules.Keys.Order());
        foreach ((UpdateKind kind, UpdateRule<double> rule) in Rules)
        {
            Assert.Equal(DescriptionOf(rule), DescriptionOf(new UpdateRecipe { Rule = kind }.Create<double>()));
        }

        Assert.Equal(
            DescriptionOf(new ClippedDirection<double>(new DecoupledWeightDecay<double>(new Muon<double>(0.5, Orthogonalization.Polar), 0.1), 3)),
            DescriptionOf(new UpdateRecipe { Rule = UpdateKind.Muon, Momentum = 0.5, Orthogonalization = Orthogonalization.Polar, WeightDecay = 0.1, ClipNorm = 3 }.Create<double>()));
    }

    // η_t by hand.
    [Fact]
    public void Each_schedule_is_the_one_that_is_named()
    {
        Assert.Equal([0.4, 0.4, 0.4], StepSizes(new()));
        Assert.Equal([0.4, 0.1, 0.3], StepSizes(new() { Kind = ScheduleKind.Piecewise, Changes = [new(1, 0.1), new(2, 0.3)] }));
        Assert.Equal([0.4, 0.4 / 1.5, 0.2], StepSizes(new() { Kind = ScheduleKind.InverseTime, Halving = 2 }));
        double[] cosine = StepSizes(new() { Kind = ScheduleKind.Cosine, LastStepSize = 0.2, Steps = 2 });
        Assert.Equal((0.4, 0.3, 0.2), (cosine[0], Math.Round(cosine[1], 15), cosine[2]));
        Assert.Equal(cosine, StepSizes(new() { Kind = ScheduleKind.Cosine, LastStepSize = 0.2 }));
        static double[] StepSizes(ScheduleRecipe schedule)
        {
            StepSizeSchedule made = schedule.Create(first: 0.4, steps: 2);
            return [made.At(0), made.At(1), made.At(2)];
        }
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void What_makes_no_sense_together_is_refused(string values, string option, string message)
    {
        RunRecipe recipe = values.Split(' ').Select(value => value.Split('=')).Aggregate(Small, (made, pair) => RunOptions.Find(pair[0])!.Set(made, pair[1]));
        RecipeException refusal = Assert.Throws<RecipeException>(recipe.Check);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(option, refusal.Option ?? "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3:")]
    [InlineData("0:0.1")]
    [InlineData("-1:0.1")]
    [InlineData("3:0")]
    [InlineData("3:NaN")]
    [InlineData("3:0.1,")]
    [InlineData("3:0.1,3:0.1")]
    [InlineData("3:0.1,2:0.1")]
    [InlineData("2147483647:0.1,2147483647:0.2")]
    [InlineData("1:2:3")]
    public void What_is_no_list_of_changes_is_refused(string text)
        => Assert.EndsWith(
            "; accepted is a list of STEP:ETA, separated by commas, with whole steps that ascend from 1 on and step sizes above 0.",
            Assert.Throws<RecipeException>(() => RunOptions.Find("step-changes")!.Set(Small, text)).Message,
            StringComparison.Ordinal);

    // Another rule or schedule takes the place of the numbers that it has none of; what it has stays, and what is given is refused.
    [Fact]
    public void Another_rule_or_schedule_takes_the_place_of_the_old_ones_numbers()
    {
        UpdateRecipe ball = new() { Rule = UpdateKind.Muon, Momentum = 0.5, Orthogonalization = Orthogonalization.Polar, WeightDecay = 1 };
        RunRecipe recipe = Small with { Update = ball with { Rule = UpdateKind.Nesterov }, Schedule = new() { Kind = ScheduleKind.InverseTime, LastStepSize = 0.1, Halving = 2 } };
        Assert.Equal(ball with { Rule = UpdateKind.Nesterov, Orthogonalization = null }, RunOptions.Clear(recipe, ["update-rule"]).Update);
        Assert.Equal(recipe.Update, RunOptions.Clear(recipe, ["update-rule", "orthogonalization"]).Update);
        Assert.Equal(recipe.Update, RunOptions.Clear(recipe, ["schedule"]).Update);
        Assert.Equal(new() { Kind = ScheduleKind.InverseTime, Halving = 2 }, RunOptions.Clear(recipe, ["schedule"]).Schedule);
        Assert.Equal(recipe.Schedule, RunOptions.Clear(recipe, ["schedule", "last-step-size"]).Schedule);
    }

    private static string DescriptionOf(UpdateRule<double> rule)
    {
        using MemoryStream state = new();
        RecipeTrainer<double> plain = Runner.Build<double>(Small, null, null);
        HeteroSgd<double> trainer = new(
            plain.Trainer.Signals.Problem, plain.Trainer.Environments, new ExactLawMeasurements<double>(6, 1), plain.Trainer.Options, parts: new() { UpdateRule = rule });
        trainer.Save(state);
        return Encoding.UTF8.GetString(state.ToArray()).Split('\n')[1];
    }
}
