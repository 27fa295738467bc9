using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>The parameters of an instance that the user chose; null for those that each check draws or sets.</summary>
internal sealed record ChosenParameters
{
    public int? Dimension { get; init; }

    public int? InvariantRank { get; init; }

    public int? SpuriousRank { get; init; }

    public int? FactorColumns { get; init; }

    public int? Samples { get; init; }

    public double? StepSize { get; init; }

    public double? InitialScale { get; init; }

    public double? SpuriousMean { get; init; }

    public double? Spread { get; init; }

    public ScalarLaw? Environments { get; init; }

    public bool? OwnDraws { get; init; }

    public double? OffDiagonal { get; init; }

    public double? Overlap { get; init; }

    public double? FactorSize { get; init; }

    /// <summary>Sets the chosen values, and lets sizes that were not chosen fit to them. Twice is the same as once.</summary>
    public TheoryInstance Apply(TheoryInstance instance)
    {
        int dimension = Dimension ?? Math.Max(instance.Dimension, Math.Max(FactorColumns ?? 1, (InvariantRank ?? 1) + (SpuriousRank ?? 1)));
        int invariant = InvariantRank ?? Math.Min(instance.InvariantRank, dimension - (SpuriousRank ?? 1));
        int spurious = SpuriousRank ?? Math.Min(instance.SpuriousRank, dimension - invariant);
        return instance with
        {
            Dimension = dimension,
            InvariantRank = invariant,
            SpuriousRank = spurious,
            Columns = FactorColumns ?? (instance.Columns > dimension ? dimension : instance.Columns),
            Samples = Samples ?? instance.Samples,
            StepSize = StepSize ?? instance.StepSize,
            InitialScale = InitialScale ?? instance.InitialScale,
            Mean = SpuriousMean ?? instance.Mean,
            Spread = Spread ?? instance.Spread,
            Law = Environments ?? instance.Law,
            OwnDraws = OwnDraws ?? instance.OwnDraws,
            OffDiagonal = OffDiagonal ?? instance.OffDiagonal,
            Overlap = Overlap ?? instance.Overlap,
            FactorSize = FactorSize ?? instance.FactorSize,
        };
    }

    /// <summary>Names the options, with their values, that an instance does not have as they were chosen.</summary>
    public IEnumerable<(string Name, string Value)> Moved(TheoryInstance instance)
        => Options(instance).Where(option => !option.IsKept).Select(option => (option.Name, option.Value));

    /// <summary>Chooses the same parameters with the values of an instance.</summary>
    public ChosenParameters WithValuesOf(TheoryInstance instance) => new()
    {
        Dimension = Dimension is null ? null : instance.Dimension,
        InvariantRank = InvariantRank is null ? null : instance.InvariantRank,
        SpuriousRank = SpuriousRank is null ? null : instance.SpuriousRank,
        FactorColumns = FactorColumns is null ? null : instance.FactorColumns,
        Samples = Samples is null ? null : instance.Samples,
        StepSize = StepSize is null ? null : instance.StepSize,
        InitialScale = InitialScale is null ? null : instance.InitialScale,
        SpuriousMean = SpuriousMean is null ? null : instance.Mean,
        Spread = Spread is null ? null : instance.Spread,
        Environments = Environments is null ? null : instance.Law,
        OwnDraws = OwnDraws is null ? null : instance.OwnDraws,
        OffDiagonal = OffDiagonal is null ? null : instance.OffDiagonal,
        Overlap = Overlap is null ? null : instance.Overlap,
        FactorSize = FactorSize is null ? null : instance.FactorSize,
    };

    /// <summary>Names the options that were chosen, with their values.</summary>
    public IEnumerable<(string Name, string Value)> Given() => Options(Apply(new TheoryInstance())).Select(option => (option.Name, option.Value));

    private IEnumerable<(string Name, string Value, bool IsKept)> Options(TheoryInstance instance)
    {
        (string Name, object? Chosen, object? Found)[] all =
        [
            ("--dimension", Dimension, instance.Dimension),
            ("--invariant-rank", InvariantRank, instance.InvariantRank),
            ("--spurious-rank", SpuriousRank, instance.SpuriousRank),
            ("--factor-columns", FactorColumns, instance.FactorColumns),
            ("--samples", Samples, instance.Samples),
            ("--step-size", StepSize, instance.StepSize),
            ("--init-scale", InitialScale, instance.InitialScale),
            ("--spurious-mean", SpuriousMean, instance.Mean),
            ("--spread", Spread, instance.Spread),
            ("--environments", Environments, instance.Law),
            ("--own-draws", OwnDraws, instance.OwnDraws),
            ("--off-diagonal", OffDiagonal, instance.OffDiagonal),
            ("--overlap", Overlap, instance.Overlap),
            ("--factor-size", FactorSize, instance.FactorSize),
        ];
        foreach ((string name, object? chosen, object? found) in all)
        {
            if (chosen is not null)
            {
                yield return (name, Text(found), chosen.Equals(found));
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "random",
        ScalarLaw law => law == ScalarLaw.TwoPoint ? "two-point" : "uniform",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
