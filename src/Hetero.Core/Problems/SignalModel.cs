using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Problems;

/// <summary>A problem's signals in the precision and the svec form that training works with.</summary>
/// <remarks>Not thread-safe: owns scratch memory; a call while another one is going on is refused.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SignalModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _invariant;
    private readonly T[] _spurious;
    private readonly T[] _signal;
    private readonly T[] _weights;
    private ExclusiveUse _use;

    /// <summary>Rounds the problem to <typeparamref name="T"/>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public SignalModel(SensingProblem problem, CancellationToken cancellation = default)
        : this(problem, isFactored: false)
    {
        _weights = new T[problem.Dimension * Math.Max(problem.InvariantRank, problem.SpuriousRank)];
        _signal = new T[Svec.Length(problem.Dimension)];
        double[] diagonal = new double[problem.InvariantRank * problem.InvariantRank];
        for (int i = 0; i < problem.InvariantRank; i++)
        {
            diagonal[i * (problem.InvariantRank + 1)] = problem.Eigenvalues[i];
        }

        AddQuadratic(_invariant, problem.InvariantRank, diagonal, T.One, _signal, default, _signal, cancellation);
    }

    private SignalModel(SensingProblem problem, bool isFactored)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Guard.Element<T>();
        (Problem, IsFactored, _weights, _signal) = (problem, isFactored, [], []);
        _invariant = Transposed(problem.InvariantBasis);
        _spurious = Transposed(problem.SpuriousBasis);
    }

    /// <summary>Returns the bytes that such signals need, with those of their problem, before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes)
    {
        Int128 d = sizes.Dimension, ranks = (Int128)sizes.InvariantRank + sizes.SpuriousRank;
        return RunSizes.Bytes<T>(sizes.SvecLength + (d * (ranks + (sizes.IsFactored ? 0 : Math.Max(sizes.InvariantRank, sizes.SpuriousRank))))) + RunSizes.Bytes<double>(d * ranks);
    }

    /// <summary>Gets the problem.</summary>
    public SensingProblem Problem { get; }

    /// <summary>Gets whether the signals are in factored form alone: U*, V* and small coefficients, and no svec.</summary>
    public bool IsFactored { get; }

    /// <summary>Gets svec(A*).</summary>
    /// <exception cref="InvalidOperationException">The signals are in factored form.</exception>
    public ReadOnlySpan<T> Signal
    {
        get
        {
            RefuseFactored();
            return _signal;
        }
    }

    /// <summary>Gets U*, d×r1.</summary>
    public ReadOnlyMatrixSpan<T> InvariantBasis => new ReadOnlyMatrixSpan<T>(_invariant, Problem.InvariantRank, Problem.Dimension).Transposed;

    /// <summary>Gets V*, d×r2.</summary>
    public ReadOnlyMatrixSpan<T> SpuriousBasis => new ReadOnlyMatrixSpan<T>(_spurious, Problem.SpuriousRank, Problem.Dimension).Transposed;

    /// <summary>Rounds the problem to <typeparamref name="T"/> in factored form, without a matrix of d×d, for <see cref="PanelMeasurements{T}"/>.</summary>
    /// <param name="problem">The problem.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static SignalModel<T> Factored(SensingProblem problem) => new(problem, isFactored: true);

    /// <summary>Adds scale·svec(V* Σ V*ᵀ), the spurious signal of an environment, in O(d²r2).</summary>
    /// <param name="sigma">A symmetric Σ, r2² finite numbers, row after row.</param>
    /// <param name="scale">The factor in front, finite.</param>
    /// <param name="destination">d(d+1)/2 numbers; added to.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on, or the signals are in factored form.</exception>
    public void AddSpurious(ReadOnlySpan<double> sigma, T scale, Span<T> destination)
        => AddSpurious(sigma, scale, destination, CancellationToken.None);

    /// <summary>The same; what it adds to is of no use after an <see cref="OperationCanceledException"/>.</summary>
    internal void AddSpurious(ReadOnlySpan<double> sigma, T scale, Span<T> destination, CancellationToken cancellation)
    {
        RefuseFactored();
        Guard.Length(destination.Length, _signal.Length, nameof(destination));
        Guard.Finite(scale);
        CheckSigma(sigma);
        using ExclusiveUse.Scope use = Enter();
        AddQuadratic(_spurious, Problem.SpuriousRank, sigma, scale, destination, default, destination, cancellation);
    }

    /// <summary>Writes svec(M − A* − V*ΣV*ᵀ), in one pass: each entry is that of <see cref="AddSpurious(ReadOnlySpan{double}, T, Span{T})"/> with −1 to the difference of the first two.</summary>
    /// <param name="estimate">svec(M).</param>
    /// <param name="sigma">Σ.</param>
    /// <param name="destination">As long as the estimate, of other memory.</param>
    /// <param name="cancellation">Ends the work; the numbers are undefined then.</param>
    internal void WriteResidual(ReadOnlySpan<T> estimate, ReadOnlySpan<double> sigma, Span<T> destination, CancellationToken cancellation)
    {
        RefuseFactored();
        Guard.Length(estimate.Length, _signal.Length, nameof(estimate));
        Guard.Length(destination.Length, _signal.Length, nameof(destination));
        Guard.NoOverlap(estimate, destination, nameof(estimate), nameof(destination));
        CheckSigma(sigma);
        using ExclusiveUse.Scope use = Enter();
        AddQuadratic(_spurious, Problem.SpuriousRank, sigma, T.NegativeOne, estimate, _signal, destination, cancellation);
    }

    private void CheckSigma(ReadOnlySpan<double> sigma)
    {
        Guard.Length(sigma.Length, Problem.SpuriousRank * Problem.SpuriousRank, nameof(sigma));
        Guard.AllFinite(sigma, nameof(sigma));
    }

    private ExclusiveUse.Scope Enter() => _use.Enter("The signal model is already in use; give each thread a model of its own.");

    private void RefuseFactored()
    {
        if (IsFactored)
        {
            throw new InvalidOperationException("The signals are in factored form, which has no svec; accepted are those of the constructor.");
        }
    }

    /// <summary>Adds scale·svec(B Σ Bᵀ) for the basis B whose transpose is stored: row i of svec gains Σ_a w_ia·(B_ja)_j with W = BΣ.</summary>
    private void AddQuadratic(
        T[] transposedBasis,
        int rank,
        ReadOnlySpan<double> sigma,
        T scale,
        ReadOnlySpan<T> minuend,
        ReadOnlySpan<T> subtrahend,
        Span<T> destination,
        CancellationToken cancellation)
    {
        int d = Problem.Dimension;
        Span<T> weights = _weights.AsSpan(0, rank * d);
        weights.Clear();
        for (int a = 0; a < rank; a++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<T> target = weights.Slice(a * d, d);
            for (int b = 0; b < rank; b++)
            {
                TensorPrimitives.FusedMultiplyAdd(
                    transposedBasis.AsSpan(b * d, d), scale * T.CreateTruncating(sigma[(b * rank) + a]), target, target);
            }
        }

        SvecQuadratic.Add<T>(transposedBasis, weights, d, minuend, subtrahend, destination, cancellation);
    }

    private static T[] Transposed(ReadOnlyMatrixSpan<double> basis)
    {
        T[] result = new T[basis.Rows * basis.Columns];
        for (int j = 0; j < basis.Columns; j++)
        {
            for (int i = 0; i < basis.Rows; i++)
            {
                result[(j * basis.Rows) + i] = T.CreateTruncating(basis[i, j]);
            }
        }

        return result;
    }
}
