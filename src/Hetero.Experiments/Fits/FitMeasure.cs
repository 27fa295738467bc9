using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>
/// What rows that training has not seen say of a matrix M, for each environment: the risk R_e, and an unbiased estimate of Q_e = tr(D_e W D_e) with D_e = E G_e the gradient of the risk and W
/// = |M|/‖M‖, which is ‖D_eU‖²/‖U‖² for M = UUᵀ. With gradients G₁ and G₂ from halves without a row in common E tr(G₁WG₂) = tr(D_e W D_e), while tr(G₁WG₁) would add the noise of sampling.
/// </summary>
/// <remarks>
/// <para>Where E⟨X, D⟩X = c²D, R_e has the factor c² and the mean of tr(G₁WG₂) the factor c⁴, so that Q_e is tr(G₁WG₂)/c², and inputs c times as large with responses c times as large have
/// the same iterate chosen.</para>
/// <para>The criterion is Σ_e π_e (R_e + Q_e). Both have the unit of M², so that no weight between them has one. W has norm 1: at a small start M = αI it is I, Q_e = ‖D_e‖² = 2R_e, and no start
/// is good because it is small, as it would be with ‖D_eU‖² itself. For orthogonal subspaces of rank 1 with M = a and b there, Q = ((a − 1)²a + E(b − s)²b)/max(a, b): along a it falls as the risk
/// does, at a = 1 it keeps b at 0 where E s² ≥ E s, and a second true direction c that comes after one of eigenvalue 1 still pays, since ½(1 − c)² + c(1 − c)² falls on all of (0, 1).</para>
/// <para>Not thread-safe: owns scratch memory.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitMeasure<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MeasuredData<T> _rows;
    private readonly bool _isRankOne;
    private readonly int _threads;
    private readonly T[] _gradient;
    private readonly double[] _svec, _matrix, _weight, _first, _second, _product, _values, _vectors;

    /// <summary>Takes the rows.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="layout">How the rows stand in memory.</param>
    /// <param name="first">The first halves of each environment; where nothing is held out, all rows.</param>
    /// <param name="second">The second halves; none where nothing is held out, and then there is no Q.</param>
    /// <param name="probabilities">π_e.</param>
    /// <param name="team">The threads to use.</param>
    public FitMeasure(
        int dimension, MeasurementLayout layout, EnvironmentSamples<T>[] first, EnvironmentSamples<T>[] second, IReadOnlyList<double> probabilities, WorkerTeam? team)
    {
        HasHalves = second.Length > 0;
        (Dimension, Probabilities, _isRankOne) = (dimension, probabilities, layout == MeasurementLayout.RankOne);
        _threads = team?.Degree ?? 1;
        _rows = new MeasuredData<T>(dimension, [.. first, .. second], layout, team: team);
        _gradient = new T[_rows.SvecLength];
        _svec = new double[_gradient.Length];
        int square = dimension * dimension;
        (_matrix, _weight, _first, _second) = (new double[square], new double[square], new double[square], new double[square]);
        (_product, _values, _vectors) = (new double[square], new double[dimension], new double[square]);
        Scales = [.. first.Select(_ => 1.0)];
        Risks = new double[first.Length];
        Invariance = new double[HasHalves ? first.Length : 0];
    }

    /// <summary>The squares and the vectors of d(d+1)/2 numbers that a measure has: for <see cref="FitMemory"/>.</summary>
    public const int Squares = 6, Vectors = 2;

    public int Dimension { get; }

    /// <summary>Gets whether rows are held out.</summary>
    public bool HasHalves { get; }

    /// <summary>Gets the bytes of the sums over rows, beside <see cref="Squares"/> and <see cref="Vectors"/>.</summary>
    public Int128 BufferBytes => _rows.BufferBytes(new RunSizes { Dimension = Dimension, Threads = _threads });

    /// <summary>Gets the scale c² of each environment's inputs.</summary>
    public IReadOnlyList<double> Scales { get; init; }

    /// <summary>Gets svec(A*) where it is known; else nothing.</summary>
    public double[] Truth { get; init; } = [];

    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>Gets R_e of the matrix that was measured last.</summary>
    public double[] Risks { get; }

    /// <summary>Gets the estimates of Q_e; none where nothing is held out.</summary>
    public double[] Invariance { get; }

    /// <summary>Gets Σ π_e (R_e + Q_e), of the risk alone where there is no Q.</summary>
    public double Criterion => Mean(Risks) + (HasHalves ? Mean(Invariance) : 0);

    /// <summary>Gets ‖M − A*‖/‖A*‖ of that matrix; null where A* is not known, or 0.</summary>
    public double? Error { get; private set; }

    /// <summary>Measures a matrix.</summary>
    /// <param name="estimate">svec(M), finite.</param>
    public void Measure(ReadOnlySpan<T> estimate)
    {
        int count = Risks.Length;
        double size = Reductions.Norm<double>(Truth);
        Error = size > 0 ? Distance(estimate) / size : null;
        for (int e = 0; e < count; e++)
        {
            Risks[e] = Risk(e, estimate);
        }

        if (!HasHalves)
        {
            return;
        }

        SetWeight(estimate);
        int d = Dimension;
        for (int e = 0; e < count; e++)
        {
            Gradient(e, estimate, _first);
            Gradient(count + e, estimate, _second);
            Products.Multiply<double>(new ReadOnlyMatrixSpan<double>(_first, d, d), new ReadOnlyMatrixSpan<double>(_weight, d, d), new MatrixSpan<double>(_product, d, d));
            Invariance[e] = Reductions.Dot<double>(_product, _second) / Scales[e];
        }
    }

    /// <summary>The rows of an environment.</summary>
    public int RowsOf(int environment) => _rows.GetSampleCount(environment) + (HasHalves ? _rows.GetSampleCount(Risks.Length + environment) : 0);

    /// <summary>R_e of a matrix.</summary>
    public double Risk(int environment, ReadOnlySpan<T> estimate)
    {
        double risk = _rows.Risk(environment, estimate);
        if (!HasHalves)
        {
            return risk;
        }

        int set = Risks.Length + environment;
        double n = _rows.GetSampleCount(environment), other = _rows.GetSampleCount(set);
        return ((n * risk) + (other * _rows.Risk(set, estimate))) / (n + other);
    }

    /// <summary>Writes <see cref="Gradient"/> over all rows of an environment.</summary>
    public void EnvironmentGradient(int environment, ReadOnlySpan<T> estimate, double[] destination)
    {
        Gradient(environment, estimate, destination);
        if (HasHalves)
        {
            int set = Risks.Length + environment;
            Gradient(set, estimate, _second);
            double n = _rows.GetSampleCount(environment), other = _rows.GetSampleCount(set);
            TensorPrimitives.Multiply(destination, n / (n + other), destination);
            TensorPrimitives.MultiplyAdd(_second, other / (n + other), destination, destination);
        }
    }

    /// <summary>
    /// Writes the estimate of D over all rows of a set, d×d: G = (1/n) Σ (⟨X_i, M⟩ − y_i)X_i, whose mean is D for E⟨X, D⟩X = D. For xxᵀ of Gaussian x the mean of G is 2D + tr(D)I, so that D is
    /// that of (G − tr(G)/(d + 2)·I)/2.
    /// </summary>
    public void Gradient(int set, ReadOnlySpan<T> estimate, double[] destination)
    {
        Array.Clear(_gradient);
        int rows = _rows.GetSampleCount(set);
        SampleGroup<T> group = new() { Step = 0, Count = rows, Scale = 1.0 / rows, MeasurementSet = set, Group = set };
        _rows.Accumulate(in group, estimate, _gradient);
        TensorPrimitives.ConvertTruncating<T, double>(_gradient, _svec);
        Svec.Unpack<double>(_svec, new MatrixSpan<double>(destination, Dimension, Dimension));
        if (_isRankOne)
        {
            double trace = 0;
            for (int i = 0; i < Dimension; i++)
            {
                trace += destination[i * (Dimension + 1)];
            }

            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = (destination[i] - (i % (Dimension + 1) == 0 ? trace / (Dimension + 2) : 0)) / 2;
            }
        }
    }

    /// <summary>The variance of a product ⟨X, D⟩ for svec D of norm 1: that of the inputs, 2c⁴ at least for xxᵀ.</summary>
    public double LeastSquaresScale(int environment) => Scales[environment] * (_isRankOne ? 2 : 1);

    public double Mean(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        for (int e = 0; e < numbers.Length; e++)
        {
            sum += Probabilities[e] * numbers[e];
        }

        return sum;
    }

    private double Distance(ReadOnlySpan<T> estimate)
    {
        TensorPrimitives.ConvertTruncating<T, double>(estimate, _svec);
        TensorPrimitives.Subtract(_svec, Truth, _svec);
        return Reductions.Norm<double>(_svec);
    }

    /// <summary>|M|/‖M‖, by the eigenvalues of M; I for M = 0, the limit of small starts.</summary>
    private void SetWeight(ReadOnlySpan<T> estimate)
    {
        int d = Dimension;
        TensorPrimitives.ConvertTruncating<T, double>(estimate, _svec);
        Svec.Unpack<double>(_svec, new MatrixSpan<double>(_matrix, d, d));
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(_matrix, d, d), _values, new MatrixSpan<double>(_vectors, d, d));
        double norm = Math.Max(Math.Abs(_values[0]), Math.Abs(_values[^1]));
        for (int i = 0; i < d; i++)
        {
            for (int k = 0; k < d; k++)
            {
                _product[(i * d) + k] = norm > 0 ? _vectors[(i * d) + k] * Math.Sqrt(Math.Abs(_values[k]) / norm) : i == k ? 1 : 0;
            }
        }

        Products.Gram<double>(new ReadOnlyMatrixSpan<double>(_product, d, d), new MatrixSpan<double>(_weight, d, d));
    }
}
