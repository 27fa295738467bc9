using Hetero.Core.Problems;
using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// Lemma 15, (88)–(93): if 0.01 &gt; g ≥ ‖Q_t‖² + ‖E_t‖² + 4‖U_tᵀE_t‖ for t = T1 + 1, …, then 1 − 5g ≤ σ_{r1} ≤ σ_1 ≤ 1 + g from t = T1 + (8/η)·log(1/g) on.
/// </summary>
/// <remarks>
/// <para>In ‖E_t‖² the residual (18) is meant, in ‖U_tᵀE_t‖ the value of the operator (20). The constant 8 is the proof's; σ_1 &lt; 1/2 and σ_{r1} &gt;
/// 1/4 at T1 come from Theorem 4.</para>
/// <para>(88) leaves out the interaction errors, M1ε1‖Q_t‖ and 6ε1‖U_t‖²: they belong to g as well, see "L15-step". Here runs start at T1 with overlaps up
/// to 1e-4, at m = ∞ or with near isometries of δ about 1e-6, and environments whose oscillation contracts Q_t; g is the run's own maximum of (88), at
/// least 0.001, for which the runs are long enough.</para>
/// <para>The constants 5 and 1 leave room: ½ and ⅛ are enough, and needed (<see cref="Lemma15Sharp"/>).</para>
/// </remarks>
public sealed class Lemma15 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L15",
        Statement = "g < 0.01 bounding ‖Q‖² + ‖E‖² + 4‖UᵀE_t‖ along a run, 1 − 5g ≤ σ_r1 ≤ σ_1 ≤ 1 + g from T1 + (8/η)log(1/g) on",
        Equations = "(88)–(93)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-12,
        Remark =
            "Along runs of 400 to 1200 steps; those whose oscillation carries ‖Q‖ to 0.1 do not meet the hypothesis. L15-sharp has ½ and ⅛ in place of 5 and 1.",
        ControlStatement = "the same from T1 + 1/η on",
        DefaultTrials = 12,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        double stepSize = 0.05 + (0.3 * Math.Min(0.3, instance.StepSize));
        return instance with
        {
            Dimension = Math.Min(instance.Dimension, 8),
            Columns = null,
            StepSize = stepSize,

            // η·M = 3/4: two steps of a two-point multiplier 1 + ηs with opposite signs contract by about 1 − 9/16.
            Spread = 0.75 / stepSize,
            Mean = Math.Clamp(instance.Mean, -1, 0.5),
            OffDiagonal = 0,
            Overlap = 1e-4 * (instance.Overlap ?? 0),
        };
    }

    /// <summary>Checks the lemma on a run.</summary>
    /// <param name="steps">The steps from t = T1 on, one after another, all of one step size.</param>
    /// <param name="bound">g, above 0.</param>
    /// <exception cref="ArgumentException">There is no step, or g is out of range.</exception>
    public static CheckResult Check(IReadOnlyList<AnalyzedStep> steps, double bound) => Check(steps, bound, control: false);

    /// <summary>Returns ‖Q_t‖² + ‖E_t‖² + 4‖U_tᵀE_t‖.</summary>
    internal static double Left(AnalyzedStep step)
        => (step.SpuriousNorm * step.SpuriousNorm) + (step.ResidualNorm * step.ResidualNorm) + (4 * (step.Factor.T * step.RipError).Norm());

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        List<AnalyzedStep> steps = Train(instance);
        return Check(steps, Math.Max(0.001, steps.Skip(1).Max(Left)), control);
    }

    private static CheckResult Check(IReadOnlyList<AnalyzedStep> steps, double bound, bool control)
    {
        (IReadOnlyList<Inequality> hypotheses, double low, double high) = Range(steps, bound, control ? 1 : 8 * Math.Log(1 / bound));
        return CheckResult.Judge(
            Facts.Id,
            hypotheses,
            Inequality.AtLeast("σ_r1 ≥ 1 − 5g", low, 1 - (5 * bound), 1e-12),
            Inequality.AtMost("σ_1 ≤ 1 + g", high, 1 + bound, 1e-12));
    }

    /// <summary>Returns the hypotheses, and the extreme singular values from η·(t − T1) = length on.</summary>
    internal static (IReadOnlyList<Inequality> Hypotheses, double Low, double High) Range(IReadOnlyList<AnalyzedStep> steps, double bound, double length)
    {
        ArgumentNullException.ThrowIfNull(steps);
        Guard.AtLeast(steps.Count, 1, "steps.Count");
        Guard.Positive(bound);
        double wait = length / steps[0].StepSize, low = double.PositiveInfinity, high = 0;
        (double startSmallest, double startLargest) = AnalyzedStep.SingularValues(steps[0].Invariant);
        for (int t = Math.Min(steps.Count - 1, (int)Math.Ceiling(Math.Max(0, wait))); t < steps.Count; t++)
        {
            (double smallest, double largest) = AnalyzedStep.SingularValues(steps[t].Invariant);
            (low, high) = (Math.Min(low, smallest), Math.Max(high, largest));
        }

        return (
            [
                Inequality.Below("g < 0.01", bound, 0.01),
                Inequality.AtMost("‖Q_t‖² + ‖E_t‖² + 4‖U_tᵀE_t‖ ≤ g", steps.Skip(1).Select(Left).DefaultIfEmpty().Max(), bound),
                Inequality.Below("σ_1 < 1/2 at T1", startLargest, 0.5),
                Inequality.Above("σ_r1 > 1/4 at T1", startSmallest, 0.25),
                Inequality.AtMost("(8/η)·log(1/g) ≤ T − 1", wait, steps.Count - 1),
            ],
            low,
            high);
    }

    private static List<AnalyzedStep> Train(TheoryInstance instance)
    {
        SensingProblem problem = instance.CreateProblem();
        int d = instance.Dimension, k = instance.FactorColumns, r1 = instance.InvariantRank, r2 = instance.SpuriousRank;
        Matrix star = Matrix.Of(problem.InvariantBasis), spurious = Matrix.Of(problem.SpuriousBasis);
        Matrix r = new(HaarFrame.Draw(instance.Stream(1), k, r1), k, r1), q = new(instance.CreateGaussian(2, k, r2), k, r2);
        for (int j = 0; j < r1; j++)
        {
            for (int i = 0; i < k; i++)
            {
                r[i, j] *= 0.26 + (0.12 * j / Math.Max(1, r1 - 1));
            }
        }

        Matrix rest = Matrix.Identity(d) - (star * star.T) - (spurious * spurious.T), e = rest * new Matrix(instance.CreateGaussian(3, d, k), d, k);
        Matrix u = (star * r.T) + ((0.002 / q.Norm()) * (spurious * q.T)) + ((d > r1 + r2 ? 0.03 / e.Norm() : 0) * e);
        double ripConstant = instance.Seed % 2 == 0 ? 0 : 1e-5 * instance.StepSize;
        return SimulatedRun.Train(instance, problem, u, ripConstant, (int)(8 / instance.StepSize * Math.Log(1000)) + 60);
    }
}
