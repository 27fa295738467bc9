using System.Text.Json;
using Hetero.Cli.Output;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Cli.Run;

/// <summary>The manifest of a run: what was asked for, with what it ran, and how it ended.</summary>
internal static class RunManifest
{
    public static void Write(Utf8JsonWriter json, RunRequest request, RecordedRun run)
    {
        json.WriteString("command", "run");
        HardwareJson.Write(json);
        json.WriteStartObject("parameters");
        RecipeJson.Write(json, request.Recipe.Resolve());
        json.WriteString("out", request.Out);
        json.WriteString("json", request.Json);
        json.WriteString("checkpoint", request.Checkpoint);
        if (request.CheckpointEvery is { } every)
        {
            json.WriteNumber("checkpoint-every", every);
        }
        else
        {
            json.WriteNull("checkpoint-every");
        }

        json.WriteString("resume", request.Resume);
        json.WriteString("from", request.From);
        json.WriteEndObject();
        json.WriteStartObject("outcome");
        json.WriteString("status", run.Status);
        json.WriteNumber("step", run.Outcome.Step);
        json.WriteEndObject();
        if (run.Trajectory.Count == 0)
        {
            json.WriteNull("lastRow");
            return;
        }

        TrajectoryRow row = run.Trajectory.Rows[^1];
        json.WriteStartObject("lastRow");
        json.WriteNumber("step", row.Step);
        json.WriteStartArray("environment");
        foreach (double number in run.Trajectory.GetEnvironmentLabel(run.Trajectory.Count - 1))
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
        json.WriteNumberOrWord("signal", row.Signal);
        json.WriteNumberOrWord("spurious", row.Spurious);
        json.WriteNumberOrWord("residual", row.Residual);
        json.WriteNumberOrWord("error", row.Error);
        json.WriteNumberOrWord("pooled_error", row.PooledError);
        json.WriteEndObject();
    }
}
