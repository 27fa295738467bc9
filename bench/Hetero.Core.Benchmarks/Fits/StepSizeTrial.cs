using Hetero.Core.Numerics;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>One data set, fitted with step sizes that are chosen in one way or another.</summary>
internal sealed class StepSizeTrial
{
    private const int FixedSizes = 12;
    private const double Smallest = 0.02, Ratio = 1.35;

    private readonly DataSet<double> _data;
    private readonly FitRecipe _recipe;
    private readonly WorkerTeam? _team;
    private readonly FitRun<double> _run;

    /// <summary>Prepares the runs of a data set.</summary>
    /// <param name="data">The data, which stay open.</param>
    /// <param name="recipe">A fit that chooses its step size.</param>
    /// <param name="team">The threads; null for the calling one.</param>
    public StepSizeTrial(DataSet<double> data, FitRecipe recipe, WorkerTeam? team)
    {
        (_data, _recipe, _team) = (data, recipe, team);
        FitSetting<double> setting = new(data)
        {
            Team = team,
            Scales = [.. data.Environments.Select(rows => InputScale.Of(rows, data.Manifest.Layout, data.Manifest.Dimension, CancellationToken.None))],
        };
        _run = new FitRun<double>(setting, HeldOutSplit<double>.Of(data, recipe.HeldOutShare, recipe.Training.Seed));
    }

    /// <summary>Returns the least error of the chosen iterates of twelve fixed step sizes, from 0.02 to 0.54: only who knows A* can tell which.</summary>
    public double BestFixed() => Enumerable.Range(0, FixedSizes).Min(i => ErrorWith(Smallest * Math.Pow(Ratio, i)));

    /// <summary>Fits as with `--step-size auto`.</summary>
    public StepSizeOutcome Automatic()
    {
        StepSizeChoice choice = _run.ChooseStepSize(_recipe);
        return new(ErrorWith(choice.StepSize), choice.To is null ? "none stable" : null);
    }

    /// <summary>Fits as with `--tune --held-out 0.2`.</summary>
    public StepSizeOutcome Tuned()
    {
        FitRecipe recipe = _recipe with { Tuning = new FitTuning(), HeldOut = _recipe.HeldOutShare };
        FitResult<double> result = Fitting.Fit(_data, recipe, team: _team);
        return new(result.Chosen?.Best?.Error ?? double.PositiveInfinity);
    }

    private double ErrorWith(double stepSize)
    {
        FitRecipe recipe = _recipe with { ChoosesStepSize = false, Training = _recipe.Training with { StepSize = stepSize } };
        FittedRun<double> run = _run.Train(recipe, "fixed", recipe.Training.Seed, FitChoice.Criterion, recipe.Training.Steps, progress: null);
        return run.IsComplete && double.IsFinite(run.Best!.Criterion) ? run.Best.Error!.Value : double.PositiveInfinity;
    }
}
