using System.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>The runs of a fit on one split of the rows.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FitSetting<T> _setting;

    // What other measures take meanwhile.
    private readonly Int128 _beside;

    public FitRun(FitSetting<T> setting, HeldOutSplit<T> split, Int128 beside = default)
    {
        (_setting, Split, _beside) = (setting, split, beside);
        Measure = new FitMeasure<T>(
            setting.Dimension, split.Layout, split.HasHeldOut ? split.First : split.Training, split.Second, setting.Probabilities, setting.Team)
        {
            Truth = setting.Truth,
            Scales = setting.Scales,
        };
    }

    public HeldOutSplit<T> Split { get; }

    public FitMeasure<T> Measure { get; }

    /// <summary>Makes a measure on the rows that are trained on.</summary>
    public FitMeasure<T> TrainingMeasure()
        => Split.HasHeldOut ? new FitMeasure<T>(_setting.Dimension, Split.Layout, Split.Training, [], _setting.Probabilities, _setting.Team) { Scales = _setting.Scales } : Measure;

    /// <summary>Makes a source of the rows to train on.</summary>
    public MeasuredData<T> Rows(ulong seed) => new(_setting.Dimension, Split.Training, Split.Layout, _setting.Probabilities, RowOrder.Shuffled, seed, _setting.Team);

    /// <summary>Chooses a step size by how the environments vary.</summary>
    /// <exception cref="RecipeException">An environment has too few rows, or the data tell no scale.</exception>
    public StepSizeChoice ChooseStepSize(FitRecipe recipe)
    {
        int fewest = Enumerable.Range(0, Split.Training.Length).MinBy(e => Split.Training[e].Responses.Length), rows = Split.Training[fewest].Responses.Length;
        if (rows < ChanceTest.LeastBlocks)
        {
            throw RecipeException.Of(
                "--step-size",
                "auto",
                $"a number where an environment has fewer than {Texts.Of(ChanceTest.LeastBlocks)} rows to train on, as '{Shown.Of(_setting.Data.Environments[fewest].Name)}' with {Texts.Of(rows)}");
        }

        if (Split.Training.Length > 1 && EnvironmentVariation.Counted(Split.Training).Length < 2)
        {
            throw RecipeException.Of(
                "--step-size",
                "auto",
                $"a number where one environment alone has {Texts.Of(EnvironmentVariation.EnoughRows)} rows to train on, or half as many as the largest: "
                    + "of so unequal ones variation cannot be told from chance");
        }

        long? samples = recipe.WholeEnvironments ? null : recipe.Training.Samples;
        EnvironmentVariation variation = EnvironmentVariation.Of(
            _setting.Dimension, Split.Layout, Split.Training, _setting.Probabilities, samples, recipe.Training.Seed, _setting.Cancellation);
        return StepSizeChoice.Of(variation, recipe.Training, _setting.Scales, _setting.Probabilities);
    }

    /// <summary>Trains from the start, or from what was saved under the name.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="name">The name of the run.</param>
    /// <param name="seed">The seed of start and order.</param>
    /// <param name="choice">Which iterate is kept, where rows are held out; else it is the last.</param>
    /// <param name="lastStep">The step to end at, which may be before the recipe's last, by which a schedule goes.</param>
    /// <param name="progress">Receives the steps; null for none.</param>
    /// <exception cref="RecipeException">The library refuses a value of the recipe.</exception>
    public FittedRun<T> Train(FitRecipe recipe, string name, ulong seed, FitChoice choice, int lastStep, IProgress<int>? progress)
    {
        Trainer<T> trainer = CreateTrainer(recipe, seed);
        FitRecorder<T> recorder = new(Measure, Split.HasHeldOut ? choice : FitChoice.Last, lastStep, recipe.Training.Every);
        using (FitState? state = FitState.Open(_setting.Saving, _setting.Identity, name))
        {
            if (state is not null)
            {
                recorder.Restore(state.Reader);
                state.Restore(trainer);
            }
        }

        TrainingOutcome outcome = Advance(trainer, recorder, lastStep, progress, saving => saving.Save(name, stream => FitState.Save(stream, _setting.Identity!, recorder.Save, trainer)));
        return new(name, seed, recipe.Training.StepSize, outcome, recorder.Rows, recorder.Chosen, recorder.Parameters, recorder.Estimate);
    }

    /// <summary>Makes a trainer on the rows to train on.</summary>
    /// <exception cref="RecipeException">The library refuses a value of the recipe, or there is too little memory.</exception>
    public Trainer<T> CreateTrainer(FitRecipe recipe, ulong seed)
    {
        Trainer<T> trainer = Create(recipe, seed);
        _setting.Memory?.Check(trainer.BufferBytes + Measure.BufferBytes + _beside);
        return trainer;
    }

    /// <summary>Trains to a step, with the state kept at each multiple of what the caller asks for, and when cancelled.</summary>
    public TrainingOutcome Advance(Trainer<T> trainer, FitRecorder<T> recorder, int lastStep, IProgress<int>? progress, Action<FitSaving> save)
    {
        TrainingOutcome outcome;
        do
        {
            int end = _setting.Saving is { } saving ? (int)Math.Min(lastStep, (((long)trainer.Step / saving.Every) + 1) * saving.Every) : lastStep;
            outcome = trainer.Run(Math.Max(0, end - trainer.Step), recorder, progress, _setting.Cancellation);
            if (_setting.Saving is not null && outcome.Status is TrainingStatus.Completed or TrainingStatus.Cancelled)
            {
                save(_setting.Saving!);
            }
        }
        while (outcome.Status == TrainingStatus.Completed && trainer.Step < lastStep);
        return outcome;
    }

    private Trainer<T> Create(FitRecipe recipe, ulong seed)
    {
        RunRecipe training = recipe.Training;
        try
        {
            TrainingOptions options = recipe.OptionsOf(seed);
            MeasuredData<T> rows = Rows(seed);
            TrainingParts<T> parts = new()
            {
                Model = Runner.CreateModel<T>(training.Model, _setting.Dimension, options, _setting.Team),
                UpdateRule = training.CreateRule<T>(),
            };
            return training.Algorithm switch
            {
                Algorithm.HeteroSgd => new HeteroSgd<T>(rows, options, _setting.Team, parts, _setting.Cancellation),
                Algorithm.PooledSgd => new PooledSgd<T>(rows, options, _setting.Team, parts, _setting.Cancellation),
                _ => new PooledGd<T>(rows, options, _setting.Team, parts, training.Objective.Create<T>(), _setting.Cancellation),
            };
        }
        catch (ArgumentException exception) when (RecipeArguments.Translate(exception, training) is { } refusal)
        {
            throw refusal;
        }
    }
}
