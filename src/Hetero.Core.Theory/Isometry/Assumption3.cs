using System.Globalization;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Definition 1, (8): what is known of δ_s of a set of measurements. A search finds a matrix of rank s, hence a lower bound; the extreme
/// eigenvalues of GᵀG/m are the upper bound δ_d; (8) holds with it for every symmetric matrix.
/// </summary>
/// <remarks>
/// (8) "for any d×d matrix" would ask for δ ≥ 1: symmetric X_i give 0 on every antisymmetric M. Whether the constant meets Assumption 3 is
/// <see cref="Assumption3Threshold"/>.
/// </remarks>
public sealed class Assumption3 : TheoryCheck
{
    private const int RandomMatrices = 20;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A3",
        Statement = "δ_s found ≤ δ_s ≤ δ_d: the first is attained, and (8) holds with the last for symmetric M",
        Equations = "(8)",
        Stated = Verdict.Holds,
        Remark = "Deterministic. For antisymmetric M the ratio in (8) is 0: only symmetric ones are meant.",
        ControlStatement = "(8) at rank s with 0.9 of the lower bound of δ_s",
        DefaultTrials = 12,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Dimension = Math.Min(instance.Dimension, 7) };
    }

    /// <summary>Checks the bracket of δ_s on measurements, with sums over the measurements themselves.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="rank">The rank s, 1 to d.</param>
    /// <param name="seed">The seed of the search and of random matrices of rank s.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank, or the dimension (at most <see cref="IsometryForm.MaxDimension"/>), is out of
    /// range.</exception>
    public static CheckResult Check(StoredMeasurements<double> measurements, int rank, ulong seed = 0) => Check(measurements, rank, seed, null);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.CreateMeasurements(), Math.Min(instance.Dimension, instance.InvariantRank), instance.Seed, null);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance.CreateMeasurements(), Math.Min(instance.Dimension, instance.InvariantRank), instance.Seed, 0.9);

    private static CheckResult Check(StoredMeasurements<double> measurements, int rank, ulong seed, double? share)
    {
        IsometryForm form = IsometryForm.Of(measurements);
        RipConstant exact = RipConstants.Exact(form), bound = RipConstants.LowerBound(form, rank, seed);

        // m products of p terms, and the p×p Gram matrix against the sum over the rows.
        double roundOff = 32 * (form.SvecLength + Math.Sqrt(measurements.SamplesPerSet)) * Math.ScaleB(1 + exact.Largest.Ratio, -52);
        double smallest = Ratio(measurements, bound.Smallest.SvecForm), largest = Ratio(measurements, bound.Largest.SvecForm);
        if (share is { } part)
        {
            return CheckResult.Judge(
                Facts.Id,
                [],
                Inequality.AtMost($"Σ⟨X_i, M⟩²/m ≤ 1 + {part}δ_s found", largest, 1 + (part * bound.Delta), roundOff),
                Inequality.AtLeast($"Σ⟨X_i, M⟩²/m ≥ 1 − {part}δ_s found", smallest, 1 - (part * bound.Delta), roundOff));
        }

        List<Inequality> claims =
        [
            Inequality.AtMost("δ_s found ≤ δ_d", bound.Delta, exact.Delta, roundOff),
            Inequality.AtMost("δ_s found is attained by its matrices", Math.Abs(Math.Max(largest - 1, 1 - smallest) - bound.Delta), 0, roundOff),
        ];
        InstanceMatrices(measurements.Dimension, rank, seed, matrix =>
        {
            double ratio = Ratio(measurements, matrix);
            claims.Add(Inequality.AtMost("Σ⟨X_i, M⟩²/m ≤ (1 + δ_d)‖M‖_F²", ratio, 1 + exact.Delta, roundOff));
            claims.Add(Inequality.AtLeast("Σ⟨X_i, M⟩²/m ≥ (1 − δ_d)‖M‖_F²", ratio, 1 - exact.Delta, roundOff));
        });
        return CheckResult.Judge(Facts.Id, [], claims) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"s = {rank}: {bound.Delta:G6} ≤ δ_s ≤ {exact.Delta:G6}; "
                + $"ratios {bound.Smallest.Ratio:G6} to {bound.Largest.Ratio:G6} at rank s, "
                + $"{exact.Smallest.Ratio:G6} to {exact.Largest.Ratio:G6} at rank d."),
        };
    }

    private static void InstanceMatrices(int dimension, int rank, ulong seed, Action<double[]> use)
    {
        TheoryInstance random = new() { Dimension = dimension, Seed = seed };
        for (int index = 1; index <= RandomMatrices; index++)
        {
            use(new Matrix(random.CreateSymmetric(index, rank), dimension, dimension).ToSvec());
        }
    }

    private static double Ratio(StoredMeasurements<double> measurements, ReadOnlySpan<double> matrix)
    {
        double[] row = new double[measurements.SvecLength];
        double sum = 0;
        for (long sample = 0; sample < measurements.SamplesPerSet; sample++)
        {
            measurements.CopySample(sample, row);
            double product = Reductions.Dot(row, matrix);
            sum += product * product;
        }

        return sum / measurements.SamplesPerSet / Reductions.SumOfSquares(matrix);
    }
}
