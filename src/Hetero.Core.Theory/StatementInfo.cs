namespace Hetero.Core.Theory;

/// <summary>What is stated of a check: the statement, where it stands, what is found of it, and how it is tried.</summary>
public sealed record StatementInfo
{
    /// <summary>Gets the id: the letter and number of the paper map, "L7" for Lemma 7, with a suffix for a further part, "L7-simulated".</summary>
    public required string Id { get; init; }

    /// <summary>Gets the statement in words and symbols.</summary>
    public required string Statement { get; init; }

    /// <summary>Gets the paper's equation numbers, "(42)–(46)".</summary>
    public required string Equations { get; init; }

    /// <summary>Gets what the statement is worth: only claims count as evidence.</summary>
    public StatementKind Kind { get; init; }

    /// <summary>Gets the verdict that the documentation states for the trials of <see cref="TheoryCheck.Run"/>.</summary>
    public required Verdict Stated { get; init; }

    /// <summary>
    /// Gets the value that an implied constant does not exceed (or stay below, if it is a largest one) in any trial of <see cref="TheoryCheck.Run"/>; null if the
    /// statement has none.
    /// </summary>
    public double? ConstantLimit { get; init; }

    /// <summary>
    /// Gets the value that an implied constant reaches in every series of <see cref="DefaultTrials"/> trials or more, on the near side of
    /// <see cref="ConstantLimit"/>: a limit beyond it would be refuted, so the nearer the two are, the more the limit says. Null if none is stated.
    /// </summary>
    public double? ConstantReached { get; init; }

    /// <summary>
    /// Gets a bound of the chance that a series of <see cref="DefaultTrials"/> trials disagrees with what is stated although all is as it should
    /// be. 0 if nothing but round-off is left to chance.
    /// </summary>
    public double FalseAlarmRate { get; init; }

    /// <summary>Gets a sentence on the verdict: why it fails, which hypothesis is out of reach, what the constant comes from.</summary>
    public required string Remark { get; init; }

    /// <summary>Gets what the negative control claims instead: a false statement close to the true one.</summary>
    public required string ControlStatement { get; init; }

    /// <summary>Gets the number of trials of <see cref="TheoryCheck.Run"/> if none is given, 1 or more: as many as a few seconds allow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int DefaultTrials
    {
        get;
        init
        {
            Guard.AtLeast(value, 1, nameof(DefaultTrials));
            field = value;
        }
    }

    = 100;

    /// <summary>
    /// Gets whether the hypotheses decide on whatever instance there is, so that <see cref="TheoryCheck.Adapt"/> spares trials and no verdict depends on it. If
    /// not, what <see cref="TheoryCheck.Adapt"/> sets is part of the check: outside of it a verdict would say nothing.
    /// </summary>
    public bool TakesAnyInstance { get; init; }

    /// <summary>Gets whether the check is about settings of its own, and takes from an instance no more than the seed, or numbers to make them from.</summary>
    public bool HasOwnSettings { get; init; }
}
