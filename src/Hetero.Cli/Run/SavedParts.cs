namespace Hetero.Cli.Run;

/// <summary>Which options stand behind what a saved state says of its run.</summary>
internal static class SavedParts
{
    /// <summary>For each name that a state may differ in the option or options.</summary>
    internal static IReadOnlyDictionary<string, string> Options { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["algorithm"] = "'--algorithm'",
        ["precision"] = "'--precision'",
        ["dimension"] = "'--dimension'",
        ["invariantRank"] = "'--invariant-rank'",
        ["spuriousRank"] = "'--spurious-rank'",
        ["factorColumns"] = "'--factor-columns'",
        ["seed"] = "'--seed'",
        ["start"] = "'--start'",
        ["initialScale"] = "'--init-scale'",
        ["gradientScale"] = "'--gradient-scale'",
        ["stepSize"] = "'--step-size'",
        ["samples"] = "'--samples'",
        ["noiseDeviation"] = "'--noise'",
        ["environmentOrder"] = "'--environment-order'",
        ["blockLength"] = "'--block-length'",
        ["pooledShare"] = "'--pooled-share'",
        ["pooledSampling"] = "'--pooled-sampling'",
        ["environments"] = "'--environments'",
        ["mean"] = "'--spurious-mean'",
        ["spread"] = "'--spread'",
        ["ownDraws"] = "'--own-draws'",
        ["offDiagonal"] = "'--off-diagonal'",
        ["eigenvalues"] = "'--eigenvalues'",
        ["subspaces"] = "'--orthogonal' or '--overlap'",
        ["measurements"] = "'--measurements'",
    };
}
