using System.Globalization;
using Hetero.Core.Problems;

namespace Hetero.Core.Theory.Subspaces;

/// <summary>
/// Assumption 1: (a) C·log⁴d ≤ r1 ∧ r2 and d ≥ (r1 + r2)^C, (b) A* = U*U*ᵀ, (d) ‖U*ᵀV*‖ ≤ ε1. Condition (c), A^(e) = V*Σ^(e)V*ᵀ, and the
/// orthonormal columns hold for every <see cref="SensingProblem"/>.
/// </summary>
/// <remarks>
/// Condition (a) is met by no simulation: log⁴100 ≈ 450, and the printed "C·log⁴d ≤ r, (r1 + r2)^C ≤ d" with C = 2 starts at d ≈ 10¹³. Two random
/// subspaces have ε1 near <see cref="JacobiEdge"/>, not the printed √((r1 + r2)/d); <see cref="Proposition1Edge"/> checks that.
/// </remarks>
public sealed class Assumption1 : TheoryCheck
{
    private const double DefaultConstant = 2;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A1",
        Statement = "(a) C·log⁴d ≤ r1 ∧ r2, (r1 + r2)^C ≤ d with C = 2, (b) A* = U*U*ᵀ, (d) ‖U*ᵀV*‖ ≤ ε1",
        Equations = "Assumption 1",
        Kind = StatementKind.Definition,
        Stated = Verdict.HypothesisNotMet,
        Remark = "Condition (a) needs d of about 10¹³ for C = 2; the others hold, with the ε1 that the layout prescribes.",
        ControlStatement = "two random subspaces have ‖U*ᵀV*‖ ≤ √((r1 + r2)/d)",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the assumption on a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="overlap">The ε1 of condition (d), 0 or above.</param>
    /// <param name="constant">The constant C of condition (a), above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The overlap or the constant is out of range.</exception>
    public static CheckResult Check(SensingProblem problem, double overlap, double constant = DefaultConstant)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Guard.NotNegative(overlap);
        Guard.Positive(constant);
        int d = problem.Dimension, sum = problem.InvariantRank + problem.SpuriousRank;
        int smaller = Math.Min(problem.InvariantRank, problem.SpuriousRank);
        double logarithm = Math.Pow(Math.Log(d), 4), deviation = 0;
        foreach (double eigenvalue in problem.Eigenvalues)
        {
            deviation = Math.Max(deviation, Math.Abs(eigenvalue - 1));
        }

        double measured = SubspaceOverlap.Of(problem);
        double largest = Math.Min(smaller / logarithm, Math.Log(d) / Math.Log(sum));
        return CheckResult.Judge(
            Facts.Id,
            [
                Inequality.AtMost("(a) C·log⁴d ≤ r1 ∧ r2", constant * logarithm, smaller),
                Inequality.AtMost("(a) (r1 + r2)^C ≤ d", Math.Pow(sum, constant), d),
                Inequality.AtMost("(b) max |λ_i − 1| ≤ 0", deviation, 0),
            ],
            Inequality.AtMost("(d) ‖U*ᵀV*‖ ≤ ε1", measured, overlap, 16 * d * Math.ScaleB(1, -52))) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"(a) holds up to C = {largest:G4}; ‖U*ᵀV*‖ = {measured:G4}, "
                + $"{JacobiEdge.LargestCosine(d, problem.InvariantRank, problem.SpuriousRank):G4} at the edge for random subspaces, "
                + $"√((r1 + r2)/d) = {Math.Sqrt((double)sum / d):G4}."),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.CreateProblem(), instance.Overlap ?? 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        SensingProblem problem = (instance with { Overlap = null }).CreateProblem();
        double printed = Math.Sqrt((double)(problem.InvariantRank + problem.SpuriousRank) / problem.Dimension);
        return CheckResult.Judge(Facts.Id, [], Inequality.AtMost("‖U*ᵀV*‖ ≤ √((r1 + r2)/d)", SubspaceOverlap.Of(problem), printed));
    }
}
