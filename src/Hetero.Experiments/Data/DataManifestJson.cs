using System.Globalization;
using System.Text;
using System.Text.Json;
using Hetero.Core;
using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Data;

/// <summary>
/// The manifest of a data set as JSON: {"format":"hetero-data","version":1,"dimension":20,"layout":"svec","environments":[{"name":"site A","measurements":"a-x.npy",
/// "responses":"a-y.npy","probability":0.5}, …],"truth":"truth.npy","recipe":{…},"streamVersion":1,"arithmeticVersion":1}, what follows the list, responses and
/// probabilities only where there are some. Probabilities are read with a sum of 1 within 10⁻⁵; beyond 10⁻⁹ they are divided by it.
/// </summary>
public static class DataManifestJson
{
    /// <summary>What stands under "format".</summary>
    public const string Format = "hetero-data";

    /// <summary>What stands under "version".</summary>
    public const int Version = 1;

    private const string Accepted = """{"format":"hetero-data","version":1,"dimension":20,"layout":"svec","environments":[{"measurements":"x.npy","responses":"y.npy"}, …]}""";

    // What MeasuredData takes as it is.
    private const double Exact = 1e-9;

    // What numbers of six digits leave of a sum of 1, as 0.333333 three times or 0.0909091 eleven times.
    private const double SumTolerance = 1e-5;

    private static readonly (string Word, MeasurementLayout Layout)[] Layouts =
        [("svec", MeasurementLayout.Svec), ("square", MeasurementLayout.Square), ("vector", MeasurementLayout.Vector), ("rank-one", MeasurementLayout.RankOne)];

    /// <summary>Writes a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <exception cref="ArgumentException">It says something that is not read again; the message says what.</exception>
    public static string ToText(DataManifest manifest)
    {
        CheckWritable(manifest);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteNumber("dimension", manifest.Dimension);
            json.WriteString("layout", NameOf(manifest.Layout));
            json.WriteStartArray("environments");
            foreach (DataEnvironment environment in manifest.Environments)
            {
                json.WriteStartObject();
                json.WriteString("name", environment.Name);
                json.WriteString("measurements", environment.Measurements);
                if (environment.Responses is { } responses)
                {
                    json.WriteString("responses", responses);
                }

                if (environment.Probability is { } probability)
                {
                    json.WriteNumber("probability", probability);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (manifest.Truth is { } truth)
            {
                json.WriteString("truth", truth);
            }

            if (manifest.Recipe is { } recipe)
            {
                json.WriteStartObject("recipe");
                RecipeJson.Write(json, recipe);
                json.WriteEndObject();
            }

            foreach ((string name, int? version) in new[] { ("streamVersion", manifest.StreamVersion), ("arithmeticVersion", manifest.ArithmeticVersion) })
            {
                if (version is { } number)
                {
                    json.WriteNumber(name, number);
                }
            }

            json.WriteEndObject();
        }

        byte[] text = stream.ToArray();
        try
        {
            _ = Parse(text, nameof(manifest));
        }
        catch (DataFileException refusal)
        {
            throw new ArgumentException(refusal.Message, nameof(manifest), refusal);
        }

        return $"{Encoding.UTF8.GetString(text)}\n";
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">JSON in UTF-8.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <exception cref="DataFileException">It is no manifest; the message says in a line what was found where and what is accepted.</exception>
    public static DataManifest Parse(ReadOnlyMemory<byte> text, string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text);
            return Read(document.RootElement, file);
        }
        catch (JsonException exception)
        {
            throw new DataFileException(
                file,
                string.Create(CultureInfo.InvariantCulture, $"is not JSON, or nested too deeply, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}"),
                Accepted,
                exception);
        }
        catch (InvalidOperationException exception)
        {
            // A text with half of a surrogate pair, or bytes that are no UTF-8.
            throw new DataFileException(file, "has a text that is no text in UTF-8", Accepted, exception);
        }
    }

    /// <summary>The word for a layout.</summary>
    internal static MeasurementLayout? LayoutOf(string word)
        => Array.FindIndex(Layouts, pair => pair.Word == word) is >= 0 and int place ? Layouts[place].Layout : null;

    internal static string NameOf(MeasurementLayout layout) => Layouts.First(pair => pair.Layout == layout).Word;

    /// <summary>Refuses what JSON has no word for; the rest is refused by reading it.</summary>
    private static void CheckWritable(DataManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Guard.Defined(manifest.Layout, "manifest.Layout");
        for (int e = 0; e < manifest.Environments.Count; e++)
        {
            string name = FormattableString.Invariant($"manifest.Environments[{e}]");
            ArgumentNullException.ThrowIfNull(manifest.Environments[e], name);
            if (manifest.Environments[e].Probability is { } probability)
            {
                Guard.InRange(probability, 0.0, 1.0, $"{name}.Probability");
            }
        }
    }

