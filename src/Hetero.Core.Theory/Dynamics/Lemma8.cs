using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Subspaces;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 8, (51)–(54): ‖U_tᵀU_t − (R_tR_tᵀ + Q_tQ_tᵀ + E_tᵀE_t)‖ ≤ 6ε1‖U_t‖² with ε1 = ‖U*ᵀV*‖, for any factor. The six cross terms of (52) have
/// operator norm at most ε1 each, so the bound needs no hypothesis.
/// </summary>
/// <remarks>
/// The six terms cancel for the most part: with N = Id_res the bracket is N − N² = −(Id_{U*}Id_{V*} + Id_{V*}Id_{U*}), of norm ε1(1 + ε1) ≤ 2ε1. So 6 may
/// be 1 + ε1, which is the second claim, and nothing less in general.
/// </remarks>
public sealed class Lemma8 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L8",
        Statement = "‖UᵀU − (RRᵀ + QQᵀ + EᵀE)‖ ≤ 6ε1‖U‖², even ≤ (1 + ε1)ε1‖U‖²",
        Equations = "(51)–(54)",
        Stated = Verdict.Holds,
        Remark = "Deterministic, for any U; the sharp factor is 1 + ε1 in place of 6. With orthogonal subspaces both sides are 0.",
        ControlStatement = "the same with 0.6ε1",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the lemma on a problem and a factor.</summary>
    /// <param name="problem">The subspaces U* and V*.</param>
    /// <param name="factor">U, d×k.</param>
    /// <exception cref="ArgumentException">The factor has not d rows, or a number is not finite.</exception>
    public static CheckResult Check(SensingProblem problem, ReadOnlyMatrixSpan<double> factor) => Check(problem, factor, 6);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.CreateProblem(), new(instance.CreateFactor(), instance.Dimension, instance.FactorColumns), 6);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance.CreateProblem(), new(instance.CreateFactor(), instance.Dimension, instance.FactorColumns), 0.6);

    private static CheckResult Check(SensingProblem problem, ReadOnlyMatrixSpan<double> factor, double terms)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Matrix u = Matrix.Of(factor, nameof(factor));
        Decomposition<double> parts = new(problem, factor.Columns);
        parts.Compute(factor, new SignalModel<double>(problem));
        Matrix r = Matrix.Of(parts.Invariant), q = Matrix.Of(parts.Spurious), e = Matrix.Of(parts.Residual);
        double left = ((u.T * u) - ((r * r.T) + (q * q.T) + (e.T * e))).Norm();
        double overlap = SubspaceOverlap.Of(problem);
        double norm = u.Norm();

        // Each of the four products rounds by at most about d·ε·‖U‖², and U*, V* are orthonormal to that.
        double roundOff = 16 * problem.Dimension * Math.ScaleB(norm * norm, -52);
        double unit = overlap * norm * norm;
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost($"‖UᵀU − (RRᵀ + QQᵀ + EᵀE)‖ ≤ {terms}ε1‖U‖²", left, terms * unit, roundOff),
            Inequality.AtMost("‖UᵀU − (RRᵀ + QQᵀ + EᵀE)‖ ≤ (1 + ε1)ε1‖U‖²", left, (1 + overlap) * unit, roundOff));
    }
}
