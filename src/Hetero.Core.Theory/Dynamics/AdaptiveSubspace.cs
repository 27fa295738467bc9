using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The adaptive subspace of Theorem 8 (Appendix D, κ(A*) &gt; 1) along a run: S_0 = col(U*), S_{t+1} = (I − ηM_t)S_t with M_t = (1/m) Σ ⟨X_i, U_tU_tᵀ
/// − A*⟩X_i of the step's own X_i, and the factor's parts by it and by V*:
/// <list type="bullet">
/// <item>Z_t = Id_S·U_t and H_t = (I − Id_S)·U_t, Id_S the projection onto S_t;</item>
/// <item>V_t^(ada) = V*V*ᵀH_t and E_t^(ada) = (I − V*V*ᵀ)H_t, whose steps are (127);</item>
/// <item>σ_min(Z_t), the r1-th singular value, and sin θ_t = ‖(I − U*U*ᵀ)·Id_S‖ of the largest principal angle between S_t and col(U*).</item>
/// </list>
/// </summary>
/// <remarks>
/// <para>M_t is without A^(e), so it is a second gradient from the same measurements, which training makes on request
/// (<see cref="Trainer{T}.RequestInvariantGradient"/>): right for draws and operators alike. η includes the gradient scale. It follows from step to
/// step, so it has to see all of them, and a continued run needs the basis of the step that it continues from.</para>
/// <para>S_t has fewer than r1 dimensions, and is no longer defined, where ηM_t has the eigenvalue 1 along S_t: then observing throws
/// <see cref="RankDeficientException"/>. σ_min(Z_t) is 0 for a factor of less than r1 columns.</para>
/// <para>The basis is kept by a QR decomposition whose R has a positive diagonal, so it changes as little as its space. A step costs a product of d×d
/// and d×r1, a few of d×r and r×k, and the singular values of an r1×k matrix. Observing allocates nothing. Not thread-safe: owns all parts; an
/// iterate shown while another one is looked at is refused.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AdaptiveSubspace<T> : ITrainingObserver<T>, ITrajectoryColumns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly string[] ColumnNames = ["smallest_singular_value", "sin_theta", "adaptive_spurious", "adaptive_residual"];

    private readonly int _columns;
    private readonly SignalModel<T> _signals;
    private readonly T[] _square;
    private readonly T[] _basis;
    private readonly T[] _moved;
    private readonly T[] _triangle;
    private readonly T[] _coordinates;
    private readonly T[] _values;
    private readonly T[] _signal;
    private readonly T[] _complement;
    private readonly T[] _spurious;
    private readonly T[] _residual;
    private readonly T[] _scratch;
    private ExclusiveUse _use;

    /// <summary>Begins with S_0 = col(U*), or with the S_t of a run that is continued, and asks the trainer for M_t.</summary>
    /// <param name="trainer">The trainer to be observed, from its present step on.</param>
    /// <param name="basis">The <see cref="Basis"/> of the trainer's step, d×r1 with orthonormal columns; none at step 0.</param>
    /// <exception cref="ArgumentException">
    /// The signals are not known, the step is not that of (3), the trainer has made steps and no basis is given, or one that does not fit.
    /// </exception>
    /// <exception cref="InvalidOperationException">The trainer cannot make M_t: see <see cref="Trainer{T}.RequestInvariantGradient"/>.</exception>
    public AdaptiveSubspace(Trainer<T> trainer, ReadOnlyMatrixSpan<T> basis = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        PlainStep.Check(trainer, nameof(trainer));
        _signals = trainer.Signals;
        SensingProblem problem = _signals.Problem;
        (int d, int r1, int r2) = (problem.Dimension, problem.InvariantRank, problem.SpuriousRank);
        _columns = trainer.Factor.Columns;
        _basis = new T[d * r1];
        if ((trainer.Step == 0) != (basis.Rows == 0))
        {
            throw new ArgumentException(
                $"'{nameof(basis)}' has {basis.Rows} rows and the trainer has made {trainer.Step} steps; accepted is none at step 0, as S_0 is col(U*), and later on that of the step.",
                nameof(basis));
        }

        ReadOnlyMatrixSpan<T> start = basis.Rows == 0 ? _signals.InvariantBasis : basis;
        Guard.Shape(start.Rows, start.Columns, d, r1, nameof(basis));
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < r1; j++)
            {
                Guard.Finite(start[i, j], nameof(basis));
                _basis[(i * r1) + j] = start[i, j];
            }
        }

        trainer.RequestInvariantGradient();
        _square = new T[d * d];
        _moved = new T[d * r1];
        _triangle = new T[r1 * r1];
        _coordinates = new T[Math.Max(r1, r2) * Math.Max(_columns, r1)];
        _values = new T[Math.Min(r1, _columns)];
        _signal = new T[d * _columns];
        _complement = new T[d * _columns];
        _spurious = new T[d * _columns];
        _residual = new T[d * _columns];
        int scratch = Math.Max(CholeskyQr.GetScratchLength<T>(d, r1), JacobiSvd.GetValuesScratchLength<T>(r1, _columns));
        scratch = Math.Max(scratch, Norms.GetSpectralScratchLength<T>(d, r1));
        ReadOnlySpan<(int Rows, int Inner, int Columns)> products =
        [
            (d, d, r1), (r1, d, _columns), (d, r1, _columns), (r2, d, _columns), (d, r2, _columns), (r1, d, r1), (d, r1, r1),
        ];
        foreach ((int rows, int inner, int width) in products)
        {
            scratch = Math.Max(scratch, Products.GetMultiplyScratchLength<T>(rows, inner, width));
        }

        _scratch = new T[scratch];
        Step = trainer.Step;
        CheckOrthonormal(nameof(basis));
        Decompose(trainer.Factor);
    }

    /// <summary>Gets t, the step of what is seen.</summary>
    public int Step { get; private set; }

    /// <summary>Gets an orthonormal basis of S_t, d×r1; at step 0 it is U*.</summary>
    public ReadOnlyMatrixSpan<T> Basis => new(_basis, _signals.Problem.Dimension, _signals.Problem.InvariantRank);

    /// <summary>Gets Z_t = Id_S·U_t, d×k.</summary>
    public ReadOnlyMatrixSpan<T> Signal => View(_signal);

    /// <summary>Gets H_t = (I − Id_S)·U_t, d×k.</summary>
    public ReadOnlyMatrixSpan<T> Complement => View(_complement);

    /// <summary>Gets V_t^(ada) = V*V*ᵀH_t, d×k.</summary>
    public ReadOnlyMatrixSpan<T> Spurious => View(_spurious);

    /// <summary>Gets E_t^(ada) = (I − V*V*ᵀ)H_t, d×k.</summary>
    public ReadOnlyMatrixSpan<T> Residual => View(_residual);

    /// <summary>Gets σ_min(Z_t), the r1-th singular value of Z_t.</summary>
    public T SmallestSingularValue { get; private set; }

    /// <summary>Gets sin θ_t, 0 to 1, of the largest principal angle between S_t and col(U*).</summary>
    public T SinTheta { get; private set; }

    /// <summary>Gets the names: <c>smallest_singular_value</c>, <c>sin_theta</c>, <c>adaptive_spurious</c> for ‖V_t^(ada)‖_F and
    /// <c>adaptive_residual</c> for ‖E_t^(ada)‖_F.</summary>
    public IReadOnlyList<string> Names => ColumnNames;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The iterate is that of another trainer.</exception>
    /// <exception cref="InvalidOperationException">The iterate does not follow the last one, or another one is being looked at.</exception>
    /// <exception cref="RankDeficientException">S_t has fewer than r1 dimensions.</exception>
    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        CheckObserved(in snapshot);
        using ExclusiveUse.Scope use = _use.Enter("The subspace is already following an iterate; give each trainer a subspace of its own.");
        if (snapshot.Step == Step)
        {
            return;
        }

        if (snapshot.Step != Step + 1)
        {
            throw new InvalidOperationException(
                $"S_t of step {Step} is known and step {snapshot.Step} is shown; accepted is the next one, as each follows from the one before it.");
        }

        Move(snapshot.InvariantGradient, snapshot.Rate);
        Decompose(snapshot.Factor);
        Step = snapshot.Step;
    }

    /// <summary>Writes σ_min(Z_t), sin θ_t, ‖V_t^(ada)‖_F and ‖E_t^(ada)‖_F of an iterate that was observed before: beside a recorder, this observer
    /// comes first.</summary>
    /// <param name="snapshot">The iterate.</param>
    /// <param name="values">Receives four numbers.</param>
    /// <exception cref="ArgumentException">The iterate is that of another trainer, or the length does not fit.</exception>
    /// <exception cref="InvalidOperationException">The iterate was not observed.</exception>
    public void Compute(in TrainingSnapshot<T> snapshot, Span<double> values)
    {
        CheckObserved(in snapshot);
        Guard.Length(values.Length, ColumnNames.Length, nameof(values));
        if (snapshot.Step != Step)
        {
            throw new InvalidOperationException($"S_t of step {Step} is known, columns of step {snapshot.Step} are asked for; accepted is this observer before its columns.");
        }

        values[0] = double.CreateTruncating(SmallestSingularValue);
        values[1] = double.CreateTruncating(SinTheta);
        values[2] = double.CreateTruncating(Norms.Frobenius(Spurious));
        values[3] = double.CreateTruncating(Norms.Frobenius(Residual));
    }

    /// <summary>S ← (I − ηM)S.</summary>
    private void Move(ReadOnlySpan<T> gradient, T rate)
    {
        (int d, int r1) = (_signals.Problem.Dimension, _signals.Problem.InvariantRank);
        MatrixSpan<T> square = new(_square, d, d), moved = new(_moved, d, r1);
        Svec.Unpack(gradient, square);
        Products.Multiply(square, Basis, _scratch, moved);
        T size = T.One + (T.Abs(rate) * Norms.Frobenius<T>(moved));
        TensorPrimitives.FusedMultiplyAdd(_moved, -rate, _basis, _moved);
        MatrixSpan<T> triangle = new(_triangle, r1, r1);
        CholeskyQr.Decompose(moved, _scratch, moved, triangle);
        for (int j = 0; j < r1; j++)
        {
            // A column of mere round-off has a direction too.
            if (triangle[j, j] <= T.CreateTruncating(16 * d) * (T.BitIncrement(T.One) - T.One) * size)
            {
                throw new RankDeficientException(
                    $"S_t of step {Step + 1} has fewer than {r1} dimensions, as ηM_t has the eigenvalue 1 along S_t; accepted are steps that leave it r1 dimensions.");
            }
        }

        _moved.CopyTo(_basis);
    }

    private void Decompose(ReadOnlyMatrixSpan<T> factor)
    {
        (int d, int r1, int r2) = (_signals.Problem.Dimension, _signals.Problem.InvariantRank, _signals.Problem.SpuriousRank);
        MatrixSpan<T> along = new(_coordinates.AsSpan(0, r1 * _columns), r1, _columns);
        Products.Multiply(Basis.Transposed, factor, _scratch, along);
        Products.Multiply(Basis, along, _scratch, new MatrixSpan<T>(_signal, d, _columns));
        TensorPrimitives.Subtract(factor.Data, _signal, _complement);
        JacobiSvd.Decompose(along, _scratch, _values);
        SmallestSingularValue = _columns < r1 ? T.Zero : _values[^1];

        MatrixSpan<T> across = new(_coordinates.AsSpan(0, r2 * _columns), r2, _columns);
        Products.Multiply(_signals.SpuriousBasis.Transposed, Complement, _scratch, across);
        Products.Multiply(_signals.SpuriousBasis, across, _scratch, new MatrixSpan<T>(_spurious, d, _columns));
        TensorPrimitives.Subtract(_complement, _spurious, _residual);

        MatrixSpan<T> cosines = new(_coordinates.AsSpan(0, r1 * r1), r1, r1), outside = new(_moved, d, r1);
        Products.Multiply(_signals.InvariantBasis.Transposed, Basis, _scratch, cosines);
        Products.Multiply(_signals.InvariantBasis, cosines, _scratch, outside);
        TensorPrimitives.Subtract(_basis, _moved, _moved);
        SinTheta = T.Min(T.One, Norms.Spectral(outside, _scratch));
    }

    private void CheckObserved(in TrainingSnapshot<T> snapshot)
    {
        if (!ReferenceEquals(snapshot.Signals, _signals))
        {
            throw new ArgumentException("'snapshot' is of another trainer; accepted are iterates of the one that the subspace was made for.", nameof(snapshot));
        }
    }

    private void CheckOrthonormal(string name)
    {
        int r1 = _signals.Problem.InvariantRank;
        MatrixSpan<T> gram = new(_triangle, r1, r1);
        Products.Multiply(Basis.Transposed, Basis, _scratch, gram);
        T worst = T.Zero;
        for (int i = 0; i < r1; i++)
        {
            for (int j = 0; j < r1; j++)
            {
                worst = T.Max(worst, T.Abs(gram[i, j] - (i == j ? T.One : T.Zero)));
            }
        }

        if (!(worst < T.CreateTruncating(1e-4)))
        {
            throw new ArgumentException($"'{name}' has columns whose products are off by {worst}; accepted are orthonormal ones.", name);
        }
    }

    private ReadOnlyMatrixSpan<T> View(T[] part) => new(part, _signals.Problem.Dimension, _columns);
}
