using System.Diagnostics;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>How long runs take, from a few real steps of some of the cells; the others are taken to cost as the nearest of these, in the ratio of their work.</summary>
internal sealed class SweepCost
{
    private const int MostKinds = 4, OfEachKind = 2;

    // The steps of a measurement, and how long it is to last at least; a run that is shorter is measured as a whole.
    private const int FirstSteps = 8;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.2);

    private readonly List<(string Kind, double Work, double Preparation, double Step)> _measured = [];

    private SweepCost()
    {
    }

    /// <summary>Gets the number of cells that were measured.</summary>
    public int Measured => _measured.Count;

    /// <summary>Measures on the calling thread.</summary>
    public static SweepCost Measure(SweepGrid grid, CancellationToken cancellation)
    {
        SweepCost cost = new();
        foreach (IGrouping<string, RunRecipe> kind in grid.Cells.Select(cell => cell.Recipe).GroupBy(KindOf).Take(MostKinds))
        {
            RunRecipe[] byWork = [.. kind.OrderBy(RunWork.OfStep)];
            foreach (RunRecipe recipe in new[] { byWork[0], byWork[^1] }.DistinctBy(RunWork.OfStep).Take(OfEachKind))
            {
                cost.Add(kind.Key, recipe, grid.AverageFrom, cancellation);
            }
        }

        return cost;
    }

    /// <summary>The seconds that a run takes on one thread.</summary>
    public double SecondsOf(RunRecipe recipe)
    {
        double work = RunWork.OfStep(recipe);
        string kind = KindOf(recipe);
        (_, double measured, double preparation, double step) = _measured.MinBy(entry => (entry.Kind == kind ? 0 : 1, Math.Abs(Math.Log(entry.Work / work))));
        return (preparation + (step * recipe.Steps)) * work / measured;
    }

    /// <summary>What decides the cost beside sizes.</summary>
    private static string KindOf(RunRecipe recipe)
        => $"{recipe.Algorithm} {recipe.Measurements} {recipe.Model} {recipe.Precision} {recipe.Update.Rule} {recipe.Objective.Kind}";

    private void Add(string kind, RunRecipe recipe, double averageFrom, CancellationToken cancellation)
    {
        // Once before, or the compiler is measured too.
        Time(recipe, Math.Min(FirstSteps, recipe.Steps), averageFrom, cancellation);
        double preparation = Time(recipe, 0, averageFrom, cancellation), all = preparation;
        int steps = Math.Min(FirstSteps, recipe.Steps);
        for (; ; steps = (int)Math.Min(4L * steps, recipe.Steps))
        {
            all = Time(recipe, steps, averageFrom, cancellation);
            if (steps == recipe.Steps || all > Enough.TotalSeconds)
            {
                break;
            }
        }

        _measured.Add((kind, RunWork.OfStep(recipe), preparation, Math.Max(all - preparation, 0) / Math.Max(1, steps)));
    }

    private static double Time(RunRecipe recipe, int steps, double averageFrom, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        RecipeSweep.Train(recipe with { Steps = steps }, averageFrom, null, cancellation);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
