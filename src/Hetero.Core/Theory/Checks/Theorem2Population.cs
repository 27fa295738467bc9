using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Theory.EndToEnd;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Theorem 2 where all its hypotheses are met: m = ∞, where every δ above 0 is a RIP constant, orthogonal subspaces, and s = 1 ± 3200, for which the window
/// (24/M2, 1/(64·M1)) is (4.69, 4.88)·10⁻⁶. Reported is C of (9) at T = 2·log(1/α)/η, a million and a half steps, with δ at the limit of Assumption 3.
/// </summary>
/// <remarks>
/// <para>d = 5 with r1 = r2 = 1 needs C ≤ 0.149 in Assumption 1 (a), here 0.1; with C = 1 nothing between d = 2 and d ≈ 20,000 meets it.</para>
/// <para>(9) has no term for α. At m = ∞ the error at T stays above α²√(d − r1 − r2)/(1 + 2α²ηT), what is left of the start, while the right side goes to 0 with δ; so a C
/// for every δ does not exist unless δ is kept above the start's size, as the proof tacitly does with dα² ≪ δ²r^1.5. The note gives the δ* below which
/// C = 1 fails.</para>
/// <para>The dynamics are reduced to r1 + r2 dimensions (<see cref="ReducedPopulation"/>), which agree with HeteroSGD with population measurements to
/// round-off.</para>
/// </remarks>
public sealed class Theorem2Population : TheoryCheck
{
    private const double Multiple = 2;

    /// <inheritdoc/>
    public override string Id => "T2-population";

    /// <inheritdoc/>
    public override string Statement => "(9) at m = ∞ with every hypothesis met";

    /// <inheritdoc/>
    public override string Equations => "(9)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.ImpliedConstant;

    /// <inheritdoc/>
    public override string Remark
        => "The window needs M1 > 1536; there the right side of (9) is some 10⁷, so C is tiny. For δ → 0 no C would do: the start's share is not in (9).";

    /// <inheritdoc/>
    public override double? ConstantLimit => 1e-9;

    /// <inheritdoc/>
    public override string ControlStatement => "the same after a quarter of the steps";

    /// <inheritdoc/>
    public override int DefaultTrials => 1;

    /// <summary>Checks (9) at m = ∞.</summary>
    /// <param name="setting">Problem, environments, δ, η, α and the constants.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <param name="multiple">T in units of log(1/α)/η, above 0.</param>
    /// <exception cref="ArgumentException">The multiple is out of range, or there are more than 2³¹ steps.</exception>
    public static CheckResult Check(TheoremSetting setting, ulong seed, double multiple = Multiple)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Guard.Positive(multiple);
        double steps = Math.Ceiling(multiple * -Math.Log(setting.InitialScale) / setting.StepSize);
        Guard.InRange(steps, 1, int.MaxValue, "multiple·log(1/α)/η");
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(setting.Problem, setting.InitialScale);
        TrainingOptions options = new() { Seed = seed, StepSize = StepSizeSchedule.Constant(setting.StepSize), InitialScale = setting.InitialScale };
        reduced.RunHetero(setting.Environments, options, (int)steps);
        double bound = setting.ErrorBound, error = reduced.Error, logarithm = Math.Log(setting.Problem.Dimension);
        return CheckResult.Imply(
            "T2-population",
            setting.Hypotheses(),
            new ImpliedConstant("C of (9)", setting.Constants.ErrorConstant * error / bound, IsSmallest: true),
            Inequality.AtMost("‖U_TU_Tᵀ − A*‖_F ≤ C·max(δ*²√r1·M1², δ*M1)·log² d", error, bound)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{steps:G9} steps, δ* = {setting.PrintedDeltaStar:G4}; C = 1 fails for δ* < {error / (setting.Bound * logarithm * logarithm):G4}, where the start is all that is left"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance
        {
            Seed = instance.Seed,
            Dimension = 5,
            Mean = 1,
            Spread = 3200,
            StepSize = 4.8e-6,
            InitialScale = 0.03,
            Overlap = 0,
        };
    }

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(Setting(instance), instance.Seed);

    private protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(Setting(instance), instance.Seed, Multiple / 4);

    /// <summary>The instance at m = ∞ with δ at a share of the limit of Assumption 3.</summary>
    internal static TheoremSetting Setting(TheoryInstance instance, double share = 1)
    {
        TheoremConstants constants = new() { RankConstant = 0.1 };
        TheoremSetting any = new(instance.CreateProblem(), instance.CreateEnvironments(), 1, instance.StepSize, instance.InitialScale, constants);
        return new TheoremSetting(any.Problem, any.Environments, share * any.RipThreshold, instance.StepSize, instance.InitialScale, constants);
    }
}
