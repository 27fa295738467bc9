using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Spectrum;

/// <summary>
/// What Appendix D follows, at m = ∞ with orthogonal subspaces, for κ from 2 to 10: S_t stays col(U*), σ_min(Z_t) grows by a factor from 1 + ¾·η/κ
/// to 1 + η/κ a step until it is above 1/(2√κ) and stays above, eigenvalue λ is half learned at step log(√λ/α)/log(1 + ηλ) − ¾·log 2, and in the end
/// ‖U*ᵀUUᵀU* − Λ‖_F falls by the factor 1 − 2ηλ_min a step, the 1 − Θ(η/κ) of the proof.
/// </summary>
/// <remarks>
/// σ_min(Z_t) is the u of the smallest eigenvalue, λ = 1/κ, and grows by 1 + η(λ − u²), where u² is below λ/4 until then.
/// s = (−0.35 ± 0.3)/η: at m = ∞ with orthogonal subspaces the spurious part lives in a space of its own and no claim depends on it, but where 1 + ηs
/// exceeds 1 now and then, round-off along V* grows as the spurious part would, to 10⁻⁷ in sin θ_t and more.
/// </remarks>
public sealed class Theorem8Population : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "T8-population",
        Statement = "at m = ∞ with U* ⟂ V*: sin θ_t = 0; σ_min(Z_t) grows by 1 + ¾·η/κ to 1 + η/κ until it is above 1/(2√κ); "
            + "half of λ at log(√λ/α)/log(1 + ηλ) − ¾·log 2; the error ends with the rate 1 − 2η/κ",
        Equations = "Appendix D",
        Stated = Verdict.Holds,
        Remark = "The steps of the logistic u ← (1 + η(λ − u²))u; the times without ¾·log 2 are within 2 % of it as well.",
        ControlStatement = "principal cosines of 0.1; growth by 1 + η/κ or more, and by 1 + ¾·η/κ or less, up to 1/√κ; the times log(1/α)/log(1 + η) of the largest eigenvalue; the rate 1 − 2η",
        DefaultTrials = 40,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        double stepSize = Math.Clamp(instance.StepSize, 0.03, 0.1);
        return new TheoryInstance
        {
            Seed = instance.Seed,
            Dimension = Math.Max(4, instance.Dimension),
            InvariantRank = 2 + (instance.InvariantRank % 2),
            Mean = -0.35 / stepSize,
            Spread = 0.3 / stepSize,
            StepSize = stepSize,
            InitialScale = Math.Clamp(instance.InitialScale / 100, 1e-5, 1e-3),
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, isControl: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, isControl: true);

    private static CheckResult Check(TheoryInstance instance, bool isControl)
    {
        double kappa = 2 * Math.Pow(5, new RandomSequence(instance.Stream(0)).NextUniform()), eta = instance.StepSize, alpha = instance.InitialScale;
        SensingProblem problem = Theorem8Setting.CreateProblem(instance.Dimension, instance.InvariantRank, instance.SpuriousRank, kappa, instance.Seed, isControl ? 0.1 : 0);
        double least = problem.Eigenvalues[^1], goal = 1 / (2 * Math.Sqrt(kappa));
        int steps = (int)Math.Ceiling(SpectrumLaws.HalfTime(least, eta, alpha) + (4 / (eta * least)));
        HeteroSgd<double> trainer = new(
            problem,
            instance.CreateEnvironments(),
            new PopulationMeasurements<double>(instance.Dimension),
            new TrainingOptions { Seed = instance.Seed, StepSize = StepSizeSchedule.Constant(eta), InitialScale = alpha, FactorColumns = instance.Columns });
        Follower follower = new(trainer, goal);
        trainer.Run(steps, follower);
        double late = 0, percent = 0;
        for (int i = 0; i < problem.InvariantRank; i++)
        {
            double lambda = isControl ? 1 : problem.Eigenvalues[i];
            late = Math.Max(late, Math.Abs(follower.HalfTimes[i] - SpectrumLaws.HalfTime(lambda, eta, alpha)));
            percent = Math.Max(percent, Math.Abs((follower.HalfTimes[i] / SpectrumLaws.ExponentialTime(lambda, eta, alpha)) - 1));
        }

        double growth = eta * least, lower = (isControl ? 1 : 0.75) * growth, upper = (isControl ? 0.75 : 1) * growth;
        (string rate, double expected) = isControl ? ("2η", 2 * eta) : ("2ηλ_min", 2 * eta * least);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost("max sin θ_t = 0", follower.LargestSine, 0, 1e-11),
            Inequality.AtLeast($"least growth of σ_min(Z_t) up to 1/(2√κ), over {(isControl ? "" : "¾·")}η/κ", (follower.LeastGrowth - 1) / lower, 1, 1e-8),
            Inequality.AtMost($"largest growth of σ_min(Z_t) up to 1/(2√κ), over {(isControl ? "¾·" : "")}η/κ", (follower.LargestGrowth - 1) / upper, 1, 1e-8),
            Inequality.AtLeast($"σ_min(Z_t) ≥ 1/({(isControl ? "" : "2")}√κ) from then on up to T", follower.IsAbove ? follower.LeastAfter : 0, isControl ? 2 * goal : goal),
            Inequality.AtMost("|half time of λ − log(√λ/α)/log(1 + ηλ) + ¾·log 2| ≤ 0.1 steps", late, 0.1),
            Inequality.AtMost("half time of λ over log(√λ/α)/log(1 + ηλ), off by 2 % at most", percent, 0.02),
            Inequality.AtMost($"|1 − e_{{t+1}}/e_t − {rate}| ≤ 0.1·{rate} at the end", Math.Abs(1 - follower.LastRatio - expected), 0.1 * expected)) with
        {
            Note = FormattableString.Invariant($"κ = {kappa:G4}, {steps} steps; times off by {late:G3} steps and {percent:G3}, sin θ ≤ {follower.LargestSine:G2}"),
        };
    }

    /// <summary>Follows the subspace and the eigenvalues.</summary>
    private sealed class Follower(HeteroSgd<double> trainer, double goal) : ITrainingObserver<double>
    {
        private readonly AdaptiveSubspace<double> _subspace = new(trainer);
        private readonly Decomposition<double> _parts = new(trainer.Signals.Problem, trainer.Factor.Columns);
        private readonly double[] _shares = new double[trainer.Signals.Problem.InvariantRank];
        private double _sigma;
        private double _error;

        public bool IsAbove { get; private set; }

        public double LargestSine { get; private set; }

        public double LeastGrowth { get; private set; } = double.PositiveInfinity;

        public double LargestGrowth { get; private set; }

        public double LeastAfter { get; private set; } = double.PositiveInfinity;

        public double LastRatio { get; private set; }

        public double[] HalfTimes { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, trainer.Signals.Problem.InvariantRank)];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            _subspace.Observe(in snapshot);
            LargestSine = Math.Max(LargestSine, _subspace.SinTheta);
            double sigma = _subspace.SmallestSingularValue;
            if (!IsAbove && snapshot.Step > 0)
            {
                LeastGrowth = Math.Min(LeastGrowth, sigma / _sigma);
                LargestGrowth = Math.Max(LargestGrowth, sigma / _sigma);
            }

            _sigma = sigma;
            IsAbove |= sigma > goal;
            LeastAfter = IsAbove ? Math.Min(LeastAfter, sigma) : LeastAfter;
            Learned(in snapshot);
        }

        private void Learned(in TrainingSnapshot<double> snapshot)
        {
            SensingProblem problem = snapshot.Signals.Problem;
            _parts.Compute(snapshot.Factor, snapshot.Signals);
            ReadOnlyMatrixSpan<double> r = _parts.Invariant;
            double squares = 0;
            for (int i = 0; i < problem.InvariantRank; i++)
            {
                for (int j = 0; j < problem.InvariantRank; j++)
                {
                    double product = 0;
                    for (int column = 0; column < r.Rows; column++)
                    {
                        product += r[column, i] * r[column, j];
                    }

                    double missing = i == j ? product - problem.Eigenvalues[i] : product;
                    squares += missing * missing;
                    if (i == j)
                    {
                        double share = product / problem.Eigenvalues[i];
                        if (share >= 0.5 && double.IsPositiveInfinity(HalfTimes[i]))
                        {
                            HalfTimes[i] = snapshot.Step - (Math.Log(2 * share) / Math.Log(share / _shares[i]));
                        }

                        _shares[i] = share;
                    }
                }
            }

            double error = Math.Sqrt(squares);
            LastRatio = error / _error;
            _error = error;
        }
    }
}
