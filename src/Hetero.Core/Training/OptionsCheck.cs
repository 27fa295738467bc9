using System.Diagnostics.CodeAnalysis;

namespace Hetero.Core.Training;

/// <summary>
/// Refuses options that nothing would go by: a trainer that is put together from parts has options, and so have its batch and a model of one's own. Those of the samples are the batch's, those
/// of the start the model's, those of the steps the trainer's; what another one has must be the same, or the default.
/// </summary>
internal static class OptionsCheck
{
    private static readonly TrainingOptions Defaults = new() { Seed = 0 };

    // Both have the seed: that of the start is the trainer's, that of the environments the batch's.
    private static readonly (string Name, Func<TrainingOptions, object?> Get)[] OfBatch =
    [
        (nameof(TrainingOptions.Samples), options => options.Samples),
        (nameof(TrainingOptions.NoiseDeviation), options => options.NoiseDeviation),
        (nameof(TrainingOptions.LabelNoise), options => options.LabelNoise is { Deviation: > 0 } noise ? noise : null),
        (nameof(TrainingOptions.TruncationLevel), options => options.TruncationLevel),
        (nameof(TrainingOptions.PooledSampling), options => options.PooledSampling),
        (nameof(TrainingOptions.EnvironmentOrder), options => options.EnvironmentOrder),
        (nameof(TrainingOptions.PooledShare), options => options.PooledShare),
    ];

    private static readonly (string Name, Func<TrainingOptions, object?> Get)[] OfStart =
    [
        (nameof(TrainingOptions.InitialScale), options => options.InitialScale),
        (nameof(TrainingOptions.FactorColumns), options => options.FactorColumns),
        (nameof(TrainingOptions.Start), options => options.Start),
    ];

    private static readonly (string Name, Func<TrainingOptions, object?> Get)[] OfTrainer =
    [
        (nameof(TrainingOptions.StepSize), options => options.StepSize),
        (nameof(TrainingOptions.GradientScale), options => options.GradientScale),
        .. OfStart,
    ];

    /// <summary>Refuses what a trainer's options say of the batch, or a batch's of the steps, and the other one does not.</summary>
    /// <param name="options">The trainer's.</param>
    /// <param name="batch">The batch's; null if it has none.</param>
    /// <exception cref="ArgumentException">An option would be left unused; the message names it.</exception>
    public static void Check(TrainingOptions options, TrainingOptions? batch)
    {
        if (ReferenceEquals(options, batch))
        {
            return;
        }

        foreach ((string name, Func<TrainingOptions, object?> get) in OfBatch)
        {
            Check($"options.{name}", get(options), get(batch ?? Defaults), get(Defaults), batch is null ? "the batch says no options of its own" : "the batch goes by its own");
        }

        foreach ((string name, Func<TrainingOptions, object?> get) in OfTrainer)
        {
            Check($"batch.Options.{name}", get(batch ?? Defaults), get(options), get(Defaults), "the trainer goes by its own");
        }
    }

    /// <summary>Refuses what a trainer's options say of the start, and its model, one of the user's own, does not.</summary>
    /// <param name="options">The trainer's.</param>
    /// <param name="model">The model's; null if it has none.</param>
    /// <exception cref="ArgumentException">An option would be left unused; the message names it.</exception>
    public static void CheckStart(TrainingOptions options, TrainingOptions? model)
    {
        foreach ((string name, Func<TrainingOptions, object?> get) in OfStart)
        {
            Check($"options.{name}", get(options), get(model ?? Defaults), get(Defaults), model is null ? "'parts.Model' says no options of its own" : "'parts.Model' goes by its own");
        }
    }

    private static void Check(string name, object? value, object? used, object? standard, string reason)
    {
        if (!Equals(value, used) && !Equals(value, standard))
        {
            Refuse(name, value, used, standard, reason);
        }
    }

    [DoesNotReturn]
    private static void Refuse(string name, object? value, object? used, object? standard, string reason)
    {
        string accepted = Equals(used, standard) ? Text(used) : $"{Text(used)}, or the default, {Text(standard)}";
        throw new ArgumentException($"'{name}' is {Text(value)}, and {reason}; accepted is {accepted}.", name);
    }

    private static string Text(object? value) => value is null ? "none" : FormattableString.Invariant($"{value}");
}
