namespace Hetero.Core.Theory;

/// <summary>
/// One statement of the theory as something that can be checked on any instance: the paper's, or a class of your own.
/// </summary>
/// <remarks>
/// Of this library's own statements the file in the folder of its topic is all that is needed: <see cref="TheoryCatalog.All"/> is made from those
/// folders. A statement of another assembly is given to <see cref="TheoryVerification"/>. Checks are stateless, hence thread-safe; yours must be, too.
/// </remarks>
public abstract class TheoryCheck
{
    // Half of the instances have a value of two: with so many all of them do once in 10¹².
    private const int Probes = 40;

    /// <summary>Gets what is stated of the check, the same at every call.</summary>
    public abstract StatementInfo Info { get; }

    /// <inheritdoc cref="StatementInfo.Id"/>
    public string Id => Info.Id;

    /// <inheritdoc cref="StatementInfo.Statement"/>
    public string Statement => Info.Statement;

    /// <inheritdoc cref="StatementInfo.Equations"/>
    public string Equations => Info.Equations;

    /// <inheritdoc cref="StatementInfo.Stated"/>
    public Verdict Stated => Info.Stated;

    /// <inheritdoc cref="StatementInfo.Remark"/>
    public string Remark => Info.Remark;

    /// <inheritdoc cref="StatementInfo.Kind"/>
    public StatementKind Kind => Info.Kind;

    /// <inheritdoc cref="StatementInfo.ConstantLimit"/>
    public double? ConstantLimit => Info.ConstantLimit;

    /// <inheritdoc cref="StatementInfo.ConstantReached"/>
    public double? ConstantReached => Info.ConstantReached;

    /// <inheritdoc cref="StatementInfo.FalseAlarmRate"/>
    public double FalseAlarmRate => Info.FalseAlarmRate;

    /// <inheritdoc cref="StatementInfo.ControlStatement"/>
    public string ControlStatement => Info.ControlStatement;

    /// <inheritdoc cref="StatementInfo.DefaultTrials"/>
    public int DefaultTrials => Info.DefaultTrials;

    /// <summary>Moves an instance into the statement's domain, so that trials are not wasted; by default it stays as it is.</summary>
    /// <param name="instance">Any instance.</param>
    /// <returns>An instance of the same seed; statements about one setting, such as the paper's simulations, move every instance there.</returns>
    public virtual TheoryInstance Adapt(TheoryInstance instance) => instance;

    /// <inheritdoc cref="StatementInfo.TakesAnyInstance"/>
    public bool TakesAnyInstance => Info.TakesAnyInstance;

    /// <inheritdoc cref="StatementInfo.HasOwnSettings"/>
    public bool HasOwnSettings => Info.HasOwnSettings;

    /// <summary>Checks the statement on one instance as it is.</summary>
    /// <param name="instance">The instance.</param>
    /// <returns>The result, with <see cref="CheckResult.Instance"/> set.</returns>
    public CheckResult Check(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Complete(CheckCore(instance), instance);
    }

    /// <summary>Checks the negative control on one instance: it must fail on some, or the check could not.</summary>
    /// <param name="instance">The instance.</param>
    /// <returns>The result, with <see cref="CheckResult.Instance"/> set.</returns>
    public CheckResult CheckControl(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Complete(CheckControlCore(instance), instance);
    }

    /// <summary>Returns whether a result agrees with what is stated: the verdict, and the limit of an implied constant and what it reaches.</summary>
    /// <param name="result">A result of <see cref="Run"/>.</param>
    public bool Agrees(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Verdict == Stated && !ExceedsLimit(result) && !FallsShort(result);
    }

    /// <summary>Returns whether the implied constant of a whole series does not come as far as <see cref="ConstantReached"/>.</summary>
    /// <param name="result">A result of <see cref="Run"/>.</param>
    public bool FallsShort(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Verdict == Verdict.ImpliedConstant && result.Constant is { } constant && ConstantReached is { } reached
            && result.Trials >= DefaultTrials && !(constant.IsSmallest ? constant.Value >= reached : constant.Value <= reached);
    }

    /// <summary>
    /// Returns whether one instance refutes the statement: it fails there, or implies a constant beyond <see cref="ConstantLimit"/>.
    /// </summary>
    /// <param name="result">A result of <see cref="Check"/> or <see cref="CheckControl"/>.</param>
    public bool Refutes(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Verdict == Verdict.Fails || ExceedsLimit(result);
    }

