namespace Hetero.Experiments.Figures;

/// <summary>Both halves of <see cref="PhaseDiagram"/>, over the same cells.</summary>
/// <param name="Population">m = ∞.</param>
/// <param name="Samples">Finite m.</param>
/// <param name="SameSeeds">m = ∞ over the seeds of finite m alone.</param>
internal sealed record PhaseDiagramData(PhaseGrid Population, PhaseGrid Samples, PhaseGrid SameSeeds);
