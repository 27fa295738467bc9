namespace Hetero.Core.Theory;

/// <summary>What came of a check's series: a finding, a refusal of the values that the caller chose, or an exception that broke it off.</summary>
/// <remarks>Thread-safe: immutable.</remarks>
public sealed class TheoryOutcome
{
    internal TheoryOutcome(TheoryCheck check, TheoryFinding? finding, ArgumentException? refusal, Exception? failure)
        => (Check, Finding, Refusal, Failure) = (check, finding, refusal, failure);

    /// <summary>Gets the check.</summary>
    public TheoryCheck Check { get; }

    /// <summary>Gets what was found; null if the series has no result.</summary>
    public TheoryFinding? Finding { get; }

    /// <summary>Gets why the check takes none of the instances with the caller's values; null if it took some, or none were chosen.</summary>
    public ArgumentException? Refusal { get; }

    /// <summary>Gets what broke the series off; null if nothing did. An <see cref="ArgumentException"/> is about an instance of the check's own.</summary>
    public Exception? Failure { get; }

    /// <summary>Returns the outcome on one line.</summary>
    public override string ToString()
        => Finding?.ToString()
            ?? (Refusal is { } refusal ? $"{Check.Id} does not take the chosen values: {Line(refusal)}"
                : Failure is ArgumentException ? $"{Check.Id} refused an instance of its own: {Line(Failure)}"
                : $"{Check.Id} broke off: {Line(Failure!)}");

    private static string Line(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
