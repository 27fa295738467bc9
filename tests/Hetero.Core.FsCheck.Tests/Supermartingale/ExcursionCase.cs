using System.Globalization;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>An excursion of the controller from the line: how often it reaches the barrier before it falls below the line (48).</summary>
/// <param name="Law">The law of Σ_ii.</param>
/// <param name="Place">The step size, on a side of the threshold for 1 − γ = 2/3.</param>
/// <param name="Violation">p, above 0 and below 1.</param>
/// <param name="SpuriousRank">r2.</param>
/// <param name="Steps">The number of steps, 1 or more.</param>
/// <param name="IsRising">Whether L_t rises with R_t; otherwise it is α.</param>
public sealed record ExcursionCase(LawCase Law, StepSizePlace Place, double Violation, int SpuriousRank, int Steps, bool IsRising)
{
    /// <summary>The power of Lemma 7, 1 − γ.</summary>
    public const double Power = 2.0 / 3;

    /// <summary>η; null if no step size up to a half lies on that side.</summary>
    public double? StepSize => Place.Of(StepSizeSets.Supermartingale(EntryLaw.Of(Law.Create()).Shifted(2), Power));

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Law}, {Place}, p={Violation:R} r2={SpuriousRank} T={Steps}{(IsRising ? " rising" : "")}");
}
