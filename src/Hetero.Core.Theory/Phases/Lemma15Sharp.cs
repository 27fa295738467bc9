using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Isometry;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// Lemma 15 with the constants that it has room for, ½ and ⅛ in place of 5 and 1: under (88) with orthogonal subspaces, 1 − 0.51g ≤ σ_{r1} ≤ σ_1 ≤ 1 + 0.126g from
/// t = T1 + (8/η)·log(1/g) on, and runs that come to 1 − 0.49g and to 1 + 0.12g.
/// </summary>
/// <remarks>
/// <para>With e = ‖U_tᵀE_t‖, by Weyl's inequality on (22) σ_1 ← (1 + η − ησ_1²)σ_1 + ηe with 4e ≤ g, whose limit is 1 + g/8 at most; and σ_{r1} ← (1 + η − ησ_{r1}²)σ_{r1} −
/// η(g − 4e)σ_1 − ηe, where 4σ_1 ≥ 1 makes e = 0 the worst case, with the limit 1 − g/2 − O(g²), above 1 − 0.507g for g below 0.01.</para>
/// <para>Both are limits of runs, with k = r1 columns so that Q cannot leave R's. With s = 1 always and Q along R both grow by one factor, and stop where σ² + ‖Q‖² =
/// 1. With s = −1 always Q dies, and measurements with E∘(V*V*ᵀ) along −A* push σ² to 1 + e.</para>
/// </remarks>
public sealed class Lemma15Sharp : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L15-sharp",
        Statement =
            "(88) with orthogonal subspaces: 1 − 0.51g ≤ σ_r1 ≤ σ_1 ≤ 1 + 0.126g from T1 + (8/η)log(1/g) on, and runs with σ_r1 ≤ 1 − 0.49g, σ_1 ≥ 1 + 0.12g",
        Equations = "(88)–(93)",
        Stated = Verdict.Holds,
        Remark = "½ and ⅛ are enough, as Weyl's inequality on (22) shows, and needed: constant environments and chosen measurements come to both.",
        ControlStatement = "the same with 0.375g and 0.094g",
        DefaultTrials = 4,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with
        {
            Dimension = Math.Min(instance.Dimension, 6),
            InvariantRank = Math.Min(instance.InvariantRank, 2),
            SpuriousRank = 1,
            Columns = Math.Min(instance.InvariantRank, 2),
            StepSize = 0.1 + (0.3 * Math.Min(0.3, instance.StepSize)),
            Spread = 0,
            Law = ScalarLaw.TwoPoint,
            OffDiagonal = 0,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 0.51, 0.126);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.375, 0.094);

    private static CheckResult Check(TheoryInstance instance, double down, double up)
    {
        SensingProblem problem = instance.CreateProblem();
        int length = (int)(8 / instance.StepSize * Math.Log(1000)) + 60;

        // σ² + ‖Q‖² = 1 with ‖Q‖/σ = 0.08 as at the start.
        List<AnalyzedStep> along = SimulatedRun.Train(instance with { Mean = 1 }, problem, Start(instance, problem, 0.08), null, length);

        // The perturbation has norm 1: E∘(V*V*ᵀ) = −δA*/√r1, so that σ² = 1 + δ/√r1 in the end.
        double delta = 0.002 * Math.Sqrt(problem.InvariantRank);
        Matrix signal = Column(problem.InvariantBasis), spurious = Column(problem.SpuriousBasis);
        Matrix perturbation = (-1 / Math.Sqrt(problem.InvariantRank)) * ((signal * spurious.T) + (spurious * signal.T));
        List<AnalyzedStep> pushed = SimulatedRun.Train(
            instance with { Mean = -1 }, problem, Start(instance, problem, 1e-4), NearIsometry.Create(instance.Dimension, perturbation, delta), length);
        double lower = along.Skip(1).Max(Lemma15.Left), upper = pushed.Skip(1).Max(Lemma15.Left);
        (IReadOnlyList<Inequality> first, double low, _) = Lemma15.Range(along, lower, 8 * Math.Log(1 / lower));
        (IReadOnlyList<Inequality> second, _, double high) = Lemma15.Range(pushed, upper, 8 * Math.Log(1 / upper));
        return CheckResult.Judge(
            Facts.Id,
            [.. first, .. second],
            [
                Inequality.AtLeast(FormattableString.Invariant($"(σ_r1 − 1)/g ≥ −{down}"), (low - 1) / lower, -down),
                Inequality.AtMost("(σ_r1 − 1)/g ≤ −0.49", (low - 1) / lower, -0.49),
                Inequality.AtMost(FormattableString.Invariant($"(σ_1 − 1)/g ≤ {up}"), (high - 1) / upper, up),
                .. Lemma15.Check(along, lower).Claims,
                .. Lemma15.Check(pushed, upper).Claims,
                Inequality.AtLeast("(σ_1 − 1)/g ≥ 0.12", (high - 1) / upper, 0.12),
            ]);
    }

    /// <summary>R of singular values 0.3 and Q along its first column, of a share of its size; E is 0.</summary>
    private static Matrix Start(TheoryInstance instance, SensingProblem problem, double share)
    {
        int r1 = problem.InvariantRank;
        Matrix r = new(HaarFrame.Draw(instance.Stream(1), r1, r1), r1, r1);
        return 0.3 * ((Matrix.Of(problem.InvariantBasis) * r.T) + (share * (Matrix.Of(problem.SpuriousBasis) * r.Column(0).T)));
    }

    /// <summary>svec of the projection onto the columns of a basis, as a column.</summary>
    private static Matrix Column(Numerics.ReadOnlyMatrixSpan<double> basis)
    {
        Matrix columns = Matrix.Of(basis);
        double[] svec = (columns * columns.T).ToSvec();
        return new Matrix(svec, svec.Length, 1);
    }
}
