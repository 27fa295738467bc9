using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Subspaces;

namespace Hetero.Core.Theory.Spectrum;

/// <summary>Problems whose A* has eigenvalues from 1 to 1/κ, and the hypotheses of Theorem 8 with their margins.</summary>
internal static class Theorem8Setting
{
    /// <summary>Makes a problem with orthogonal subspaces, or some principal cosines, and eigenvalues 1, κ^{−1/(r1−1)}, …, 1/κ.</summary>
    public static SensingProblem CreateProblem(int dimension, int invariantRank, int spuriousRank, double conditionNumber, ulong seed, double overlap = 0)
    {
        double[] eigenvalues = new double[invariantRank];
        for (int i = 0; i < invariantRank; i++)
        {
            eigenvalues[i] = Math.Pow(conditionNumber, -i / Math.Max(1.0, invariantRank - 1));
        }

        SubspaceLayout layout = overlap == 0 ? SubspaceLayout.Orthogonal : SubspaceLayout.PrescribedOverlap;
        return SensingProblem.Create(dimension, invariantRank, spuriousRank, seed, layout, overlap, eigenvalues);
    }

    /// <summary>κ(A*).</summary>
    public static double ConditionNumber(SensingProblem problem)
    {
        double least = double.PositiveInfinity, largest = 0;
        foreach (double eigenvalue in problem.Eigenvalues)
        {
            (least, largest) = (Math.Min(least, Math.Abs(eigenvalue)), Math.Max(largest, Math.Abs(eigenvalue)));
        }

        return largest / least;
    }

    /// <summary>Every hypothesis with its numbers, constants without a value being 1, C of Assumption 1 (a) aside.</summary>
    /// <param name="problem">The subspaces and eigenvalues.</param>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="ripConstant">δ; null at m = ∞, where every δ above 0 is one and the hypotheses on it can be met.</param>
    /// <param name="stepSize">η.</param>
    /// <param name="initialScale">α.</param>
    /// <param name="rankConstant">C of Assumption 1 (a).</param>
    public static IReadOnlyList<Inequality> Hypotheses(
        SensingProblem problem, EnvironmentDistribution environments, double? ripConstant, double stepSize, double initialScale, double rankConstant = 1)
    {
        SpuriousRegularity regularity = SpuriousRegularity.Of(environments);
        double d = problem.Dimension, m1 = regularity.Bound, m2 = regularity.Heterogeneity, overlap = SubspaceOverlap.Of(problem), norm = 0;
        int r1 = problem.InvariantRank, r2 = problem.SpuriousRank, r = r1 + r2;
        foreach (double eigenvalue in problem.Eigenvalues)
        {
            norm = Math.Max(norm, Math.Abs(eigenvalue));
        }

        double roundOff = 8 * d * Math.ScaleB(1, -52);
        List<Inequality> all =
        [
            Inequality.AtMost("Assumption 1 (a): C·log⁴ d ≤ r1 ∧ r2", rankConstant * Math.Pow(Math.Log(d), 4), Math.Min(r1, r2)),
            Inequality.AtLeast("Assumption 1 (a): d ≥ (r1 + r2)^C", d, Math.Pow(r, rankConstant)),
            Inequality.AtMost("‖A*‖ = 1", Math.Abs(norm - 1), 0, 1e-12),
            Inequality.Below("Assumption 2: M1 < C_0·M2", m1, m2),
            Inequality.AtMost("(7): r2²·Σ_{j≠i}|Σ_ij| ≤ c_o/M2^1.5", regularity.OffDiagonal, Math.Pow(m2, -1.5)),
            Inequality.AtLeast("M2 ≥ C·r²", m2, (double)r * r),
            ripConstant is { } delta
                ? Inequality.Below("ε1 < δ", overlap, delta, roundOff)
                : Inequality.AtMost("ε1 = 0, below every δ", overlap, 0, roundOff),
            Inequality.Above("η > 24/M2", stepSize, 24 / m2),
            Inequality.Below("η < 1/(64·M1) ∧ 1/r²", stepSize, Math.Min(1 / (64 * m1), 1.0 / (r * r))),
            Inequality.Above("α > d⁻⁴", initialScale, Math.Pow(d, -4)),
            Inequality.Below("α < d⁻³", initialScale, Math.Pow(d, -3)),
        ];
        if (ripConstant is { } given)
        {
            all.Add(Inequality.AtMost("δ ≤ 1/(r·log d·(M1 + M2)·κ), the least that a polynomial could be", given, 1 / (r * Math.Log(d) * (m1 + m2) * ConditionNumber(problem))));
        }

        return all;
    }
}
