using System.Text.Json;
using System.Text.Unicode;
using Hetero.Cli.CommandLine;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Input;

/// <summary>A file that a run starts from: a recipe as JSON, or the manifest of a run, whose "parameters" are one.</summary>
internal static class RecipeFile
{
    /// <summary>The option that names the file.</summary>
    public const string Option = "--from";

    private const string Accepted = "a recipe or a manifest of hetero run";

    /// <summary>What the parameters of a manifest have beside the recipe: where the outputs went, and what the run started from.</summary>
    internal static readonly string[] OfTheCall = ["out", "json", "checkpoint", "checkpoint-every", "resume", "from"];

    /// <summary>Reads the recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">Takes the warning of a manifest of another version, and ends the wait for a pipe.</param>
    public static RunRecipe Read(string path, CommandContext context) => Read(Option, path, Accepted, context, ReadRecipe);

    /// <summary>Reads what else may stand in such a file.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <param name="accepted">What is accepted.</param>
    /// <param name="context">Ends the wait for a pipe.</param>
    /// <param name="read">Reads the JSON; it is given the beginning of a message, which names the file.</param>
    public static T Read<T>(string option, string path, string accepted, CommandContext context, Func<JsonElement, string, CommandContext, T> read)
    {
        byte[] bytes = BlockingCall.Run(() => BoundedFile.Read(option, path, accepted, EnvironmentFile.MaxBytes), context.Cancellation);
        string names = $"'{option}' names '{Shown.Of(path)}', ";
        ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
        if (!Utf8.IsValid(text.Span))
        {
            throw new UsageException($"{names}which is not in UTF-8; accepted is {accepted} in UTF-8.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return read(document.RootElement, names, context);
        }
        catch (JsonException exception)
        {
            throw new UsageException(
                $"{names}which is not JSON, or nested too deeply, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}; "
                + $"accepted is {accepted}.");
        }
        catch (RecipeException exception)
        {
            throw new UsageException($"{names}where {exception.Message}");
        }
    }

    /// <summary>Reads a recipe, or the manifest of a run.</summary>
    public static RunRecipe ReadRecipe(JsonElement root, string names, CommandContext context)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("command", out JsonElement command)
            ? ReadManifest(root, command, names, context)
            : RecipeJson.Read(root);

    /// <summary>Says of what was made with other versions that numbers may differ.</summary>
    public static void WarnOfVersions(JsonElement root, string names, CommandContext context)
    {
        WarnOfVersion(root, "streamVersion", RandomStream.Version, names, context);
        WarnOfVersion(root, "arithmeticVersion", Arithmetic.Version, names, context);
    }

    private static RunRecipe ReadManifest(JsonElement root, JsonElement command, string names, CommandContext context)
    {
        if (command.ValueKind != JsonValueKind.String || !command.ValueEquals("run") || !root.TryGetProperty("parameters", out JsonElement parameters))
        {
            throw new UsageException($"{names}which is not of hetero run, or has no 'parameters'; accepted is {Accepted}.");
        }

        WarnOfVersions(root, names, context);
        return LeaveOpen(RecipeJson.Read(parameters, OfTheCall));
    }

    /// <summary>What a manifest says though it was derived is derived again, so that it follows what is overridden.</summary>
    private static RunRecipe LeaveOpen(RunRecipe recipe)
    {
        RunRecipe open = recipe with
        {
            Eigenvalues = recipe.Eigenvalues.All(eigenvalue => eigenvalue == 1) ? [] : recipe.Eigenvalues,
            FactorColumns = recipe.FactorColumns == recipe.Dimension ? null : recipe.FactorColumns,
            Schedule = recipe.Schedule.LeaveOpen(recipe.Steps),
            Update = recipe.Update.LeaveOpen(),
            Objective = recipe.Objective.LeaveOpen(),
        };
        StartKind? derived = (open with { Start = null }).Resolve().Start;
        return recipe.Start == derived ? open with { Start = null } : open;
    }

    private static void WarnOfVersion(JsonElement root, string name, int version, string names, CommandContext context)
    {
        if (root.TryGetProperty(name, out JsonElement found)
            && (found.ValueKind != JsonValueKind.Number || !found.TryGetInt32(out int other) || other != version))
        {
            context.Warn($"{names}made with {name} {Shown.Of(found.GetRawText())}; this is {version}, and the numbers may differ.");
        }
    }
}
