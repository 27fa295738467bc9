using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;

namespace Hetero.Cli.Training;

/// <summary>
/// A list of environments as JSON: {"environments":[{"probability":0.5,"sigma":[[…],…]},…]}. Probabilities are given for all of them or for
/// none, which means equal odds.
/// </summary>
internal static class EnvironmentFile
{
    private const string Form = "{\"environments\":[{\"probability\":0.5,\"sigma\":[[1]]}, …]}";

    /// <summary>Reads the list.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="rank">The order r2 that the matrices must have.</param>
    public static FiniteEnvironments Read(string option, string path, int rank)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(path, document.RootElement, rank);
        }
        catch (JsonException exception)
        {
            throw new UsageException(
                $"'{option}' names '{path}', which is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}); "
                + $"accepted is {Form}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UsageException.Of(option, path, $"two-point, uniform or a JSON file that can be read ({exception.Message.TrimEnd('.')})");
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"'{option}' names '{path}': {LibraryMessage.Of(exception)}");
        }
    }

    private static FiniteEnvironments Read(string path, JsonElement root, int rank)
    {
        JsonElement list = Member(path, root, "the document", "environments", JsonValueKind.Array);
        CheckMembers(path, root, "the document", "environments");
        List<double[]> matrices = [];
        List<double> probabilities = [];
        foreach (JsonElement entry in list.EnumerateArray())
        {
            string place = $"environments[{matrices.Count}]";
            matrices.Add(Matrix(path, Member(path, entry, place, "sigma", JsonValueKind.Array), $"{place}.sigma", rank));
            CheckMembers(path, entry, place, "probability", "sigma");
            if (entry.TryGetProperty("probability", out JsonElement probability))
            {
                probabilities.Add(Number(path, probability, $"{place}.probability"));
            }
        }

        if (probabilities.Count != 0 && probabilities.Count != matrices.Count)
        {
            throw Refuse(path, $"{matrices.Count} environments and {probabilities.Count} probabilities", "a probability for each of them or for none");
        }

        return new FiniteEnvironments(rank, matrices, [.. probabilities]);
    }

    private static double[] Matrix(string path, JsonElement rows, string place, int rank)
    {
        string accepted = $"{rank} rows of {rank} numbers, as '--spurious-rank' is {rank}";
        if (rows.GetArrayLength() != rank)
        {
            throw Refuse(path, $"{rows.GetArrayLength()} rows in {place}", accepted);
        }

        double[] matrix = new double[rank * rank];
        int i = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != rank)
            {
                throw Refuse(path, $"{row.GetRawText()} as a row of {place}", accepted);
            }

            foreach (JsonElement entry in row.EnumerateArray())
            {
                matrix[i++] = Number(path, entry, place);
            }
        }

        return matrix;
    }

    private static JsonElement Member(string path, JsonElement element, string place, string name, JsonValueKind kind)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(path, $"{Kind(element)} as {place}", Form);
        }

        if (!element.TryGetProperty(name, out JsonElement member))
        {
            throw Refuse(path, $"no '{name}' in {place}", Form);
        }

        return member.ValueKind == kind ? member : throw Refuse(path, $"{Kind(member)} as '{name}' of {place}", Form);
    }

    /// <summary>A mistyped "probability" must not silently mean equal odds.</summary>
    private static void CheckMembers(string path, JsonElement element, string place, params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw Refuse(path, $"'{property.Name}' in {place}", Form);
            }
        }
    }

    private static double Number(string path, JsonElement element, string place)
        => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Refuse(path, $"{element.GetRawText()} in {place}", "a finite number");

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();

    private static UsageException Refuse(string path, string found, string accepted)
        => new($"'--environments' names '{path}', which has {found}; accepted is {accepted}.");
}
