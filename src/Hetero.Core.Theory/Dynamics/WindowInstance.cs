using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Instances inside the window of Theorem 2, which needs M above some 3100: M1, M2, η and α as the theorem asks for, and δ, ε1 and the entries off the diagonal at a
/// share of what it allows. Every constant without a value is 1, but C of Assumption 1 (a), 1 at d = 2 alone: beyond it is as large as d and the ranks let it be.
/// </summary>
internal static class WindowInstance
{
    private const int ConstantsStream = 65;

    // A quarter of the largest mean of a drawn instance.
    private const double LargestMean = 0.5;

    // The bounds of (6) are strict.
    private const double Strict = 1e-6;

    /// <summary>Moves an instance into the window.</summary>
    public static TheoryInstance Adapt(TheoryInstance instance) => Adapt(instance, moved => moved);

    /// <summary>Moves an instance into the window around chosen values, from which the others follow.</summary>
    public static TheoryInstance Adapt(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        TheoryInstance moved = choice(Place(choice(instance with { Dimension = Math.Min(instance.Dimension, 8), Columns = null }), choice));
        AnalysisConstants constants = ConstantsOf(moved);
        int r2 = moved.SpuriousRank;
        double allowed = AssumedOf(moved, constants).OffDiagonalConstant * Math.Pow(constants.Heterogeneity, -1.5) / (r2 * r2 * Math.Max(1, r2 - 1));
        return moved with
        {
            OffDiagonal = 0.99 * instance.OffDiagonal * allowed,
            Overlap = 0.99 * (instance.Overlap ?? 0.5) * constants.RipConstant / 2,
        };
    }

    /// <summary>Moves mean, M, η and α into the window: two points, M just above what opens it, η anywhere in it, α anywhere in (d^−4, d^−2).</summary>
    public static TheoryInstance Place(TheoryInstance instance) => Place(instance, moved => moved);

    /// <summary>Returns a point of the window of an instance, by its place from 0 to 1; the instance's own η if no Σ_ii varies.</summary>
    public static double StepSizeOf(TheoryInstance instance, StepSizeInterval window, double place)
        => double.IsFinite(window.Lower) ? window.Lower * Math.Pow(window.Upper / window.Lower, place) : instance.StepSize;

    private static TheoryInstance Place(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        TheoryInstance moved = choice(instance with { Mean = Math.Abs(instance.Mean) / 4, Law = ScalarLaw.TwoPoint, OffDiagonal = 0 });
        double opening = 3200 * WindowOpening.Factor(moved, LargestMean, ScalarLaw.TwoPoint);
        moved = WindowOpening.Fit(choice(moved with { Spread = opening * Math.Pow(instance.Spread / 0.1, 0.1) }), choice);

        // From η in [0.003, 0.3] and α in [1e-4, 0.1].
        StepSizeInterval window = new(24 / HeterogeneityOf(moved), 1 / (64 * BoundOf(moved)));
        double place = 0.001 + (0.998 * Math.Clamp(Math.Log(instance.StepSize / 0.003) / Math.Log(100), 0, 1));
        double power = 2.001 + (1.998 * Math.Clamp(Math.Log(0.1 / instance.InitialScale) / Math.Log(1000), 0, 1));
        return moved with { StepSize = StepSizeOf(moved, window, place), InitialScale = Math.Pow(moved.Dimension, -power) };
    }

    /// <summary>Returns M1, M2, α, p with c_v from 0.05 to 1, and δ at a share of what Assumption 3 allows.</summary>
    public static AnalysisConstants ConstantsOf(TheoryInstance instance)
    {
        RandomSequence random = new(instance.Stream(ConstantsStream));
        double heterogeneity = (1 - Strict) * SpuriousRegularity.Varying(instance).Heterogeneity, violation = Math.Pow(20, -random.NextUniform());
        return new AnalysisConstants
        {
            Bound = BoundOf(instance),
            Heterogeneity = heterogeneity,
            RipConstant = (0.1 + (0.9 * random.NextUniform()))
                * RipThresholds.AssumedDelta(heterogeneity, instance.Dimension, instance.InvariantRank, instance.SpuriousRank),
            InitialScale = instance.InitialScale,
            ViolationProbability = ControllerProcess.ViolationProbability(violation, heterogeneity, instance.Dimension),
        };
    }

    /// <summary>Returns the constants without a value, with c_o small enough for (62), as the paper has it.</summary>
    public static TheoremConstants AssumedOf(TheoryInstance instance, AnalysisConstants constants)
    {
        double log = Math.Log(instance.Dimension), violation = constants.ViolationProbability * constants.Heterogeneity * log;
        return new TheoremConstants
        {
            RankConstant = Math.Min(1, Math.Min(instance.InvariantRank, instance.SpuriousRank) / Math.Pow(log, 4)),
            OffDiagonalConstant = Math.Min(1, Math.Pow(violation / log, 1.5) * Math.Sqrt(instance.SpuriousRank)),
            ViolationConstant = violation,
        };
    }

    /// <summary>Makes a step of an adapted instance.</summary>
    public static ConstructedStep CreateStep(TheoryInstance instance, ConstructedState kind, AnalysisConstants constants)
        => ConstructedStep.CreateEarly(instance, kind, constants, CreateProblem(instance));

    // Along coordinate axes, so that an overlap of 10⁻¹¹ and less is what it should be and not round-off. Random subspaces are what they are.
    private static SensingProblem CreateProblem(TheoryInstance instance)
    {
        if (instance.Overlap is not { } cosine)
        {
            return instance.CreateProblem();
        }

        int d = instance.Dimension, r1 = instance.InvariantRank, r2 = instance.SpuriousRank;
        Matrix star = new(d, r1), spurious = new(d, r2);
        for (int j = 0; j < r1; j++)
        {
            star[j, j] = 1;
        }

        for (int j = 0; j < r2; j++)
        {
            spurious[r1 + j, j] = j < r1 ? Math.Sqrt((1 - cosine) * (1 + cosine)) : 1;
            if (j < r1)
            {
                spurious[j, j] = cosine;
            }
        }

        return new SensingProblem(star.Span, spurious.Span);
    }

    private static double BoundOf(TheoryInstance instance) => (1 + Strict) * SpuriousRegularity.Of(instance.CreateEnvironments()).Bound;

    private static double HeterogeneityOf(TheoryInstance instance) => (1 - Strict) * SpuriousRegularity.Of(instance.CreateEnvironments()).Heterogeneity;
}
