using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

/// <summary>No option is taken and left unused: with every algorithm and every kind of measurement another value changes the numbers of a run, or is refused.</summary>
public class OptionEffectTests
{
    private static readonly RunRecipe Small = new()
    {
        Dimension = 6, InvariantRank = 2, SpuriousRank = 2, Samples = 20, Steps = 5, StepSize = 0.01, InitialScale = 0.3, Spread = 2, Threads = 1,
    };

    // What has no effect on the numbers by its meaning: how a run is made, and how much of it is shown.
    private static readonly string[] OfNoNumber = ["threads", "memory", "every", "steps"];

    // At m = ∞ a pooled step has the gradient at A* + Ā: of the law the mean alone counts, by its meaning.
    private static readonly string[] BesideTheMean = ["spread", "environments", "own-draws", "off-diagonal"];

    // Another value of every other option.
    private static readonly (string Name, string Value)[] Changes =
    [
        ("algorithm", ""), ("measurements", ""), ("dimension", "7"), ("invariant-rank", "1"), ("spurious-rank", "1"), ("spurious-mean", "2"), ("spread", "1"),
        ("environments", "uniform"), ("own-draws", "true"), ("off-diagonal", "0.5"), ("orthogonal", "true"), ("overlap", "0.4"), ("eigenvalues", "1,2"), ("step-size", "0.02"),
        ("gradient-scale", "2"), ("init-scale", "0.2"), ("start", "frame"), ("factor-columns", "4"), ("samples", "30"), ("pooled-sampling", "independent"), ("noise", "0.5"),
        ("label-noise", "0.5"), ("precision", "single"), ("seed", "2"), ("environment-order", "cyclic"), ("block-length", "2"), ("pooled-share", "0.5"), ("clients", "2"), ("local-steps", "2"),
        ("participation", "distinct"), ("model", "indefinite"),
        ("model", "direct"), ("shrinkage-trace", "response-mean"), ("truncation", "0.1"), ("neurons", "true"), ("update-rule", "nesterov"), ("momentum", "0.5"), ("first-decay", "0.5"),
        ("second-decay", "0.5"), ("epsilon", "0.5"), ("orthogonalization", "polar"), ("weight-decay", "0.5"), ("clip-norm", "0.01"), ("schedule", "inverse-time"),
        ("step-changes", "2:0.02"), ("last-step-size", "0.002"), ("schedule-steps", "3"), ("halving", "3"), ("objective", "group-dro"), ("penalty", "0.5"), ("agreement", "0.5"),
    ];

    public static TheoryData<Algorithm, MeasurementKind> Runs()
    {
        TheoryData<Algorithm, MeasurementKind> all = [];
        foreach (Algorithm algorithm in Enum.GetValues<Algorithm>())
        {
            foreach (MeasurementKind measurements in Enum.GetValues<MeasurementKind>())
            {
                all.Add(algorithm, measurements);
            }
        }

        return all;
    }

    [Fact]
    public void Every_option_is_one_of_them()
        => Assert.Equal(RunOptions.All.Select(option => option.Name).Order(), Changes.Select(change => change.Name).Concat(OfNoNumber).Distinct().Order());

    [Theory]
    [MemberData(nameof(Runs))]
    public void Another_value_changes_the_numbers_or_is_refused(Algorithm algorithm, MeasurementKind measurements)
    {
        RunRecipe start = Small with { Algorithm = algorithm, Measurements = measurements };
        string unchanged = NumbersOf(start)!;
        int effects = 0;
        foreach ((string name, string value) in Changes.Where(change => change.Value.Length > 0))
        {
            string? changed = NumbersOf(RunOptions.Find(name)!.Set(start, value));

            // At m = ∞ a step has no samples: every recipe has a number of them, and the help says so.
            if (name == "samples" && measurements == MeasurementKind.Population)
            {
                Assert.Equal(unchanged, changed);
                continue;
            }

            if (BesideTheMean.Contains(name) && measurements == MeasurementKind.Population && algorithm != Algorithm.HeteroSgd)
            {
                Assert.Equal(unchanged, changed);
                continue;
            }

            Assert.True(changed != unchanged, $"'--{name} {value}' changes nothing.");
            effects += changed is null ? 0 : 1;
        }

        Assert.InRange(effects, 20, Changes.Length);
    }

    [Theory]
    [InlineData(Algorithm.HeteroSgd)]
    [InlineData(Algorithm.PooledSgd)]
    [InlineData(Algorithm.PooledGd)]
    public void Every_pair_of_options_runs_in_factored_form_or_is_refused_by_name(Algorithm algorithm)
    {
        RunRecipe start = Small with { Algorithm = algorithm, Measurements = MeasurementKind.ExactLawFactored, Steps = 2 };
        (string Name, string Value)[] values =
        [
            .. Changes.Where(change => change.Value.Length > 0 && !RunOptions.Find(change.Name)!.IsChoice),
            .. from option in RunOptions.All where option.IsChoice && option.Name is not ("algorithm" or "measurements") from word in option.Symbol.Split('|') select (option.Name, word),
        ];
        int runs = 0;
        foreach ((string name, string value) in values)
        {
            RunRecipe one = RunOptions.Find(name)!.Set(start, value);
            foreach ((string other, string second) in values.Where(pair => string.CompareOrdinal(pair.Name, name) >= 0))
            {
                runs += NumbersOf(RunOptions.Find(other)!.Set(one, second)) is null ? 0 : 1;
            }
        }

        Assert.True(runs > 500, $"{runs} pairs run.");
    }

    [Fact]
    public void What_population_measurements_leave_unused_is_refused_by_name()
    {
        RunRecipe population = Small with { Measurements = MeasurementKind.Population };
        Refused("noise", population with { Noise = 0.5 }, "'noise' is '0.5'; accepted is 0 for 'measurements population', where noise averages out.");
        Refused("label-noise", population with { LabelNoise = 0.5 }, "'label-noise' is '0.5'; accepted is 0 for 'measurements population', where noise averages out.");
        foreach (Algorithm algorithm in new[] { Algorithm.HeteroSgd, Algorithm.PooledSgd })
        {
            Refused(
                "pooled-sampling",
                population with { Algorithm = algorithm, PooledSampling = PooledSampling.Independent },
                "'pooled-sampling' is 'independent'; accepted is stratified for 'measurements population', which draw no sample.");
        }

        // 0.01 of 20 samples is none.
        foreach (double share in new[] { 0, 0.01 })
        {
            Refused(
                "pooled-sampling",
                Small with { PooledSampling = PooledSampling.Independent, PooledShare = share },
                "'pooled-sampling' is 'independent'; accepted is stratified for 'algorithm hetero-sgd' without a 'pooled-share' that pools a sample.");
        }

        (Small with { PooledSampling = PooledSampling.Independent, PooledShare = 0.5 }).Check();
    }

    private static void Refused(string option, RunRecipe recipe, string message)
    {
        RecipeException refusal = Assert.Throws<RecipeException>(recipe.Check);
        Assert.Equal((option, message), (refusal.Option, refusal.Message));
    }

    /// <summary>All that a run's rows say; null for a recipe that is refused.</summary>
    private static string? NumbersOf(RunRecipe recipe)
    {
        try
        {
            recipe.Check();
        }
        catch (RecipeException)
        {
            return null;
        }

        // What is not refused before a run is not refused in it either.
        RecordedRun run = Runner.Execute(recipe);
        Assert.Null(run.Failure);
        using StringWriter writer = new();
        TrajectoryCsv.Write(run.Trajectory, writer, header: false);
        return writer.ToString();
    }
}
