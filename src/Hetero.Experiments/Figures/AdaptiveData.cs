namespace Hetero.Experiments.Figures;

/// <summary>What the picture of <see cref="AdaptiveLimits"/> shows.</summary>
/// <param name="Points">Where the rules end.</param>
/// <param name="Decays">Thresholds under weight decay.</param>
internal sealed record AdaptiveData(IReadOnlyList<AdaptivePoint> Points, IReadOnlyList<DecayPoint> Decays);
