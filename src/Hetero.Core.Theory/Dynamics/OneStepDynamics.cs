using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The one-step split (22)–(24) of the decomposition (17), (18), term by term. With C = U*ᵀV*, A* = U*ΛU*ᵀ and the RIP error E = G − D, the gradient of the
/// step less its mean:
/// <list type="bullet">
/// <item>R⁺ = (I − ηUᵀU)R + ηRΛ, dominating; + ηQΣCᵀ, interaction; − ηUᵀEU*, RIP error;</item>
/// <item>Q⁺ = (I − ηUᵀU)Q + ηQΣ, fluctuation; + ηRΛC, interaction; − ηUᵀEV*, RIP error;</item>
/// <item>E⁺ = E(I − ηUᵀU), shrinkage; + η·Id_res(U*ΛU*ᵀ + V*ΣV*ᵀ)U, interaction; − η·Id_res·EU, RIP error.</item>
/// </list>
/// </summary>
/// <remarks>
/// <para>An identity: it holds for any U, step size, Σ and gradient, far outside the hypotheses of the analysis, and for a draw as well as for an operator,
/// as nothing is measured again. The paper has Λ = I.</para>
/// <para>Σ is that of the mean gradient D: Σ^(e_t) for HeteroSGD, E[Σ] for pooled training, whose sampling of environments is then part of G − D; noise in
/// the responses is too. See <see cref="TrainingSnapshot{T}.PopulationSigma"/>.</para>
/// <para>The paper writes E_t for the residual (18), the operator (20) and its value: here Residual and RipError. As U*U*ᵀU* = U*, Id_res·U* = −V*Cᵀ and
/// Id_res·V* = −U*C, so the interaction error of E is −(U*Nᵀ + V*Pᵀ) for those of R and Q, N and P: no cancellation when C is small.</para>
/// <para>Not thread-safe: owns all terms; a call while another one is going on is refused. Computing allocates nothing and costs a product of d×d and
/// d×k, as much as the step.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class OneStepDynamics<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _columns;
    private readonly SignalModel<T> _signals;
    private readonly Decomposition<T> _parts;
    private readonly Decomposition<T> _ripParts;
    private readonly T[] _overlap;
    private readonly T[] _gram;
    private readonly T[] _sigma;
    private readonly T[] _weighted;
    private readonly T[] _ripSvec;
    private readonly T[] _ripSquare;
    private readonly T[] _ripStep;
    private readonly T[] _invariantMain;
    private readonly T[] _invariantInteraction;
    private readonly T[] _spuriousMain;
    private readonly T[] _spuriousInteraction;
    private readonly T[] _residualMain;
    private readonly T[] _residualInteraction;
    private readonly T[] _scratch;
    private ExclusiveUse _use;

    /// <summary>Makes room for the terms.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="columns">The number k of the factor's columns, 1 or more.</param>
    /// <exception cref="ArgumentException">There are no columns, or a matrix of d×d, d×k or k×k is more than an array holds.</exception>
    public OneStepDynamics(SensingProblem problem, int columns)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Guard.AtLeast(columns, 1);
        Guard.ArrayLength(columns, columns, nameof(columns));
        Guard.InRange(problem.Dimension, 1, GramModel<T>.MaxDimension, "problem.Dimension");
        _columns = columns;
        _signals = new SignalModel<T>(problem);
        _parts = new Decomposition<T>(problem, columns);
        _ripParts = new Decomposition<T>(problem, columns);
        (int d, int r1, int r2) = (problem.Dimension, problem.InvariantRank, problem.SpuriousRank);
        _overlap = new T[r1 * r2];
        _gram = new T[columns * columns];
        _sigma = new T[r2 * r2];
        _weighted = new T[columns * Math.Max(r1, r2)];
        _ripSvec = new T[Svec.Length(d)];
        _ripSquare = new T[d * d];
        _ripStep = new T[d * columns];
        _invariantMain = new T[columns * r1];
        _invariantInteraction = new T[columns * r1];
        _spuriousMain = new T[columns * r2];
        _spuriousInteraction = new T[columns * r2];
        _residualMain = new T[d * columns];
        _residualInteraction = new T[d * columns];
        ReadOnlySpan<(int Rows, int Inner, int Columns)> products =
        [
            (d, d, columns), (d, columns, columns), (columns, columns, r1), (columns, columns, r2), (columns, r1, r2), (columns, r2, r2), (columns, r2, r1),
            (d, r1, columns), (d, r2, columns), (r1, d, r2),
        ];
        int scratch = Products.GetGramScratchLength<T>(columns, d);
        foreach ((int rows, int inner, int width) in products)
        {
            scratch = Math.Max(scratch, Products.GetMultiplyScratchLength<T>(rows, inner, width));
        }

        _scratch = new T[scratch];
        Products.Multiply(_signals.InvariantBasis.Transposed, _signals.SpuriousBasis, _scratch, new MatrixSpan<T>(_overlap, r1, r2));
    }

    /// <summary>Gets R, Q and E before the step.</summary>
    public Decomposition<T> Parts => _parts;

    /// <summary>Gets (22), the terms of the next R, k×r1.</summary>
    public StepSplit<T> Invariant
        => new(View(_invariantMain, _signals.Problem.InvariantRank), View(_invariantInteraction, _signals.Problem.InvariantRank), _ripParts.Invariant);

    /// <summary>Gets (23), the terms of the next Q, k×r2.</summary>
    public StepSplit<T> Spurious
        => new(View(_spuriousMain, _signals.Problem.SpuriousRank), View(_spuriousInteraction, _signals.Problem.SpuriousRank), _ripParts.Spurious);

    /// <summary>Gets (24), the terms of the next E, d×k.</summary>
    public StepSplit<T> Residual
        => new(
            new ReadOnlyMatrixSpan<T>(_residualMain, _signals.Problem.Dimension, _columns),
            new ReadOnlyMatrixSpan<T>(_residualInteraction, _signals.Problem.Dimension, _columns),
            _ripParts.Residual);

    /// <summary>Gets the value of the RIP error, G − D, d×d.</summary>
    public ReadOnlyMatrixSpan<T> RipError => new(_ripSquare, _signals.Problem.Dimension, _signals.Problem.Dimension);

    /// <summary>Splits a step U⁺ = U − ηGU.</summary>
    /// <param name="factor">U before the step, d×k; not a term of this object.</param>
    /// <param name="rate">η times the gradient scale, finite.</param>
    /// <param name="sigma">Σ of the mean gradient, symmetric, r2² numbers.</param>
    /// <param name="gradient">svec(G) of the step.</param>
    /// <param name="populationGradient">svec(D), D = UUᵀ − A* − V*ΣV*ᵀ.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on.</exception>
    public void Compute(
        ReadOnlyMatrixSpan<T> factor, T rate, ReadOnlySpan<double> sigma, ReadOnlySpan<T> gradient, ReadOnlySpan<T> populationGradient)
    {
        (int d, int r1, int r2) = (_signals.Problem.Dimension, _signals.Problem.InvariantRank, _signals.Problem.SpuriousRank);
        Guard.Finite(rate);
        Guard.Length(sigma.Length, _sigma.Length, nameof(sigma));
        Guard.Length(gradient.Length, _ripSvec.Length, nameof(gradient));
        Guard.Length(populationGradient.Length, _ripSvec.Length, nameof(populationGradient));
        Guard.AllFinite(sigma, nameof(sigma));
        Guard.AllFinite(gradient, nameof(gradient));
        Guard.AllFinite(populationGradient, nameof(populationGradient));
        Guard.NoOverlap(_residualMain, factor.Data, nameof(Residual), nameof(factor));
        Guard.NoOverlap(_residualInteraction, factor.Data, nameof(Residual), nameof(factor));
        Guard.NoOverlap(_ripSquare, factor.Data, nameof(RipError), nameof(factor));
        using ExclusiveUse.Scope use = _use.Enter("The step is already being split; give each thread an object of its own.");

        // Copied before any term is written: what was computed last may be what is given now.
        TensorPrimitives.Subtract(gradient, populationGradient, _ripSvec);
        for (int i = 0; i < sigma.Length; i++)
        {
            _sigma[i] = rate * T.CreateTruncating(sigma[i]);
        }

        _parts.Compute(factor, _signals);
        Guard.AllFinite(_parts.Residual.Data, nameof(factor), "finite entries");
        MatrixSpan<T> damping = new(_gram, _columns, _columns);
        Products.Gram(factor.Transposed, _scratch, damping);
        for (int i = 0; i < _columns; i++)
        {
            for (int j = 0; j < _columns; j++)
            {
                damping[i, j] = (i == j ? T.One : T.Zero) - (rate * damping[i, j]);
            }
        }

        ReadOnlyMatrixSpan<T> overlap = new(_overlap, r1, r2);
        Weigh(_parts.Invariant, rate);
        _weighted.AsSpan(0, _invariantMain.Length).CopyTo(_invariantMain);
        Products.MultiplyAdd(damping, _parts.Invariant, _scratch, new MatrixSpan<T>(_invariantMain, _columns, r1));
        Products.Multiply(View(_weighted, r1), overlap, _scratch, new MatrixSpan<T>(_spuriousInteraction, _columns, r2));
        Products.Multiply(_parts.Spurious, new ReadOnlyMatrixSpan<T>(_sigma, r2, r2), _scratch, new MatrixSpan<T>(_spuriousMain, _columns, r2));
        Products.Multiply(View(_spuriousMain, r2), overlap.Transposed, _scratch, new MatrixSpan<T>(_invariantInteraction, _columns, r1));
        Products.MultiplyAdd(damping, _parts.Spurious, _scratch, new MatrixSpan<T>(_spuriousMain, _columns, r2));
        Products.Multiply(_parts.Residual, damping, _scratch, new MatrixSpan<T>(_residualMain, d, _columns));

        MatrixSpan<T> interaction = new(_residualInteraction, d, _columns);
        Products.Multiply(_signals.InvariantBasis, View(_invariantInteraction, r1).Transposed, _scratch, interaction);
        Products.MultiplyAdd(_signals.SpuriousBasis, View(_spuriousInteraction, r2).Transposed, _scratch, interaction);
        TensorPrimitives.Negate(_residualInteraction, _residualInteraction);

        MatrixSpan<T> square = new(_ripSquare, d, d), step = new(_ripStep, d, _columns);
        Svec.Unpack(_ripSvec, square);
        Products.Multiply(square, factor, _scratch, step);
        TensorPrimitives.Multiply(_ripStep, -rate, _ripStep);
        _ripParts.Compute(step, _signals);
    }

    /// <summary>Writes ηRΛ to the weighted copy.</summary>
    private void Weigh(ReadOnlyMatrixSpan<T> invariant, T rate)
    {
        ReadOnlySpan<double> eigenvalues = _signals.Problem.Eigenvalues;
        for (int i = 0; i < invariant.Rows; i++)
        {
            for (int j = 0; j < invariant.Columns; j++)
            {
                _weighted[(i * invariant.Columns) + j] = rate * T.CreateTruncating(eigenvalues[j]) * invariant[i, j];
            }
        }
    }

    private ReadOnlyMatrixSpan<T> View(T[] terms, int rank) => new(terms.AsSpan(0, _columns * rank), _columns, rank);
}
