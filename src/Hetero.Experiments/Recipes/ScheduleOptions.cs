using System.Globalization;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>The options of the schedule of step sizes, and which of them go together.</summary>
internal static class ScheduleOptions
{
    private const string Name = "schedule";

    /// <summary>The numbers of the kinds: whose they are, whether the kind needs them, and how a recipe is rid of them.</summary>
    private static readonly (string Option, ScheduleKind Kind, bool IsNeeded, Func<ScheduleRecipe, ScheduleRecipe> Clear)[] Numbers =
    [
        ("step-changes", ScheduleKind.Piecewise, true, schedule => schedule with { Changes = [] }),
        ("last-step-size", ScheduleKind.Cosine, true, schedule => schedule with { LastStepSize = null }),
        ("schedule-steps", ScheduleKind.Cosine, false, schedule => schedule with { Steps = null }),
        ("halving", ScheduleKind.InverseTime, true, schedule => schedule with { Halving = null }),
    ];

    /// <summary>Makes the options.</summary>
    public static IEnumerable<RunOption> Create() =>
    [
        new ReadOption<ScheduleKind>(
            Name,
            "",
            RecipeWords.Schedules,
            "How the step size changes: not at all, at given steps, by half a cosine, or as 1/(1 + t/tau).",
            r => RecipeWords.Schedules.NameOf(r.Schedule.Kind),
            (r, value) => r with { Schedule = r.Schedule with { Kind = value } })
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<StepSizeChange[]>(
            "step-changes",
            "LIST",
            new ValueSyntax<StepSizeChange[]>("a list of STEP:ETA, separated by commas, with whole steps that ascend from 1 on and step sizes above 0", TryReadChanges),
            "The step sizes of --schedule piecewise, each from its step on.",
            r => r.Schedule.Changes.Count > 0 ? string.Join(',', r.Schedule.Changes.Select(change => $"{Texts.Of(change.FromStep)}:{Texts.Of(change.StepSize)}")) : null,
            (r, value) => r with { Schedule = r.Schedule with { Changes = value } },
            "pieces")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<double>(
            "last-step-size",
            "eta",
            NumberSyntax.Positive,
            "The last step size of --schedule cosine.",
            r => r.Schedule.LastStepSize is { } last ? Texts.Of(last) : null,
            (r, value) => r with { Schedule = r.Schedule with { LastStepSize = value } },
            "last")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<int>(
            "schedule-steps",
            "T",
            NumberSyntax.Whole(1, int.MaxValue),
            "The step at which --schedule cosine has its last step size; else that of --steps.",
            r => r.Schedule.Steps is { } steps ? Texts.Of(steps) : null,
            (r, value) => r with { Schedule = r.Schedule with { Steps = value } },
            "steps")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<double>(
            "halving",
            "tau",
            NumberSyntax.Positive,
            "The step at which the step size of --schedule inverse-time is half of the first.",
            r => r.Schedule.Halving is { } halving ? Texts.Of(halving) : null,
            (r, value) => r with { Schedule = r.Schedule with { Halving = value } },
            "halving")
        {
            IsLeftOutAtDefault = true,
        },
    ];

    /// <summary>Rids a recipe, in which a schedule is given, of the numbers that it has none of and that are not given with it.</summary>
    public static RunRecipe Clear(RunRecipe recipe, IReadOnlyCollection<string> given)
    {
        foreach ((string option, ScheduleKind kind, _, Func<ScheduleRecipe, ScheduleRecipe> clear) in Numbers)
        {
            if (given.Contains(Name) && kind != recipe.Schedule.Kind && !given.Contains(option))
            {
                recipe = recipe with { Schedule = clear(recipe.Schedule) };
            }
        }

        return recipe;
    }

    /// <summary>Refuses numbers that the schedule has none of, and a schedule without one that it needs.</summary>
    public static void Check(RunRecipe recipe)
    {
        foreach ((string name, ScheduleKind kind, bool isNeeded, _) in Numbers)
        {
            string schedule = $"'--{Name} {RecipeWords.Schedules.NameOf(kind)}'";
            string? text = RunOptions.Find(name)!.TextOf(recipe);
            if (kind != recipe.Schedule.Kind && text is not null)
            {
                throw RecipeException.Of($"--{name}", text, $"one together with {schedule} alone");
            }

            if (kind == recipe.Schedule.Kind && isNeeded && text is null)
            {
                throw new RecipeException($"{schedule} is given without '--{name}'; accepted are both of them together.");
            }
        }
    }

    /// <summary>The step sizes that a schedule goes through, each with the option that says it; the rest lies between them.</summary>
    public static IEnumerable<(string Option, string Text, double StepSize)> Bounds(RunRecipe recipe)
    {
        yield return ("--step-size", Texts.Of(recipe.StepSize), recipe.StepSize);
        switch (recipe.Schedule)
        {
            case { Kind: ScheduleKind.Piecewise, Changes: { } changes }:
                foreach (StepSizeChange change in changes)
                {
                    yield return ("--step-changes", Texts.Of(change.StepSize), change.StepSize);
                }

                break;
            case { Kind: ScheduleKind.Cosine, LastStepSize: { } last }:
                yield return ("--last-step-size", Texts.Of(last), last);
                break;
            case { Kind: ScheduleKind.InverseTime, Halving: { } halving }:
                // Of the last step that can be counted, as the library has it.
                yield return ("--halving", Texts.Of(halving), recipe.StepSize / (1 + (int.MaxValue / halving)));
                break;
        }
    }

    private static bool TryReadChanges(string text, out StepSizeChange[] changes)
    {
        string[] parts = text.Split(',');
        changes = new StepSizeChange[parts.Length];
        int last = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            string[] pair = parts[i].Split(':');
            if (pair.Length != 2
                || !int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out int step)
                || step <= last
                || !NumberSyntax.Positive.TryRead(pair[1], out double stepSize))
            {
                return false;
            }

            changes[i] = new StepSizeChange(step, stepSize);
            last = step;
        }

        return true;
    }
}
