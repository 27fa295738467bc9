using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The decomposition (17), (18): U = U*Rᵀ + V*Qᵀ + E with R = UᵀU*, Q = UᵀV*, E = Id_res·U, to round-off, for any U and subspaces.
/// </summary>
/// <remarks>
/// <para>Where the subspaces overlap, E is not orthogonal to them: with C = U*ᵀV*, U*ᵀE = −CQᵀ and V*ᵀE = −CᵀRᵀ, so both are of the order ε1 and 0 only if
/// ε1 = 0. For the same reason Id_res = I − U*U*ᵀ − V*V*ᵀ is no projection: ‖Id_res² − Id_res‖ = ε1(1 + ε1). Its norm is at most 1 all the same, which (74)
/// uses.</para>
/// <para>The paper writes E_t for this residual, for the operator (20) and for the operator's value.</para>
/// </remarks>
public sealed class FactorDecomposition : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "A4",
        Statement = "U = U*Rᵀ + V*Qᵀ + E, E = Id_res·U; U*ᵀE = −CQᵀ, V*ᵀE = −CᵀRᵀ, ‖Id_res² − Id_res‖ = ε1(1 + ε1), ‖Id_res‖ ≤ 1",
        Equations = "(17), (18)",
        Stated = Verdict.Holds,
        Remark = "An identity; with overlapping subspaces E is orthogonal to neither, and Id_res is no projection.",
        ControlStatement = "E is orthogonal to U* and V*",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the decomposition on a problem and a factor.</summary>
    /// <param name="problem">The subspaces U* and V*.</param>
    /// <param name="factor">U, d×k.</param>
    /// <exception cref="ArgumentException">The factor has not d rows, or a number is not finite.</exception>
    public static CheckResult Check(SensingProblem problem, ReadOnlyMatrixSpan<double> factor) => Check(problem, factor, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.CreateProblem(), new(instance.CreateFactor(), instance.Dimension, instance.FactorColumns), control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance.CreateProblem(), new(instance.CreateFactor(), instance.Dimension, instance.FactorColumns), control: true);

    private static CheckResult Check(SensingProblem problem, ReadOnlyMatrixSpan<double> factor, bool control)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Matrix u = Matrix.Of(factor, nameof(factor));
        Decomposition<double> parts = new(problem, factor.Columns);
        parts.Compute(factor, new SignalModel<double>(problem));
        Matrix r = Matrix.Of(parts.Invariant), q = Matrix.Of(parts.Spurious), e = Matrix.Of(parts.Residual);
        Matrix star = Matrix.Of(problem.InvariantBasis), spurious = Matrix.Of(problem.SpuriousBasis), overlap = star.T * spurious;
        Matrix rest = Matrix.Identity(problem.Dimension) - (star * star.T) - (spurious * spurious.T);

        // A few products of inner size d at most, each off by about d·ε·‖U‖_F.
        double unit = 16 * problem.Dimension * Math.ScaleB(1, -52), roundOff = unit * u.FrobeniusNorm(), cosine = overlap.Norm();
        Matrix fromStar = star.T * e, fromSpurious = spurious.T * e;
        if (control)
        {
            return CheckResult.Judge(
                Facts.Id,
                [],
                Inequality.AtMost("‖U*ᵀE‖_F ≤ 0", fromStar.FrobeniusNorm(), 0, roundOff),
                Inequality.AtMost("‖V*ᵀE‖_F ≤ 0", fromSpurious.FrobeniusNorm(), 0, roundOff));
        }

        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost("‖U − U*Rᵀ − V*Qᵀ − E‖_F ≤ 0", (u - (star * r.T) - (spurious * q.T) - e).FrobeniusNorm(), 0, roundOff),
            Inequality.AtMost("‖E − Id_res·U‖_F ≤ 0", (e - (rest * u)).FrobeniusNorm(), 0, roundOff),
            Inequality.AtMost("‖U*ᵀE + CQᵀ‖_F ≤ 0", (fromStar + (overlap * q.T)).FrobeniusNorm(), 0, roundOff),
            Inequality.AtMost("‖V*ᵀE + CᵀRᵀ‖_F ≤ 0", (fromSpurious + (overlap.T * r.T)).FrobeniusNorm(), 0, roundOff),
            Inequality.AtMost("|‖Id_res² − Id_res‖ − ε1(1 + ε1)| ≤ 0", Math.Abs(((rest * rest) - rest).Norm() - (cosine * (1 + cosine))), 0, unit),
            Inequality.AtMost("‖Id_res‖ ≤ 1", rest.Norm(), 1, unit));
    }
}
