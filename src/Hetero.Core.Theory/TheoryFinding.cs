namespace Hetero.Core.Theory;

/// <summary>A check and what a series of its instances found.</summary>
/// <remarks>Thread-safe: immutable.</remarks>
public sealed class TheoryFinding
{
    internal TheoryFinding(TheoryCheck check, CheckResult result, bool isChosen) => (Check, Result, IsChosen) = (check, result, isChosen);

    /// <summary>Gets the check.</summary>
    public TheoryCheck Check { get; }

    /// <summary>Gets the decisive result of the series.</summary>
    public CheckResult Result { get; }

    /// <summary>Gets whether the instances had values that the caller chose.</summary>
    public bool IsChosen { get; }

    /// <summary>
    /// Gets whether this is what the check states. That is stated of the check's own instances: of those with chosen values only a statement that
    /// is refuted though it is not stated to be disagrees.
    /// </summary>
    public bool Agrees => IsChosen ? Result.Verdict != Verdict.Fails || Check.Stated == Verdict.Fails : Check.Agrees(Result);

    /// <summary>Returns the result on one line, with what is stated if that differs.</summary>
    public override string ToString() => Agrees ? $"{Result}" : $"{Result}; not as stated: {Stated}";

    private string Stated => Check.Stated + (Check.ConstantLimit is { } limit ? FormattableString.Invariant($", limit {limit}") : "")
        + (Check.ConstantReached is { } reached ? FormattableString.Invariant($", reaching {reached}") : "");
}
