using System.Text;
using System.Text.Json;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// A sweep as JSON and back: a recipe as <see cref="RecipeJson"/> has it, in which a list of values stands for an option that varies, in the order in which the options vary, the last one
/// fastest. Beside the options it may have "seeds", the number of runs of each cell, "zip", true where options go in step, and "average-from", the share of the steps that time averages leave
/// out. What comes back has the same runs.
/// </summary>
/// <remarks>
/// The values of numbers may also be a text such as "0:10:21" or "0.01:1:9:log", as <see cref="SweepAxis.Parse"/> reads it; eigenvalues vary as a list of lists, and environments as a list of
/// words and of objects with "environments", a name, and "environment-list". Thread-safe. Without reflection.
/// </remarks>
public static class SweepJson
{
    private const string Seeds = "seeds", Zip = "zip", AverageFrom = "average-from", ListName = "environment-list", Environments = EnvironmentsOption.OptionName;

    /// <summary>Writes a sweep as a JSON object of its own.</summary>
    /// <param name="grid">The sweep.</param>
    public static string ToText(SweepGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            Write(json, grid);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the members of a sweep into an object that is open.</summary>
    /// <param name="json">The writer, inside of an object.</param>
    /// <param name="grid">The sweep.</param>
    public static void Write(Utf8JsonWriter json, SweepGrid grid)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(grid);

        // Neither the machine's threads nor its memory are of the sweep.
        RecipeJson.Write(json, grid.Recipe, RunOptions.All.Where(option => option.Name is not ("threads" or "memory") && !grid.Axes.Any(axis => axis.Option == option.Name)));
        foreach (SweepAxis axis in grid.Axes)
        {
            json.WritePropertyName(axis.Option);
            WriteValues(json, axis);
        }

        json.WriteNumber(Seeds, grid.Seeds);
        json.WriteBoolean(Zip, grid.IsZipped);
        json.WriteNumber(AverageFrom, grid.AverageFrom);
    }

    /// <summary>Reads a sweep.</summary>
    /// <param name="text">A JSON object.</param>
    /// <exception cref="RecipeException">It is not JSON, not a sweep, or one that is refused; the message says in a line what was found where and what is accepted.</exception>
    public static SweepGrid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Read(document.RootElement).Create();
        }
        catch (JsonException exception)
        {
            throw new RecipeException(
                $"the text is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}; accepted is an object with options of a run and lists of their values.");
        }
    }

    /// <summary>Reads the parts of a sweep, which somebody may still change.</summary>
    internal static SweepParts Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new RecipeException($"the sweep is {Shown.Of(element.GetRawText())}; accepted is an object with options of a run and lists of their values.");
        }

        HashSet<string> found = new(StringComparer.Ordinal);
        List<SweepAxis> axes = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = RecipeJson.NameOf(member);
            if (!found.Add(name))
            {
                throw new RecipeException($"'{Shown.Of(name)}' stands twice; accepted is every name once.");
            }

            if (RunOptions.Find(name) is { } option && AxisOf(option, member.Value) is { } axis)
            {
                axes.Add(axis);
            }
        }

        RunRecipe recipe = RecipeJson.Read(element, [Seeds, Zip, AverageFrom, .. axes.Select(axis => axis.Option)]);
        return new SweepParts(
            recipe,
            axes,
            Member(element, Seeds, NumberSyntax.Whole(1, SweepGrid.MaxRuns)),
            Member(element, Zip, NumberSyntax.Flag),
            Member(element, AverageFrom, NumberSyntax.Share));
    }

    /// <summary>The values of an option that varies; null for one that does not.</summary>
    private static SweepAxis? AxisOf(RunOption option, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && option.Form == RecipeForm.Number)
        {
            return new SweepAxis(option.Name, ValueList.Read(option, RecipeJson.TextOf(option.Name, value)!, isOfAFile: true));
        }

        bool isList = value.ValueKind == JsonValueKind.Array
            && (option.Form != RecipeForm.List || (value.GetArrayLength() > 0 && value.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.Array)));
        if (!isList)
        {
            return null;
        }

        if (value.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.Null))
        {
            throw RecipeException.Of(option.CommandName, "null", $"{option.Accepted} where it varies");
        }

        if (option.Name != Environments)
        {
            return new SweepAxis(option.Name, [.. value.EnumerateArray().Select(entry => option.TextOf(RecipeJson.Set(new RunRecipe(), option, entry)) ?? "")]);
        }

        RunRecipe[] recipes = [.. value.EnumerateArray().Select(ReadEnvironments)];
        return new SweepAxis(
            option.Name,
            [.. recipes.Select(option.TextOf)!],
            [.. recipes.Select(recipe => recipe.Environments.IsListed ? recipe.Environments.List : null)]);
    }

    private static RunRecipe ReadEnvironments(JsonElement entry) => entry.ValueKind == JsonValueKind.Object
        ? RecipeJson.Read(entry, [])
        : RunOptions.Find(Environments)!.Set(new RunRecipe(), RecipeJson.TextOf(Environments, entry) ?? "");

    private static void WriteValues(Utf8JsonWriter json, SweepAxis axis)
    {
        if (axis.RunOption.Form != RecipeForm.Word)
        {
            // On one line: numbers are many.
            bool areLists = axis.RunOption.Form == RecipeForm.List;
            json.WriteRawValue($"[{string.Join(", ", axis.Values.Select(value => areLists ? $"[{value}]" : value))}]");
            return;
        }

        json.WriteStartArray();
        for (int i = 0; i < axis.Values.Count; i++)
        {
            if (axis.ListAt(i) is not { } list)
            {
                json.WriteStringValue(axis.Values[i]);
                continue;
            }

            int rank = (int)Math.Sqrt(list[0].Sigma.Count);
            json.WriteStartObject();
            json.WriteNumber("spurious-rank", rank);
            json.WriteString(Environments, axis.Values[i]);
            RecipeJson.WriteList(json, list, rank);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static T? Member<T>(JsonElement element, string name, ValueSyntax<T> syntax)
        where T : struct
        => !element.TryGetProperty(name, out JsonElement member) ? null
            : syntax.TryRead(member.ValueKind == JsonValueKind.String ? "" : member.GetRawText(), out T value) ? value
            : throw RecipeException.Of($"--{name}", member.GetRawText(), $"{syntax.Accepted}, without quotes");
}
