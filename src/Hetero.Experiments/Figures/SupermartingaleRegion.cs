using Hetero.Core.Theory.Multipliers;

namespace Hetero.Experiments.Figures;

/// <summary>The step sizes at one M for which a moment of 1 + ηs does not exceed 1, or its logarithm falls.</summary>
/// <param name="Law">The law's name.</param>
/// <param name="Gamma">γ, the moment's power being 1 − γ; 1 for E log|1 + ηs| &lt; 0.</param>
/// <param name="Spread">M.</param>
/// <param name="Set">The intervals; empty if there are none.</param>
internal sealed record SupermartingaleRegion(string Law, double Gamma, double Spread, IReadOnlyList<StepSizeInterval> Set)
{
    /// <summary>Whether this is the limit γ → 1.</summary>
    public bool IsLimit => Gamma == 1;

    /// <summary>The lower end of all; NaN if there is none.</summary>
    public double Lower => Set.Count == 0 ? double.NaN : Set[0].Lower;

    /// <summary>The upper end of all; NaN if there is none.</summary>
    public double Upper => Set.Count == 0 ? double.NaN : Set[^1].Upper;
}
