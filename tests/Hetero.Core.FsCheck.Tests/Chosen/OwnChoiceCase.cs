using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Tests.Chosen;

/// <summary>A check that takes any instance, by its number among them, the seed of an instance, and which of its values are chosen, by bits.</summary>
public sealed record OwnChoiceCase(int Number, int Values, ulong Seed)
{
    public const int LastValues = (1 << 14) - 1;

    internal static IReadOnlyList<TheoryCheck> Checks { get; } = [.. TheoryCatalog.All.Where(check => check.TakesAnyInstance)];

    internal TheoryCheck Check => Checks[Number];

    /// <summary>Gives an instance those values of another one.</summary>
    internal TheoryInstance Choose(TheoryInstance instance, TheoryInstance other) => instance with
    {
        Dimension = Is(0) ? other.Dimension : instance.Dimension,
        InvariantRank = Is(1) ? other.InvariantRank : instance.InvariantRank,
        SpuriousRank = Is(2) ? other.SpuriousRank : instance.SpuriousRank,
        Columns = Is(3) ? other.Columns : instance.Columns,
        Samples = Is(4) ? other.Samples : instance.Samples,
        StepSize = Is(5) ? other.StepSize : instance.StepSize,
        InitialScale = Is(6) ? other.InitialScale : instance.InitialScale,
        Mean = Is(7) ? other.Mean : instance.Mean,
        Spread = Is(8) ? other.Spread : instance.Spread,
        Law = Is(9) ? other.Law : instance.Law,
        OwnDraws = Is(10) ? other.OwnDraws : instance.OwnDraws,
        OffDiagonal = Is(11) ? other.OffDiagonal : instance.OffDiagonal,
        Overlap = Is(12) ? other.Overlap : instance.Overlap,
        FactorSize = Is(13) ? other.FactorSize : instance.FactorSize,
    };

    private bool Is(int bit) => (Values >> bit & 1) == 1;
}
