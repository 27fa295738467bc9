using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Population;

/// <summary>
/// The dynamics at m = ∞ in q = r1 + r2 dimensions: U_{t+1} = U_t − η(U_tU_tᵀ − A* − V*Σ_tV*ᵀ)U_t leaves span[U*, V*] and its complement
/// invariant, so a run costs O(q²k) a step whatever d is, and O(1) if everything is one-dimensional.
/// </summary>
/// <remarks>
/// <para>Let B be an orthonormal basis of span[U*, V*] and U_t = BP_t + U_t^⊥ with P_t = BᵀU_t (q×k). With N_t = (U_t^⊥)ᵀU_t^⊥, S_t = Bᵀ(A* + V*Σ_tV*ᵀ)B
/// and T_t = I − η(P_tᵀP_t + N_t): P_{t+1} = P_tT_t + ηS_tP_t and N_{t+1} = T_tN_tT_t. Only N_t, a k×k matrix, of the complement matters.</para>
/// <para>From U_0 = αI (k = d) a rotation of the columns, which changes nothing in UUᵀ, makes P_0 = α[I 0] and U_0^⊥ = α[0 B^⊥], and the zeros stay:
/// P_t is q×q, and the complement is one number c_t, d − q times, with c ← (1 − ηc²)c.</para>
/// <para>With orthogonal subspaces and diagonal Σ_t this is (25) for each invariant direction and q ← (1 + η(s − q²))q for each spurious one.</para>
/// <para>Not thread-safe: owns the state; a step while another one, or a run, is going on is refused. A step allocates nothing.</para>
/// </remarks>
public sealed class ReducedPopulation
{
    private readonly int _order;
    private readonly int _columns;
    private readonly int _complement;
    private readonly ReducedSignals _signals;
    private readonly double[] _start;
    private readonly double[] _startGram;
    private readonly double[] _state;
    private readonly double[] _gram;
    private readonly double[] _target;
    private readonly double[] _damping;
    private readonly double[] _work;
    private readonly double _scale;
    private double _complementScale;
    private ExclusiveUse _use;

    private ReducedPopulation(SensingProblem problem, double scale, int columns, int complement)
    {
        Guard.Positive(scale);
        Problem = problem;
        _order = problem.InvariantRank + problem.SpuriousRank;
        if ((long)problem.Dimension * _order > Array.MaxLength)
        {
            throw new ArgumentException(
                $"'{nameof(problem)}' has d·(r1 + r2) = {(long)problem.Dimension * _order}; accepted is at most {Array.MaxLength}.", nameof(problem));
        }

        _columns = columns;
        _complement = complement;
        _scale = scale;
        _signals = new ReducedSignals(problem);
        _start = new double[_order * columns];
        _startGram = new double[columns * columns];
        _state = new double[_order * columns];
        _gram = new double[columns * columns];
        _target = new double[_order * _order];
        _damping = new double[columns * columns];
        _work = new double[Math.Max(Math.Max(_order, columns) * columns, _order * problem.SpuriousRank)];
    }

    /// <summary>Gets the problem.</summary>
    public SensingProblem Problem { get; }

    /// <summary>Gets whether a step has left the range of double: shares and error are infinite until <see cref="Reset"/>.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Gets tr(U*ᵀUUᵀU*)/tr(A*), the true share, Σ sign(λ_i)·‖U*ᵀU‖²_i/Σ|λ_i| where A* has both signs; infinite if a square in it is not representable.</summary>
    public double SignalShare
        => HasDiverged ? double.PositiveInfinity : _signals.SignalShare(_state, _columns);

    /// <summary>Gets tr(V*ᵀUUᵀV*)/r2, the spurious share; infinite if a square in it is not representable.</summary>
    public double SpuriousShare
        => HasDiverged ? double.PositiveInfinity : ReducedSignals.Share(_signals.Spurious, Problem.SpuriousRank, _state, _columns) / Problem.SpuriousRank;

