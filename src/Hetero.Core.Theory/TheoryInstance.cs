using System.Globalization;
using System.Runtime.CompilerServices;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory;

/// <summary>
/// A small description, shape and seed, from which everything that a statement of the theory talks about is made: problem, environments,
/// factor, measurements. Two equal descriptions make the same data, bit for bit.
/// </summary>
/// <remarks>
/// Dimension, ranks and samples are 1 or more; the rest is checked where data are made from it, since a dimension may be a mere number.
/// Thread-safe: immutable.
/// </remarks>
public sealed record TheoryInstance
{
    /// <summary>Gets the dimension d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Dimension { get; init => field = Accepted(value); } = 8;

    /// <summary>Gets the rank r1 of the invariant signal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int InvariantRank { get; init => field = Accepted(value); } = 1;

    /// <summary>Gets the rank r2 of the spurious signals.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int SpuriousRank { get; init => field = Accepted(value); } = 1;

    /// <summary>Gets the number k of the factor's columns; null for d.</summary>
    public int? Columns { get; init; }

    /// <summary>Gets the number m of measurements of a batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Samples { get; init => field = Accepted(value); } = 100;

    /// <summary>Gets the step size η.</summary>
    public double StepSize { get; init; } = 0.05;

    /// <summary>Gets the scale α of the start.</summary>
    public double InitialScale { get; init; } = 1e-3;

    /// <summary>Gets the mean of a diagonal entry of Σ^(e).</summary>
    public double Mean { get; init; } = 1;

    /// <summary>Gets the half-width M of a diagonal entry of Σ^(e).</summary>
    public double Spread { get; init; } = 6;

    /// <summary>Gets the law of the entries of Σ^(e).</summary>
    public ScalarLaw Law { get; init; } = ScalarLaw.TwoPoint;

    /// <summary>Gets whether every spurious direction draws its own scalar.</summary>
    public bool OwnDraws { get; init; }

    /// <summary>Gets the size of an off-diagonal entry of Σ^(e); not used if r2 = 1.</summary>
    public double OffDiagonal { get; init; }

    /// <summary>Gets all principal cosines between the subspaces; null for two independent random subspaces.</summary>
    public double? Overlap { get; init; }

    /// <summary>Gets the size of the random factor: its entries are N(0, size²/max(d, k)), so its norm is of the order of the size.</summary>
    public double FactorSize { get; init; } = 1;

    /// <summary>Gets the seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the number k of the factor's columns.</summary>
    public int FactorColumns => Columns ?? Dimension;

    /// <summary>
    /// Draws the instance of a trial: d from 2 to 12, ranks that fit, k from 1 to d (d in half of the cases), m from p/4 to 16p, η, α, M and the
    /// factor's size log-uniform over [0.003, 0.3], [1e-4, 0.1], [0.1, 30] and [1e-3, 3], the mean in [−2, 2], every kind of environments and
    /// layouts.
    /// </summary>
    /// <param name="seed">The seed of the series.</param>
    /// <param name="trial">The number of the trial, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The trial is negative.</exception>
    public static TheoryInstance Draw(ulong seed, int trial)
    {
        Guard.AtLeast(trial, 0);
        RandomSequence random = new(new RandomStream(seed, StreamPurpose.Theory, trial, RandomStream.MaxSubstream));
        int dimension = 2 + (int)random.NextBelow(11);
        int invariant = 1 + (int)random.NextBelow(Math.Min(3, dimension - 1));
        int spurious = 1 + (int)random.NextBelow(Math.Min(3, dimension - invariant));
        int samples = (int)LogUniform(ref random, Math.Max(1, Svec.Length(dimension) / 4.0), 16.0 * Svec.Length(dimension));
        return new TheoryInstance
        {
            Dimension = dimension,
            InvariantRank = invariant,
            SpuriousRank = spurious,
            Columns = random.NextBelow(2) == 0 ? null : 1 + (int)random.NextBelow(dimension),
            Samples = samples,
            StepSize = LogUniform(ref random, 0.003, 0.3),
            InitialScale = LogUniform(ref random, 1e-4, 0.1),
            Mean = (4 * random.NextUniform()) - 2,
            Spread = LogUniform(ref random, 0.1, 30),
            Law = random.NextBelow(2) == 0 ? ScalarLaw.TwoPoint : ScalarLaw.Uniform,
            OwnDraws = random.NextBelow(2) == 0,
            OffDiagonal = random.NextBelow(2) == 0 ? 0 : random.NextUniform(),
            Overlap = random.NextBelow(3) switch { 0 => null, 1 => 0, _ => random.NextUniform() },
            FactorSize = LogUniform(ref random, 1e-3, 3),
            Seed = ((ulong)random.NextBelow(1L << 31) << 32) | (ulong)random.NextBelow(1L << 32),
        };
    }

