using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>Numbers of the analysis, whole ones: M1 = Bound, M2 = Heterogeneity, α = 10^−Start and p = Percent/100.</summary>
public sealed record ClosingCase(int Dimension, int InvariantRank, int SpuriousRank, int Bound, int Heterogeneity, int Start, int Percent)
{
    internal AnalysisConstants Constants() => new()
    {
        Bound = Bound, Heterogeneity = Heterogeneity, RipConstant = 0, InitialScale = Math.Pow(10, -Start), ViolationProbability = Percent / 100.0,
    };
}
