using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The one-step split (19)–(24): dominating, fluctuation or shrinkage dynamics, interaction error and RIP error of R, Q and E add up to the decomposition
/// of the next iterate within 1e-12 of the sum of all pieces' Frobenius norms, for any U, step size, Σ and gradient.
/// </summary>
/// <remarks>
/// <para>Tested on a single step from a random factor with population, stored, regenerated or exact-law measurements, and along a run of five steps;
/// nothing of the analysis's hypotheses is met, and none is needed. The RIP error is that of the step's own gradient, G_t − D_t.</para>
/// <para>The last term of (24) is Id_res times the RIP error; without Id_res the pieces do not add up.</para>
/// </remarks>
public sealed class OneStepTerms : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "A5",
        Statement = "the terms of (22)–(24) add up to R, Q and E of U − ηGU",
        Equations = "(19)–(24)",
        Stated = Verdict.Holds,
        Remark = "An identity for any step, operators and draws alike; round-off is all that is left.",
        ControlStatement = "the same with −ηE_tU_t for −η·Id_res·E_tU_t in (24)",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the split on a step.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="factor">U_t, d×k.</param>
    /// <param name="stepSize">η, times the gradient scale if that is not 1.</param>
    /// <param name="sigma">Σ of the mean gradient, r2² numbers.</param>
    /// <param name="gradient">svec(G_t).</param>
    /// <param name="populationGradient">svec(D_t).</param>
    /// <param name="next">U_{t+1}, d×k.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit.</exception>
    public static CheckResult Check(
        SensingProblem problem,
        ReadOnlyMatrixSpan<double> factor,
        double stepSize,
        ReadOnlySpan<double> sigma,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> populationGradient,
        ReadOnlyMatrixSpan<double> next)
        => Check(problem, factor, stepSize, sigma, gradient, populationGradient, next, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        CheckResult single = CheckStep(instance, control: false);
        RunObserver observer = new(instance);
        HeteroSgd<double> trainer = new(
            instance.CreateProblem(),
            instance.CreateEnvironments(),
            new ExactLawMeasurements<double>(instance.Dimension, instance.Seed),
            new TrainingOptions
            {
                Seed = instance.Seed,
                Samples = instance.Samples,
                StepSize = StepSizeSchedule.Constant(instance.StepSize),
                InitialScale = instance.InitialScale,
                FactorColumns = instance.FactorColumns,
            });
        trainer.Run(5, observer);
        return CheckResult.Merge([single, .. observer.Results]) with { Trials = 1, HypothesesMet = 1 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckStep(instance, control: true);

    private static CheckResult CheckStep(TheoryInstance instance, bool control)
    {
        SensingProblem problem = instance.CreateProblem();
        Matrix u = new(instance.CreateFactor(), instance.Dimension, instance.FactorColumns);
        double[] sigma = instance.CreateSigma(0), residual = AnalyzedStep.Residual(problem, u, sigma), gradient = new double[residual.Length];
        MeasurementSource<double> source = (instance.Seed % 4) switch
        {
            0 => new PopulationMeasurements<double>(instance.Dimension),
            1 => instance.CreateMeasurements(),
            2 => new RegeneratedMeasurements<double>(instance.Dimension, instance.Seed),
            _ => new ExactLawMeasurements<double>(instance.Dimension, instance.Seed),
        };
        source.Accumulate(new SampleGroup<double> { Step = 0, Count = instance.Samples, Scale = 1.0 / instance.Samples }, residual, gradient);
        Matrix next = u - (instance.StepSize * (Matrix.OfSvec(gradient, instance.Dimension) * u));
        return Check(problem, u.Span, instance.StepSize, sigma, gradient, residual, next.Span, control);
    }

    private static CheckResult Check(
        SensingProblem problem,
        ReadOnlyMatrixSpan<double> factor,
        double stepSize,
        ReadOnlySpan<double> sigma,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> populationGradient,
        ReadOnlyMatrixSpan<double> next,
        bool control)
    {
        ArgumentNullException.ThrowIfNull(problem);
        OneStepDynamics<double> dynamics = new(problem, factor.Columns);
        dynamics.Compute(factor, stepSize, sigma, gradient, populationGradient);
        Decomposition<double> parts = new(problem, factor.Columns);
        parts.Compute(next, new SignalModel<double>(problem));
        Matrix bare = -stepSize * (Matrix.Of(dynamics.RipError) * Matrix.Of(factor));
        double scale = Size(dynamics.Invariant) + Size(dynamics.Spurious) + Size(dynamics.Residual);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Claim("R", dynamics.Invariant, parts.Invariant, null, scale),
            Claim("Q", dynamics.Spurious, parts.Spurious, null, scale),
            Claim("E", dynamics.Residual, parts.Residual, control ? bare : null, scale));
    }

    private static double Size(StepSplit<double> split)
        => Norms.Frobenius(split.Main) + Norms.Frobenius(split.Interaction) + Norms.Frobenius(split.RipError);

    private static Inequality Claim(string name, StepSplit<double> split, ReadOnlyMatrixSpan<double> next, Matrix? ripError, double scale)
    {
        Matrix sum = Matrix.Of(split.Main) + Matrix.Of(split.Interaction) + (ripError ?? Matrix.Of(split.RipError));
        return Inequality.AtMost(
            $"‖sum of the terms of {name}_{{t+1}} − {name}_{{t+1}}‖_F ≤ 1e-12 of all terms' sizes", (sum - Matrix.Of(next)).FrobeniusNorm(), 1e-12 * scale);
    }

    private sealed class RunObserver(TheoryInstance instance) : ITrainingObserver<double>
    {
        private double[] _previous = [];

        public List<CheckResult> Results { get; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (snapshot.Step > 0)
            {
                Results.Add(Check(
                    snapshot.Signals.Problem,
                    new(_previous, instance.Dimension, instance.FactorColumns),
                    snapshot.Rate,
                    snapshot.PopulationSigma,
                    snapshot.Gradient,
                    snapshot.PopulationGradient,
                    snapshot.Factor));
            }

            _previous = snapshot.Factor.Data.ToArray();
        }
    }
}
