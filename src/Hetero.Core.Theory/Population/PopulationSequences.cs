using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Subspaces;

namespace Hetero.Core.Theory.Population;

/// <summary>
/// (25) and Definition 2, (31): at m = ∞ with orthogonal subspaces every singular value of R_t is the reference R_t of (25), started at α,
/// whatever the environments are; and R̲_t ≤ R_t ≤ R̄_t.
/// </summary>
/// <remarks>
/// R_{t+1} = (I − ηU_tᵀU_t + ηI)R_t by (22) without its errors, and with orthogonal subspaces and U_0 = αI the rows of R, Q and E stay
/// orthogonal. Definition 2 puts R̄_t, not R̲_t, into the last term of R̲. The simulated step costs nothing in d: see
/// <see cref="ReducedPopulation"/>.
/// </remarks>
public sealed class PopulationSequences : TheoryCheck
{
    private const int Steps = 300;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A7",
        Statement = "at m = ∞ with U* ⟂ V*: tr(R_tᵀR_t)/r1 = R_t² with R_{t+1} = (1 − ηR_t² + η)R_t; R̲_t ≤ R_t ≤ R̄_t",
        Equations = "(25), (31)",
        Stated = Verdict.Holds,
        Remark = "Exact to round-off while no spurious column diverges; with overlap or finite m it is what Lemma 5 and Theorem 4 bound.",
        ControlStatement = "the same with 1.01η in (25)",
        DefaultTrials = 40,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // Beyond η(mean + M) = 1 a spurious column can jump off, and takes the round-off of the overlap with it.
        return instance with
        {
            Overlap = 0,
            OffDiagonal = 0,
            StepSize = Math.Min(instance.StepSize, 0.2),
            Spread = Math.Min(instance.Spread, 0.5 / Math.Min(instance.StepSize, 0.2)),
        };
    }

    /// <summary>Checks the sequences against a run at m = ∞ from αI with draws of the environments.</summary>
    /// <param name="reduced">The run, at its start; it is advanced.</param>
    /// <param name="overlap">ε1 = ‖U*ᵀV*‖ of its problem, a hypothesis: 0.</param>
    /// <param name="sequences">The sequences with the same α; their steps are compared.</param>
    /// <param name="environments">The environments, of the problem's r2.</param>
    /// <param name="rate">The run's η.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static CheckResult Check(
        ReducedPopulation reduced, double overlap, AuxiliarySequences sequences, EnvironmentDistribution environments, double rate, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(reduced);
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(environments);
        double[] sigma = new double[environments.Rank * environments.Rank], label = new double[environments.LabelLength];
        double worst = 0, below = double.PositiveInfinity, above = double.PositiveInfinity;
        for (int t = 0; t <= sequences.LastStep; t++)
        {
            double reference = sequences.Reference[t];
            worst = Math.Max(worst, Math.Abs((Math.Sqrt(reduced.SignalShare) / reference) - 1));
            below = Math.Min(below, (reference - sequences.Lower[t]) / reference);
            above = Math.Min(above, (sequences.Upper[t] - reference) / reference);
            environments.Draw(new RandomStream(seed, StreamPurpose.Theory, t, 1), sigma, label);
            reduced.Step(sigma, rate);
        }

        double roundOff = 1e-14 * (sequences.LastStep + 1);
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.AtMost("ε1 ≤ 0", overlap, 0, 1e-13)],
            Inequality.AtMost("max |√(tr(RᵀR)/r1)/R_t − 1| ≤ 0", worst, 0, 10 * roundOff),
            Inequality.AtLeast("min (R_t − R̲_t)/R_t ≥ 0", below, 0, roundOff),
            Inequality.AtLeast("min (R̄_t − R_t)/R_t ≥ 0", above, 0, roundOff));
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1.01);

    private static CheckResult Check(TheoryInstance instance, double factor)
    {
        Problems.SensingProblem problem = instance.CreateProblem();
        double overlap = SubspaceOverlap.Of(problem);
        return Check(
            ReducedPopulation.FromIdentity(problem, instance.InitialScale),
            overlap,
            new AuxiliarySequences(factor * instance.StepSize, instance.InitialScale, Steps),
            instance.CreateEnvironments(),
            instance.StepSize,
            instance.Seed);
    }
}
