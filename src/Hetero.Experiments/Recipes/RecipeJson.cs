using System.Globalization;
using System.Text;
using System.Text.Json;
using Hetero.Core.Environments;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>
/// A recipe as JSON and back: an object with the options of <see cref="RunOptions"/> under their names, and "environment-list" for a list of
/// environments. What comes back equals what was written, every bit of every number.
/// </summary>
/// <remarks>
/// A member that is absent has its default, and so has null where the default is derived from others. Numbers are numbers, whole ones in any form, words and names are texts,
/// eigenvalues a list of numbers; anything else, an unknown name or one that stands twice is refused. Beside a list of environments no law is written,
/// which it takes the place of. Thread-safe. Without reflection.
/// </remarks>
/// <example>
/// <code>
/// string text = RecipeJson.ToText(new RunRecipe { Spread = 8 });
/// RunRecipe same = RecipeJson.Parse(text);
/// </code>
/// </example>
public static class RecipeJson
{
    // By hand rather than by a source generator: the table of options says name, form, check and refusal of every member once, for the command line and help
    // as well. Generated code would be a second description beside it, and could neither name the option that it refuses nor leave out what a list replaces.
    private const string ListName = "environment-list";

    /// <summary>Writes a recipe as a JSON object of its own.</summary>
    /// <param name="recipe">The recipe; a number that JSON cannot hold, such as NaN, is one that no recipe accepts.</param>
    /// <exception cref="RecipeException">A value is not one that its option accepts.</exception>
    public static string ToText(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            Write(json, recipe);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes a recipe's members into an object that is open.</summary>
    /// <param name="json">The writer, inside of an object.</param>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="RecipeException">A value is not one that its option accepts.</exception>
    public static void Write(Utf8JsonWriter json, RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(recipe);
        Write(json, recipe, RunOptions.All);
    }

    /// <summary>Reads a recipe.</summary>
    /// <param name="text">A JSON object.</param>
    /// <exception cref="RecipeException">It is not JSON, or not a recipe; the message says in a line what was found where and what is accepted.</exception>
    public static RunRecipe Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new RecipeException(
                $"the text is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}; "
                + "accepted is an object with options of a run.");
        }
    }

    /// <summary>Reads a recipe from an element, such as the "settings" of a figure's manifest.</summary>
    /// <param name="element">The object.</param>
    /// <exception cref="RecipeException">It is no recipe; the message says in a line what was found where and what is accepted.</exception>
    public static RunRecipe Read(JsonElement element) => Read(element, []);

    /// <summary>Writes some of the options.</summary>
    internal static void Write(Utf8JsonWriter json, RunRecipe recipe, IEnumerable<RunOption> options)
    {
        foreach (RunOption option in options)
        {
            option.Check(recipe);
            string? value = option is EnvironmentsOption && recipe.Environments.IsListed ? recipe.EnvironmentFile : option.TextOf(recipe);
            if (option.IsLeftOutAtDefault && value == option.DefaultText)
            {
                continue;
            }

            json.WritePropertyName(option.Name);
            switch (value, option.Form)
            {
                case (null, _):
                    json.WriteNullValue();
                    break;
                case ({ } text, RecipeForm.Word):
                    json.WriteStringValue(text);
                    break;
                case ({ } text, RecipeForm.List):
                    json.WriteRawValue($"[{text}]");
                    break;
                case ({ } text, _):
                    json.WriteRawValue(text);
                    break;
            }

            if (option is EnvironmentsOption && recipe.Environments.IsListed)
            {
                WriteList(json, recipe.Environments.List, recipe.SpuriousRank);
            }
        }
    }

    /// <summary>Reads a recipe beside members that are none of its own.</summary>
    internal static RunRecipe Read(JsonElement element, IReadOnlyCollection<string> others)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new RecipeException($"the recipe is {Shown.Of(element.GetRawText())}; accepted is an object with options of a run.");
        }

        HashSet<string> found = new(StringComparer.Ordinal);
        RunRecipe recipe = new();
        JsonElement? list = null;
        string? environments = null;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = NameOf(member);
            if (!found.Add(name))
            {
                throw new RecipeException($"'{Shown.Of(name)}' stands twice; accepted is every name once.");
            }

            if (others.Contains(name))
            {
                continue;
            }

            if (name == ListName)
            {
                list = member.Value;
            }
            else if (name == EnvironmentsOption.OptionName && member.Value.ValueKind is (JsonValueKind.String or JsonValueKind.Null))
            {
                environments = TextOf(name, member.Value);
            }
            else if (RunOptions.Find(name) is { } option)
            {
                recipe = Set(recipe, option, member.Value);
            }
            else
            {
                string suggestion = Suggestion.For(name, RunOptions.All.Select(o => o.Name).Append(ListName));
                throw new RecipeException($"'{Shown.Of(name)}' is not an option of a run{suggestion}; accepted are those of 'hetero run --help'.");
            }
        }

        return ReadEnvironments(recipe, environments, list);
    }

    /// <summary>Sets a value as it stands in JSON.</summary>
    internal static RunRecipe Set(RunRecipe recipe, RunOption option, JsonElement value)
    {
        string raw = value.GetRawText();
        switch (option.Form, value.ValueKind)
        {
            case (not RecipeForm.Flag, JsonValueKind.Null) when option.DefaultText is null:
                return recipe;
            case (RecipeForm.Number, JsonValueKind.Number) when option.IsWhole && value.TryGetDecimal(out decimal number) && decimal.IsInteger(number):
                // In JSON 1.0 and 1e0 are the number 1.
                return option.Set(recipe, number.ToString("0", CultureInfo.InvariantCulture));
            case (RecipeForm.Number, JsonValueKind.Number):
            case (RecipeForm.Flag, JsonValueKind.True or JsonValueKind.False):
                return option.Set(recipe, raw);
            case (RecipeForm.Word, JsonValueKind.String) when IsText(value, out string text):
                return option.Set(recipe, text);
            case (RecipeForm.List, JsonValueKind.Array)
                when value.GetArrayLength() > 0 && value.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.Number):
                return option.Set(recipe, string.Join(',', value.EnumerateArray().Select(entry => entry.GetRawText())));
            default:
                string form = option.Form == RecipeForm.Word ? "in quotes" : option.Form == RecipeForm.List ? "as an array" : "without quotes";
                throw RecipeException.Of(option.CommandName, raw, $"{option.Accepted}, {form}");
        }
    }

    private static RunRecipe ReadEnvironments(RunRecipe recipe, string? environments, JsonElement? list)
    {
        if (list is not { } element)
        {
            return environments is null ? recipe
                : RecipeWords.Laws.TryRead(environments, out ScalarLaw law) ? recipe with { Law = law }
                : throw RecipeException.Of(
                    "--environments", environments, $"{RecipeWords.Laws.Accepted}, or any name together with the list itself as '{ListName}'");
        }

        if (environments is not null && RecipeWords.Laws.TryRead(environments, out _))
        {
            throw RecipeException.Of(
                "--environments", environments, $"the name of a file, or null, beside '{ListName}', which takes the place of a law");
        }

        try
        {
            byte[] text = Encoding.UTF8.GetBytes($"{{\"environments\":{element.GetRawText()}}}");
            IReadOnlyList<ListedEnvironment> read = new EnvironmentJsonReader(text, recipe.SpuriousRank).Read();
            return recipe with { Environments = recipe.Environments with { List = read }, EnvironmentFile = environments };
        }
        catch (FormatException exception)
        {
            throw new RecipeException($"'{ListName}' {exception.Message}");
        }
        catch (JsonException)
        {
            throw new RecipeException($"'{ListName}' is nested too deeply; accepted is a list as in {EnvironmentJsonReader.Form}.");
        }
    }

    /// <summary>Writes a list of environments whose matrices have this order.</summary>
    internal static void WriteList(Utf8JsonWriter json, IReadOnlyList<ListedEnvironment> list, int rank)
    {
        json.WriteStartArray(ListName);
        foreach (ListedEnvironment environment in list)
        {
            json.WriteStartObject();
            if (environment.Probability is { } probability)
            {
                json.WriteNumber("probability", probability);
            }

            json.WriteStartArray("sigma");
            foreach (double[] row in environment.Sigma.Chunk(rank))
            {
                json.WriteStartArray();
                foreach (double entry in row)
                {
                    json.WriteNumberValue(entry);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An escaped half of a surrogate pair is JSON, but no text.</summary>
    internal static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new RecipeException("a name is no text in Unicode; accepted are the options of 'hetero run --help'.");
        }
    }

    /// <summary>The text that a member is; null for null.</summary>
    internal static string? TextOf(string name, JsonElement value)
        => value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String && IsText(value, out string text)
            ? text
            : throw RecipeException.Of($"--{name}", value.GetRawText(), "a text in Unicode");

    private static bool IsText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
