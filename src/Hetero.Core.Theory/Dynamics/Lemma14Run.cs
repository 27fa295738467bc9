using System.Globalization;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 14 along phase 1 of runs from αI, at m = ∞ or with a near isometry of δ = 10⁻⁶/M: every step that satisfies the hypotheses of "L14-step" satisfies its claims.
/// </summary>
/// <remarks>
/// <para>η·M = 3/4 contracts Q_t, for which η is too small inside Theorem 2's window; with α of 10⁻⁵ and less ‖Q_t‖ and ‖E_t‖ stay small, and the δ is what (59) allows.
/// Now and then an oscillation carries Q_t beyond the hypotheses: these steps say nothing, and the note has the number of the others.</para>
/// </remarks>
public sealed class Lemma14Run : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L14-run",
        Statement = "along phase 1 of runs from αI, wherever what the proof uses is given, R̲_t ≤ σ_r1 ≤ σ_1 ≤ R̄_t carries over to t + 1, and σ_1, σ_r1 grow by 1 + η/3",
        Equations = "(75)–(81)",
        Stated = Verdict.Holds,
        Remark = "Deterministic; η = 0.06 and M = 12.5 contract Q_t, so that whole runs meet what L14-step has of single states.",
        ControlStatement = "the same with R̄_t and R̲_t stepped by (25), without the drift of (31)",
        DefaultTrials = 12,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with
        {
            Dimension = Math.Min(instance.Dimension, 8),
            Columns = null,
            StepSize = 0.06,
            InitialScale = Math.Clamp(instance.InitialScale / 100, 1e-6, 1e-5),
            Mean = Math.Clamp(instance.Mean, -1, 0.5),
            Spread = 12.5,
            OffDiagonal = 0,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        double ripConstant = instance.Seed % 2 == 0 ? 0 : 1e-6 / instance.Spread;
        AnalysisConstants constants = ConstructedStep.ConstantsOf(instance) with { RipConstant = ripConstant };
        int end = PhaseSchedule.Create(instance.StepSize, instance.InitialScale).GrowthEnd;
        AuxiliarySequences sequences = new(instance.StepSize, instance.InitialScale, end + 1);
        CalibrationLine line = new(sequences, constants.Bound, ripConstant, instance.InvariantRank, instance.SpuriousRank);
        Matrix start = instance.InitialScale * Matrix.Identity(instance.Dimension);
        List<AnalyzedStep> steps = SimulatedRun.Train(instance, instance.CreateProblem(), start, ripConstant, end);
        CheckResult run = CheckResult.Merge([.. steps.Select((step, t) => CheckResult.Judge(
            Facts.Id, Lemma14Step.Hypotheses(step, constants, line, t), Lemma14.Claims(step, line, t, hasDrift: !control)))]);
        return run with
        {
            Trials = 1,
            HypothesesMet = Math.Min(1, run.HypothesesMet),
            Note = string.Create(CultureInfo.InvariantCulture, $"{run.HypothesesMet} of {run.Trials} steps meet the hypotheses; δ = {ripConstant:G4}"),
        };
    }
}
