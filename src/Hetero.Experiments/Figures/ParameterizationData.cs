namespace Hetero.Experiments.Figures;

/// <summary>What the picture of <see cref="Parameterization"/> shows.</summary>
/// <param name="Points">The runs.</param>
/// <param name="Thresholds">Where the spurious part begins to die out.</param>
internal sealed record ParameterizationData(IReadOnlyList<ParameterizationPoint> Points, IReadOnlyList<ParameterizationThreshold> Thresholds);
