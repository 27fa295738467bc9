using System.Globalization;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Statistics;

namespace Hetero.Core.Environments;

/// <summary>A finite list of environments: arbitrary symmetric Σ^(e) with probabilities π_e.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FiniteEnvironments : EnvironmentDistribution
{
    /// <summary>How far the sum of the probabilities may be from 1, and a matrix from a symmetric one, relative to its largest entry.</summary>
    public const double Tolerance = Probabilities.Tolerance;

    private readonly double[][] _matrices;
    private readonly double[] _probabilities;

    /// <summary>Creates the distribution.</summary>
    /// <param name="rank">The order r2 of the matrices, 1 or more.</param>
    /// <param name="matrices">The matrices Σ^(e), r2² numbers each, row after row; finite, and symmetric within 1e-9 of their largest entry.</param>
    /// <param name="probabilities">The probabilities π_e, above 0, with a sum of 1 within 1e-9; empty means equal odds. Those with a sum of 1 within 2⁻⁵¹
    /// are used as they are, others are divided by their sum; so what <see cref="GetProbability"/> returns makes the same distribution again, bit for
    /// bit.</param>
    /// <exception cref="ArgumentException">The list is empty, a matrix is not a finite symmetric one of that order, or the probabilities do not fit.</exception>
    public FiniteEnvironments(int rank, IReadOnlyList<double[]> matrices, ReadOnlySpan<double> probabilities = default)
        : base(rank)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        if (matrices.Count == 0)
        {
            throw new ArgumentException($"'{nameof(matrices)}' is empty; accepted is at least one environment.", nameof(matrices));
        }

        _matrices = new double[matrices.Count][];
        for (int e = 0; e < matrices.Count; e++)
        {
            _matrices[e] = CheckedCopy(matrices[e], rank, e);
            LargestEntry = Math.Max(LargestEntry, Math.Abs(TensorPrimitives.MaxMagnitude<double>(_matrices[e])));
        }

        _probabilities = Probabilities.Checked(probabilities, matrices.Count, nameof(probabilities));
    }

    /// <inheritdoc/>
    public override int? Count => _matrices.Length;

    /// <inheritdoc/>
    public override int LabelLength => 1;

    /// <inheritdoc/>
    public override double GetProbability(int index)
    {
        CheckIndex(index);
        return _probabilities[index];
    }

    /// <inheritdoc/>
    public override void CopyMatrix(int index, Span<double> sigma)
    {
        CheckIndex(index);
        CheckMatrix(sigma);
        _matrices[index].CopyTo(sigma);
    }

    /// <inheritdoc/>
    public override void CopyLabel(int index, Span<double> label)
    {
        CheckIndex(index);
        Guard.Length(label.Length, LabelLength, nameof(label));
        label[0] = index;
    }

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma)
    {
        CheckMatrix(sigma);
        sigma.Clear();
        for (int e = 0; e < _matrices.Length; e++)
        {
            for (int i = 0; i < sigma.Length; i++)
            {
                sigma[i] = Math.FusedMultiplyAdd(_probabilities[e], _matrices[e][i], sigma[i]);
            }
        }
    }

    /// <inheritdoc/>
    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        Guard.Length(label.Length, LabelLength, nameof(label));
        CheckMatrix(sigma);
        Guard.NoOverlap<double>(sigma, label, nameof(sigma), nameof(label));
        stream.FillUniform(0, label);
        int index = Probabilities.IndexOf(_probabilities, label[0]);
        CopyMatrix(index, sigma);
        label[0] = index;
        return index;
    }

    /// <inheritdoc/>
    public override double LargestEntry { get; }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Fingerprint list = default;
        list.Add<double>(_probabilities);
        foreach (double[] matrix in _matrices)
        {
            list.Add<double>(matrix);
        }

        description.Add("environments", list);
    }

    private static double[] CheckedCopy(double[] matrix, int rank, int index)
    {
        string name = $"matrices[{index}]";
        if (matrix is null || matrix.Length != rank * rank)
        {
            throw new ArgumentException($"'{name}' has {matrix?.Length ?? 0} entries; accepted is {rank * rank}, a matrix of order {rank}.", "matrices");
        }

        double largest = 0;
        foreach (double entry in matrix)
        {
            if (!double.IsFinite(entry))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{name}' contains {entry}; accepted are finite numbers."), "matrices");
            }

            largest = Math.Max(largest, Math.Abs(entry));
        }

        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (double below, double above) = (matrix[(i * rank) + j], matrix[(j * rank) + i]);
                if (Math.Abs(below - above) > Tolerance * largest)
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"'{name}' has {below} at ({i}, {j}) and {above} at ({j}, {i}); accepted is a symmetric matrix."),
                        "matrices");
                }
            }
        }

        return (double[])matrix.Clone();
    }
}
