using System.Globalization;
using System.Text.Json;
using Hetero.Cli.Output;
using Hetero.Core.Theory;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Verify;

/// <summary>The manifest of a verification: what was asked for, with what it ran, and all that was found. Nothing in it depends on the time.</summary>
internal static class VerifyManifest
{
    public static void Write(Utf8JsonWriter json, VerifyRequest request, VerifyOutcome outcome)
    {
        (IReadOnlyList<Finding> findings, IReadOnlyList<Refusal> refusals, IReadOnlyList<(TheoryCheck Check, string Reason)> failures) = outcome;
        json.WriteString("command", "verify");
        HardwareJson.Write(json);
        json.WriteStartObject("parameters");
        json.WriteStartArray("ids");
        foreach (TheoryCheck check in request.Checks)
        {
            json.WriteStringValue(check.Id);
        }

        json.WriteEndArray();
        json.WriteNumber("seed", request.Seed);
        if (request.Trials is { } trials)
        {
            json.WriteNumber("trials", trials);
        }
        else
        {
            json.WriteString("trials", "each check's own");
        }

        WriteChosen(json, request.Chosen);
        json.WriteEndObject();
        json.WriteStartObject("outcome");
        json.WriteString("status", failures.Count > 0 ? "failed" : findings.Count + refusals.Count < request.Checks.Count ? "cancelled" : "completed");
        json.WriteNumber("checks", findings.Count);
        json.WriteNumber("agreeing", findings.Count(finding => finding.Agrees));
        json.WriteNumber("evidence", findings.Count(IsEvidence));
        json.WriteEndObject();
        json.WriteStartArray("checks");
        foreach (Finding finding in findings)
        {
            WriteFinding(json, finding);
        }

        json.WriteEndArray();
        json.WriteStartArray("notChecked");
        foreach ((TheoryCheck check, string reason) in refusals.Select(refusal => (refusal.Check, refusal.Reason)).Concat(failures))
        {
            json.WriteStartObject();
            json.WriteString("id", check.Id);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsEvidence(Finding finding)
        => finding.Agrees && finding.Check.Kind == StatementKind.Claim && finding.Result.Verdict != Verdict.HypothesisNotMet;

    private static void WriteChosen(Utf8JsonWriter json, ChosenParameters? chosen)
    {
        json.WriteStartObject("chosen");
        foreach ((string name, string value) in chosen?.Given().Select(option => (option.Name, ChosenOption.Text(option.Get(chosen)))) ?? [])
        {
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                json.WriteNumber(name[2..], number);
            }
            else
            {
                json.WriteString(name[2..], value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        CheckResult result = finding.Result;
        json.WriteStartObject();
        json.WriteString("id", finding.Check.Id);
        json.WriteString("statement", finding.Check.Statement);
        json.WriteString("equations", finding.Check.Equations);
        json.WriteString("kind", finding.KindText);
        json.WriteString("verdict", Finding.NameOf(result.Verdict));
        json.WriteString("stated", Finding.NameOf(finding.Check.Stated));
        json.WriteBoolean("agrees", finding.Agrees);
        json.WriteNumber("trials", result.Trials);
        json.WriteNumber("hypothesesMet", result.HypothesesMet);
        json.WriteNumber("leftOut", result.LeftOut);
        json.WriteString("leftOutReason", result.LeftOut == 0 ? null : finding.LeftOutReason);
        WriteInequalities(json, "hypotheses", result.Hypotheses);
        WriteInequalities(json, "claims", result.Claims);
        if (result.Constant is { } constant)
        {
            json.WriteStartObject("constant");
            json.WriteString("name", constant.Name);
            json.WriteNumberOrWord("value", constant.Value);
            json.WriteBoolean("isSmallest", constant.IsSmallest);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("constant");
        }

        // What is stated is stated of a check's own instances.
        json.WriteNumberOrWord("limit", finding.IsChosen ? null : finding.Check.ConstantLimit);
        json.WriteNumberOrWord("reached", finding.IsChosen ? null : finding.Check.ConstantReached);
        json.WriteNumberOrWord("falseAlarmRate", finding.IsChosen ? null : finding.Check.FalseAlarmRate);
        json.WriteString("instance", result.Instance);
        json.WriteString("note", result.Note);
        json.WriteString("remark", finding.Check.Remark);
        json.WriteEndObject();
    }

    private static void WriteInequalities(Utf8JsonWriter json, string name, IReadOnlyList<Inequality> inequalities)
    {
        json.WriteStartArray(name);
        foreach (Inequality inequality in inequalities)
        {
            json.WriteStartObject();
            json.WriteString("statement", inequality.Statement);
            json.WriteNumberOrWord("left", inequality.Left);
            json.WriteString("comparison", Finding.SignOf(inequality.Comparison));
            json.WriteNumberOrWord("right", inequality.Right);
            json.WriteNumberOrWord("margin", inequality.Margin);
            json.WriteNumber("roundOff", inequality.RoundOff);
            json.WriteBoolean("holds", inequality.Holds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
