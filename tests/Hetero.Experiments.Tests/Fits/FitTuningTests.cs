using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Tests.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>Cross-validation chooses by what each fold has not seen, and its bits follow from the recipe and the data alone.</summary>
public class FitTuningTests
{
    private static readonly FitRecipe Recipe = new()
    {
        Training = new() { Steps = 40, EnvironmentOrder = EnvironmentOrderKind.Cyclic, Seed = 2, Every = 3 },
        Tuning = new() { StepSizes = [0.3, 0.02, 0.1], Folds = 3 },
    };

    // The i-th row of the order by uniform numbers of the environment's stream is in fold i mod 3, and in its half ⌊i/3⌋ mod 2: written out here, trained in plain loops, measured by plain sums.
    [Fact]
    public void The_criterion_of_each_fold_is_that_of_plain_loops()
    {
        using DataFolder folder = DataFolder.Make(40);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitTuningResult tuning = Fitting.Fit(data, Recipe).Tuning!;
        Assert.Equal([0.02, 0.1, 0.3], tuning.StepSizes.Select(one => one.StepSize));
        double[] scales = [.. data.Environments.Select(rows => rows.Measurements.ToArray().Average(x => x * x))];
        foreach (TunedStepSize one in tuning.StepSizes)
        {
            double[][] curves = [.. Enumerable.Range(0, 3).Select(fold => Plain(data, scales, one.StepSize, fold))];
            double[] mean = [.. Enumerable.Range(0, curves[0].Length).Select(i => curves.Average(curve => curve[i]))];
            int best = Array.IndexOf(mean, mean.Min());
            Assert.Equal(Math.Min(best * 3, 40), one.Step);
            Assert.Equal(mean[best], one.Criterion, 1e-9 * mean[best]);
            Assert.All(curves.Zip(one.Folds), pair => Assert.Equal(pair.First[best], pair.Second, 1e-9 * mean[best]));
            Assert.Equal(Math.Sqrt(curves.Sum(curve => Math.Pow(curve[best] - mean[best], 2)) / 2), one.Deviation!.Value, 1e-9 * mean[best]);
        }

        Assert.Equal(tuning.StepSizes.Min(one => one.Criterion), tuning.Chosen!.Criterion);
    }

    [Fact]
    public void All_rows_are_trained_on_with_what_was_chosen_up_to_that_step()
    {
        using DataFolder folder = DataFolder.Make(60);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitResult<double> tuned = Fitting.Fit(data, Recipe);
        TunedStepSize chosen = tuned.Tuning!.Chosen!;
        RunRecipe training = Recipe.Training with { StepSize = chosen.StepSize, Steps = chosen.Step!.Value };
        FitResult<double> plain = Fitting.Fit(data, new FitRecipe { Training = training, HeldOut = 0 });
        Assert.Equal(plain.Chosen!.Parameters, tuned.Chosen!.Parameters);
        Assert.Equal((chosen.StepSize, chosen.Step), (tuned.Chosen.StepSize, tuned.Chosen.Best!.Step));
        Assert.Equal([60, 60], tuned.TrainingRows);
        Assert.Equal(chosen.StepSize, tuned.Recipe.Training.StepSize);

        // Rows that are held out beside the folds are measured on and not chosen by.
        FitResult<double> held = Fitting.Fit(data, Recipe with { HeldOut = 0.2 });
        Assert.Equal([48, 48], held.TrainingRows);
        Assert.Equal(held.Tuning!.Chosen!.Step, held.Chosen!.Best!.Step);
        Assert.NotEmpty(held.Chosen.Best.Invariance);
    }

