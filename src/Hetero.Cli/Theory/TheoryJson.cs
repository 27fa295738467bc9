using System.Text.Json;
using Hetero.Cli.Output;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Quantities;
using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Theory;

/// <summary>Writes the numbers for programs. What does not exist is null, an empty set an empty list; infinities are words.</summary>
internal static class TheoryJson
{
    private static readonly string[] Law = ["spurious-mean", "spread", "environments", "own-draws", "off-diagonal"];

    public static void Write(Utf8JsonWriter json, RunRecipe recipe, TheoryQuantities quantities)
    {
        TheoryParameters parameters = quantities.Parameters;
        json.WriteString("command", "theory");
        HardwareJson.Write(json);
        json.WriteStartObject("parameters");
        json.WriteNumber("dimension", parameters.Dimension);
        json.WriteNumber("invariant-rank", parameters.InvariantRank);
        json.WriteNumber("spurious-rank", recipe.SpuriousRank);
        RecipeJson.Write(json, recipe, RunOptions.All.Where(option => Law.Contains(option.Name)));
        json.WriteNumber("step-size", parameters.StepSize);
        json.WriteNumber("init-scale", parameters.InitialScale);
        json.WriteNumber("samples", parameters.Samples);
        json.WriteNumber("gamma", parameters.Gamma);
        json.WriteNumber("violation-constant", parameters.ViolationConstant);
        json.WriteEndObject();
        WriteQuantities(json, quantities);
        json.WriteStartArray("directions");
        foreach (EntryQuantities direction in quantities.Directions.Distinct())
        {
            WriteDirection(json, quantities, direction);
        }

        json.WriteEndArray();
    }

    private static void WriteQuantities(Utf8JsonWriter json, TheoryQuantities quantities)
    {
        SpuriousRegularity regularity = quantities.Regularity;
        json.WriteStartObject("quantities");
        json.WriteNumberOrWord("m1", regularity.Bound);
        json.WriteNumberOrWord("m2", regularity.Heterogeneity);
        json.WriteNumberOrWord("off-diagonal-sum", regularity.OffDiagonal);
        json.WriteNumberOrWord("dominance-constant", regularity.DominanceConstant);
        WriteWindow(json, "paper-window", regularity.Window, regularity.IsWindowEmpty);
        WriteSet(json, "stable-step-sizes", quantities.StableStepSizes);
        if (quantities.StableSpreads is { } spreads)
        {
            json.WriteStartArray("stable-spreads");
            json.WriteNumberOrWord(spreads.Lower);
            json.WriteNumberOrWord(spreads.Upper);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("stable-spreads");
        }

        json.WriteNumberOrWord("lyapunov-exponent", quantities.LyapunovExponent);
        json.WriteNumberOrWord("rip-constant", quantities.RipConstant);
        json.WriteNumberOrWord("rip-threshold", quantities.RipThreshold);
        json.WriteNumberOrWord("violation-probability", quantities.ViolationProbability);
        json.WriteNumberOrWord("printed-delta-star", quantities.PrintedDeltaStar);
        json.WriteNumberOrWord("delta-star", quantities.DeltaStar);
        json.WriteNumberOrWord("error-bound", quantities.ErrorBound);
        json.WriteNumberOrWord("t1", quantities.Phases?.GrowthEnd);
        json.WriteNumberOrWord("t1-bound", quantities.GrowthBound);
        json.WriteNumberOrWord("t2", quantities.Phases?.ConvergenceEnd);
        json.WriteEndObject();
    }

    private static void WriteDirection(Utf8JsonWriter json, TheoryQuantities quantities, EntryQuantities direction)
    {
        json.WriteStartObject();
        json.WriteStartArray("indices");
        for (int i = 0; i < quantities.Directions.Count; i++)
        {
            if (quantities.Directions[i] == direction)
            {
                json.WriteNumberValue(i + 1);
            }
        }

        json.WriteEndArray();
        json.WriteNumberOrWord("minimum", direction.Law.Minimum);
        json.WriteNumberOrWord("maximum", direction.Law.Maximum);
        json.WriteNumberOrWord("mean", direction.Law.Mean);
        json.WriteNumberOrWord("variance", direction.Law.Variance);
        json.WriteNumberOrWord("lyapunov-exponent", direction.LyapunovExponent);
        json.WriteNumberOrWord("tail-exponent", direction.TailExponent);
        json.WriteNumberOrWord("moment", 1 + direction.MomentExcess);
        json.WriteNumberOrWord("moment-excess", direction.MomentExcess);
        json.WriteNumberOrWord("drifting-moment", 1 + direction.DriftingMomentExcess);
        json.WriteNumberOrWord("drifting-moment-excess", direction.DriftingMomentExcess);
        WriteSet(json, "stable-step-sizes", direction.StableStepSizes);
        WriteSet(json, "supermartingale-step-sizes", direction.SupermartingaleStepSizes);
        WriteSet(json, "drifting-step-sizes", direction.DriftingStepSizes);
        WriteWindow(json, "proof-window", direction.LemmaWindow, !(direction.LemmaWindow.Lower < direction.LemmaWindow.Upper));
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, string name, IReadOnlyList<StepSizeInterval> set)
    {
        json.WriteStartArray(name);
        foreach (StepSizeInterval interval in set)
        {
            json.WriteStartArray();
            json.WriteNumberOrWord(interval.Lower);
            json.WriteNumberOrWord(interval.Upper);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>A window with its ends, which are worth knowing where it is empty too.</summary>
    private static void WriteWindow(Utf8JsonWriter json, string name, StepSizeInterval window, bool isEmpty)
    {
        json.WriteStartObject(name);
        json.WriteNumberOrWord("lower", window.Lower);
        json.WriteNumberOrWord("upper", window.Upper);
        json.WriteBoolean("empty", isEmpty);
        json.WriteEndObject();
    }
}