    /// <summary>Checks the statement on drawn instances, moved into its domain, and merges what was found.</summary>
    /// <param name="seed">The seed of the series.</param>
    /// <param name="trials">The number of instances, 1 or more; null for <see cref="DefaultTrials"/>.</param>
    /// <param name="cancellation">Ends the series between two instances.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of trials is below 1.</exception>
    /// <exception cref="OperationCanceledException">The series was ended.</exception>
    public CheckResult Run(ulong seed, int? trials = null, CancellationToken cancellation = default)
    {
        int count = trials ?? DefaultTrials;
        Guard.AtLeast(count, 1, nameof(trials));
        CheckResult[] results = new CheckResult[count];
        for (int trial = 0; trial < count; trial++)
        {
            cancellation.ThrowIfCancellationRequested();
            results[trial] = Check(Adapt(TheoryInstance.Draw(seed, trial)));
        }

        return CheckResult.Merge(results);
    }

    /// <summary>
    /// Checks the statement on drawn instances with values of the user's own, <c>check.RunChosen(1, instance => instance with { Dimension = 50
    /// })</c>, and merges what was found. Instances that the check does not take are left out and counted, <see cref="CheckResult.LeftOut"/>. What
    /// is stated of the check is stated of its own instances alone.
    /// </summary>
    /// <remarks>
    /// An instance is not taken if it cannot be made, if the check sets a chosen value itself, or if the check throws an
    /// <see cref="ArgumentException"/> for it and none for its own instance of the same trial. Every other exception comes through.
    /// </remarks>
    /// <param name="seed">The seed of the series.</param>
    /// <param name="choice">Sets the user's values, the same whatever the instance is.</param>
    /// <param name="trials">The number of instances, 1 or more; null for <see cref="DefaultTrials"/>.</param>
    /// <param name="cancellation">Ends the series between two instances.</param>
    /// <exception cref="ArgumentException">The check takes none of the instances, or the number of trials is below 1.</exception>
    /// <exception cref="InvalidOperationException">The check refuses an instance of its own, or returned no result of its id.</exception>
    /// <exception cref="OperationCanceledException">The series was ended.</exception>
    public CheckResult RunChosen(ulong seed, Func<TheoryInstance, TheoryInstance> choice, int? trials = null, CancellationToken cancellation = default)
    {
        Guard.AtLeast(trials ?? DefaultTrials, 1, nameof(trials));
        ArgumentNullException.ThrowIfNull(choice);
        CheckResult? result;
        ArgumentException? refusal;
        try
        {
            (result, refusal) = RunSeries(seed, choice, trials, cancellation);
        }
        catch (ArgumentException exception)
        {
            // The caller's values are not what it is about.
            throw new InvalidOperationException($"{Id} refused an instance of its own: {exception.Message}", exception);
        }

        return result ?? throw refusal!;
    }

    /// <summary>Does the work of <see cref="RunChosen"/>, and returns the reason if the check takes none of the instances.</summary>
    internal (CheckResult? Result, ArgumentException? Refusal) RunSeries(
        ulong seed, Func<TheoryInstance, TheoryInstance> choice, int? trials, CancellationToken cancellation)
    {
        int count = trials ?? DefaultTrials;
        List<CheckResult> results = [];
        ArgumentException? refusal = null;
        for (int trial = 0; trial < count; trial++)
        {
            cancellation.ThrowIfCancellationRequested();
            TheoryInstance drawn = TheoryInstance.Draw(seed, trial);
            if (CheckChosen(drawn, choice, out ArgumentException? reason) is { } result)
            {
                results.Add(result);
            }

            refusal ??= reason;
        }

        return results.Count == 0
            ? (null, refusal)
            : (CheckResult.Merge(results) with { LeftOut = count - results.Count, LeftOutReason = refusal?.Message ?? "" }, null);
    }

