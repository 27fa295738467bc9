using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Steps made for the lemmas of A.3 to A.6. Those of <see cref="Create"/> satisfy what their proofs need, so that claims are truly tested: M1 large enough
/// for (56), δ small enough for (a)–(d) of Lemma 10, ε1 &lt; δ/2, norms at given shares of their limits. Those of <see cref="Draw"/> are any steps.
/// </summary>
internal sealed class ConstructedStep
{
    private const int ConstantsStream = 60;
    private const int StateStream = 61;
    private const int FrameStream = 62;
    private const int PerturbationStream = 63;

    // ‖Q‖² + ‖E‖² stays below 0.005, half of what Lemma 15 allows.
    private const double SmallNorm = 0.05;

    private const int LongestTime = 600_000;

    // R_t, its bounds and L_t are arrays: 320 MB. Drawn instances stay below a tenth of it.
    private const int LongestPhases = 10_000_000;

    private ConstructedStep(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, double[] controller)
        => (Step, Constants, Line, Time, Controller) = (step, constants, line, time, controller);

    public AnalyzedStep Step { get; }

    public AnalysisConstants Constants { get; }

    public CalibrationLine Line { get; }

    /// <summary>Gets t.</summary>
    public int Time { get; }

    /// <summary>Gets q_i^t.</summary>
    public double[] Controller { get; }

    /// <summary>Moves an instance to where the proofs of A.3 to A.6 work.</summary>
    public static TheoryInstance Adapt(TheoryInstance instance) => Adapt(instance, moved => moved);

