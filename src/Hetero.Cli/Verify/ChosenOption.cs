using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>One option of hetero verify that chooses a value of the instances.</summary>
/// <param name="Name">The option.</param>
/// <param name="Property">What the library calls it.</param>
/// <param name="Of">The value of an instance.</param>
/// <param name="Get">The value chosen; null for none.</param>
/// <param name="Set">Chooses a value; null takes the choice back.</param>
internal sealed record ChosenOption(
    string Name,
    string Property,
    Func<TheoryInstance, object?> Of,
    Func<ChosenParameters, object?> Get,
    Func<ChosenParameters, object?, ChosenParameters> Set)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChosenOption> All { get; } =
    [
        new("--dimension", nameof(TheoryInstance.Dimension), i => i.Dimension, c => c.Dimension, (c, v) => c with { Dimension = (int?)v }) { Range = (2, 1000), IsWhole = true },
        new("--invariant-rank", nameof(TheoryInstance.InvariantRank), i => i.InvariantRank, c => c.InvariantRank, (c, v) => c with { InvariantRank = (int?)v }) { Range = (1, 999), IsWhole = true },
        new("--spurious-rank", nameof(TheoryInstance.SpuriousRank), i => i.SpuriousRank, c => c.SpuriousRank, (c, v) => c with { SpuriousRank = (int?)v }) { Range = (1, 999), IsWhole = true },
        new("--factor-columns", nameof(TheoryInstance.Columns), i => i.FactorColumns, c => c.FactorColumns, (c, v) => c with { FactorColumns = (int?)v }) { Range = (1, 1000), IsWhole = true },
        new("--samples", nameof(TheoryInstance.Samples), i => i.Samples, c => c.Samples, (c, v) => c with { Samples = (int?)v }) { Range = (1, 1e9), IsWhole = true },
        new("--step-size", nameof(TheoryInstance.StepSize), i => i.StepSize, c => c.StepSize, (c, v) => c with { StepSize = (double?)v }) { Range = (1e-6, 10) },
        new("--init-scale", nameof(TheoryInstance.InitialScale), i => i.InitialScale, c => c.InitialScale, (c, v) => c with { InitialScale = (double?)v }) { Range = (1e-12, 0.999) },
        new("--spurious-mean", nameof(TheoryInstance.Mean), i => i.Mean, c => c.SpuriousMean, (c, v) => c with { SpuriousMean = (double?)v }) { Range = (-1e6, 1e6) },
        new("--spread", nameof(TheoryInstance.Spread), i => i.Spread, c => c.Spread, (c, v) => c with { Spread = (double?)v }) { Range = (0, 1e6) },
        new("--environments", nameof(TheoryInstance.Law), i => i.Law, c => c.Environments, (c, v) => c with { Environments = (ScalarLaw?)v }),
        new("--own-draws", nameof(TheoryInstance.OwnDraws), i => i.OwnDraws, c => c.OwnDraws, (c, v) => c with { OwnDraws = (bool?)v }),
        new("--off-diagonal", nameof(TheoryInstance.OffDiagonal), i => i.OffDiagonal, c => c.OffDiagonal, (c, v) => c with { OffDiagonal = (double?)v }) { Range = (0, 1e6) },
        new("--overlap", nameof(TheoryInstance.Overlap), i => i.Overlap, c => c.Overlap, (c, v) => c with { Overlap = (double?)v }) { Range = (0, 1) },
        new("--factor-size", nameof(TheoryInstance.FactorSize), i => i.FactorSize, c => c.FactorSize, (c, v) => c with { FactorSize = (double?)v }) { Range = (1e-6, 1000) },
    ];

    /// <summary>The least and the greatest number that it may have; null if it is none.</summary>
    public (double Least, double Greatest)? Range { get; init; }

    /// <summary>Whether it is a whole number.</summary>
    public bool IsWhole { get; init; }

    /// <summary>A number as a value of this option.</summary>
    public object Value(double number) => IsWhole ? (object)(int)number : number;

    /// <summary>A value as it is written on the command line.</summary>
    public static string Text(object? value) => value switch
    {
        null => "random",
        ScalarLaw law => law == ScalarLaw.TwoPoint ? "two-point" : "uniform",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
