using System.Globalization;
using System.Text;
using System.Text.Json;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>A plan as JSON and back: what it was cut by, and a line for each task, for programs that read lines.</summary>
internal static class SweepPlanJson
{
    private const string TaskSeconds = "task-seconds", Stream = "streamVersion", Operations = "arithmeticVersion", Tasks = "tasks";

    /// <summary>Writes a plan, in the same bytes on every machine.</summary>
    public static string ToText(SweepPlan plan)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{{\n  \"{TaskSeconds}\": {Texts.Of(plan.TaskSeconds)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"{Stream}\": {RandomStream.Version},\n  \"{Operations}\": {Arithmetic.Version},\n  \"{Tasks}\": [");
        foreach (SweepTask task in plan.Tasks)
        {
            text.Append(task.Number == 1 ? "\n" : ",\n");
            text.Append(CultureInfo.InvariantCulture, $"    {{\"task\": {task.Number}, \"runs\": {task.Runs.Count}, \"seconds\": {Rounded(task.Seconds)}, \"id\": \"{task.Id}\"}}");
        }

        return text.Append("\n  ]\n}\n").ToString();
    }

    /// <summary>Reads a plan of a sweep.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="grid">The sweep.</param>
    /// <exception cref="RecipeException">It is no plan, or not one of this sweep; the message says what was found and what is accepted.</exception>
    public static SweepPlan Parse(string text, SweepGrid grid)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            CheckVersion(root, Stream, RandomStream.Version);
            CheckVersion(root, Operations, Arithmetic.Version);
            (int, string, double)[] parts = [.. root.GetProperty(Tasks).EnumerateArray().Select(task =>
            {
                int runs = task.GetProperty("runs").GetInt32();
                return runs > 0 ? (runs, task.GetProperty("id").GetString()!, task.GetProperty("seconds").GetDouble()) : throw new FormatException();
            })];
            return SweepPlan.Restore(grid, root.GetProperty(TaskSeconds).GetDouble(), parts)
                ?? throw new RecipeException("the plan is of other runs than the sweep has; accepted is the plan that 'hetero sweep plan' makes of it.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RecipeException("the text is no plan of a sweep; accepted is what 'hetero sweep plan' writes.");
        }
    }

    private static void CheckVersion(JsonElement root, string name, int version)
    {
        if (root.GetProperty(name).GetInt32() is var found && found != version)
        {
            throw new RecipeException($"the plan was made with {name} {found}, and this is {version}; accepted is one version for all tasks, and a plan of it.");
        }
    }

    private static string Rounded(double seconds) => Texts.Of(double.Parse(seconds.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}
