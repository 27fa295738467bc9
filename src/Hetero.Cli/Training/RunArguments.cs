using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Training;

/// <summary>
/// Which option stands behind an argument of the library when a trainer is made. <see cref="RunSettingsCheck"/> refuses first what it knows; this names
/// the option where the library knows better.
/// </summary>
internal static class RunArguments
{
    /// <summary>For each argument by its last name, without what it is a property of, the option and its value.</summary>
    internal static IReadOnlyDictionary<string, (string Option, Func<RunSettings, string> Value)> Table { get; }
        = new Dictionary<string, (string, Func<RunSettings, string>)>(StringComparer.OrdinalIgnoreCase)
        {
            ["dimension"] = ("--dimension", settings => Texts.Of(settings.Dimension)),
            ["invariantRank"] = ("--invariant-rank", settings => Texts.Of(settings.InvariantRank)),
            ["spuriousRank"] = ("--spurious-rank", settings => Texts.Of(settings.SpuriousRank)),
            ["rank"] = ("--spurious-rank", settings => Texts.Of(settings.SpuriousRank)),
            ["scalars"] = ("--spurious-rank", settings => Texts.Of(settings.SpuriousRank)),
            ["overlap"] = ("--overlap", settings => Texts.Of(settings.Overlap)),
            ["eigenvalues"] = ("--eigenvalues", settings => string.Join(',', settings.Eigenvalues.Select(Texts.Of))),
            ["mean"] = ("--spurious-mean", settings => Texts.Of(settings.SpuriousMean)),
            ["spread"] = ("--spread", settings => Texts.Of(settings.Spread)),
            ["size"] = ("--off-diagonal", settings => Texts.Of(settings.OffDiagonal)),
            ["environments"] = ("--environments", settings => settings.EnvironmentsText),
            ["environmentOrder"] = ("--environment-order", settings => RunChoices.EnvironmentOrders.NameOf(settings.EnvironmentOrder.Kind)),
            ["pooledShare"] = ("--pooled-share", settings => Texts.Of(settings.PooledShare)),
            ["pooledSampling"] = ("--pooled-sampling", settings => RunChoices.PooledSamplings.NameOf(settings.PooledSampling)),
            ["samples"] = ("--samples", settings => Texts.Of(settings.Samples)),
            ["stepSize"] = ("--step-size", settings => Texts.Of(settings.StepSize)),
            ["gradientScale"] = ("--gradient-scale", settings => Texts.Of(settings.GradientScale)),
            ["initialScale"] = ("--init-scale", settings => Texts.Of(settings.InitialScale)),
            ["start"] = ("--start", settings => RunChoices.Starts.NameOf(settings.ResolvedStart)),
            ["factorColumns"] = ("--factor-columns", settings => Texts.Of(settings.Columns)),
            ["noiseDeviation"] = ("--noise", settings => Texts.Of(settings.Noise)),
        };

    /// <summary>Makes the library's refusal one of an option; null where no option stands behind the argument.</summary>
    public static UsageException? Translate(ArgumentException exception, RunSettings settings)
    {
        // A property, such as options.Samples or environments.Count, has an option of its own or that of the whole.
        string[] names = (exception.ParamName ?? "").Split('.');
        return Table.TryGetValue(names[^1], out (string Option, Func<RunSettings, string> Value) entry) || Table.TryGetValue(names[0], out entry)
            ? new UsageException($"'{entry.Option}' is '{Shown.Of(entry.Value(settings))}', which the library refuses: {ArgumentText.Of(exception)}")
            : null;
    }
}
