namespace Hetero.Experiments.Figures;

/// <summary>What the picture of <see cref="MomentumWindow"/> shows.</summary>
/// <param name="Cases">What was measured.</param>
/// <param name="Boundaries">The predicted windows over β.</param>
internal sealed record MomentumData(IReadOnlyList<MomentumCase> Cases, IReadOnlyList<MomentumBoundary> Boundaries);
