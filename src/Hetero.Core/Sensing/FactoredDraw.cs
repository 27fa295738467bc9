using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The draws of <see cref="FactoredExactLawMeasurements{T}"/> for panels of one shape: basis, q×q matrices and the memory of the
/// passes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class FactoredDraw<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most columns of [U, U*, V*]: scratch of twice their square must be the length of a span.</summary>
    public const int MaxColumns = 32766;

    private readonly int _dimension;
    private readonly int _factorColumns;
    private readonly int _invariantRank;
    private readonly int _columns;
    private readonly WorkerTeam? _team;
    private readonly PanelBasis<T> _basis;
    private readonly SpanDraw<T> _span;
    private readonly double[] _residual;
    private readonly double[] _square;
    private readonly double[] _weighted;
    private readonly double[] _triangle;
    private readonly double[] _inside;
    private readonly double[] _products;
    private readonly double[] _decomposition;
    private readonly double[] _sums;
    private readonly T[] _coefficients;
    private double[] _directions = [];
    private T[] _scratch = [];

    /// <summary>Makes room for panels of one shape.</summary>
    public FactoredDraw(int dimension, int factorColumns, int invariantRank, int spuriousRank, ulong seed, WorkerTeam? team)
    {
        (_dimension, _factorColumns, _invariantRank, _columns, _team) = (dimension, factorColumns, invariantRank, factorColumns + invariantRank + spuriousRank, team);
        Guard.InRange(_columns, 1, MaxColumns, "residual.Columns");
        int square = _columns * _columns;
        _basis = new PanelBasis<T>(_columns);
        _span = new SpanDraw<T>(_columns, seed);
        _residual = new double[Svec.Length(_columns)];
        _square = new double[square];
        _weighted = new double[square];
        _triangle = new double[square];
        _inside = new double[square];
        _products = new double[Products.GetMultiplyScratchLength<double>(_columns, _columns, _columns)];
        _decomposition = new double[HouseholderQr.GetScratchLength<double>(_columns, _columns)];
        _sums = new double[checked((int)PanelPass<T>.SumsLength(dimension, _columns))];
        _coefficients = new T[square];
    }

    /// <summary>The bytes of draws for panels G·U.</summary>
    public static Int128 BytesOf(in RunSizes sizes)
    {
        Int128 all = (Int128)sizes.Columns + sizes.InvariantRank + sizes.SpuriousRank;
        int columns = (int)Int128.Min(all, int.MaxValue);
        Guard.InRange(columns, 1, MaxColumns, "sizes.Columns");
        int length = Svec.Length(columns);
        Int128 square = (Int128)columns * columns;
        Int128 numbers = length + (4 * square) + Products.GetMultiplyScratchLength<double>(columns, columns, columns) + HouseholderQr.GetScratchLength<double>(columns, columns)
            + PanelPass<T>.SumsLength(sizes.Dimension, columns) + ((Int128)sizes.Directions * length);
        return PanelBasis<T>.BytesOf(columns) + SpanDraw<T>.BytesOf(columns, sizes.Directions) + RunSizes.Bytes<double>(numbers)
            + RunSizes.Bytes<T>(square + PanelPass<T>.ScratchLength(sizes.Dimension, columns, sizes.Columns, sizes.Degree));
    }

    /// <summary>Says whether panels have this shape.</summary>
    public bool Fits(in FactoredResidual<T> residual)
        => residual.Factor.Columns == _factorColumns && residual.InvariantBasis.Columns == _invariantRank && residual.Columns == _columns;

    /// <summary>Returns ‖BᵀB − I‖_F of the basis of [U, U*, V*].</summary>
    public double MeasureBasis(in FactoredResidual<T> residual)
    {
        PanelPass<T> pass = PassOf(_factorColumns, default);
        _basis.Build(in residual, in pass);
        return _basis.MeasureDefect(in residual, in pass);
    }

    /// <summary>Adds a group's gradient, applied to the first columns of [U, U*, V*].</summary>
    public void Accumulate(in SampleGroup<T> group, in FactoredResidual<T> residual, MatrixSpan<T> result, CancellationToken cancellation)
    {
        int q = _columns, c = result.Columns;
        PanelPass<T> pass = PassOf(c, cancellation);
        _basis.Build(in residual, in pass);
        double deviation = Draw(in group, in residual, cancellation);

        // The part inside the span, BᵀGB·R_P.
        ReadOnlyMatrixSpan<double> panel = _basis.Coordinates.Slice(0, 0, q, c);
        MatrixSpan<double> square = new(_square, q, q), inside = new(_weighted.AsSpan(0, q * c), q, c);
        Svec.Unpack(_span.Inside, square);
        Products.Multiply(square, panel, _products, inside, cancellation: cancellation);

        // The part outside, (I − BBᵀ)H·L, of which the part inside is taken away.
        PanelTiles<T> tiles = _basis.TilesOf(in residual);
        if (deviation != 0)
        {
            MatrixSpan<double> triangle = new(_triangle.AsSpan(0, c * c), c, c), unused = new(_square.AsSpan(0, q * c), q, c);
            HouseholderQr.Decompose(panel, _decomposition, unused, triangle, cancellation: cancellation);
            ReadOnlyMatrixSpan<T> mixing = new(Rounded(triangle.Data, deviation * Math.Sqrt(0.5)), c, c);
            MatrixSpan<double> along = new(_inside.AsSpan(0, q * c), q, c), taken = new(_square.AsSpan(0, q * c), q, c);
            pass.AddNoise(tiles, _span.StreamOf(in group), _span.EntriesBefore, mixing, result, along.Data);
            Products.Multiply(_basis.Fold.Transposed, along, _products, taken, cancellation: cancellation);
            TensorPrimitives.Subtract<double>(inside.Data, taken.Data, inside.Data);
        }

        MatrixSpan<double> coefficients = new(_inside.AsSpan(0, q * c), q, c);
        Products.Multiply(_basis.Fold, inside, _products, coefficients, cancellation: cancellation);
        pass.AddProduct(tiles, new ReadOnlyMatrixSpan<T>(Rounded(coefficients.Data, 1), q, c), result);
    }

    /// <summary>Draws inside the span.</summary>
    /// <returns>The deviation outside.</returns>
    private double Draw(in SampleGroup<T> group, in FactoredResidual<T> residual, CancellationToken cancellation)
    {
        WriteInside(in residual, residual.Sigma, isResidual: true, _residual);
        if (group.Mixture is not { } mixture)
        {
            return _span.Draw(in group, _residual);
        }

        int r2 = residual.SpuriousBasis.Columns;
        if (_directions.Length < mixture.Count * _residual.Length)
        {
            _directions = new double[Guard.ArrayLength(mixture.Count, _residual.Length, "group.Mixture")];
        }

        Span<double> sigma = _triangle.AsSpan(0, r2 * r2);
        for (int v = 0; v < mixture.Count; v++)
        {
            ReadOnlySpan<T> direction = mixture.Direction(v);
            for (int i = 0; i < sigma.Length; i++)
            {
                sigma[i] = double.CreateTruncating(direction[i]);
            }

            WriteInside(in residual, sigma, isResidual: false, _directions.AsSpan(v * _residual.Length, _residual.Length));
        }

        return _span.DrawMixture(in group, _residual, _directions.AsSpan(0, mixture.Count * _residual.Length), cancellation);
    }

    /// <summary>Writes svec of BᵀDB = R·diag(I, −λ, −Σ)·Rᵀ, or of BᵀV*ΣV*ᵀB.</summary>
    private void WriteInside(in FactoredResidual<T> residual, ReadOnlySpan<double> sigma, bool isResidual, Span<double> svec)
    {
        int q = _columns, r2 = residual.SpuriousBasis.Columns, spurious = q - r2;
        ReadOnlyMatrixSpan<double> coordinates = _basis.Coordinates;
        MatrixSpan<double> weighted = new(_weighted, q, q), square = new(_square, q, q);
        weighted.Data.Clear();
        for (int column = 0; column < q; column++)
        {
            for (int j = 0; j < spurious && isResidual; j++)
            {
                weighted[j, column] = (j < _factorColumns ? 1 : -residual.Eigenvalues[j - _factorColumns]) * coordinates[column, j];
            }

            for (int i = 0; i < r2; i++)
            {
                double sum = 0;
                for (int j = 0; j < r2; j++)
                {
                    sum += sigma[(i * r2) + j] * coordinates[column, spurious + j];
                }

                weighted[spurious + i, column] = isResidual ? -sum : sum;
            }
        }

        Products.Multiply(coordinates, weighted, _products, square);
        Svec.PackSymmetricPart<double>(square, svec);
    }

    private PanelPass<T> PassOf(int results, CancellationToken cancellation)
    {
        int length = ScratchLength.Of(PanelPass<T>.ScratchLength(_dimension, _columns, results, _team?.Degree ?? 1), _columns);
        if (_scratch.Length < length)
        {
            _scratch = new T[length];
        }

        return new PanelPass<T>(_dimension, _columns, results, _scratch, _sums, _team, cancellation);
    }

    private Span<T> Rounded(ReadOnlySpan<double> numbers, double factor)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            _coefficients[i] = T.CreateTruncating(factor * numbers[i]);
        }

        return _coefficients.AsSpan(0, numbers.Length);
    }
}
