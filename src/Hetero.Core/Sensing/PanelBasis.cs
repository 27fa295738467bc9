using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// An orthonormal basis B of the columns of F = [U, U*, V*] by repeated Cholesky QR, F = B·R, as F·X_1·X_2…: known by small matrices alone and
/// multiplied out tile by tile, so that it has no memory of d rows.
/// F has any rank and any magnitudes.
/// </summary>
/// <remarks>
/// <para>A round makes the Gram matrix of the columns so far, and its Cholesky factor column by column. A column that is too close to the span of
/// those before it for the Gram matrix to tell how far it is waits: what of it lies
/// along the others is taken away tile by tile, and the next round sees what is left, with all its digits. What is left of a column in the end below
/// 64 ε is round-off: B has a column of zeros there, and R a row.
/// The last round finds B orthonormal but for ½ at most and corrects the rest: of one pass in floating point that is round-off.</para>
/// <para>Not thread-safe: owns q×q matrices. Building allocates only for more rounds than ever before.</para>
/// </remarks>
internal sealed class PanelBasis<T>(int columns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaximumRounds = 16;
    private static readonly double Epsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    // A Gram matrix tells squares of distances from 0 down to about ε; one pass then leaves a defect of ε/Least, and F·X is off the span by
    // √(1/Least)·ε.
    private static readonly double Least = Math.Max(8 * Epsilon, 1e-9);

    // Of a column whose square is outside, digits of the Gram matrix may be lost.
    private static readonly double SmallestSquare = typeof(T) == typeof(double) ? 1e-250 : 1e-25;

    private readonly double[] _gram = new double[columns * columns];
    private readonly double[] _factor = new double[columns * columns];
    private readonly double[] _inverse = new double[columns * columns];
    private readonly double[] _first = new double[columns * columns];
    private readonly double[] _product = new double[columns * columns];
    private readonly double[] _coordinates = new double[columns * columns];
    private readonly double[] _fold = new double[columns * columns];
    private readonly double[] _lengths = new double[columns];
    private readonly double[] _scratch = new double[Products.GetMultiplyScratchLength<double>(columns, columns, columns)];
    private readonly bool[] _isDropped = new bool[columns];
    private readonly bool[] _isTaken = new bool[columns];
    private readonly T[] _scales = new T[columns];
    private T[][] _factors = [new T[columns * columns], new T[columns * columns]];
    private int _count;
    private bool _isScaled;

    /// <summary>Gets R, q×q: F = B·R.</summary>
    public ReadOnlyMatrixSpan<double> Coordinates => Square(_coordinates);

    /// <summary>Gets C, q×q: B = P·C, P the panel of <see cref="TilesOf"/>.</summary>
    public ReadOnlyMatrixSpan<double> Fold => Square(_fold);

    /// <summary>The bytes of a basis.</summary>
    public static Int128 BytesOf(int columns)
    {
        Int128 square = (Int128)columns * columns;
        return RunSizes.Bytes<double>((7 * square) + columns + Products.GetMultiplyScratchLength<double>(columns, columns, columns))
            + RunSizes.Bytes<T>((2 * square) + columns) + (2 * columns);
    }

    /// <summary>Returns the panel of which the basis is P·C: F itself where one factor was enough, else F·X_1·X_2….</summary>
    public PanelTiles<T> TilesOf(in FactoredResidual<T> residual) => Tiles(in residual, Applied);

    /// <summary>Makes the basis.</summary>
    public void Build(in FactoredResidual<T> residual, in PanelPass<T> pass)
    {
        (_count, _isScaled) = (0, false);
        Array.Clear(_isDropped);
        pass.Gram(Tiles(in residual, 0), _gram);
        if (IsOutOfRange())
        {
            Scale(in residual);
            pass.Gram(Tiles(in residual, 0), _gram);
        }

        Normalize();
        for (int round = 0; ; round++)
        {
            bool waits = Factor(round);
            Products.Multiply(Square(_factor), Square(_coordinates), _scratch, Square(_product));
            _product.CopyTo(_coordinates, 0);
            Invert(round);
            if (!waits && Defect() <= 0.5)
            {
                break;
            }

            if (round == 0)
            {
                _inverse.CopyTo(_first, 0);
            }

            Put(_count++, _inverse);
            pass.Gram(Tiles(in residual, _count), _gram);
        }

        if (_count == 1)
        {
            Products.Multiply(Square(_first), Square(_inverse), _scratch, Square(_fold));
        }
        else
        {
            _inverse.CopyTo(_fold, 0);
        }
    }

    /// <summary>Returns ‖BᵀB − I‖_F of the basis that was made last, its tiles multiplied out.</summary>
    public double MeasureDefect(in FactoredResidual<T> residual, in PanelPass<T> pass)
    {
        int factors = Applied;
        Put(factors, _fold);
        pass.Gram(Tiles(in residual, factors + 1), _gram);
        return Defect();
    }

    /// <summary>A single factor is part of C.</summary>
    private int Applied => _count <= 1 ? 0 : _count;

    private MatrixSpan<double> Square(double[] matrix) => new(matrix, columns, columns);

    private PanelTiles<T> Tiles(in FactoredResidual<T> residual, int factors)
        => new() { Residual = residual, Scales = _isScaled ? _scales : default, Factors = _factors.AsSpan(0, factors) };

    private void Put(int index, double[] matrix)
    {
        if (index == _factors.Length)
        {
            Array.Resize(ref _factors, index + 1);
            _factors[index] = new T[matrix.Length];
        }

        for (int i = 0; i < matrix.Length; i++)
        {
            _factors[index][i] = T.CreateTruncating(matrix[i]);
        }
    }

    private bool IsOutOfRange()
    {
        for (int j = 0; j < columns; j++)
        {
            if (!(_gram[(j * columns) + j] > SmallestSquare && _gram[(j * columns) + j] < 1 / SmallestSquare))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Brings the largest number of every column of F to about 1.</summary>
    private void Scale(in FactoredResidual<T> residual)
    {
        _isScaled = true;
        int k = residual.Factor.Columns, r1 = residual.InvariantBasis.Columns;
        for (int j = 0; j < columns; j++)
        {
            ReadOnlyMatrixSpan<T> matrix = j < k ? residual.Factor : j < k + r1 ? residual.InvariantBasis : residual.SpuriousBasis;
            int column = j < k ? j : j < k + r1 ? j - k : j - k - r1;
            T largest = T.Zero;
            for (int i = 0; i < matrix.Rows; i++)
            {
                largest = T.Max(largest, T.Abs(matrix[i, column]));
            }

            _scales[j] = PowerOfTwo.Normalizing(largest).Scale;
        }
    }

    /// <summary>Divides the Gram matrix by the columns' lengths, which R starts with. A column of zeros has none.</summary>
    private void Normalize()
    {
        Array.Clear(_coordinates);
        for (int j = 0; j < columns; j++)
        {
            double square = _gram[(j * columns) + j];
            _isDropped[j] = square == 0;
            _lengths[j] = square == 0 ? 1 : Math.Sqrt(square);
            _coordinates[(j * columns) + j] = _isDropped[j] ? 0 : _lengths[j] / (_isScaled ? double.CreateTruncating(_scales[j]) : 1);
        }

        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                _gram[(i * columns) + j] /= _lengths[i] * _lengths[j];
            }
        }
    }

    /// <summary>
    /// The triangular factor of the Gram matrix, in the rows of the columns that are taken; those that wait have what of them lies along all taken
    /// ones, and a 1 for what is left.
    /// </summary>
    /// <returns>Whether a column waits.</returns>
    private bool Factor(int round)
    {
        bool waits = false;
        Array.Clear(_factor);
        Array.Clear(_isTaken);
        for (int p = 0; p < columns; p++)
        {
            if (_isDropped[p])
            {
                continue;
            }

            double square = _gram[(p * columns) + p], pivot = square - Along(p, p);
            bool isClose = !(pivot > Least * square);
            if ((round > 0 && square <= 4096 * Epsilon * Epsilon) || (isClose && round >= MaximumRounds))
            {
                _isDropped[p] = true;
                continue;
            }

            if (isClose)
            {
                waits = true;
                continue;
            }

            double root = Math.Sqrt(pivot);
            for (int j = 0; j < columns; j++)
            {
                if (!_isTaken[j] && !_isDropped[j])
                {
                    _product[j] = (_gram[(p * columns) + j] - Along(p, j)) / root;
                }
                else
                {
                    _product[j] = 0;
                }
            }

            _product[p] = root;
            _product.AsSpan(0, columns).CopyTo(_factor.AsSpan(p * columns));
            _isTaken[p] = true;
        }

        for (int p = 0; p < columns; p++)
        {
            if (!_isTaken[p] && !_isDropped[p])
            {
                _factor[(p * columns) + p] = 1;
            }
        }

        return waits;

        double Along(int p, int j)
        {
            double sum = 0;
            for (int i = 0; i < p; i++)
            {
                sum += _factor[(i * columns) + p] * _factor[(i * columns) + j];
            }

            return sum;
        }
    }

    /// <summary>X: what the columns are multiplied by to become the taken ones' orthonormal ones, and the waiting ones' rest. Of dropped ones nothing
    /// is left.</summary>
    private void Invert(int round)
    {
        Array.Clear(_inverse);
        for (int j = 0; j < columns; j++)
        {
            if (_isDropped[j])
            {
                continue;
            }

            _inverse[(j * columns) + j] = 1 / _factor[(j * columns) + j];
            for (int i = columns - 1; i >= 0; i--)
            {
                if (!_isTaken[i] || i == j || (_isTaken[j] && i > j))
                {
                    continue;
                }

                double sum = 0;
                for (int l = 0; l < columns; l++)
                {
                    sum += l == i ? 0 : _factor[(i * columns) + l] * _inverse[(l * columns) + j];
                }

                _inverse[(i * columns) + j] = -sum / _factor[(i * columns) + i];
            }
        }

        for (int i = 0; i < columns && round == 0; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                _inverse[(i * columns) + j] /= _lengths[i];
            }
        }
    }

    /// <summary>‖PᵀP − I‖_F over the columns that there are.</summary>
    private double Defect()
    {
        double sum = 0;
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double difference = _isDropped[i] || _isDropped[j] ? 0 : _gram[(i * columns) + j] - (i == j ? 1 : 0);
                sum += difference * difference;
            }
        }

        return Math.Sqrt(sum);
    }
}
