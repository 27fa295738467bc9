using System.Globalization;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// The bound of the spurious part in Theorems 4 and 5, t ≤ T2: ‖Q_t‖_F ≤ p^−1.5·r2²·L_t with p = c_v/(M2·log d). Reported is the largest c_v for which at most a tenth of
/// the runs violate it; for the user's own run, the largest for which that one does not.
/// </summary>
/// <remarks>
/// <para>δ = √(d/m) with m = 10⁹, so that 40·M1·δ√(r1 + r2) is below 1 and L_t starts at α; at the paper's m = 8000 L_t exceeds R_t and the bound says nothing. Q_t has a
/// power tail with exponent κ = 0.37 over seeds, up to its saturation near √M, so a single run says little, and a share of the runs much: the theorem allows a
/// violation in 0.005 of them, which would take 0.005/(r2·P(‖Q_t‖ ≥ …)) of p.</para>
/// <para>Runs are those of m = ∞ with orthogonal subspaces, q ← (1 + η(s − q²))q for each direction: at m = 10⁹ the noise is far below L_t. The count of violations deviates
/// by 1.5 % of itself, which moves c_v by 1.9 %: 8.88 with a deviation of 0.17, nine of them away from the limit and from what is reached.</para>
/// </remarks>
public sealed class Theorem5Spurious : TheoryCheck
{
    private const int Runs = 40_000;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T5-spurious",
        Statement = "t ≤ T2: ‖Q_t‖_F ≤ p^−1.5·r2²·L_t with p = c_v/(M2·log d) in nine runs of ten",
        Equations = "(39), (64), (85)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 7.4,
        ConstantReached = 10.7,
        FalseAlarmRate = 1e-8,
        Remark =
            "Outside the theorem's window, inside the sharp one: M = 8, η = 0.05, r2 = 2; runs at m = ∞, L_t with m = 10⁹, or it would exceed 1.",
        ControlStatement = "‖Q_t‖_F ≤ √r2·L_t: without p^−1.5·r2^1.5, the room between the barriers",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Reports c_v of the user's own run.</summary>
    /// <param name="trainer">HeteroSGD at its start, with a constant step size; it is trained up to T2.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m).</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the step size changes, or a number is out of range.</exception>
    public static CheckResult Check(HeteroSgd<double> trainer, double? ripConstant = null)
    {
        (TheoremSetting setting, PhaseClaims claims) = Train(trainer, ripConstant);
        return CheckResult.Imply(
            Facts.Id,
            Hypotheses(setting),
            new ImpliedConstant("c_v", claims.LargestViolationConstant(), IsSmallest: false),
            claims.Spurious()) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"max_t ‖Q_t‖_F/(r2²·L_t) = {claims.SpuriousExcess():G4}"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance
        {
            Seed = instance.Seed,
            Dimension = 12,
            InvariantRank = 2,
            SpuriousRank = 2,
            Samples = 1_000_000_000,
            Spread = 8,
            OwnDraws = true,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        TheoremSetting setting = Setting(instance);
        double excess = TenthExcess(setting, instance), constant = setting.Heterogeneity * Math.Log(instance.Dimension) * Math.Pow(excess, -2.0 / 3);
        return CheckResult.Imply(
            Facts.Id,
            Hypotheses(setting),
            new ImpliedConstant("c_v", constant, IsSmallest: false),
            Inequality.AtMost("max_t ‖Q_t‖_F/(r2²·L_t) of nine runs in ten ≤ p^−1.5", excess, Math.Pow(setting.ViolationProbability, -1.5))) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"max_t ‖Q_t‖_F/(r2²·L_t) exceeds {excess:G4} in a tenth of {Runs} runs"),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        TheoremSetting setting = Setting(instance);
        double room = Math.Pow(setting.Problem.SpuriousRank, -1.5);
        return CheckResult.Judge(
            Facts.Id, Hypotheses(setting), Inequality.AtMost("max_t ‖Q_t‖_F/(r2²·L_t) ≤ r2^−1.5 in nine runs of ten", TenthExcess(setting, instance), room));
    }

    private static TheoremSetting Setting(TheoryInstance instance) => new(
        instance.CreateProblem(),
        instance.CreateEnvironments(),
        Math.Sqrt((double)instance.Dimension / instance.Samples),
        instance.StepSize,
        instance.InitialScale);

    /// <summary>What max_t ‖Q_t‖_F/(r2²·L_t) exceeds in a tenth of the runs at m = ∞.</summary>
    private static double TenthExcess(TheoremSetting setting, TheoryInstance instance)
    {
        int rank = setting.Problem.SpuriousRank, last = PhaseSchedule.Create(setting.StepSize, setting.InitialScale).ConvergenceEnd;
        CalibrationLine line = setting.Line(last);
        ScalarDraws draws = new(EntryLaw.Of(setting.Environments), instance.Stream(6));
        double[] excesses = new double[Runs], q = new double[rank];
        for (int run = 0; run < Runs; run++)
        {
            Array.Fill(q, setting.InitialScale);
            for (int t = 0; t <= last; t++)
            {
                double squares = 0;
                for (int i = 0; i < rank; i++)
                {
                    squares += q[i] * q[i];
                    q[i] *= 1 + (setting.StepSize * (draws.Next() - (q[i] * q[i])));
                }

                excesses[run] = Math.Max(excesses[run], Math.Sqrt(squares) / (rank * rank * line.Values[t]));
            }
        }

        Array.Sort(excesses);
        return excesses[^(Runs / 10)];
    }

    private static (TheoremSetting Setting, PhaseClaims Claims) Train(HeteroSgd<double> trainer, double? ripConstant)
    {
        TheoremSetting setting = TheoremSetting.Of(trainer, ripConstant);
        int last = PhaseSchedule.Create(trainer.Options).ConvergenceEnd;
        return (setting, new PhaseClaims(setting, TrainedRun.Parts(trainer, last, last + 1)));
    }

    private static IReadOnlyList<Inequality> Hypotheses(TheoremSetting setting) =>
    [
        Inequality.AtMost(
            "40·M1·δ√(r1 + r2) ≤ 1, so that L_0 = α",
            40 * setting.Bound * setting.RipConstant * Math.Sqrt(setting.Problem.InvariantRank + setting.Problem.SpuriousRank),
            1),
    ];
}
