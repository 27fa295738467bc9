using Hetero.Core.Environments;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Data with one spurious direction and how they are fitted, in whole environments of shuffled order.</summary>
internal sealed record FitScenario
{
    public required int Dimension { get; init; }

    public int InvariantRank { get; init; } = 1;

    public bool IsOrthogonal { get; init; } = true;

    /// <summary>Gets s of each environment, as `--values` has it.</summary>
    public required string Values { get; init; }

    /// <summary>Gets the rows of each environment.</summary>
    public required int Samples { get; init; }

    public double Noise { get; init; }

    /// <summary>Gets η; null chooses one.</summary>
    public double? StepSize { get; init; }

    public required int Steps { get; init; }

    public int Every { get; init; } = 1;

    /// <summary>Gets whether it is fitted in single precision; the files are in double.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Gets s of each environment.</summary>
    public double[] Multipliers => NumberSyntax.FiniteSeries.TryRead(Values, out double[] values) ? values : throw new InvalidOperationException($"'{Values}' is no list.");

    /// <summary>Gets what the command is told, but for the seed of both.</summary>
    public string Commands
        => $"`hetero generate --dimension {Texts.Of(Dimension)}{(InvariantRank == 1 ? "" : $" --invariant-rank {Texts.Of(InvariantRank)}")}{(IsOrthogonal ? " --orthogonal" : "")} "
            + $"--values={Values} --samples {Texts.Of(Samples)}{(Noise == 0 ? "" : $" --noise {Texts.Of(Noise)}")} --out data` and "
            + $"`hetero fit{(IsSingle ? " --precision single" : "")}{(Every == 1 ? "" : $" --every {Texts.Of(Every)}")} --step-size {(StepSize is { } size ? Texts.Of(size) : "auto")} "
            + $"--environment-order shuffled --steps {Texts.Of(Steps)} --out fit data`";

    /// <summary>What makes the data of a seed.</summary>
    public RunRecipe DataOf(ulong seed) => EnvironmentLists.OfValues(
        new RunRecipe
        {
            Dimension = Dimension,
            InvariantRank = InvariantRank,
            Orthogonal = IsOrthogonal,
            Measurements = MeasurementKind.Regenerated,
            Samples = Samples,
            Noise = Noise,
            Seed = seed,
        },
        Multipliers);

    /// <summary>What fits them.</summary>
    public FitRecipe FitOf(ulong seed)
    {
        RunRecipe training = new() { Steps = Steps, Every = Every, EnvironmentOrder = EnvironmentOrderKind.Shuffled, Precision = IsSingle ? Precision.Single : Precision.Double, Seed = seed };
        return new() { Training = StepSize is { } size ? training with { StepSize = size } : training, ChoosesStepSize = StepSize is null };
    }
}
