using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// The powers of m, M1, M2, r2 and d in (9), (83) and (94), measured: those of ‖UUᵀ − A*‖_F and of |σ(R) − 1| from T2 on, and of ‖E_t‖ in phase 1.
/// </summary>
/// <remarks>
/// <para>The noise of a step has the size ‖D_t‖_F/√m, and ‖D_t‖_F² is r1(1 − r²)² + ‖Σ_t‖_F² while the spurious part is small, r2·M2 for mean 0. To first order
/// the mean squares are, apart from a common factor: of the error r2·M2/m·[(2 − η)/(1 − η) + r2(2 − η)/(2 − η(1 + M2)) + d − 1 − r2] (r1 = 1: the coordinates along
/// A*, across to V* and to the rest), of |σ(R) − 1| r2·M2/m, and of ‖E_t‖/‖R_t‖ in phase 1 (1 + r2·M2)(d − 1 − r2)/m. None has M1 in it.</para>
/// <para>The bounds print: (9) M1·M2^1.5·r2^2.5·d^½, (83) and (94) M1·r2^½·d^½ at r2 ≫ r1, as δ is √(d/m). So (9) is far above the truth in M1, M2 and r2, (94) in M1
/// and d.</para>
/// <para>Environments are ±M in all directions, M2 = M², or in one direction at a time, M2 = M²/r2: so M1 = M and M2 can be chosen apart while ‖Σ_t‖_F² = r2·M2 does
/// not vary. ηM2 below 1 keeps the second moment of R_tᵀQ_t finite. Squares are averaged over the second half of phase 1, and over [T2, T2 + 15/η]; the intervals are
/// at 1 − 10⁻⁹, Student's over 120 runs at each end, and half of one is 0.08 at most.</para>
/// </remarks>
public sealed class Theorem2Powers : TheoryCheck
{
    private const int Blocks = 120;
    private const int Runs = 1;
    private const double Tolerance = 0.12;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-powers",
        Statement =
            "HeteroSGD, mean 0: ‖UUᵀ − A*‖_F, |σ(R) − 1| and ‖E_t‖ ∝ m^−½·M1⁰·M2^½·r2^½, the first and the last ∝ d^½ for large d, the second ∝ d⁰",
        Equations = "(9), (83), (94)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark =
            "Slopes known to 0.12 at 1 − 10⁻⁹ and within that of what the noise of a step gives; (9) prints M1·M2^1.5·r2^2.5·d^½, (83) and (94) M1·(r1 + r2)^½·d^½.",
        ControlStatement = "the powers of (9), (83) and (94) themselves",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 12, Samples = 400_000, StepSize = 0.1, InitialScale = 1e-6, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, Expected);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, Printed);

    private static CheckResult Check(TheoryInstance instance, Func<Setting, double[]> squares)
    {
        Setting usual = new(instance.Dimension, 2, 2, 2, instance.Samples, instance.StepSize), spread = usual with { SpuriousRank = 4, Active = 4, Bound = 2 };
        List<Inequality> claims = [];
        Compare("m", 16, usual with { Samples = instance.Samples / 4 }, usual with { Samples = instance.Samples * 4 });
        Compare("M1 at given M2", 2, spread, spread with { Active = 1, Bound = 4 });
        Compare("M2 at given M1", 4, spread with { Active = 1, Bound = 2.4 }, spread with { Bound = 2.4 });
        Compare("r2", 4, spread with { SpuriousRank = 1, Active = 1 }, spread);
        Compare("d", 4, usual with { Dimension = 8 }, usual with { Dimension = 32 });
        return CheckResult.Judge(Facts.Id, [], claims);

        void Compare(string name, double ratio, Setting low, Setting high)
        {
            ConfidenceInterval[] powers = MeasuredPower.Measure(1, ratio, Blocks, Runs, (value, run) => Squares(instance, value == 1 ? low : high, run));
            double[] atLow = squares(low), atHigh = squares(high);
            foreach ((string what, int index) in new[] { ("‖UUᵀ − A*‖_F", 0), ("|σ(R) − 1|", 1), ("‖E_t‖", 2) })
            {
                double expected = 0.5 * Math.Log(atHigh[index] / atLow[index]) / Math.Log(ratio);
                claims.AddRange(MeasuredPower.Claims($"{name} in {what}", powers[index], expected, Tolerance));
            }
        }
    }

    /// <summary>The mean squares up to common factors.</summary>
    private static double[] Expected(Setting setting)
    {
        double rate = setting.StepSize, rank = setting.SpuriousRank, noise = rank * setting.Heterogeneity / setting.Samples, rest = setting.Dimension - 1 - rank;
        double across = rank * (2 - rate) / (2 - (rate * (1 + setting.Heterogeneity)));
        return [noise * (((2 - rate) / (1 - rate)) + across + rest), noise, (noise + (1.0 / setting.Samples)) * rest];
    }

    /// <summary>The squares of the printed bounds with δ = √(d/m), without logarithms: the larger term of (9), (94)'s second, and (83).</summary>
    private static double[] Printed(Setting setting)
    {
        double unit = setting.Bound * Math.Sqrt((double)setting.Dimension / setting.Samples * (1 + setting.SpuriousRank));
        double nine = Math.Pow(setting.Heterogeneity, 1.5) * setting.SpuriousRank * setting.SpuriousRank * unit;
        return [nine * nine, unit * unit, unit * unit];
    }

    /// <summary>The mean squares of ‖UUᵀ − A*‖_F and |σ(R) − 1| from T2 on, and of ‖E_t‖/‖R_t‖ in the second half of phase 1.</summary>
    private static double[] Squares(TheoryInstance instance, Setting setting, int run)
    {
        const int Every = 5, EveryEarly = 15;
        TheoryInstance moved = instance with
        {
            Dimension = setting.Dimension,
            SpuriousRank = setting.SpuriousRank,
            Samples = setting.Samples,
            Seed = unchecked(instance.Seed + (ulong)run),
        };
        SensingProblem problem = moved.CreateProblem();
        HeteroSgd<double> trainer = new(
            problem, setting.Environments(), PaperSimulation.Measurements(setting.Dimension, moved.Seed), PaperSimulation.Options(moved));
        PhaseSchedule phases = PhaseSchedule.Create(trainer.Options);
        Decomposition<double> parts = new(problem, trainer.Factor.Columns);
        Matrix star = Matrix.Of(problem.InvariantBasis), signal = star * star.T;
        double error = 0, invariant = 0, residual = 0;
        trainer.Run(phases.GrowthEnd / 2);
        while (trainer.Step < phases.GrowthEnd)
        {
            trainer.Run(EveryEarly);
            parts.Compute(trainer.Factor, trainer.Signals);
            double quotient = Matrix.Of(parts.Residual).Norm() / Matrix.Of(parts.Invariant).Norm();
            residual += quotient * quotient;
        }

        trainer.Run(phases.ConvergenceEnd - trainer.Step);
        while (trainer.Step < phases.ConvergenceEnd + (15 / setting.StepSize))
        {
            trainer.Run(Every);
            parts.Compute(trainer.Factor, trainer.Signals);
            Matrix u = Matrix.Of(trainer.Factor);
            double distance = ((u * u.T) - signal).FrobeniusNorm(), deviation = Matrix.Of(parts.Invariant).Norm() - 1;
            error += distance * distance;
            invariant += deviation * deviation;
        }

        return [error, invariant, residual];
    }

    /// <summary>d, r2, how many directions a step's environment has (all or one), M1, m and η.</summary>
    private sealed record Setting(int Dimension, int SpuriousRank, int Active, double Bound, int Samples, double StepSize)
    {
        public double Heterogeneity => Bound * Bound * Active / SpuriousRank;

        public FiniteEnvironments Environments()
        {
            List<double[]> matrices = [];
            foreach (double entry in new[] { -Bound, Bound })
            {
                for (int direction = 0; direction < (Active == SpuriousRank ? 1 : SpuriousRank); direction++)
                {
                    Matrix sigma = new(SpuriousRank, SpuriousRank);
                    for (int i = 0; i < SpuriousRank; i++)
                    {
                        sigma[i, i] = Active == SpuriousRank || i == direction ? entry : 0;
                    }

                    matrices.Add(sigma.Entries);
                }
            }

            return new FiniteEnvironments(SpuriousRank, matrices);
        }
    }
}
