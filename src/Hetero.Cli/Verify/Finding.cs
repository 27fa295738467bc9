using System.Globalization;
using Hetero.Core.Theory;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Verify;

/// <summary>A finding, and how it reads in the outputs.</summary>
/// <param name="Found">What the library found.</param>
/// <param name="Chosen">The parameters of the user's own; null for none.</param>
internal sealed record Finding(TheoryFinding Found, ChosenParameters? Chosen)
{
    /// <summary>The check.</summary>
    public TheoryCheck Check => Found.Check;

    /// <summary>What it found.</summary>
    public CheckResult Result => Found.Result;

    /// <summary>Whether it was found with parameters of the user's own.</summary>
    public bool IsChosen => Found.IsChosen;

    /// <summary>Whether the documentation states the same.</summary>
    public bool Agrees => Found.Agrees;

    /// <summary>The inequality that decided: the hypothesis that was not met, else the tightest claim.</summary>
    public Inequality Decisive => Result.Verdict == Verdict.HypothesisNotMet ? Result.Hypothesis! : Result.Claim;

    /// <summary>The verdict, and what the documentation states if it differs.</summary>
    public string VerdictText
    {
        get
        {
            string found = NameOf(Result.Verdict);
            return Agrees ? found
                : Result.Verdict != Check.Stated ? $"{found} (stated: {NameOf(Check.Stated)})"
                : Check.FallsShort(Result) ? string.Create(CultureInfo.InvariantCulture, $"{found} (stated to reach: {Check.ConstantReached})")
                : string.Create(CultureInfo.InvariantCulture, $"{found} (stated limit: {Check.ConstantLimit})");
        }
    }

    /// <summary>On how many instances every hypothesis was met.</summary>
    public string MetText => string.Create(CultureInfo.InvariantCulture, $"{Result.HypothesesMet}/{Result.Trials}");

    /// <summary>Why the check did not take some instances, in the words of the command; empty if it took all.</summary>
    public string LeftOutReason
    {
        get
        {
            string reason = ArgumentText.FirstLine(Result.LeftOutReason);
            return reason.Length == 0 || Chosen is null ? reason : Chosen.InOptions(reason.TrimEnd('.'));
        }
    }

    /// <summary>How many instances the check did not take, and why; empty if it took all.</summary>
    public string LeftOutText => Result.LeftOut == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{Result.LeftOut} of {Result.LeftOut + Result.Trials} instances, since {LeftOutReason}");

    /// <summary>The constant, or else the decisive margin.</summary>
    public string MarginText => Result.Constant is { } constant && Result.Verdict == Verdict.ImpliedConstant
        ? $"{constant.Name} {(constant.IsSmallest ? '≥' : '≤')} {Number(constant.Value)}"
        : Number(Decisive.Margin);

    /// <summary>How often a series disagrees by chance, at most.</summary>
    public string AlarmText => Check.FalseAlarmRate == 0 ? "0" : Check.FalseAlarmRate.ToString("0e+0", CultureInfo.InvariantCulture);

    /// <summary>What the statement is worth.</summary>
    public string KindText => NameOf(Check.Kind);

    /// <summary>A kind in words.</summary>
    public static string NameOf(StatementKind kind) => kind switch
    {
        StatementKind.Arithmetic => "arithmetic",
        StatementKind.Definition => "definition",
        _ => "claim",
    };

    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Fails => "fails",
        Verdict.HypothesisNotMet => "hypothesis not met",
        _ => "implied constant",
    };

    /// <summary>How two sides compare, as a sign.</summary>
    public static string SignOf(Comparison comparison) => comparison switch
    {
        Comparison.AtMost => "≤",
        Comparison.Below => "<",
        Comparison.AtLeast => "≥",
        _ => ">",
    };

    /// <summary>Four digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