    /// <summary>Makes the problem, U* and V*, with all eigenvalues of A* equal to 1 (Assumption 1).</summary>
    /// <exception cref="ArgumentException">The ranks do not fit into the dimension, or the overlap is not in [0, 1].</exception>
    public SensingProblem CreateProblem() => new ProblemRecipe
    {
        Dimension = Dimension,
        InvariantRank = InvariantRank,
        SpuriousRank = SpuriousRank,
        Overlap = Overlap,
    }.Create(Seed);

    /// <summary>Makes the distribution over environments.</summary>
    /// <exception cref="ArgumentException">Mean, half-width or off-diagonal size is out of range.</exception>
    public EnvironmentDistribution CreateEnvironments() => new EnvironmentRecipe
    {
        Law = Law,
        Mean = Mean,
        Spread = Spread,
        OwnDraws = OwnDraws,
        OffDiagonal = SpuriousRank > 1 ? OffDiagonal : 0,
    }.Create(SpuriousRank);

    /// <summary>Makes a random factor U, d×k numbers, row after row.</summary>
    /// <exception cref="ArgumentException">A size is out of range, or there are more entries than an array holds.</exception>
    public double[] CreateFactor()
    {
        Guard.AtLeast(FactorColumns, 1);
        Guard.ArrayLength(Dimension, FactorColumns, nameof(Dimension));
        Guard.Finite(FactorSize);
        double[] factor = CreateGaussian(0, Dimension, FactorColumns);
        double scale = FactorSize / Math.Sqrt(Math.Max(Dimension, FactorColumns));
        for (int i = 0; i < factor.Length; i++)
        {
            factor[i] *= scale;
        }

        return factor;
    }

    /// <summary>Makes the batch's measurements: m explicit ones, kept in memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They have more than 2²⁸ numbers, 2 GiB: an instance is small.</exception>
    public StoredMeasurements<double> CreateMeasurements()
    {
        Guard.InRange((long)Samples * Svec.Length(Dimension), 0, 1L << 28, "Samples·Dimension·(Dimension + 1)/2");
        return new(Dimension, Samples, Seed);
    }

    /// <summary>Makes Σ^(e) of the environment of a step, r2² numbers, as training with this seed draws it.</summary>
    /// <param name="step">The step, 0 or more.</param>
    public double[] CreateSigma(int step)
    {
        EnvironmentDistribution environments = CreateEnvironments();
        double[] sigma = new double[Guard.ArrayLength(SpuriousRank, SpuriousRank, nameof(SpuriousRank))];
        environments.Draw(new RandomStream(Seed, StreamPurpose.Environments, step), sigma, new double[environments.LabelLength]);
        return sigma;
    }

    /// <summary>Makes a matrix of independent N(0,1) entries, row after row.</summary>
    /// <param name="index">Tells apart the matrices of one instance, 0 or more; 0 is the factor's.</param>
    /// <param name="rows">The rows, 0 or more.</param>
    /// <param name="columns">The columns, 0 or more.</param>
    /// <exception cref="ArgumentException">A number is out of range, or there are more entries than an array holds.</exception>
    public double[] CreateGaussian(int index, int rows, int columns)
    {
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        double[] entries = new double[Guard.ArrayLength(rows, columns, nameof(rows))];
        Stream(index).FillGaussian(0, entries.AsSpan());
        return entries;
    }

