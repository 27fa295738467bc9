using System.Globalization;

namespace Hetero.Core.Theory;

/// <summary>What a check of one statement found on one instance, or the decisive instance of many.</summary>
/// <remarks>Thread-safe: immutable.</remarks>
public sealed record CheckResult
{
    private CheckResult(
        string id, Verdict verdict, IReadOnlyList<Inequality> hypotheses, IReadOnlyList<Inequality> claims, ImpliedConstant? constant)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(claims);
        if (claims.Count == 0)
        {
            throw new ArgumentException($"'{nameof(claims)}' is empty; accepted is at least one claim.", nameof(claims));
        }

        (Id, Verdict, Hypotheses, Claims, Constant) = (id, verdict, hypotheses, claims, constant);
    }

    /// <summary>Gets the id of the statement, "L7" for Lemma 7.</summary>
    public string Id { get; }

    /// <summary>Gets the verdict.</summary>
    public Verdict Verdict { get; }

    /// <summary>Gets the hypotheses with their numbers; empty if the statement has none.</summary>
    public IReadOnlyList<Inequality> Hypotheses { get; }

    /// <summary>Gets the claims with their numbers, one or more.</summary>
    public IReadOnlyList<Inequality> Claims { get; }

    /// <summary>Gets the constant, if the verdict is <see cref="Verdict.ImpliedConstant"/>.</summary>
    public ImpliedConstant? Constant { get; }

    /// <summary>Gets the instance, a line from which it can be made again: shape and seed. Empty for a caller's own data.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Gets what else is worth knowing: a sharp value beside a bound, a confidence interval. Empty if nothing is.</summary>
    public string Note { get; init; } = "";

    /// <summary>Gets the number of instances that this result stands for.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Gets on how many of them every hypothesis was met.</summary>
    public int HypothesesMet { get; init; }

    /// <summary>Gets how many more instances the series had, which the check does not take with the values that the caller chose.</summary>
    public int LeftOut { get; init; }

    /// <summary>Gets why the first of them was left out; empty if none was.</summary>
    public string LeftOutReason { get; init; } = "";

    /// <summary>Gets the claim that comes closest to failing, or fails most.</summary>
    public Inequality Claim => Tightest(Claims);

    /// <summary>Gets the hypothesis that comes closest to failing, or fails most; null if there is none.</summary>
    public Inequality? Hypothesis => Hypotheses.Count == 0 ? null : Tightest(Hypotheses);

    /// <summary>Returns whether everything in two results is the same, the numbers of every inequality included.</summary>
    /// <param name="other">The other result.</param>
    public bool Equals(CheckResult? other)
        => other is not null
            && (Id, Verdict, Constant, Instance, Note, Trials, HypothesesMet)
                .Equals((other.Id, other.Verdict, other.Constant, other.Instance, other.Note, other.Trials, other.HypothesesMet))
            && (LeftOut, LeftOutReason) == (other.LeftOut, other.LeftOutReason)
            && Hypotheses.SequenceEqual(other.Hypotheses)
            && Claims.SequenceEqual(other.Claims);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Verdict, Constant, Instance, Note, Trials, HypothesesMet, Claims.Count);

    /// <summary>Judges claims under hypotheses.</summary>
    /// <param name="id">The id of the statement.</param>
    /// <param name="hypotheses">What the statement presumes; may be empty.</param>
    /// <param name="claims">What it claims, one or more.</param>
    /// <returns>Hypothesis not met, holds, or fails.</returns>
    public static CheckResult Judge(string id, IReadOnlyList<Inequality> hypotheses, params IReadOnlyList<Inequality> claims)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(claims);
        bool met = hypotheses.All(hypothesis => hypothesis.Holds);
        Verdict verdict = !met ? Verdict.HypothesisNotMet : claims.All(claim => claim.Holds) ? Verdict.Holds : Verdict.Fails;
        return new CheckResult(id, verdict, hypotheses, claims, null) { HypothesesMet = met ? 1 : 0 };
    }

    /// <summary>Reports the constant that would make a claim true, unless a hypothesis is not met.</summary>
    /// <param name="id">The id of the statement.</param>
    /// <param name="hypotheses">What the statement presumes; may be empty.</param>
    /// <param name="constant">The extreme value for which the claims hold.</param>
    /// <param name="claims">The claims with the constant set to 1, one or more.</param>
    public static CheckResult Imply(
        string id, IReadOnlyList<Inequality> hypotheses, ImpliedConstant constant, params IReadOnlyList<Inequality> claims)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(constant);
        bool met = hypotheses.All(hypothesis => hypothesis.Holds);
        return new CheckResult(id, met ? Verdict.ImpliedConstant : Verdict.HypothesisNotMet, hypotheses, claims, constant)
        {
            HypothesesMet = met ? 1 : 0,
        };
    }

    /// <summary>
    /// Merges the results of several instances of one statement into the decisive one: the worst failure; else the most demanding constant;
    /// else the tightest claim that held; else the instance whose hypotheses came closest.
    /// </summary>
    /// <param name="results">One or more results of the same id.</param>
    /// <exception cref="ArgumentException">The list is empty or mixes statements.</exception>
    public static CheckResult Merge(IReadOnlyList<CheckResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
        {
            throw new ArgumentException($"'{nameof(results)}' is empty; accepted is at least one result.", nameof(results));
        }

        CheckResult decisive = results[0];
        foreach (CheckResult result in results)
        {
            if (result.Id != decisive.Id)
            {
                throw new ArgumentException($"'{nameof(results)}' holds {decisive.Id} and {result.Id}; accepted is one statement.", nameof(results));
            }

            decisive = result.Decides(decisive) ? result : decisive;
        }

        return decisive with
        {
            Trials = results.Sum(result => result.Trials),
            HypothesesMet = results.Sum(result => result.HypothesesMet),
            LeftOut = results.Sum(result => result.LeftOut),
            LeftOutReason = results.FirstOrDefault(result => result.LeftOut > 0)?.LeftOutReason ?? "",
        };
    }

    /// <summary>Returns id, verdict, instance and the decisive inequality on one line.</summary>
    public override string ToString()
    {
        string verdict = Verdict switch
        {
            Verdict.Holds => "holds",
            Verdict.Fails => "fails",
            Verdict.HypothesisNotMet => "hypothesis not met",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Constant!.Name} {(Constant.IsSmallest ? "≥" : "≤")} {Constant.Value:G6}"),
        };
        Inequality decisive = Verdict == Verdict.HypothesisNotMet ? Hypothesis! : Claim;
        string instance = Instance.Length == 0 ? "" : $" [{Instance}]";
        return string.Create(CultureInfo.InvariantCulture, $"{Id} {verdict}{instance} {decisive}, margin {decisive.Margin:G6}");
    }

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Fails => 3,
        Verdict.ImpliedConstant => 2,
        Verdict.Holds => 1,
        _ => 0,
    };

    private static Inequality Tightest(IReadOnlyList<Inequality> inequalities)
    {
        // One that does not hold comes before all that hold: round-off and strictness make the margin alone misleading.
        Inequality tightest = inequalities[0];
        foreach (Inequality inequality in inequalities)
        {
            if (inequality.Holds == tightest.Holds ? Slack(inequality) < Slack(tightest) : tightest.Holds)
            {
                tightest = inequality;
            }
        }

        return tightest;
    }

    // NaN counts as the worst of all.
    private static double Slack(Inequality inequality)
        => double.IsNaN(inequality.RelativeMargin) ? double.NegativeInfinity : inequality.RelativeMargin;

    private bool Decides(CheckResult other)
    {
        if (Rank(Verdict) != Rank(other.Verdict))
        {
            return Rank(Verdict) > Rank(other.Verdict);
        }

        return Verdict switch
        {
            Verdict.ImpliedConstant => !ReferenceEquals(other.Constant!.Stricter(Constant!), other.Constant),
            Verdict.HypothesisNotMet => Slack(Hypothesis!) > Slack(other.Hypothesis!),
            _ => Slack(Claim) < Slack(other.Claim),
        };
    }
}
