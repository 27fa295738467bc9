namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>Subspaces of two ranks in Rest dimensions more than they span.</summary>
public sealed record EdgeCase(int InvariantRank, int SpuriousRank, int Rest);