    /// <summary>Gives an instance values of the user's own, and moves the others into the statement's domain.</summary>
    /// <param name="instance">Any instance.</param>
    /// <param name="choice">Sets the user's values, the same whatever the instance is.</param>
    /// <returns>The instance; null if the check has to move one of the user's values, see <see cref="TakesAnyInstance"/>, or would not use
    /// them, see <see cref="HasOwnSettings"/>.</returns>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    internal TheoryInstance? Choose(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        if (HasOwnSettings)
        {
            return ChangesNothing(instance, choice) ? instance : null;
        }

        TheoryInstance adapted = Around(instance, choice), chosen = choice(adapted);
        return TakesAnyInstance || chosen == adapted ? chosen : null;
    }

    // A check that lowers d leaves more columns than there can be, which is nobody's choice.
    private TheoryInstance Around(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        TheoryInstance adapted = AdaptChosen(instance, choice);
        return adapted with { Columns = adapted.Columns > adapted.Dimension ? adapted.Dimension : adapted.Columns };
    }

    /// <summary>Says whether nothing is chosen: a value may be that of one instance by chance, and is not that of all.</summary>
    private static bool ChangesNothing(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        bool same = choice(instance) == instance;
        for (int trial = 0; same && trial < Probes; trial++)
        {
            TheoryInstance other = TheoryInstance.Draw(instance.Seed, trial);
            same = choice(other) == other;
        }

        return same;
    }

    /// <summary>
    /// Moves an instance into the statement's domain around the user's values; by default as <see cref="Adapt"/> moves the instance that has them.
    /// A check that <see cref="TakesAnyInstance"/> and computes some values from others sets them in steps, with the choice after each step, so
    /// that they follow from the chosen ones.
    /// </summary>
    /// <param name="instance">Any instance.</param>
    /// <param name="choice">Sets the user's values, the same whatever the instance is.</param>
    protected virtual TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Adapt(choice(instance));
    }

    /// <summary>Checks the statement: <see cref="CheckResult.Judge"/> or <see cref="CheckResult.Imply"/> with <see cref="Id"/>.</summary>
    /// <param name="instance">The instance, moved into the domain by <see cref="Adapt"/> or as the caller gave it.</param>
    protected abstract CheckResult CheckCore(TheoryInstance instance);

    /// <summary>Checks the negative control in the same way.</summary>
    /// <param name="instance">The instance.</param>
    protected abstract CheckResult CheckControlCore(TheoryInstance instance);

    private CheckResult Complete(CheckResult? result, TheoryInstance instance)
        => result is null || result.Id != Id
            ? throw new InvalidOperationException(
                $"{GetType().Name} has the id '{Id}' and returned {(result is null ? "no result" : $"a result of '{result.Id}'")}; accepted is a result of its id.")
            : result with { Instance = instance.ToString() };

    private CheckResult? CheckChosen(TheoryInstance drawn, Func<TheoryInstance, TheoryInstance> choice, out ArgumentException? reason)
    {
        TheoryInstance? instance;
        try
        {
            instance = Choose(drawn, choice);
            reason = instance is not null ? null : new ArgumentException(Conflict(drawn, choice), nameof(choice));
        }
        catch (ArgumentException exception)
        {
            // The chosen values, if it moves the drawn instance. Else the check is at fault, which comes through.
            Adapt(drawn);
            (instance, reason) = (null, exception);
        }

        if (instance is null)
        {
            return null;
        }

        try
        {
            return Check(instance);
        }
        catch (ArgumentException exception)
        {
            // The chosen values, if its own instance of this trial is fine. Else the check is at fault, which comes through.
            Check(Adapt(drawn));
            reason = exception;
            return null;
        }
    }

    private string Conflict(TheoryInstance drawn, Func<TheoryInstance, TheoryInstance> choice)
    {
        if (HasOwnSettings)
        {
            return $"{Id} is about settings of its own; accepted are its own instances.";
        }

        TheoryInstance adapted = Around(drawn, choice);
        IEnumerable<string> values = choice(adapted).DifferencesFrom(adapted).Select(value => $"'{value.Name}' is {value.Own}, and {Id} sets {value.Other}");
        return $"{string.Join("; ", values)}; accepted are values that it leaves as they are.";
    }

    private bool ExceedsLimit(CheckResult result)
        => result.Verdict == Verdict.ImpliedConstant && result.Constant is { } constant && ConstantLimit is { } limit
            && !(constant.IsSmallest ? constant.Value <= limit : constant.Value >= limit);
}
