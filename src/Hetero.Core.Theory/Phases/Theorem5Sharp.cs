using System.Globalization;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// The sizes of (83) and (94) with their constants, for two values of δ = √(d/m): the means of Σ_j (σ_j(R_T2) − 1)², ‖E_T2‖_F² and ‖E_T1‖_F² in real runs, from the noise
/// of a step.
/// </summary>
/// <remarks>
/// <para>A step's noise is n_t = ‖D_t‖_F²/m in every coordinate of svec, ‖D_t‖_F² = r1(1 − R_t²)² + ‖Σ_t‖_F². Near the limit RᵀR − I ← (1 − 2η)(RᵀR − I) with noise 2η in
/// r1(r1 + 1)/2 coordinates, so the first mean is r1(r1 + 1)/2·η/(1 − η)·n/4. Each of the r1(d − r1 − r2) entries of E that R feeds goes e ← (1 − ηR_t²)e with noise
/// ηR_t/√2, and α²(d − r1 − r2) stays from the start. E[n] has E[s²] = mean² + M² in it, and R_t is (25).</para>
/// <para>s = −1 ± 4, so that the spurious part is as small as the noise and does not count. The sums over replicas have 288 and 768 squares of nearly normal numbers for each m,
/// and by χ² a false alarm has a probability below 10⁻⁹.</para>
/// </remarks>
public sealed class Theorem5Sharp : TheoryCheck
{
    private const int Replicas = 96;
    private static readonly int[] Samples = [1_000_000, 100_000_000];

    private static readonly StatementInfo Facts = new()
    {
        Id = "T5-sharp",
        Statement =
            "real runs, two δ: Σ_j (σ_j(R_T2) − 1)² has the mean r1(r1 + 1)η/(8(1 − η))·r2E[s²]/m, and ‖E_T1‖_F², ‖E_T2‖_F² those of e ← (1 − ηR_t²)e + noise",
        Equations = "(83), (94)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark = "First order in the noise of a step; outside the theorem's window, with s = −1 ± 4, η = 0.05 and r1 = r2 = 2, m = 10⁶ and 10⁸.",
        ControlStatement = "the same with three quarters of the sizes",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance
        {
            Seed = instance.Seed, Dimension = 8, InvariantRank = 2, SpuriousRank = 2, InitialScale = 1e-4, Mean = -1, Spread = 4, Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.75);

    private static CheckResult Check(TheoryInstance instance, double share)
    {
        List<Inequality> claims = [];
        foreach (int samples in Samples)
        {
            double[] found = Found(instance with { Samples = samples }), expected = Expected(instance with { Samples = samples });
            foreach ((string name, int i, double low, double high) in new[]
            {
                ("Σ_j (σ_j(R_T2) − 1)²", 0, 0.75, 1.33), ("‖E_T2‖_F²", 1, 0.8, 1.25), ("‖E_T1‖_F²", 2, 0.8, 1.25),
            })
            {
                double size = Math.Sqrt(found[i] / expected[i]);
                string text = string.Create(CultureInfo.InvariantCulture, $"(mean {name}/its law)^½ at m = {samples:G1}");
                claims.Add(Inequality.AtLeast(FormattableString.Invariant($"{text} ≥ {share * low:G3}"), size, share * low));
                claims.Add(Inequality.AtMost(FormattableString.Invariant($"{text} ≤ {share * high:G3}"), size, share * high));
            }
        }

        return CheckResult.Judge(Facts.Id, [], claims);
    }

    private static double[] Found(TheoryInstance instance)
    {
        double[] sums = new double[3];
        for (int i = 0; i < Replicas; i++)
        {
            HeteroSgd<double> trainer = PaperSimulation.Hetero(instance with { Seed = unchecked(instance.Seed + (ulong)i) });
            PhaseSchedule phases = PhaseSchedule.Create(trainer.Options);
            Decomposition<double> parts = new(trainer.Signals.Problem, trainer.Factor.Columns);
            trainer.Run(phases.GrowthEnd);
            parts.Compute(trainer.Factor, trainer.Signals);
            sums[2] += Square(Matrix.Of(parts.Residual));
            trainer.Run(phases.ConvergenceEnd - phases.GrowthEnd);
            parts.Compute(trainer.Factor, trainer.Signals);
            sums[1] += Square(Matrix.Of(parts.Residual));
            Matrix r = Matrix.Of(parts.Invariant);
            sums[0] += (r.T * r).Eigenvalues().Sum(square => (Math.Sqrt(square) - 1) * (Math.Sqrt(square) - 1));
        }

        return [.. sums.Select(sum => sum / Replicas)];

        static double Square(Matrix matrix) => matrix.FrobeniusNorm() * matrix.FrobeniusNorm();
    }

    private static double[] Expected(TheoryInstance instance)
    {
        double eta = instance.StepSize, squares = instance.SpuriousRank * ((instance.Mean * instance.Mean) + (instance.Spread * instance.Spread));
        int r1 = instance.InvariantRank, rest = instance.Dimension - r1 - instance.SpuriousRank;
        PhaseSchedule phases = PhaseSchedule.Create(eta, instance.InitialScale);
        ReadOnlySpan<double> reference = new AuxiliarySequences(eta, instance.InitialScale, phases.ConvergenceEnd).Reference;
        double entry = 0, start = instance.InitialScale * instance.InitialScale * rest, growth = 0;
        for (int t = 0; t < phases.ConvergenceEnd; t++)
        {
            growth = t == phases.GrowthEnd ? entry : growth;
            double r = reference[t], left = 1 - (r * r), damping = 1 - (eta * r * r);
            entry = (damping * damping * entry) + (eta * eta * r * r / 2 * ((r1 * left * left) + squares) / instance.Samples);
        }

        return [r1 * (r1 + 1) / 2 * eta / (1 - eta) * squares / 4 / instance.Samples, (r1 * rest * entry) + start, (r1 * rest * growth) + start];
    }
}
