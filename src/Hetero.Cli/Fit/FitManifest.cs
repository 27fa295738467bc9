using System.Numerics;
using System.Text.Json;
using Hetero.Cli.Output;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Fit;

/// <summary>The manifest of a fit: what was asked for, on which data, with what it ran, what came of it, and a hash of each file.</summary>
internal static class FitManifest
{
    /// <summary>What stands under "format".</summary>
    public const string Format = "hetero-fit";

    /// <summary>What stands under "formatVersion".</summary>
    public const int Version = 1;

    public static void Write<T>(
        Utf8JsonWriter json, FitRequest request, DataManifest data, FitResult<T> result, FitVerdict verdict, IReadOnlyDictionary<string, string> hashes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        json.WriteString("command", "fit");
        json.WriteString("format", Format);
        json.WriteNumber("formatVersion", Version);
        json.WriteNumber("dimension", data.Dimension);
        json.WriteString("layout", DataManifestJson.NameOf(data.Layout));
        HardwareJson.Write(json);
        json.WriteStartObject("parameters");
        WriteParameters(json, request, result.Recipe);
        json.WriteEndObject();
        json.WriteStartObject("data");
        json.WriteString("manifest", request.Data);
        json.WriteString("fingerprint", result.Fingerprint);
        json.WriteStartArray("environments");
        for (int e = 0; e < data.Environments.Count; e++)
        {
            json.WriteStartObject();
            json.WriteString("name", data.Environments[e].Name);
            json.WriteNumber("rowsTrainedOn", result.TrainingRows[e]);
            json.WriteNumber("rowsHeldOut", result.HeldOutRows[e]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("runs");
        foreach (FittedRun<T> run in result.AllRuns)
        {
            WriteRun(json, run, run == result.Chosen);
        }

        json.WriteEndArray();
        json.WriteStartObject("verdict");
        WriteVerdict(json, verdict, result.Size);
        json.WriteEndObject();
        if (result.StepSize is { } choice)
        {
            json.WriteStartObject("stepSize");
            json.WriteNumber("chosen", choice.StepSize);
            json.WriteNumberOrWord("windowFrom", choice.From);
            json.WriteNumberOrWord("windowTo", choice.To);
            json.WriteNumberOrWord("growth", choice.Growth);
            json.WriteNumber("directions", choice.Directions);
            WriteList(json, "multipliers", choice.Multipliers);
            json.WriteNumberOrWord("growthSteps", choice.GrowthSteps);
            json.WriteNumber("limit", choice.Limit);
            json.WriteBoolean("isNegative", choice.IsNegative);
            json.WriteEndObject();
        }

        if (result.Tuning is { } tuning)
        {
            json.WriteStartObject("tuning");
            WriteTuning(json, tuning);
            json.WriteEndObject();
        }

        if (result.TwoFits is { } other)
        {
            json.WriteStartObject("differenceOfTwoFits");
            json.WriteString("first", data.Environments[other.First].Name);
            json.WriteString("second", data.Environments[other.Second].Name);
            json.WriteNumber("invariantRank", other.InvariantRank);
            json.WriteNumber("spuriousRank", other.SpuriousRank);
            json.WriteBoolean("isConsistent", other.IsConsistent);
            json.WriteBoolean("isBetter", other.IsBetter);
            json.WriteNumberOrWord("noise", other.Noise);
            json.WriteNumberOrWord("uncertainty", other.Uncertainty);
            json.WriteNumberOrWord("criterion", other.Criterion);
            json.WriteNumberOrWord("distance", other.Distance);
            json.WriteNumberOrWord("error", other.Error);
            WriteList(json, "leastSquaresErrors", other.LeastSquaresErrors);
            json.WriteEndObject();
        }

        json.WriteStartObject("files");
        foreach ((string name, string hash) in hashes)
        {
            json.WriteString(name, hash);
        }

        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, FitRequest request, FitRecipe recipe)
    {
        RecipeJson.Write(json, recipe.Training, FitRecipe.Options);
        json.WriteNumber("step-size", recipe.Training.StepSize);
        json.WriteBoolean("step-size-auto", recipe.ChoosesStepSize);
        json.WriteBoolean("tune", recipe.Tuning is not null);
        if (recipe.Tuning is { } tuning)
        {
            json.WriteNumber("folds", tuning.Folds);
        }

        if (recipe.WholeEnvironments)
        {
            json.WriteString("samples", "all");
        }
        else
        {
            json.WriteNumber("samples", recipe.Training.Samples);
        }

        json.WriteNumber("held-out", recipe.HeldOutShare);
        json.WriteNumber("seeds", recipe.Seeds);
        json.WriteString("out", request.Out);
    }

    private static void WriteRun<T>(Utf8JsonWriter json, FittedRun<T> run, bool isChosen)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        json.WriteString("name", run.Name);
        json.WriteNumber("seed", run.Seed);
        json.WriteString("status", run.Outcome.Status.ToString().ToLowerInvariant());
        json.WriteNumber("step", run.Outcome.Step);
        json.WriteBoolean("chosen", isChosen);
        if (run.Best is { } best)
        {
            json.WriteNumber("chosenStep", best.Step);
            json.WriteNumberOrWord("criterion", best.Criterion);
            WriteList(json, "risks", best.Risks);
            WriteList(json, "invariance", best.Invariance);
            json.WriteNumberOrWord("error", best.Error);
        }

        json.WriteEndObject();
    }

    private static void WriteTuning(Utf8JsonWriter json, FitTuningResult tuning)
    {
        json.WriteNumberOrWord("stepSize", tuning.Chosen?.StepSize);
        json.WriteNumberOrWord("step", tuning.Chosen?.Step);
        json.WriteStartArray("tried");
        foreach (TunedStepSize one in tuning.StepSizes)
        {
            json.WriteStartObject();
            json.WriteNumber("stepSize", one.StepSize);
            json.WriteNumberOrWord("step", one.Step);
            json.WriteNumberOrWord("criterion", one.Step is null ? null : one.Criterion);
            json.WriteNumberOrWord("deviation", one.Deviation);
            WriteList(json, "folds", one.Folds);
            json.WriteNumberOrWord("divergedFold", one.DivergedFold);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVerdict(Utf8JsonWriter json, FitVerdict verdict, EstimateSize? size)
    {
        WriteList(json, "spectrum", verdict.Spectrum);
        json.WriteBoolean("isLearned", verdict.Rank is not null);
        json.WriteNumberOrWord("invariantRank", verdict.Rank is 0 ? null : verdict.Rank);
        json.WriteNumberOrWord("invariantRankRate", verdict.RankTest is null ? null : RankTest.Rate);
        json.WriteStartArray("directions");
        foreach (RankComponent one in verdict.RankTest?.Components ?? [])
        {
            json.WriteStartObject();
            json.WriteNumberOrWord("eigenvalue", one.Eigenvalue);
            json.WriteNumberOrWord("mean", one.Mean);
            json.WriteNumberOrWord("deviation", one.Deviation);
            json.WriteNumberOrWord("chance", one.Chance);
            json.WriteNumberOrWord("level", one.Level);
            json.WriteBoolean("isShared", one.IsShared);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumberOrWord("largestOfRows", size?.OfRows);
        json.WriteNumberOrWord("factor", size?.Factor);
        json.WriteNumberOrWord("factorDeviation", size?.FactorDeviation);
        WriteList(json, "pooledSpectrum", verdict.PooledSpectrum);
        json.WriteNumberOrWord("pooledRank", verdict.PooledRank);
        json.WriteNumberOrWord("pooledDistance", verdict.PooledDistance);
        json.WriteNumberOrWord("seedSpread", verdict.SeedSpread);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberOrWord(number);
        }

        json.WriteEndArray();
    }
}
