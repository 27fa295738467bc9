using System.Text.Json;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Compare;

/// <summary>The manifest of a comparison: what was asked for, each method's recipe, and how its runs ended. Times are not in it.</summary>
internal static class CompareManifest
{
    public static void Write(Utf8JsonWriter json, CompareRequest request, MethodComparison comparison)
    {
        json.WriteString("command", "compare");
        HardwareJson.Write(json);
        json.WriteStartObject("parameters");
        json.WriteStartArray("method");
        foreach (string text in request.Texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteNumber("seeds", request.Seeds);
        json.WriteNumber("seed", comparison.Methods[0].Recipe.Seed);
        json.WriteNumber("threads", request.Threads);
        json.WriteStartArray("from");
        foreach ((_, string path) in request.Inputs.Where(input => input.Option == RecipeFile.Option))
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        json.WriteString("out", request.Out);
        json.WriteString("bands", request.Bands);
        json.WriteString("per-seed", request.PerSeed);
        json.WriteString("svg", request.Svg);
        json.WriteString("json", request.Json);
        json.WriteEndObject();
        json.WriteStartArray("methods");
        foreach (SeedSweep method in comparison.Methods)
        {
            json.WriteStartObject();
            json.WriteString("name", method.Title);
            json.WriteNumber("completed", method.Runs.Count - method.Diverged);
            json.WriteNumber("diverged", method.Diverged);
            foreach (RowQuantity quantity in RowQuantity.All)
            {
                QuantileBand band = method.Band(quantity.Of);
                json.WriteStartObject(quantity.Name);
                json.WriteNumberOrWord("median", OrNull(band.Median[^1]));
                json.WriteNumberOrWord("q10", OrNull(band.Low[^1]));
                json.WriteNumberOrWord("q90", OrNull(band.High[^1]));
                json.WriteEndObject();
            }

            json.WriteStartObject("settings");
            RecipeJson.Write(json, method.Recipe.Resolve());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>NaN is what a run has no number for.</summary>
    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