    // s = −2 and 4: the worst risk is least where b is in the middle of their range, however it is reached; the folds take the step size with which the spurious part dies out.
    [Fact]
    public void What_the_folds_choose_is_near_the_truth_and_what_the_worst_risk_would_is_not()
    {
        using DataFolder folder = DataFolder.Make(2000);
        DataGenerator generator = new(DataFolder.Recipe);
        double[] truth = new double[16];
        Svec.Unpack(generator.Invariant, new MatrixSpan<double>(truth, 4, 4));
        folder.Write("truth.npy", truth, 4, 4);
        folder.Write("data.json", DataManifestJson.ToText(new DataManifest
        {
            Dimension = 4,
            Layout = MeasurementLayout.Svec,
            Environments = [new("low", "x0.npy", "y0.npy"), new("high", "x1.npy", "y1.npy")],
            Truth = "truth.npy",
        }));
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitRecipe recipe = Recipe with { Training = Recipe.Training with { Steps = 150, Every = 2 }, Tuning = new() { StepSizes = [0.06, 0.15, 0.35], Folds = 3 } };
        FitResult<double> tuned = Fitting.Fit(data, recipe);
        Assert.Equal(0.35, tuned.Tuning!.Chosen!.StepSize);
        Assert.InRange(tuned.Chosen!.Best!.Error!.Value, 0, 0.2);

        FitRow[] worst =
        [
            .. recipe.Tuning!.StepSizes.SelectMany(stepSize => Fitting.Fit(data, recipe with { Tuning = null, HeldOut = 0.2, Training = recipe.Training with { StepSize = stepSize } }).Runs[0].Rows),
        ];
        Assert.InRange(worst.MinBy(row => row.Risks.Max())!.Error!.Value, 0.4, 1.5);
    }

    [Fact]
    public void Neither_threads_nor_interruptions_change_a_bit()
    {
        using DataFolder folder = DataFolder.Make(30);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitRecipe recipe = Recipe with { Training = Recipe.Training with { Steps = 10 }, Tuning = new() { StepSizes = [0.05, 0.2, 3], Folds = 2 } };
        FitResult<double> once = Fitting.Fit(data, recipe);
        Assert.Equal(0, once.Tuning!.StepSizes[2].DivergedFold);
        using WorkerTeam team = new(3);
        AssertSame(once, Fitting.Fit(data, recipe, team: team));
        List<Dictionary<string, byte[]>> states = [];
        Dictionary<string, byte[]> kept = [];
        AssertSame(once, Fitting.Fit(data, recipe, Saving(kept, () => states.Add(new(kept)))));
        Assert.Contains(states, state => state.Keys.SequenceEqual(["tuning"]));
        foreach (Dictionary<string, byte[]> state in states)
        {
            AssertSame(once, Fitting.Fit(data, recipe, Saving(new(state), () => { })));
        }

        // A state of the middle is of these folds, step sizes, steps, rows and seed alone.
        Dictionary<string, byte[]> middle = states.Last(state => state.Count == 1);
        using DataFolder other = DataFolder.Make(31);
        using DataSet<double> otherData = DataSet<double>.Open(other.Manifest);
        Assert.Throws<RunMismatchException>(() => Fitting.Fit(otherData, recipe, Saving(new(middle), () => { })));
        foreach (FitRecipe changed in (FitRecipe[])
        [
            recipe with { Tuning = recipe.Tuning! with { Folds = 3 } }, recipe with { Tuning = recipe.Tuning with { StepSizes = [0.05, 0.2] } },
            recipe with { Tuning = recipe.Tuning with { StepSizes = [0.05, 0.21, 3] } }, recipe with { Training = recipe.Training with { Steps = 11 } },
            recipe with { Training = recipe.Training with { Every = 2 } }, recipe with { Training = recipe.Training with { Seed = 3 } },
        ])
        {
            Assert.Throws<InvalidDataException>(() => Fitting.Fit(data, changed, Saving(new(middle), () => { })));
        }
    }

    [Fact]
    public void A_fold_that_diverges_takes_its_step_size_out_and_where_all_do_nothing_is_fitted()
    {
        using DataFolder folder = DataFolder.Make(30);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        TunedStepSize wild = Fitting.Fit(data, Recipe with { Tuning = new() { StepSizes = [0.05, 5] } }).Tuning!.StepSizes[1];
        Assert.Equal((null, double.PositiveInfinity, 0, null), (wild.Step, wild.Criterion, wild.DivergedFold, wild.Deviation));
        Assert.Empty(wild.Folds);

        FitResult<double> none = Fitting.Fit(data, Recipe with { Tuning = new() { StepSizes = [5, 6] } });
        Assert.Null(none.Tuning!.Chosen);
        Assert.Null(none.Chosen);
        Assert.Null(none.Pooled);
        Assert.Empty(none.Runs);
        Assert.False(none.IsCancelled);
        Assert.Null(FitVerdict.Of(none, 4));
        using StringWriter text = new();
        FitTable.Write(none.Tuning, text);
        Assert.Equal("step_size,step,criterion,deviation,fold_0,fold_1,fold_2,fold_3,fold_4,diverged_fold\n5,,,,,,,,,0\n6,,,,,,,,,0\n", text.ToString());
    }

