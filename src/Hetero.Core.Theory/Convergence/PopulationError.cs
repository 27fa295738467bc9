using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// ‖U_TU_Tᵀ − A*‖_F of HeteroSGD at m = ∞ where all hypotheses of Theorem 2 can be met, for orthogonal subspaces, and what the start leaves of it.
/// </summary>
/// <param name="Steps">T.</param>
/// <param name="Error">The error at T.</param>
/// <param name="Start">
/// √(r1(1 − R_T²)² + (d − r1 − r2)·α⁴/(1 + 2α²ηT)²): the true signal is R_T² of (25), exactly, and outside both subspaces e ← (1 − ηe²)e, so e_T⁻² ≥ α⁻² + 2ηT. The
/// spurious part is not in it; in the window it is below e^−100.
/// </param>
/// <param name="TrueShare">√r1·(1 − R_T²) of it.</param>
/// <remarks>
/// The dynamics are reduced to r1 + r2 dimensions (<see cref="ReducedPopulation"/>), which agree with HeteroSGD with population measurements to round-off. At m = ∞
/// every δ above 0 is a RIP constant. Thread-safe: immutable.
/// </remarks>
internal sealed record PopulationError(int Steps, double Error, double Start, double TrueShare)
{
    /// <summary>T in units of log(1/α)/η.</summary>
    public const double Multiple = 2;

    /// <summary>Makes the run.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <param name="multiple">T in units of log(1/α)/η, above 0.</param>
    public static PopulationError Run(TheoremSetting setting, ulong seed, double multiple)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Guard.Positive(multiple);
        double alpha = setting.InitialScale, eta = setting.StepSize, length = Math.Ceiling(multiple * -Math.Log(alpha) / eta);
        Guard.InRange(length, 1, int.MaxValue, "multiple·log(1/α)/η");
        int steps = (int)length, rest = setting.Problem.Dimension - setting.Problem.InvariantRank - setting.Problem.SpuriousRank;
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(setting.Problem, alpha);
        TrainingOptions options = new() { Seed = seed, StepSize = StepSizeSchedule.Constant(eta), InitialScale = alpha };
        reduced.RunHetero(setting.Environments, options, steps);
        double reference = alpha;
        for (int t = 0; t < steps; t++)
        {
            reference = AuxiliarySequences.Advance(reference, eta);
        }

        double missing = 1 - (reference * reference), outside = alpha * alpha / (1 + (2 * alpha * alpha * eta * steps));
        double trueShare = Math.Sqrt(setting.Problem.InvariantRank) * Math.Abs(missing);
        return new PopulationError(steps, reduced.Error, Math.Sqrt((trueShare * trueShare) + (rest * outside * outside)), trueShare);
    }
}
