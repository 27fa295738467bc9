using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Sensing.Factored;

/// <summary>
/// A residual D = UUᵀ − U*diag(λ)U*ᵀ − V*ΣV*ᵀ in both forms, and the functionals by which two ways of drawing G·U are compared: two entries, the
/// norm, the largest singular value, the products with U and with D·U, a random projection, the
/// norm of what is outside of the span of [U, U*, V*], and the product of two entries of UᵀGU across the diagonal.
/// </summary>
internal sealed class PanelLaw
{
    public const int Functionals = 9;
    private readonly double[] _direction;

    /// <summary>Poses a residual of unit-length columns of random directions.</summary>
    public PanelLaw(int dimension, int columns, int invariantRank, int spuriousRank, PanelShape shape = PanelShape.Ordinary)
    {
        (Dimension, Columns, InvariantRank, SpuriousRank) = (dimension, columns, invariantRank, spuriousRank);
        InvariantBasis = Data.Uniform<double>(dimension * invariantRank, 2);
        SpuriousBasis = Data.Uniform<double>(dimension * spuriousRank, 3);
        Factor = shape == PanelShape.Zero ? new double[dimension * columns] : Data.Uniform<double>(dimension * columns, 1);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < columns && shape is PanelShape.InSpan or PanelShape.Repeated; j++)
            {
                Factor[(i * columns) + j] = shape == PanelShape.Repeated ? Factor[i * columns]
                    : ((j + 1) * InvariantBasis[i * invariantRank]) - (0.5 * SpuriousBasis[i * spuriousRank]);
            }
        }

        Eigenvalues = [.. Enumerable.Range(0, invariantRank).Select(i => 1 + (0.5 * i))];
        Sigma = new double[spuriousRank * spuriousRank];
        for (int i = 0; i < Sigma.Length; i++)
        {
            Sigma[i] = i % (spuriousRank + 1) == 0 ? 2 : 0.3;
        }

        _direction = Data.Uniform<double>(dimension * columns, 7);
        Dense = new double[dimension * dimension];
        Add(Dense, Factor, columns, (a, b) => a == b ? 1 : 0);
        Add(Dense, InvariantBasis, invariantRank, (a, b) => a == b ? -Eigenvalues[a] : 0);
        Add(Dense, SpuriousBasis, spuriousRank, (a, b) => -Sigma[(a * spuriousRank) + b]);
        Residual = new double[Svec.Length(dimension)];
        Svec.Pack<double>(new MatrixSpan<double>(Dense, dimension, dimension), Residual);
        Projection = Outside((Factor, columns), (InvariantBasis, invariantRank), (SpuriousBasis, spuriousRank));
    }

    public int Dimension { get; }

    public int Columns { get; }

    public int InvariantRank { get; }

    public int SpuriousRank { get; }

    public double[] Factor { get; }

    public double[] InvariantBasis { get; }

    public double[] SpuriousBasis { get; }

    public double[] Eigenvalues { get; }

    public double[] Sigma { get; }

    /// <summary>Gets svec(D).</summary>
    public double[] Residual { get; }

    /// <summary>Gets the projection away from [U, U*, V*].</summary>
    public double[] Projection { get; }

    /// <summary>Gets D.</summary>
    public double[] Dense { get; }

    public FactoredResidual<double> Parts => new()
    {
        Factor = new ReadOnlyMatrixSpan<double>(Factor, Dimension, Columns),
        InvariantBasis = new ReadOnlyMatrixSpan<double>(InvariantBasis, Dimension, InvariantRank),
        Eigenvalues = Eigenvalues,
        SpuriousBasis = new ReadOnlyMatrixSpan<double>(SpuriousBasis, Dimension, SpuriousRank),
        Sigma = Sigma,
    };

    /// <summary>Draws many panels G·U, and returns a sample of every functional.</summary>
    public double[][] Sample(int draws, Action<int, double[]> draw)
    {
        double[][] samples = [.. Enumerable.Range(0, Functionals).Select(_ => new double[draws])];
        double[] result = new double[Dimension * Columns];
        double[] reference = Reference();
        for (int i = 0; i < draws; i++)
        {
            Array.Clear(result);
            draw(i, result);
            samples[0][i] = result[0];
            samples[1][i] = result[^1];
            samples[2][i] = Math.Sqrt(MeasurementLaw.Dot(result, result));
            samples[3][i] = LargestSingularValue(result);
            samples[4][i] = MeasurementLaw.Dot(result, Factor);
            samples[5][i] = MeasurementLaw.Dot(result, reference);
            samples[6][i] = MeasurementLaw.Dot(result, _direction);
            double[] outside = Multiply(Projection, result, Dimension, Columns);
            samples[7][i] = Math.Sqrt(MeasurementLaw.Dot(outside, outside));
            samples[8][i] = Entry(Factor, 0, result, Columns - 1) * Entry(Factor, Columns - 1, result, 0);
        }

        return samples;
    }

    /// <summary>svec(V*BV*ᵀ).</summary>
    public double[] Direction(Func<int, double> pattern)
    {
        double[] square = new double[Dimension * Dimension], result = new double[Residual.Length];
        Add(square, SpuriousBasis, SpuriousRank, (a, b) => pattern((a * SpuriousRank) + b));
        Svec.Pack<double>(new MatrixSpan<double>(square, Dimension, Dimension), result);
        return result;
    }

    /// <summary>G·U of a G in svec form.</summary>
    public void Apply(ReadOnlySpan<double> gradient, Span<double> result)
    {
        double[] square = new double[Dimension * Dimension];
        Svec.Unpack(gradient, new MatrixSpan<double>(square, Dimension, Dimension));
        Multiply(square, Factor, Dimension, Columns).CopyTo(result);
    }

    public static double SmallestPValue(double[][] first, double[][] second)
        => Enumerable.Range(0, Functionals).Min(f => PlainStatistics.KolmogorovSmirnov((double[])first[f].Clone(), (double[])second[f].Clone()));

    /// <summary>A·P for a square A, in plain sums.</summary>
    public static double[] Multiply(double[] square, double[] panel, int rows, int columns)
    {
        double[] result = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int l = 0; l < rows; l++)
            {
                for (int j = 0; j < columns; j++)
                {
                    result[(i * columns) + j] += square[(i * rows) + l] * panel[(l * columns) + j];
                }
            }
        }

        return result;
    }

    private double[] Reference() => Multiply(Dense, Factor, Dimension, Columns);

    private double Entry(double[] left, int a, double[] right, int b)
    {
        double sum = 0;
        for (int i = 0; i < Dimension; i++)
        {
            sum += left[(i * Columns) + a] * right[(i * Columns) + b];
        }

        return sum;
    }

    private double LargestSingularValue(double[] panel)
    {
        double[] gram = new double[Columns * Columns], values = new double[Columns];
        for (int a = 0; a < Columns; a++)
        {
            for (int b = 0; b < Columns; b++)
            {
                gram[(a * Columns) + b] = Entry(panel, a, panel, b);
            }
        }

        SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<double>(gram, Columns, Columns), new double[SymmetricEigen.GetValuesScratchLength<double>(Columns)], values);
        return Math.Sqrt(Math.Max(0, Math.Max(values[0], values[^1])));
    }

    private void Add(double[] square, double[] basis, int rank, Func<int, int, double> weight)
    {
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                for (int a = 0; a < rank; a++)
                {
                    for (int b = 0; b < rank; b++)
                    {
                        square[(i * Dimension) + j] += basis[(i * rank) + a] * weight(a, b) * basis[(j * rank) + b];
                    }
                }
            }
        }
    }

    /// <summary>The projection away from the span of panels, by modified Gram–Schmidt.</summary>
    private double[] Outside(params (double[] Basis, int Rank)[] panels)
    {
        double[] projection = new double[Dimension * Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            projection[(i * Dimension) + i] = 1;
        }

        foreach ((double[] basis, int rank) in panels)
        {
            for (int a = 0; a < rank; a++)
            {
                double[] column = [.. Enumerable.Range(0, Dimension).Select(i => basis[(i * rank) + a])];
                double length = Math.Sqrt(MeasurementLaw.Dot(column, column));
                double[] rest = Multiply(projection, column, Dimension, 1);
                double square = MeasurementLaw.Dot(rest, rest);
                for (int i = 0; i < Dimension * Dimension && square > 1e-20 * length * length; i++)
                {
                    projection[i] -= rest[i / Dimension] * rest[i % Dimension] / square;
                }
            }
        }

        return projection;
    }
}