    /// <summary>Gets ‖UUᵀ − A*‖_F; infinite if it is not representable.</summary>
    public double Error
    {
        get
        {
            if (HasDiverged)
            {
                return double.PositiveInfinity;
            }

            (double scale, double inverse) = PowerOfTwo.Normalizing(LargestRoot());
            double rest = scale * _complementScale;

            // UUᵀ has the blocks PPᵀ, P(U^⊥)ᵀ and its transpose, U^⊥(U^⊥)ᵀ: ‖·‖² = ‖PPᵀ − BᵀA*B‖² + 2·tr(PNPᵀ) + ‖N‖² + (d − q)c⁴.
            double sum = 0;
            for (int i = 0; i < _order; i++)
            {
                for (int j = 0; j < _order; j++)
                {
                    double difference = -_signals.Signal[(i * _order) + j] * scale * scale;
                    for (int k = 0; k < _columns; k++)
                    {
                        difference += scale * _state[(i * _columns) + k] * (scale * _state[(j * _columns) + k]);
                    }

                    sum += difference * difference;
                }

                for (int k = 0; k < _columns; k++)
                {
                    for (int l = 0; l < _columns; l++)
                    {
                        double weight = _gram[(k * _columns) + l] * scale * scale;
                        sum += 2 * (scale * _state[(i * _columns) + k]) * weight * (scale * _state[(i * _columns) + l]);
                    }
                }
            }

            foreach (double entry in _gram)
            {
                double scaled = entry * scale * scale;
                sum += scaled * scaled;
            }

            return Math.Sqrt(sum + (_complement * rest * rest * rest * rest)) * inverse * inverse;
        }
    }

    /// <summary>Reduces the run from U_0 = αI with k = d.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="scale">α, finite and above 0.</param>
    /// <exception cref="ArgumentException">The scale is out of range, or d·(r1 + r2) numbers are more than an array holds.</exception>
    public static ReducedPopulation FromIdentity(SensingProblem problem, double scale)
    {
        ArgumentNullException.ThrowIfNull(problem);
        int order = problem.InvariantRank + problem.SpuriousRank;
        ReducedPopulation reduced = new(problem, scale, order, problem.Dimension - order);
        reduced._signals.Project();
        for (int i = 0; i < order; i++)
        {
            reduced._start[i * (order + 1)] = scale;
        }

        reduced.Reset();
        return reduced;
    }

    /// <summary>Reduces the run from any factor.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="factor">U_0, d×k.</param>
    /// <exception cref="ArgumentException">The factor has not d rows, or more than d columns, or d·(r1 + r2) numbers are more than an array
    /// holds.</exception>
    public static ReducedPopulation FromFactor(SensingProblem problem, ReadOnlyMatrixSpan<double> factor)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Guard.Length(factor.Rows, problem.Dimension, nameof(factor));
        Guard.InRange(factor.Columns, 1, problem.Dimension, nameof(factor));
        ReducedPopulation reduced = new(problem, 1, factor.Columns, 0);
        double[] basis = reduced._signals.Project();
        int order = reduced._order, columns = factor.Columns;
        for (int i = 0; i < order; i++)
        {
            for (int k = 0; k < columns; k++)
            {
                double sum = 0;
                for (int row = 0; row < problem.Dimension; row++)
                {
                    sum += basis[(row * order) + i] * factor[row, k];
                }

                reduced._start[(i * columns) + k] = sum;
            }
        }

        for (int k = 0; k < columns; k++)
        {
            for (int l = 0; l < columns; l++)
            {
                double sum = 0;
                for (int row = 0; row < problem.Dimension; row++)
                {
                    sum += factor[row, k] * factor[row, l];
                }

                for (int i = 0; i < order; i++)
                {
                    sum -= reduced._start[(i * columns) + k] * reduced._start[(i * columns) + l];
                }

                reduced._startGram[(k * columns) + l] = sum;
            }
        }