    /// <summary>Moves an instance there around chosen values, from which the others follow.</summary>
    public static TheoryInstance Adapt(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        TheoryInstance moved = choice(instance with { Dimension = Math.Min(instance.Dimension, 8), Columns = null, Spread = 20 + instance.Spread });
        moved = choice(moved with { StepSize = (0.2 + (2.5 * Math.Min(instance.StepSize, 0.3))) / (64 * Bound(moved.Mean, moved.Spread)) });
        AnalysisConstants constants = ConstantsOf(moved);
        double barrier = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, moved.SpuriousRank);
        return moved with
        {
            // (62): the off-diagonal entries of a row, times the barrier's height over L_t, add up to less than 1.
            OffDiagonal = 0.45 * (1 + instance.OffDiagonal) / (moved.SpuriousRank * barrier),
            Overlap = 0.99 * (instance.Overlap ?? 0.5) * constants.RipConstant / 2,
        };
    }

    /// <summary>As <see cref="Adapt(TheoryInstance)"/>, with the overlap for the larger δ of <see cref="WideRipConstant"/>.</summary>
    public static TheoryInstance AdaptWide(TheoryInstance instance) => AdaptWide(instance, moved => moved);

    /// <summary>The same around chosen values.</summary>
    public static TheoryInstance AdaptWide(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        TheoryInstance moved = choice(Adapt(instance, choice));
        return moved with { Overlap = 0.99 * (instance.Overlap ?? 0.5) * WideRipConstant(ConstantsOf(moved), moved) / 2 };
    }

    /// <summary>Returns the δ that makes L_t = R_t/2: far above what Lemma 10's (b) and (d) allow, for statements that do not need them.</summary>
    public static double WideRipConstant(AnalysisConstants constants, TheoryInstance instance)
        => 1 / (80 * constants.Bound * Math.Sqrt(instance.InvariantRank + instance.SpuriousRank));

    /// <summary>Returns M1, M2, δ, α and p of an instance: δ is a share of what (b), (c) and (d) of Lemma 10 allow, with their 2/5 read as 5/2.</summary>
    public static AnalysisConstants ConstantsOf(TheoryInstance instance)
    {
        RandomSequence random = new(instance.Stream(ConstantsStream));
        double bound = Bound(instance.Mean, instance.Spread), p = 0.25 * Math.Exp(-3 * random.NextUniform());
        AnalysisConstants constants = new()
        {
            Bound = bound,
            Heterogeneity = HeterogeneityOf(instance),
            RipConstant = 0,
            InitialScale = instance.InitialScale,
            ViolationProbability = p,
        };
        return constants with { RipConstant = AllowedRipConstant(instance, constants) * (0.1 + (0.9 * random.NextUniform())) };
    }

    /// <summary>Returns the largest δ that (b), (c) and (d) of Lemma 10 allow for any t, with 5/2.</summary>
    public static double AllowedRipConstant(TheoryInstance instance, AnalysisConstants constants)
    {
        double unit = constants.Bound * Math.Sqrt(instance.InvariantRank + instance.SpuriousRank), log = constants.Logarithm;
        double spurious = unit * Math.Sqrt(instance.SpuriousRank)
            * ControllerProcess.GetBarrierFactor(constants.ViolationProbability, instance.SpuriousRank);
        return Math.Min(1 / (5 * spurious), Math.Min(1 / (4608 * unit * log), 1 / (576 * spurious * log)));
    }

    /// <summary>
    /// Makes a step of an adapted instance: column i of Q_t has a norm just below q_i^t in [L_t, p^{−1.5}r2^{1.5}L_t) unless the kind says otherwise.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="kind">What R_t, Q_t and E_t are like.</param>
    /// <param name="ripConstant">Changes δ, given the constants; null for that of <see cref="ConstantsOf"/>.</param>
    /// <param name="residualLimit">A limit of ‖E_t‖ beside the kind's, given the constants; null for none.</param>
    public static ConstructedStep Create(
        TheoryInstance instance,
        ConstructedState kind,
        Func<AnalysisConstants, double>? ripConstant = null,
        Func<TheoryInstance, AnalysisConstants, double>? residualLimit = null)
    {
        AnalysisConstants constants = ConstantsOf(instance);
        constants = constants with { RipConstant = ripConstant?.Invoke(constants) ?? constants.RipConstant };
        RandomSequence random = new(instance.Stream(StateStream));
        PhaseSchedule phases = PhasesOf(instance);
        int t = kind switch
        {
            ConstructedState.Growth => (int)random.NextBelow(Math.Max(1, phases.GrowthEnd)),
            ConstructedState.Convergence => phases.GrowthEnd + 1 + (int)random.NextBelow(Math.Max(1, phases.ConvergenceEnd - phases.GrowthEnd)),
            _ => random.NextBelow(4) == 0 ? 0 : (int)random.NextBelow(phases.ConvergenceEnd),
        };
        return Make(
            instance, kind, constants, instance.CreateProblem(), t, residualLimit?.Invoke(instance, constants) ?? double.PositiveInfinity, random);
    }

    /// <summary>
    /// Makes a step with given constants and subspaces, at one of the first 600,000 steps: inside the window of Theorem 2 there are millions, and L_t is an array.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="kind">What R_t, Q_t and E_t are like.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="problem">The subspaces, of the instance's shape, with a small overlap.</param>
    public static ConstructedStep CreateEarly(TheoryInstance instance, ConstructedState kind, AnalysisConstants constants, SensingProblem problem)
    {
        RandomSequence random = new(instance.Stream(StateStream));

        // A step multiplies R_t by 1 + η at most, so that T1 is not reached before.
        // From η = 1/3 on there is no such step, and (25) need not stay bounded.
        double room = (1.0 / 3) - instance.StepSize, growth = room > 0 ? Math.Log(room / instance.InitialScale) / instance.StepSize : 0;
        int end = (int)Math.Clamp(kind == ConstructedState.Growth || room <= 0 ? growth : LongestTime, 1, LongestTime);
        int t = random.NextBelow(4) == 0 ? 0 : (int)random.NextBelow(end);
        return Make(instance, kind, constants, problem, t, double.PositiveInfinity, random);
    }

    private static ConstructedStep Make(
        TheoryInstance instance,
        ConstructedState kind,
        AnalysisConstants constants,
        SensingProblem problem,
        int t,
        double residualLimit,
        RandomSequence random)
    {
        bool isAny = kind is ConstructedState.Any or ConstructedState.Bounded or ConstructedState.AtBarrier, isAtBarrier = kind == ConstructedState.AtBarrier;
        bool isFeeding = kind == ConstructedState.Feeding;
        CalibrationLine line = LineOf(instance, constants, t + 1);
        int d = instance.Dimension, k = instance.FactorColumns, r1 = instance.InvariantRank, r2 = instance.SpuriousRank;
        double reference = line.Sequences.Reference[t], height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, r2);
        double small = kind == ConstructedState.Growth ? 1 / (96 * constants.Logarithm) : SmallNorm, share = 0.999 * Math.Sqrt(random.NextUniform());

        // R: orthonormal columns times singular values, the ends of their interval included.
        Matrix r = new(k, r1);
        double[] frame = HaarFrame.Draw(instance.Stream(FrameStream), k, r1);
        (double low, double high) = kind switch
        {
            ConstructedState.Growth => (line.Sequences.Lower[t], line.Sequences.Upper[t]),
            ConstructedState.Convergence => (0.26, 1.002),
            ConstructedState.Feeding => (0.5, 1.05),
            _ => (0, share * Math.Min(4 * reference, 1.1)),
        };
        bool fromLow = !isAny && random.NextBelow(2) == 0;
        for (int j = 0; j < r1; j++)
        {
            double at = j == 0 ? (fromLow ? 0 : 1) : j == 1 ? (fromLow ? 1 : 0) : random.NextUniform(), value = (low * (1 - at)) + (high * at);
            for (int i = 0; i < k; i++)
            {
                r[i, j] = value * frame[(i * r1) + j];
            }
        }

        Matrix q = new(k, r2);
        double[] controller = new double[r2];
        for (int j = 0; j < r2; j++)
        {
            double exponent = random.NextBelow(2) == 0 ? 0.1 * random.NextUniform() : Math.Min(1, 1.6 * random.NextUniform());
            controller[j] = line.Values[t] * Math.Pow(0.999 * height, isAtBarrier ? 1 : exponent);
            double length = (1 - 1e-9) * kind switch
            {
                ConstructedState.Any or ConstructedState.AtBarrier => controller[j],
                ConstructedState.Bounded => Math.Min(controller[j], 1.1 * Part() / Math.Sqrt(r2)),
                ConstructedState.Feeding => (0.5 + (0.55 * Part())) / Math.Sqrt(r2),
                _ => Math.Min(controller[j], small * Part() / Math.Sqrt(r2)),
            };
            Matrix direction = new(instance.CreateGaussian(70 + j, k, 1), k, 1);

            // Along R's first direction now and then: where all parts of U_t add up.
            direction = random.NextBelow(2) == 0 && !isAtBarrier && !isFeeding ? direction : new Matrix(r.Column(0).Entries, k, 1);
            direction = (length / direction.FrobeniusNorm()) * direction;
            for (int i = 0; i < k; i++)
            {
                q[i, j] = direction[i, 0];
            }
        }

        Matrix star = Matrix.Of(problem.InvariantBasis), spurious = Matrix.Of(problem.SpuriousBasis);
        Matrix rest = Matrix.Identity(d) - (star * star.T) - (spurious * spurious.T);
        Matrix e = rest * (rest * (rest * new Matrix(instance.CreateGaussian(80, d, k), d, k))), fed = e.Column(0) * r.Column(0).T;

        // Of rank one and along R's first direction now and then, where the gradient feeds it most.
        e = random.NextBelow(2) == 0 || isFeeding ? fed : e;

        // The push p of the RIP error feeds E_t by 2ηp‖E_t‖ and the shrinkage takes 2η‖U_t‖²‖E_t‖²: most is left near p/(2‖U_t‖²), p about δM1√r2·‖U_t‖/√2.
        double limit = isFeeding ? Math.Min(residualLimit, 0.35 * constants.RipConstant * constants.Bound * Math.Sqrt(r2)) : Math.Min(isAny ? r.Norm() : small, residualLimit);
        double size = Math.Min(limit / Math.Max(e.Norm(), 1e-300), 1 / Math.Max(e.FrobeniusNorm(), 1e-300)) * (isFeeding ? 0.5 + (0.45 * Part()) : 0.999 * Part());
        e = d > r1 + r2 && (random.NextBelow(4) > 0 || isFeeding) ? size * e : 0 * e;

        // U = U*Xᵀ + V*Yᵀ + E with X + YCᵀ = R and XC + Y = Q, so that R and Q are U's own although the subspaces overlap a little.
        Matrix overlap = star.T * spurious, x = r, y = q;
        for (int i = 0; i < 4; i++)
        {
            (x, y) = (r - (y * overlap.T), q - (x * overlap));
        }

        Matrix u = (star * x.T) + (spurious * y.T) + e;
        double[] sigma = instance.CreateSigma(t);

        double[] residual = AnalyzedStep.Residual(problem, u, sigma);
        StoredMeasurements<double> measurements = NearIsometry.Create(d, Perturbation(), constants.RipConstant);
        double[] gradient = NearIsometry.Apply(measurements, measurements.SamplesPerSet, residual);
        return new ConstructedStep(new AnalyzedStep(problem, u.Span, instance.StepSize, sigma, gradient), constants, line, t, controller);

        // In phase 2 often far below its limit, where the RIP error is what is left.
        double Part()
        {
            double part = random.NextUniform();
            return kind == ConstructedState.Convergence ? part * part * part : part;
        }

        // The measurements err along the residual, or from the residual to what feeds E_t most (in the phases of R_t: to A*; in a bounded state: to what is largest in
        // U_tᵀE_t), or anyhow.
        Matrix Perturbation()
        {
            bool isFed = d > r1 + r2;
            Matrix feed = isAny ? u * (e.FrobeniusNorm() == 0 ? fed : e).T : star * star.T, target = Column((feed + feed.T).ToSvec());
            Matrix source = Column(residual), along = (1 / source.FrobeniusNorm()) * source;
            double sign = random.NextBelow(2) == 0 ? 1 : -1;
            if (kind == ConstructedState.Bounded && random.NextBelow(2) == 0)
            {
                Matrix image = u * new Matrix(q.Column(0).Entries, k, 1);
                return NearIsometry.Exchange(source, Column((image * image.T).ToSvec()));
            }

            if (isFeeding && isFed)
            {
                Matrix into = u * e.T;
                return -1 * NearIsometry.Exchange(source, Column((into + into.T).ToSvec()));
            }

            int choice = isAny && isFed && e.FrobeniusNorm() == 0 ? 1 : (int)random.NextBelow(3);
            return choice == 0 ? sign * NearIsometry.Along(source)
                : choice == 1 && (!isAny || isFed) ? NearIsometry.Along(along - ((isAny ? 1 : sign) / target.FrobeniusNorm() * target))
                : NearIsometry.Random(instance, PerturbationStream);
        }
    }

    /// <summary>
    /// Makes a step of any instance: its random factor, m Gaussian measurements and their full-rank δ, t = 0 … T1, q_i^t = L_t or the column's norm.
    /// </summary>
    public static ConstructedStep Draw(TheoryInstance instance)
    {
        SensingProblem problem = instance.CreateProblem();
        Matrix u = new(instance.CreateFactor(), instance.Dimension, instance.FactorColumns);
        double[] sigma = instance.CreateSigma(0), residual = AnalyzedStep.Residual(problem, u, sigma);
        StoredMeasurements<double> measurements = instance.CreateMeasurements();
        AnalyzedStep step = new(
            problem, u.Span, instance.StepSize, sigma, NearIsometry.Apply(measurements, instance.Samples, residual));
        SpuriousRegularity.Varying(instance);
        double heterogeneity = HeterogeneityOf(instance);
        AnalysisConstants constants = new()
        {
            Bound = Bound(instance.Mean, instance.Spread),
            Heterogeneity = heterogeneity,
            RipConstant = NearIsometry.FullRankConstant(measurements, instance.Samples),
            InitialScale = instance.InitialScale,
            ViolationProbability = ControllerProcess.ViolationProbability(1, heterogeneity, Math.Max(2, instance.Dimension)),
        };
        RandomSequence random = new(instance.Stream(StateStream));
        int t = (int)random.NextBelow(1 + PhasesOf(instance).GrowthEnd);
        CalibrationLine line = LineOf(instance, constants, t + 1);
        double[] controller = new double[instance.SpuriousRank];
        for (int j = 0; j < controller.Length; j++)
        {
            controller[j] = Math.Max(line.Values[t], step.Spurious.Column(j).FrobeniusNorm());
        }

        return new ConstructedStep(step, constants, line, t, controller);
    }

    private static PhaseSchedule PhasesOf(TheoryInstance instance)
    {
        double eta = instance.StepSize, steps = AuxiliarySequences.EntryBound(eta, instance.InitialScale) - (Math.Log(instance.InitialScale) / eta);
        return steps <= LongestPhases ? PhaseSchedule.Create(eta, instance.InitialScale) : throw new ArgumentOutOfRangeException(
            nameof(instance),
            eta,
            FormattableString.Invariant($"'{nameof(instance)}.{nameof(instance.StepSize)}' is {eta}, for phases of up to {steps:G4} steps; ")
            + FormattableString.Invariant($"accepted are at most {LongestPhases} steps, and a step size below 1/(64·M1) follows from M."));
    }

    private static CalibrationLine LineOf(TheoryInstance instance, AnalysisConstants constants, int lastStep)
        => new(
            new AuxiliarySequences(instance.StepSize, instance.InitialScale, lastStep),
            constants.Bound,
            constants.RipConstant,
            instance.InvariantRank,
            instance.SpuriousRank);

    // The bounds of (6) are strict.
    private static double Bound(double mean, double spread) => 1.01 * (Math.Abs(mean) + spread);

    private static double HeterogeneityOf(TheoryInstance instance)
        => 0.99 * instance.Spread * instance.Spread / (instance.Law == ScalarLaw.TwoPoint ? 1 : 3) / (1 + Math.Abs(instance.Mean));

    private static Matrix Column(double[] entries) => new(entries, entries.Length, 1);
}
