using System.Numerics;
using Hetero.Core;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// What a sweep trains: a recipe, the options of it that vary, each with its values, and so many seeds of every choice of values. Options are crossed, the last one varies fastest, or go
/// in step, the i-th value of one with the i-th of all others.
/// </summary>
/// <remarks>
/// A value takes the place of others that go with it alone, as <c>hetero run --from</c> has it: a schedule other than that of the recipe that of its numbers, an order that of a block
/// length. Immutable and thread-safe.
/// </remarks>
/// <example>
/// <code>
/// SweepGrid grid = new(new RunRecipe { Dimension = 40 }, [SweepAxis.Parse("spread=0:10:6"), SweepAxis.Parse("step-size=0.02,0.05")], seeds: 10);
/// using SweepLog log = SweepLog.Open("rows.log");
/// IReadOnlyList&lt;RunSummary&gt; summaries = RecipeSweep.Execute(grid, threads: 4, log);
/// SweepTable.WriteCells(Console.Out, grid, summaries);
/// </code>
/// </example>
public sealed class SweepGrid
{
    /// <summary>The most runs that a sweep may have.</summary>
    public const int MaxRuns = 1_000_000;

    /// <summary>Time averages over the second half of the steps.</summary>
    internal const double SecondHalf = 0.5;

    /// <summary>Makes the cells, and refuses what cannot be run.</summary>
    /// <param name="recipe">What does not vary, and the first seed.</param>
    /// <param name="axes">The options that vary.</param>
    /// <param name="seeds">The number of runs of each cell, 1 or more: run j has the seed of the recipe plus j.</param>
    /// <param name="isZipped">Whether the options go in step; else they are crossed.</param>
    /// <param name="averageFrom">The share of the steps after which recorded rows count in the time averages, 0 to 1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="RecipeException">
    /// An option varies twice, lists that go in step have different lengths, there are more than <see cref="MaxRuns"/> runs, two runs are the same, or the recipe of a cell is refused; the
    /// message names the cell.
    /// </exception>
    public SweepGrid(RunRecipe recipe, IReadOnlyList<SweepAxis> axes, int seeds = 1, bool isZipped = false, double averageFrom = SecondHalf)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(axes);
        Guard.AtLeast(seeds, 1);
        Guard.InRange(averageFrom, 0.0, 1.0);
        (Recipe, Axes, Seeds, IsZipped, AverageFrom) = (recipe with { Threads = 1 }, [.. axes], seeds, isZipped, averageFrom);
        Cells = [.. Enumerable.Range(0, CountCells()).Select(MakeCell)];
        Runs = MakeRuns();
    }

    /// <summary>Gets what does not vary.</summary>
    public RunRecipe Recipe { get; }

    /// <summary>Gets the options that vary.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>Gets the number of runs of each cell.</summary>
    public int Seeds { get; }

    /// <summary>Gets whether the options go in step.</summary>
    public bool IsZipped { get; }

    /// <summary>Gets the share of the steps after which recorded rows count in the time averages.</summary>
    public double AverageFrom { get; }

    /// <summary>Gets the choices of values.</summary>
    public IReadOnlyList<SweepCell> Cells { get; }

    /// <summary>Gets the runs, cell by cell and in each in the order of the seeds.</summary>
    public IReadOnlyList<SweepRun> Runs { get; }

    /// <summary>Says what a cell is, such as "spread=4, step-size=0.05".</summary>
    internal string NameOf(IReadOnlyList<string> values) => string.Join(", ", Axes.Zip(values, (axis, value) => $"{axis.Option}={Shown.Of(value)}"));

    private int CountCells()
    {
        if (Axes.GroupBy(axis => axis.Option).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new RecipeException($"'--vary' names '{twice.Key}' twice; accepted is every option once.");
        }

        SweepAxis[] others = [.. Axes.Where(axis => axis.Values.Count != Axes[0].Values.Count)];
        if (IsZipped && others.Length > 0)
        {
            throw new RecipeException(
                $"'--zip' goes through {Axes[0].Values.Count} values of '{Axes[0].Option}' and {others[0].Values.Count} of '{others[0].Option}' in step; accepted are as many of each.");
        }

        BigInteger cells = IsZipped && Axes.Count > 0 ? Axes[0].Values.Count : Axes.Aggregate(BigInteger.One, (product, axis) => product * axis.Values.Count);
        return cells * Seeds <= MaxRuns
            ? (int)cells
            : throw new RecipeException($"the sweep has {cells} cells of {Seeds} '--seeds'; accepted are {MaxRuns} runs at most.");
    }

    private SweepCell MakeCell(int index)
    {
        int[] choice = new int[Axes.Count];
        for (int i = Axes.Count - 1, rest = index; i >= 0; i--)
        {
            choice[i] = IsZipped ? index : rest % Axes[i].Values.Count;
            rest /= Axes[i].Values.Count;
        }

        string[] values = [.. Axes.Select((axis, i) => axis.Values[choice[i]])];
        try
        {
            RunRecipe cell = Recipe;
            for (int i = 0; i < choice.Length; i++)
            {
                cell = Axes[i].Set(cell, choice[i]);
            }

            // A flag that is off takes no other's place.
            cell = RunOptions.Clear(cell, [.. Axes.Where((axis, i) => !axis.RunOption.IsFlag || values[i] != "false").Select(axis => axis.Option)]);
            Runner.Check(cell);
            _ = RunBatch.OverSeeds(cell, Seeds);
            return new SweepCell(values, cell);
        }
        catch (RecipeException exception) when (Axes.Count > 0)
        {
            throw exception.With($"in the cell {NameOf(values)}");
        }
    }

    private List<SweepRun> MakeRuns()
    {
        Dictionary<string, int> cells = [];
        List<SweepRun> runs = new(Cells.Count * Seeds);
        for (int cell = 0; cell < Cells.Count; cell++)
        {
            RunIdentity identity = new(Cells[cell].Recipe, AverageFrom);
            foreach (RunRecipe recipe in RunBatch.OverSeeds(Cells[cell].Recipe, Seeds))
            {
                string id = identity.Of(recipe.Seed);
                if (!cells.TryAdd(id, cell))
                {
                    bool isRounded = Axes.Any(axis => axis.RunOption.IsWhole && axis.Values.Distinct().Count() < axis.Values.Count);
                    throw new RecipeException(
                        $"the cells {NameOf(Cells[cells[id]].Values)} and {NameOf(Cells[cell].Values)} make the same run, of seed {recipe.Seed}; accepted is every run once"
                        + $"{(isRounded ? ", also where a range is rounded to whole numbers" : "")}.");
                }

                runs.Add(new SweepRun(cell, recipe, id));
            }
        }

        return runs;
    }
}