    [Fact]
    public void Of_equal_means_the_smaller_step_size_and_the_earlier_step_are_chosen()
    {
        TunedStepSize one = TunedStepSize.Of(0.1, [0, 5, 10], [[3, 2, 1], [3, 1, 2]], null), two = TunedStepSize.Of(0.2, [0, 5, 10], [[2, 1, 9], [2, 2, 9]], null);
        Assert.Equal((5, 1.5), (one.Step, one.Criterion));
        Assert.Equal([2.0, 1.0], one.Folds);
        Assert.Same(one, FitTuningResult.Of([one, two], 2).Chosen);
        TunedStepSize odd = TunedStepSize.Of(0.3, [0, 5], [[double.NaN, 4], [1, double.PositiveInfinity]], null);
        Assert.Equal((null, double.PositiveInfinity, null), (odd.Step, odd.Criterion, odd.DivergedFold));
        Assert.Same(one, FitTuningResult.Of([odd, one], 2).Chosen);
        Assert.Null(FitTuningResult.Of([odd], 2).Chosen);
    }

    // At d = 4 with s = −2 and 4 the largest step size looked at is 1.6 over the estimate of 4, and the others are in ratios of 1.5.
    [Fact]
    public void Without_a_list_those_around_the_window_are_tried_and_with_one_number_the_step_alone_is_chosen()
    {
        using DataFolder folder = DataFolder.Make(400);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitResult<double> around = Fitting.Fit(data, Recipe with { ChoosesStepSize = true, Tuning = new() { Folds = 2 } });
        double[] tried = [.. around.Tuning!.StepSizes.Select(one => one.StepSize)];
        Assert.Equal(9, tried.Length);
        Assert.Equal(around.StepSize!.Limit, tried[^1]);
        Assert.Equal(0.4, tried[^1], 0.08);
        Assert.All(tried.Zip(tried.Skip(1)), pair => Assert.Equal(1.5, pair.Second / pair.First, 1e-12));

        FitResult<double> single = Fitting.Fit(data, Recipe with { Training = Recipe.Training with { StepSize = 0.3 }, Tuning = new() { Folds = 2 } });
        Assert.Equal(0.3, Assert.Single(single.Tuning!.StepSizes).StepSize);
        Assert.Null(single.StepSize);
    }

    [Fact]
    public void Rows_of_folds_and_halves_are_all_of_them_once()
    {
        using DataFolder folder = DataFolder.Make(23);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        HeldOutSplit<double>[] folds = [.. Enumerable.Range(0, 4).Select(fold => FoldSplit.Of(data.Environments, MeasurementLayout.Svec, 4, fold, 9, default))];
        HeldOutSplit<double>[] others = [.. Enumerable.Range(0, 4).Select(fold => FoldSplit.Of(data.Environments, MeasurementLayout.Svec, 4, fold, 10, default))];
        double[] all = [.. data.Environments[1].Responses.ToArray().Order()];
        Assert.Equal(all, folds.SelectMany(fold => Held(fold, 1)).Order());
        Assert.NotEqual(Held(folds[0], 1).Order(), Held(others[0], 1).Order());
        foreach (HeldOutSplit<double> fold in folds)
        {
            Assert.Equal(all, Held(fold, 1).Concat(fold.Training[1].Responses.ToArray()).Order());
            Assert.InRange(fold.First[1].Responses.Length - fold.Second[1].Responses.Length, 0, 1);
        }

        // An environment's folds do not go by the others.
        Assert.Equal(Held(folds[2], 1), Held(FoldSplit.Of([data.Environments[1], data.Environments[1]], MeasurementLayout.Svec, 4, 2, 9, default), 1));
    }