    /// <summary>Makes a symmetric d×d matrix GSGᵀ/d of a rank, row after row: G Gaussian, S a diagonal of signs, so both signs occur.</summary>
    /// <param name="index">Tells apart the matrices of one instance, 1 or more.</param>
    /// <param name="rank">The rank, 1 to d.</param>
    /// <exception cref="ArgumentException">A number is out of range, or d² entries are more than an array holds.</exception>
    public double[] CreateSymmetric(int index, int rank)
    {
        Guard.AtLeast(index, 1);
        Guard.InRange(rank, 1, Dimension);
        double[] symmetric = new double[Guard.ArrayLength(Dimension, Dimension, nameof(Dimension))];
        double[] gaussian = CreateGaussian(index, Dimension + 1, rank);
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < rank; k++)
                {
                    double sign = gaussian[(Dimension * rank) + k] < 0 ? -1 : 1;
                    sum += sign * gaussian[(i * rank) + k] * gaussian[(j * rank) + k];
                }

                symmetric[(i * Dimension) + j] = symmetric[(j * Dimension) + i] = sum / Dimension;
            }
        }

        return symmetric;
    }

    /// <summary>Returns a stream of random numbers of this instance.</summary>
    /// <param name="index">Tells apart the streams, 0 to 2²⁴ − 2.</param>
    /// <param name="trial">The trial of a simulation, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RandomStream Stream(int index, int trial = 0)
    {
        Guard.InRange(index, 0, RandomStream.MaxSubstream - 1);
        Guard.AtLeast(trial, 0);
        return new RandomStream(Seed, StreamPurpose.Theory, trial, index);
    }

    /// <summary>Returns the description on one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"d={Dimension} r1={InvariantRank} r2={SpuriousRank} k={FactorColumns} m={Samples} η={StepSize:R} α={InitialScale:R} mean={Mean:R} M={Spread:R} "
        + $"{(Law == ScalarLaw.TwoPoint ? "two-point" : "uniform")}{(OwnDraws ? " own-draws" : "")} off={OffDiagonal:R} "
        + $"overlap={(Overlap is { } overlap ? overlap.ToString("R", CultureInfo.InvariantCulture) : "random")} size={FactorSize:R} seed={Seed}");

    /// <summary>Names the values that differ from those of another instance.</summary>
    internal IEnumerable<(string Name, string Own, string Other)> DifferencesFrom(TheoryInstance other)
    {
        (string Name, object? Own, object? Other)[] all =
        [
            (nameof(Dimension), Dimension, other.Dimension),
            (nameof(InvariantRank), InvariantRank, other.InvariantRank),
            (nameof(SpuriousRank), SpuriousRank, other.SpuriousRank),
            (nameof(Columns), FactorColumns, other.FactorColumns),
            (nameof(Samples), Samples, other.Samples),
            (nameof(StepSize), StepSize, other.StepSize),
            (nameof(InitialScale), InitialScale, other.InitialScale),
            (nameof(Mean), Mean, other.Mean),
            (nameof(Spread), Spread, other.Spread),
            (nameof(Law), Law, other.Law),
            (nameof(OwnDraws), OwnDraws, other.OwnDraws),
            (nameof(OffDiagonal), OffDiagonal, other.OffDiagonal),
            (nameof(Overlap), Overlap, other.Overlap),
            (nameof(FactorSize), FactorSize, other.FactorSize),
            (nameof(Seed), Seed, other.Seed),
        ];
        return all.Where(value => !Equals(value.Own, value.Other)).Select(value => (value.Name, Text(value.Own), Text(value.Other)));

        static string Text(object? value) => value switch
        {
            null => "random",
            ScalarLaw law => law == ScalarLaw.TwoPoint ? "two-point" : "uniform",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    // A framework of property tests fills such a record with zeros and negative numbers if it knows none; what is then missing is not a number.
    private static int Accepted(int value, [CallerMemberName] string name = "")
        => value >= 1 ? value : throw new ArgumentOutOfRangeException(
            name,
            value,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' is {value}; accepted is at least 1. If a test framework made this description, it has no generator for it."));

    private static double LogUniform(ref RandomSequence random, double low, double high)
        => low * Math.Pow(high / low, random.NextUniform());
}
