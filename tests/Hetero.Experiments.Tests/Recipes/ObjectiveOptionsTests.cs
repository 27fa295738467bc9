using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

/// <summary>The objectives that a recipe names are those of the library, and a run that cannot give them what they need is refused.</summary>
public class ObjectiveOptionsTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 20, Steps = 5, Algorithm = Algorithm.PooledGd };

    private static readonly Dictionary<ObjectiveKind, Func<Objective<double>?>> Objectives = new()
    {
        [ObjectiveKind.None] = () => null,
        [ObjectiveKind.MeanRisk] = () => new MeanRisk<double>(),
        [ObjectiveKind.VRex] = () => new RiskExtrapolation<double>(0.25),
        [ObjectiveKind.GroupDro] = () => new GroupDro<double>(),
        [ObjectiveKind.IrmV1] = () => new IrmV1<double>(0.25),
        [ObjectiveKind.MatrixIrm] = () => new MatrixIrm<double>(0.25),
        [ObjectiveKind.GradientVariance] = () => new GradientVariance<double>(0.25),
        [ObjectiveKind.GradientNormVariance] = () => new GradientNormVariance<double>(0.25),
        [ObjectiveKind.AndMask] = () => new AndMask<double>(1),
    };

    public static TheoryData<string, string, string> Refused => new()
    {
        {
            "objective=group-dro penalty=1", "penalty",
            "'penalty' is '1'; accepted is one together with 'objective' v-rex, irm-v1, matrix-irm, gradient-variance or gradient-norm-variance alone."
        },
        { "penalty=0", "penalty", "'penalty' is '0'; accepted is one together with 'objective' v-rex, " },
        { "objective=v-rex penalty=1 agreement=1", "agreement", "'agreement' is '1'; accepted is one together with 'objective and-mask' alone." },
        { "objective=irm-v1", "", "'objective irm-v1' is given without 'penalty'; accepted are both of them together." },
        { "objective=mean-risk algorithm=hetero-sgd", "objective", "'objective' is 'mean-risk'; accepted is none where 'algorithm' is not pooled-gd: " },
        { "objective=mean-risk algorithm=pooled-sgd", "objective", "'objective' is 'mean-risk'; accepted is none where 'algorithm' is not pooled-gd: " },
        { "objective=and-mask environments=uniform", "objective", "'objective' is 'and-mask'; accepted is none for 'environments uniform', which are infinitely many." },
        { "objective=matrix-irm penalty=1 model=direct", "model", "'model' is 'direct'; accepted is gram for 'objective matrix-irm', whose penalty is one on U of UU^T." },
        { "objective=gradient-variance penalty=1 model=indefinite", "model", "'model' is 'indefinite'; accepted is gram for 'objective gradient-variance', " },
        { "objective=group-dro model=quadratic-network measurements=rank-one", "model", "'model' is 'quadratic-network'; accepted is another for 'objective group-dro', " },
        { "objective=v-rex penalty=1 noise=0.5", "noise", "'noise' is '0.5'; accepted is 0 for 'objective v-rex', which needs the risks: " },
        { "objective=group-dro label-noise=0.5", "label-noise", "'label-noise' is '0.5'; accepted is 0 for 'objective group-dro', " },
        { "objective=group-dro measurements=stored truncation=3", "truncation", "'truncation' is '3'; accepted is none for 'objective group-dro', " },
        { "objective=v-rex penalty=1e-50 precision=single", "penalty", "'penalty' is '1E-50', which the library refuses: " },
    };

    [Fact]
    public void Each_objective_is_the_librarys()
    {
        Assert.Equal(Enum.GetValues<ObjectiveKind>().Order(), Objectives.Keys.Order());
        foreach ((ObjectiveKind kind, Func<Objective<double>?> create) in Objectives)
        {
            RunRecipe recipe = Small with { Objective = new() { Kind = kind, Penalty = ObjectiveRecipe.HasPenalty(kind) ? 0.25 : null } };
            recipe.Check();
            RecipeTrainer<double> made = Runner.Create<double>(recipe);
            PooledGd<double> plain = new(
                made.Trainer.Signals.Problem, made.Trainer.Environments, new ExactLawMeasurements<double>(6, 1), made.Trainer.Options, objective: create());
            Assert.Equal(StateOf(plain), StateOf(made.Trainer));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_an_objective_cannot_have_is_refused(string values, string option, string message)
    {
        RunRecipe recipe = values.Split(' ').Select(value => value.Split('=')).Aggregate(Small, (made, pair) => RunOptions.Find(pair[0])!.Set(made, pair[1]));
        RecipeException refusal = Assert.Throws<RecipeException>(recipe.Check);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(option, refusal.Option ?? "");
    }

    // What the check lets through the library accepts, and what it refuses the library refuses as well.
    [Fact]
    public void The_check_refuses_what_the_library_refuses()
    {
        foreach (ObjectiveKind kind in Enum.GetValues<ObjectiveKind>())
        {
            foreach (MeasurementKind measurements in Enum.GetValues<MeasurementKind>())
            {
                foreach (RunRecipe other in new[] { Small, Small with { Noise = 0.5 }, Small with { Truncation = 9 }, Small with { Model = ModelKind.Direct }, Small with { Law = ScalarLaw.Uniform } })
                {
                    RunRecipe recipe = other with { Measurements = measurements, Objective = new() { Kind = kind, Penalty = ObjectiveRecipe.HasPenalty(kind) ? 0.25 : null } };
                    bool isLawful = Record.Exception((recipe with { Objective = new() }).Check) is null;
                    if (isLawful)
                    {
                        Exception? check = Record.Exception(recipe.Check), library = Record.Exception(() => Runner.Build<double>(recipe, null, null));
                        Assert.True((check is null) == (library is null), $"{kind}, {measurements}: '{check?.Message}' and '{library?.Message}'");
                    }
                }
            }
        }
    }

    [Fact]
    public void Another_objective_takes_the_place_of_the_old_ones_numbers()
    {
        ObjectiveRecipe asked = new() { Kind = ObjectiveKind.GroupDro, Penalty = 1, Agreement = 0.5 };
        RunRecipe recipe = Small with { Objective = asked };
        Assert.Equal(new() { Kind = ObjectiveKind.GroupDro }, RunOptions.Clear(recipe, ["objective"]).Objective);
        Assert.Equal(asked with { Agreement = null }, RunOptions.Clear(recipe, ["objective", "penalty"]).Objective);
        Assert.Equal(asked with { Penalty = null }, RunOptions.Clear(recipe, ["objective", "agreement"]).Objective);
        Assert.Equal(asked, RunOptions.Clear(recipe, ["penalty"]).Objective);
    }

    // A list of unequal odds, by hand: the larger risk at the start is that of s = −3, whose gradient pulls the start down alone.
    [Fact]
    public void A_list_of_environments_is_what_the_objective_sees()
    {
        RunRecipe recipe = Small with
        {
            Measurements = MeasurementKind.Population,
            Orthogonal = true,
            InitialScale = 0.1,
            Steps = 1,
            Environments = new() { List = [new([2.0], 0.9), new([-3.0], 0.1)] },
            Objective = new() { Kind = ObjectiveKind.GroupDro },
        };
        TrajectoryRow row = Runner.Execute(recipe).Trajectory.Rows[^1];
        Assert.Equal(0.01 * Math.Pow(1 - (recipe.StepSize * (0.01 + 3)), 2), row.Spurious, 1e-12);
    }

    private static string StateOf(Trainer<double> trainer)
    {
        trainer.Run(3);
        using MemoryStream state = new();
        trainer.Save(state);
        return Convert.ToHexString(state.ToArray());
    }
}
