using System.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Data;

namespace Hetero.Experiments.Fits;

/// <summary>The work of a fit, stage after stage: what is done by the time that it is cancelled stays here.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitWork<T>(FitSetting<T> setting, FitRecipe recipe, IProgress<double>? progress)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<FittedRun<T>> _runs = [];

    /// <summary>Gets the recipe, with the step size that it came to.</summary>
    public FitRecipe Recipe { get; private set; } = recipe;

    public StepSizeChoice? StepSize { get; private set; }

    public FitTuningResult? Tuning { get; private set; }

    public IReadOnlyList<FittedRun<T>> Runs => _runs;

    public FittedRun<T>? Pooled { get; private set; }

    public FittedRun<T>? Chosen { get; private set; }

    public EstimateSize? Size { get; private set; }

    public EstimateSize? PooledSize { get; private set; }

    public RankTest? RankTest { get; private set; }

    public TwoFitsComparison? TwoFits { get; private set; }

    public TwoFitsAbsence? NoTwoFits { get; private set; }

    public bool IsCancelled { get; set; }

    /// <summary>Does it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Do(DataSet<T> data)
    {
        if (setting.Saving is not null)
        {
            setting.Identity = FitIdentity.Of(data, Recipe.HeldOutShare, setting.Cancellation);
        }

        HeldOutSplit<T> split = HeldOutSplit<T>.Of(data, Recipe.HeldOutShare, Recipe.Training.Seed, setting.Cancellation);
        setting.Scales = [.. data.Environments.Select(rows => InputScale.Of(rows, data.Manifest.Layout, data.Manifest.Dimension, setting.Cancellation))];
        FitRun<T> work = new(setting, split);
        StepSize = Recipe.ChoosesStepSize ? work.ChooseStepSize(Recipe) : null;
        double[] stepSizes = Recipe.Tuning is { } tuning ? tuning.Candidates(StepSize, Recipe.Training.StepSize) : [];
        FitProgress steps = new(progress, (stepSizes.Length * (Recipe.Tuning?.Folds ?? 0)) + Recipe.Seeds + 1);
        Take(StepSize?.StepSize);
        if (Recipe.Tuning is not null)
        {
            Tuning = new FitTuner<T>(setting, Recipe, stepSizes, work, steps).Run();
            if (Tuning.Chosen is null)
            {
                return;
            }

            Take(Tuning.Chosen.StepSize);
        }

        int lastStep = Recipe.Training.Steps, end = Tuning?.Chosen?.Step ?? lastStep;
        FitChoice choice = Tuning is null ? FitChoice.Criterion : FitChoice.Last;
        for (int seed = 0; seed < Recipe.Seeds; seed++)
        {
            ulong own = Recipe.Training.Seed + (ulong)seed;
            _runs.Add(Run(Recipe, FormattableString.Invariant($"seed-{own}"), own, choice, end));
        }

        Pooled = Run(Recipe.Pooled(), "pooled", Recipe.Training.Seed, FitChoice.Risk, lastStep);
        Chosen = _runs.Where(run => run.IsComplete && double.IsFinite(run.Best!.Criterion)).MinBy(run => run.Best!.Criterion);
        if (Chosen is not null)
        {
            EstimateSize[] sizes = EstimateSize.Of(work.Measure, Recipe.StartSize, Pooled.Best is null ? [Chosen] : [Chosen, Pooled], setting.Cancellation);
            (Size, PooledSize) = (sizes[0], sizes.ElementAtOrDefault(1));
            RankTest = Size.IsLearned ? RankTest.Of(work.Measure, work.TrainingMeasure(), Chosen.Estimate, setting.Cancellation) : null;
            (TwoFits, NoTwoFits) = TwoFitsComparison.Of(work.Rows(Recipe.Training.Seed), work.Measure, Chosen, Size, setting.Cancellation);
        }

        FittedRun<T> Run(FitRecipe own, string name, ulong seed, FitChoice choice, int last)
        {
            setting.Cancellation.ThrowIfCancellationRequested();
            FittedRun<T> run = work.Train(own, name, seed, choice, last, steps.Next(last));
            IsCancelled |= run.Outcome.Status == TrainingStatus.Cancelled;
            return run;
        }
    }

    private void Take(double? stepSize)
        => Recipe = stepSize is { } size ? Recipe with { Training = Recipe.Training with { StepSize = size } } : Recipe;
}