        reduced.Reset();
        return reduced;
    }

    /// <summary>Goes back to the start.</summary>
    /// <exception cref="InvalidOperationException">A step or a run is going on.</exception>
    public void Reset()
    {
        using ExclusiveUse.Scope use = Enter();
        _start.CopyTo(_state, 0);
        _startGram.CopyTo(_gram, 0);
        _complementScale = _scale;
        HasDiverged = false;
    }

    /// <summary>Makes one step.</summary>
    /// <param name="sigma">Σ_t of the environment; E[Σ] for pooled training. r2² finite numbers, row after row.</param>
    /// <param name="rate">η_t times the gradient scale, finite.</param>
    /// <exception cref="ArgumentException">The length is not r2², or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">A step or a run is going on.</exception>
    public void Step(ReadOnlySpan<double> sigma, double rate)
    {
        Guard.Length(sigma.Length, Problem.SpuriousRank * Problem.SpuriousRank, nameof(sigma));
        Guard.AllFinite(sigma, nameof(sigma));
        Guard.Finite(rate);
        using ExclusiveUse.Scope use = Enter();
        Move(sigma, rate);
    }

    /// <summary>
    /// Runs HeteroSGD at m = ∞ with the environments that <see cref="HeteroSgd{T}"/> draws from the same options, so that the two agree to round-off.
    /// </summary>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="options">Seed, step size, gradient scale, order of the environments and pooled share; the rest does not matter here.</param>
    /// <param name="steps">The number of steps, 0 or more.</param>
    /// <param name="observe">Called with each step 0…steps, to look and no more; null for none.</param>
    /// <exception cref="ArgumentException">A rank or number is out of range, or the environments cannot come in this order.</exception>
    /// <exception cref="InvalidOperationException">A step or a run is going on.</exception>
    public void RunHetero(EnvironmentDistribution environments, TrainingOptions options, int steps, Action<int>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.Length(environments.Rank, Problem.SpuriousRank, nameof(environments));
        Guard.AtLeast(steps, 0);
        Guard.InRange(options.PooledShare, 0, 1, "options.PooledShare");
        ArgumentNullException.ThrowIfNull(options.StepSize, "options.StepSize");
        Guard.Finite((options.StepSize.Bounds?.Largest ?? double.NaN) * options.GradientScale, "options.StepSize");
        ArgumentNullException.ThrowIfNull(options.EnvironmentOrder, "options.EnvironmentOrder");
        if (options.EnvironmentOrder.Refuse(environments) is { } refusal)
        {
            throw new ArgumentException(
                $"'options.EnvironmentOrder' is {options.EnvironmentOrder}; accepted is {refusal}.", "options.EnvironmentOrder");
        }

        double[] mean = new double[environments.Rank * environments.Rank];
        environments.CopyMean(mean);
        EnvironmentSequence sequence = new(environments, options.EnvironmentOrder, options.Seed);
        Span<double> sigma = new double[mean.Length], label = new double[environments.LabelLength];
        Reset();
        using ExclusiveUse.Scope use = Enter();
        observe?.Invoke(0);
        for (int step = 0; step < steps; step++)
        {
            sequence.Get(step, sigma, label);
            if (options.PooledShare > 0)
            {
                PooledShare.Mix(options.PooledShare, sigma, mean, sigma);
            }

            Move(sigma, options.StepSize.At(step) * options.GradientScale);
            observe?.Invoke(step + 1);
        }
    }

    private ExclusiveUse.Scope Enter() => _use.Enter("The reduced population is already making a step; give each thread one of its own.");

    private void Move(ReadOnlySpan<double> sigma, double rate)
    {
        if (!HasDiverged)
        {
            MoveFinite(sigma, rate);
            HasDiverged = !(Reductions.AllFinite<double>(_state) && Reductions.AllFinite<double>(_gram) && double.IsFinite(_complementScale));
        }
    }

    private void MoveFinite(ReadOnlySpan<double> sigma, double rate)
    {
        _signals.CopyTarget(sigma, _work, _target);
        CopyDamping(rate);
        SmallProduct.Multiply(_state, _order, _columns, _damping, _columns, _work);
        for (int i = 0; i < _order; i++)
        {
            for (int k = 0; k < _columns; k++)
            {
                double pull = 0;
                for (int j = 0; j < _order; j++)
                {
                    pull += _target[(i * _order) + j] * _state[(j * _columns) + k];
                }

                _work[(i * _columns) + k] += rate * pull;
            }
        }

        _work.AsSpan(0, _state.Length).CopyTo(_state);
        if (_complement > 0)
        {
            // From αI the complement is a multiple of its own identity, and N is 0.
            _complementScale *= 1 - (rate * _complementScale * _complementScale);
            return;
        }

        SmallProduct.Multiply(_gram, _columns, _columns, _damping, _columns, _work);
        SmallProduct.Multiply(_damping, _columns, _columns, _work, _columns, _gram);
    }

    private void CopyDamping(double rate)
    {
        for (int k = 0; k < _columns; k++)
        {
            for (int l = 0; l < _columns; l++)
            {
                double sum = _gram[(k * _columns) + l];
                for (int i = 0; i < _order; i++)
                {
                    sum += _state[(i * _columns) + k] * _state[(i * _columns) + l];
                }

                _damping[(k * _columns) + l] = (k == l ? 1 : 0) - (rate * sum);
            }
        }
    }

    /// <summary>The largest number in P and c, and the root of the largest in N and BᵀA*B.</summary>
    private double LargestRoot()
    {
        double linear = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<double>(_state)), Math.Abs(_complementScale));
        double square = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<double>(_gram)), TensorPrimitives.MaxMagnitude<double>(_signals.Signal));
        return Math.Max(linear, Math.Sqrt(square));
    }
}
