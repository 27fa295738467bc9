using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>
/// The statements of the theory as FsCheck properties over instances of their domain: falsified by an instance on which every hypothesis is met
/// and the claim fails, or a constant beyond the stated limit is implied.
/// </summary>
/// <remarks>
/// Instances that do not meet the hypotheses are rejected. A statement that says nothing about more than four fifths of its instances exhausts FsCheck
/// under <see cref="TheoryConfig"/>, which is a failure; so does one whose stated verdict is <see cref="Verdict.HypothesisNotMet"/>. A statement whose
/// stated verdict is <see cref="Verdict.Fails"/> is falsified. The label of a property says id, verdict, instance, both sides and margin on one line. A
/// pass of a statement that is no claim (<see cref="TheoryCheck.Kind"/>) is classified as no evidence.
/// </remarks>
public static class TheoryProperties
{
    /// <summary>The class of all instances of a statement that is arithmetic or a definition.</summary>
    public const string NoEvidence = "no evidence: arithmetic or a definition";

    /// <summary>Makes the property of a check.</summary>
    /// <param name="check">The check.</param>
    public static Property For(TheoryCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return For(check, InstanceArbitrary.For(check));
    }

    /// <summary>Makes the property of a check over the caller's own instances, which are taken as they are.</summary>
    /// <param name="check">The check.</param>
    /// <param name="instances">The instances.</param>
    public static Property For(TheoryCheck check, Arbitrary<TheoryInstance> instances)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(instances);
        return Over(instances, check, check.Check);
    }

    /// <summary>Makes the property of the check of an id.</summary>
    /// <param name="id">The id, such as "L7" or "L7-simulated", in any case.</param>
    /// <exception cref="ArgumentException">There is no check of that id.</exception>
    public static Property Of(string id) => For(Find(id));

    /// <summary>Makes the property of a check's negative control: a false statement close to the true one, which must be falsified.</summary>
    /// <param name="check">The check.</param>
    public static Property ControlOf(TheoryCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return ControlOf(check, InstanceArbitrary.For(check));
    }

    /// <summary>Makes the property of a check's negative control over the caller's own instances, which are taken as they are.</summary>
    /// <param name="check">The check.</param>
    /// <param name="instances">The instances.</param>
    public static Property ControlOf(TheoryCheck check, Arbitrary<TheoryInstance> instances)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(instances);
        return Over(instances, check, check.CheckControl);
    }

    /// <summary>Makes the property of the negative control of the check of an id.</summary>
    /// <param name="id">The id, such as "L7" or "L7-simulated", in any case.</param>
    /// <exception cref="ArgumentException">There is no check of that id.</exception>
    public static Property ControlOf(string id) => ControlOf(Find(id));

    private static TheoryCheck Find(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return TheoryCatalog.All.FirstOrDefault(check => check.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"'{nameof(id)}' is '{id}'; accepted are {string.Join(", ", TheoryCatalog.All.Select(check => check.Id))}.", nameof(id));
    }

    private static Property Over(Arbitrary<TheoryInstance> instances, TheoryCheck check, Func<TheoryInstance, CheckResult> find)
        => Prop.ForAll(instances, instance =>
        {
            CheckResult result = find(instance);
            return (!check.Refutes(result)).When(result.Verdict != Verdict.HypothesisNotMet).Label(result.ToString())
                .Classify(check.Kind != StatementKind.Claim, NoEvidence);
        });
}
