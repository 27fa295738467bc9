using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Subspaces;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// One step U_{t+1} = U_t − ηG_tU_t as the lemmas see it: R, Q, E and their norms before and after, the RIP error E_t = G_t − D_t with
/// D_t = U_tU_tᵀ − A* − V*Σ_tV*ᵀ, and ε1 = ‖U*ᵀV*‖.
/// </summary>
/// <remarks>It copies what it is given and allocates: for diagnostics. Thread-safe: immutable.</remarks>
public sealed class AnalyzedStep
{
    /// <summary>Makes the step and takes its norms.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="factor">U_t, d×k.</param>
    /// <param name="stepSize">η, times the gradient scale if that is not 1; finite and above 0.</param>
    /// <param name="sigma">Σ_t, symmetric, r2² numbers.</param>
    /// <param name="gradient">svec(G_t), what training used.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or a number is out of range.</exception>
    public AnalyzedStep(SensingProblem problem, ReadOnlyMatrixSpan<double> factor, double stepSize, ReadOnlySpan<double> sigma, ReadOnlySpan<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Guard.Positive(stepSize);
        Guard.AtLeast(factor.Columns, 1, "factor.Columns");
        Guard.AllFinite(sigma, nameof(sigma));
        Problem = problem;
        StepSize = stepSize;
        Factor = Matrix.Of(factor);
        OneStepDynamics<double> dynamics = new(problem, factor.Columns);
        double[] residual = Residual(problem, Factor, sigma);
        Guard.AllFinite<double>(residual, nameof(factor), "factors with a finite UUᵀ − A* − V*ΣV*ᵀ");
        dynamics.Compute(factor, stepSize, sigma, gradient, residual);
        (Invariant, Spurious, Rest) = (Matrix.Of(dynamics.Parts.Invariant), Matrix.Of(dynamics.Parts.Spurious), Matrix.Of(dynamics.Parts.Residual));
        (NextInvariant, NextSpurious, NextRest) = (Sum(dynamics.Invariant), Sum(dynamics.Spurious), Sum(dynamics.Residual));
        Sigma = new Matrix(sigma.ToArray(), problem.SpuriousRank, problem.SpuriousRank);
        RipError = Matrix.Of(dynamics.RipError);
        Overlap = SubspaceOverlap.Of(problem);
        FactorNorm = Factor.Norm();
        InvariantNorm = Invariant.Norm();
        SpuriousNorm = Spurious.Norm();
        ResidualNorm = Rest.Norm();
        ResidualFrobenius = Rest.FrobeniusNorm();
    }

    /// <summary>Gets the problem.</summary>
    public SensingProblem Problem { get; }

    /// <summary>Gets η.</summary>
    public double StepSize { get; }

    /// <summary>Gets ε1 = ‖U*ᵀV*‖.</summary>
    public double Overlap { get; }

    /// <summary>Gets ‖U_t‖.</summary>
    public double FactorNorm { get; }

    /// <summary>Gets ‖R_t‖.</summary>
    public double InvariantNorm { get; }

    /// <summary>Gets ‖Q_t‖.</summary>
    public double SpuriousNorm { get; }

    /// <summary>Gets ‖E_t‖ of the residual (18).</summary>
    public double ResidualNorm { get; }

    /// <summary>Gets ‖E_t‖_F of the residual (18).</summary>
    public double ResidualFrobenius { get; }

    internal Matrix Factor { get; }

    internal Matrix Sigma { get; }

    internal Matrix Invariant { get; }

    internal Matrix Spurious { get; }

    internal Matrix Rest { get; }

    internal Matrix NextInvariant { get; }

    internal Matrix NextSpurious { get; }

    internal Matrix NextRest { get; }

    /// <summary>Gets the value of the RIP error, G_t − D_t.</summary>
    internal Matrix RipError { get; }

    /// <summary>Gets √(r1 + r2).</summary>
    internal double RootRank => Math.Sqrt(Problem.InvariantRank + Problem.SpuriousRank);

    /// <summary>Gets by how much U_tᵀE_t may be off: D_t, which is taken off G_t, is of the size ‖U_t‖² + 1 + ‖Σ_t‖.</summary>
    internal double RipRoundOff => 1e-13 * FactorNorm * ((FactorNorm * FactorNorm) + 1 + Sigma.Norm());

    /// <summary>
    /// Gets by how much R, Q and E after the step may be off: as much as those before it, ‖U_t‖, and the terms of (22)–(24) that η multiplies, of the size ‖U_t‖³ and
    /// ‖Σ_t‖‖U_t‖.
    /// </summary>
    internal double RoundOff => (1e-13 * FactorNorm) + (StepSize * RipRoundOff);

    /// <summary>Gets the smallest singular value of R, σ_{r1}, and the largest; the smallest is 0 if R has fewer rows than columns.</summary>
    internal static (double Smallest, double Largest) SingularValues(Matrix invariant)
    {
        double[] squares = (invariant.T * invariant).Eigenvalues();
        return (invariant.Rows < invariant.Columns ? 0 : Math.Sqrt(Math.Max(0, squares[0])), Math.Sqrt(Math.Max(0, squares[^1])));
    }

    /// <summary>Returns svec(UUᵀ − A* − V*ΣV*ᵀ).</summary>
    internal static double[] Residual(SensingProblem problem, Matrix factor, ReadOnlySpan<double> sigma)
    {
        Guard.Agree(factor.Rows, problem.Dimension, "row count", nameof(factor));
        SignalModel<double> signals = new(problem);
        double[] residual = (factor * factor.T).ToSvec();
        for (int i = 0; i < residual.Length; i++)
        {
            residual[i] -= signals.Signal[i];
        }

        signals.AddSpurious(sigma, -1, residual);
        return residual;
    }

    private static Matrix Sum(StepSplit<double> split)
    {
        Matrix sum = new(split.Main.Rows, split.Main.Columns);
        split.CopySum(new MatrixSpan<double>(sum.Entries, sum.Rows, sum.Columns));
        return sum;
    }
}