    private static DataManifest Read(JsonElement root, string file)
    {
        Dictionary<string, JsonElement> members = Members(
            root, file, "the document", ["format", "version", "dimension", "layout", "environments"], ["truth", "recipe", "streamVersion", "arithmeticVersion"]);
        Expect(members["format"], file, "format", Format, element => element.ValueKind == JsonValueKind.String && element.ValueEquals(Format));
        Expect(members["version"], file, "version", "1", element => Whole(element) == Version);
        Expect(
            members["dimension"],
            file,
            "dimension",
            "a whole number from 1 on",
            element => Whole(element) > 0);
        string words = string.Join(", ", Layouts.Select(pair => pair.Word));
        Expect(members["layout"], file, "layout", $"one of {words}", element => element.ValueKind == JsonValueKind.String && Layouts.Any(pair => element.ValueEquals(pair.Word)));
        Expect(members["environments"], file, "environments", "a list of one or more", element => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0);
        DataEnvironment[] environments = [.. members["environments"].EnumerateArray().Select((element, e) => ReadEnvironment(element, file, e))];
        int given = environments.Count(environment => environment.Probability.HasValue);
        double sum = environments.Sum(environment => environment.Probability ?? 0);
        if (given == environments.Length && !(Math.Abs(sum - 1) <= SumTolerance))
        {
            throw new DataFileException(
                file,
                string.Create(CultureInfo.InvariantCulture, $"has probabilities with the sum {sum}"),
                "1 within 1e-5, so that six digits do, or none of them for equal ones");
        }

        if (given == environments.Length && Math.Abs(sum - 1) > Exact)
        {
            environments = [.. environments.Select(environment => environment with { Probability = environment.Probability / sum })];
        }

        return given != 0 && given != environments.Length
            ? throw new DataFileException(
                file,
                string.Create(CultureInfo.InvariantCulture, $"has {environments.Length} environments and {given} probabilities"),
                "a probability for each of them or for none")
            : new DataManifest
            {
                Dimension = Whole(members["dimension"])!.Value,
                Layout = Layouts.First(pair => members["layout"].ValueEquals(pair.Word)).Layout,
                Environments = environments,
                Truth = members.TryGetValue("truth", out JsonElement truth) ? Text(truth, file, "truth") : null,
                Recipe = members.TryGetValue("recipe", out JsonElement recipe) ? ReadRecipe(recipe, file) : null,
                StreamVersion = ReadVersion(members, file, "streamVersion"),
                ArithmeticVersion = ReadVersion(members, file, "arithmeticVersion"),
            };
    }

    private static int? ReadVersion(Dictionary<string, JsonElement> members, string file, string name)
    {
        if (!members.TryGetValue(name, out JsonElement version))
        {
            return null;
        }

        Expect(version, file, name, "a whole number", element => Whole(element) is not null);
        return Whole(version);
    }

    /// <summary>A whole number, however it is written: to JSON 1, 1.0 and 1e0 are one number.</summary>
    private static int? Whole(JsonElement element)
        => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && number == (int)number ? (int)number : null;

    private static DataEnvironment ReadEnvironment(JsonElement element, string file, int index)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"environments[{index}]");
        Dictionary<string, JsonElement> members = Members(element, file, place, ["measurements"], ["responses", "name", "probability"]);
        double? probability = null;
        if (members.TryGetValue("probability", out JsonElement number))
        {
            Expect(
                number,
                file,
                $"{place}.probability",
                "a number above 0, at most 1",
                value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double found) && found is > 0 and <= 1);
            probability = number.GetDouble();
        }

        return new DataEnvironment(
            members.TryGetValue("name", out JsonElement name) ? Text(name, file, $"{place}.name") : index.ToString(CultureInfo.InvariantCulture),
            Text(members["measurements"], file, $"{place}.measurements"),
            members.TryGetValue("responses", out JsonElement responses) ? Text(responses, file, $"{place}.responses") : null,
            probability);
    }

    private static RunRecipe ReadRecipe(JsonElement element, string file)
    {
        try
        {
            return RecipeJson.Read(element);
        }
        catch (RecipeException exception)
        {
            throw new DataFileException(file, $"has a recipe where {exception.Message.TrimEnd('.')}", "the recipe that hetero generate wrote, or none", exception);
        }
    }

    /// <summary>The members of an object: each once, all that are required, and none that is unknown.</summary>
    private static Dictionary<string, JsonElement> Members(JsonElement element, string file, string place, string[] required, string[] others)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new DataFileException(file, $"has {Shown.Of(element.GetRawText(), 60)} as {place}", Accepted);
        }

        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!required.Contains(member.Name) && !others.Contains(member.Name))
            {
                throw new DataFileException(file, $"has '{Shown.Of(member.Name, 60)}' in {place}", $"{string.Join(", ", required)} and, where wanted, {string.Join(", ", others)}");
            }

            if (!members.TryAdd(member.Name, member.Value))
            {
                throw new DataFileException(file, $"has '{member.Name}' twice in {place}", "every name once");
            }
        }

        return required.FirstOrDefault(name => !members.ContainsKey(name)) is { } missing
            ? throw new DataFileException(file, $"has no '{missing}' in {place}", Accepted)
            : members;
    }

    private static string Text(JsonElement element, string file, string place)
    {
        Expect(element, file, place, "a text of one character or more", value => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0);
        Expect(element, file, place, "a text without U+0000, which ends a name", value => !value.GetString()!.Contains('\0'));
        return element.GetString()!;
    }

    private static void Expect(JsonElement element, string file, string place, string accepted, Func<JsonElement, bool> isAccepted)
    {
        if (!isAccepted(element))
        {
            throw new DataFileException(file, $"has {Shown.Of(element.GetRawText(), 60)} as {place}", accepted);
        }
    }
}