    [Fact]
    public void What_cannot_be_tuned_is_refused_by_name()
    {
        using DataFolder folder = DataFolder.Make(9);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        Refused("'folds' is '1'; accepted is 2 or more", Recipe with { Tuning = new() { Folds = 1 } });
        Refused(
            "'folds' is '5'; accepted is 2 to 4 here, as a fold takes two rows or more, and environment 'low' has 9 to train on", Recipe with { Tuning = new() { StepSizes = [0.1], Folds = 5 } });
        foreach (double[] list in (double[][])[[0.1, 0.1], [0, 0.1], [double.NaN], [double.PositiveInfinity]])
        {
            Refused("'step-size' is '", Recipe with { Tuning = new() { StepSizes = list } });
        }

        Refused("'step-size' is '0.1'; accepted is either such a list or auto", Recipe with { ChoosesStepSize = true, Tuning = new() { StepSizes = [0.1] } });
        Refused("'step-size' is 'auto'; accepted is a number, or with 'tune' a list, where 'algorithm'", Recipe with
        {
            ChoosesStepSize = true,
            Tuning = new(),
            Training = Recipe.Training with { Algorithm = Algorithm.PooledGd, EnvironmentOrder = EnvironmentOrderKind.Independent },
        });

        void Refused(string message, FitRecipe recipe)
            => Assert.StartsWith(message, Assert.Throws<RecipeException>(() => Fitting.Fit(data, recipe)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tunings_with_equal_values_are_equal()
    {
        Assert.Equal(new FitTuning { StepSizes = [0.1, 0.2] }, new FitTuning { StepSizes = [0.1, 0.2] });
        Assert.NotEqual(new FitTuning { StepSizes = [0.1, 0.2] }, new FitTuning { StepSizes = [0.1, 0.3] });
    }

    private static double[] Held(HeldOutSplit<double> split, int environment) => [.. split.First[environment].Responses.ToArray(), .. split.Second[environment].Responses.ToArray()];

    private static double[] Plain(DataSet<double> data, double[] scales, double stepSize, int fold)
    {
        EnvironmentSamples<double>[] training = new EnvironmentSamples<double>[2], first = new EnvironmentSamples<double>[2], second = new EnvironmentSamples<double>[2];
        for (int e = 0; e < 2; e++)
        {
            EnvironmentSamples<double> rows = data.Environments[e];
            double[] keys = new double[rows.Responses.Length];
            new RandomStream(2, StreamPurpose.User, 3, e).FillUniform(keys.AsSpan());
            int[] order = [.. Enumerable.Range(0, keys.Length).OrderBy(row => keys[row])];
            training[e] = Take(rows, order, i => i % 3 != fold);
            first[e] = Take(rows, order, i => i % 3 == fold && i / 3 % 2 == 0);
            second[e] = Take(rows, order, i => i % 3 == fold && i / 3 % 2 == 1);
        }

        List<double[,]> path = PlainFit.Train(training, 4, stepSize, 40, 1e-3);
        return [.. Enumerable.Range(0, 41).Where(step => step % 3 == 0 || step == 40).Select(step => PlainFit.Criterion(first, second, scales, path[step]))];
    }

    private static EnvironmentSamples<double> Take(EnvironmentSamples<double> rows, int[] order, Func<int, bool> isTaken)
    {
        int[] chosen = [.. order.Where((_, i) => isTaken(i)).Order()];
        return new((double[])[.. chosen.SelectMany(row => rows.Measurements.Slice(row * 10, 10).ToArray())], (double[])[.. chosen.Select(row => rows.Responses.Span[row])]);
    }

    private static FitSaving Saving(Dictionary<string, byte[]> kept, Action after) => FitStates.Saving(kept, 4, after);

    private static void AssertSame(FitResult<double> expected, FitResult<double> found)
    {
        Assert.All(expected.Tuning!.StepSizes.Zip(found.Tuning!.StepSizes), pair =>
        {
            (TunedStepSize a, TunedStepSize b) = pair;
            Assert.Equal((a.StepSize, a.Step, a.Criterion, a.DivergedFold), (b.StepSize, b.Step, b.Criterion, b.DivergedFold));
            Assert.Equal(a.Folds, b.Folds);
        });
        Assert.Equal(expected.Chosen!.Parameters, found.Chosen!.Parameters);
        Assert.Equal(expected.Pooled!.Parameters, found.Pooled!.Parameters);
    }
}
