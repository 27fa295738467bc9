using System.Globalization;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// The ends of the phases: T1, the first t with R_t of (25) in (1/3 − η, 1/3), against its bound 4·log(1/α)/η (Lemma 5; 5·log(1/α)/η in Theorem 4's proof), and, side by
/// side, the step at which a run's own σ_r1(R_t) gets there.
/// </summary>
/// <remarks>
/// Below 1/3 a step multiplies by more than 1 + 8η/9 and adds less than η/3, so R_t cannot jump over the interval, and T1 ≤ log(1/(3α))/log(1 + 8η/9) rounded up
/// (<see cref="AuxiliarySequences.EntryBound"/>). The run is HeteroSGD with m = 10⁶, ηM ≤ 0.4 and orthogonal subspaces; its noise moves the step by a
/// few percent, and the claim leaves it the whole of the bound.
/// </remarks>
public sealed class GrowthPhaseLength : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "A9",
        Statement = "R_t enters (1/3 − η, 1/3) at T1 ≤ 4·log(1/α)/η, and σ_r1(R_t) of a run passes 1/3 − η by then",
        Equations = "(25), Lemma 5, Theorems 4 and 5",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-12,
        Remark = "The bound is wide: T1 is near (9/8)·log(1/(3α))/η. T2 has no constant in the paper; T1 + log(1/α)/η is taken.",
        ControlStatement = "T1 ≤ ½·log(1/(3α))/η",
        DefaultTrials = 20,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the phases of the user's own run.</summary>
    /// <param name="trainer">A run at its start, with a constant step size; it is trained up to 4·log(1/α)/η at most.</param>
    /// <exception cref="ArgumentException">The step size changes, or α is not below 1/3.</exception>
    public static CheckResult Check(Trainer<double> trainer) => Check(trainer, 4, 1);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with
        {
            Columns = null,
            Samples = 1_000_000,
            Mean = 0,
            Spread = Math.Min(instance.Spread, 0.4 / instance.StepSize),
            OffDiagonal = 0,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(PaperSimulation.Hetero(instance));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(PaperSimulation.Hetero(instance), 0.5, 3);

    private static CheckResult Check(Trainer<double> trainer, double multiple, double inside)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        PhaseSchedule phases = PhaseSchedule.Create(trainer.Options);
        double rate = trainer.Options.StepSize.At(0) * trainer.Options.GradientScale, scale = trainer.Options.InitialScale;
        Guard.ConstantStepSize(trainer.Options.StepSize.IsConstant, trainer.Options.StepSize, "trainer.Options.StepSize");
        double bound = Math.Ceiling(multiple * -Math.Log(inside * scale) / rate);
        double reference = scale;
        for (int t = 0; t < phases.GrowthEnd; t++)
        {
            reference = AuxiliarySequences.Advance(reference, rate);
        }

        int limit = (int)Math.Min(int.MaxValue - 2, Math.Ceiling(4 * -Math.Log(scale) / rate));
        double measured = FirstPassage(trainer, (1.0 / 3) - rate, limit);
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.Below("α < 1/3 − η", scale, (1.0 / 3) - rate)],
            Inequality.Above("R_T1 > 1/3 − η", reference, (1.0 / 3) - rate),
            Inequality.Below("R_T1 < 1/3", reference, 1.0 / 3),
            Inequality.AtMost("T1 of (25) ≤ bound", phases.GrowthEnd, bound),
            Inequality.AtMost("first t with σ_r1(R_t) > 1/3 − η ≤ bound", measured, bound)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"T1 = {phases.GrowthEnd}, measured {measured}, sharp bound {AuxiliarySequences.EntryBound(rate, scale)}; T2 = {phases.ConvergenceEnd}"),
        };
    }

    /// <summary>The first step with σ_r1(R_t) above a level; +∞ if there is none up to a limit, or if the run diverges.</summary>
    private static double FirstPassage(Trainer<double> trainer, double level, int limit)
    {
        Decomposition<double> parts = new(trainer.Signals.Problem, trainer.Factor.Columns);
        while (true)
        {
            parts.Compute(trainer.Factor, trainer.Signals);
            if (AnalyzedStep.SingularValues(Matrix.Of(parts.Invariant)).Smallest > level)
            {
                return trainer.Step;
            }

            if (trainer.Step >= limit || trainer.Advance() != TrainingStatus.Completed)
            {
                return double.PositiveInfinity;
            }
        }
    }
}
