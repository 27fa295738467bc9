namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>
/// Pooled training near A* + Ā: Σ^(e) = (1 ± Spread)·I, η = Percent/100 as Factor times a smaller step size, and a seed for the subspaces.
/// </summary>
public sealed record PooledCase(int Dimension, int InvariantRank, int SpuriousRank, int Spread, int Percent, int Factor, int Samples, ulong Seed);
