namespace Hetero.Experiments.Figures;

/// <summary>What the picture of <see cref="FederatedWindow"/> shows.</summary>
/// <param name="Cases">What was measured.</param>
/// <param name="Boundaries">The predicted windows over N for each K, for clients that draw independently.</param>
internal sealed record FederatedData(IReadOnlyList<FederatedCase> Cases, IReadOnlyList<FederatedCase> Boundaries);
