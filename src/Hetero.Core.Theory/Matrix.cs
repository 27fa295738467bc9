using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory;

/// <summary>
/// A small dense matrix with the operators of the paper's formulas, so that a check reads like its statement. It allocates with every operation:
/// checks are diagnostics, training never uses it.
/// </summary>
internal sealed class Matrix
{
    private readonly double[] _entries;

    /// <summary>Makes a zero matrix.</summary>
    public Matrix(int rows, int columns)
        : this(new double[checked(rows * columns)], rows, columns)
    {
    }

    /// <summary>Takes entries, row after row, without copying them.</summary>
    public Matrix(double[] entries, int rows, int columns)
    {
        Guard.Length(entries.Length, checked(rows * columns), nameof(entries));
        (_entries, Rows, Columns) = (entries, rows, columns);
    }

    public int Rows { get; }

    public int Columns { get; }

    public ReadOnlyMatrixSpan<double> Span => new(_entries, Rows, Columns);

    public double[] Entries => _entries;

    /// <summary>Gets the transpose.</summary>
    public Matrix T => Of(Span.Transposed);

    public double this[int row, int column]
    {
        get => _entries[(row * Columns) + column];
        set => _entries[(row * Columns) + column] = value;
    }

    public static Matrix operator +(Matrix left, Matrix right) => Combine(left, right, 1);

    public static Matrix operator -(Matrix left, Matrix right) => Combine(left, right, -1);

    public static Matrix operator *(double scale, Matrix matrix)
        => new(Array.ConvertAll(matrix._entries, entry => scale * entry), matrix.Rows, matrix.Columns);

    public static Matrix operator *(Matrix left, Matrix right)
    {
        Matrix product = new(left.Rows, right.Columns);
        double[] scratch = new double[Products.GetMultiplyScratchLength<double>(left.Rows, left.Columns, right.Columns)];
        Products.Multiply(left.Span, right.Span, scratch, new MatrixSpan<double>(product._entries, product.Rows, product.Columns));
        return product;
    }

    public static Matrix Identity(int size)
    {
        Matrix identity = new(size, size);
        for (int i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }

    /// <summary>Copies a view.</summary>
    public static Matrix Of(ReadOnlyMatrixSpan<double> view)
    {
        Matrix copy = new(view.Rows, view.Columns);
        for (int i = 0; i < view.Rows; i++)
        {
            for (int j = 0; j < view.Columns; j++)
            {
                copy[i, j] = view[i, j];
            }
        }

        return copy;
    }

    /// <summary>Copies a caller's argument, whose numbers must be finite.</summary>
    public static Matrix Of(ReadOnlyMatrixSpan<double> view, string name)
    {
        Matrix copy = Of(view);
        Guard.AllFinite<double>(copy._entries, name);
        return copy;
    }

    /// <summary>Returns the symmetric matrix of a svec form.</summary>
    public static Matrix OfSvec(ReadOnlySpan<double> svec, int dimension)
    {
        Matrix matrix = new(dimension, dimension);
        Sensing.Svec.Unpack(svec, new MatrixSpan<double>(matrix._entries, dimension, dimension));
        return matrix;
    }

    /// <summary>Returns svec of this symmetric matrix.</summary>
    public double[] ToSvec()
    {
        double[] svec = new double[Sensing.Svec.Length(Rows)];
        Sensing.Svec.Pack(Span, svec);
        return svec;
    }

    /// <summary>Returns ⟨A, B⟩ = tr(AᵀB).</summary>
    public double Inner(Matrix other)
    {
        Guard.Shape(other.Rows, other.Columns, Rows, Columns, nameof(other));
        return Reductions.Dot<double>(_entries, other._entries);
    }

    /// <summary>Returns the operator norm ‖A‖, the largest singular value.</summary>
    public double Norm()
        => Norms.Spectral<double>(Span, new double[Norms.GetSpectralScratchLength<double>(Rows, Columns)]);

    /// <summary>Returns the Frobenius norm.</summary>
    public double FrobeniusNorm() => Norms.Frobenius<double>(Span);

    /// <summary>Returns the nuclear norm ‖A‖_*, the sum of the singular values.</summary>
    public double NuclearNorm()
        => Norms.GeneralNuclear<double>(Span, new double[Norms.GetGeneralNuclearScratchLength<double>(Rows, Columns)]);

    /// <summary>Returns the eigenvalues of a symmetric matrix, ascending.</summary>
    public double[] Eigenvalues()
    {
        double[] values = new double[Rows];
        SymmetricEigen.Decompose<double>(Span, new double[SymmetricEigen.GetValuesScratchLength<double>(Rows)], values);
        return values;
    }

    /// <summary>Returns column <paramref name="index"/> as a matrix.</summary>
    public Matrix Column(int index)
    {
        Matrix column = new(Rows, 1);
        for (int i = 0; i < Rows; i++)
        {
            column[i, 0] = this[i, index];
        }

        return column;
    }

    private static Matrix Combine(Matrix left, Matrix right, double scale)
    {
        Guard.Shape(right.Rows, right.Columns, left.Rows, left.Columns, nameof(right));
        double[] entries = new double[left._entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = left._entries[i] + (scale * right._entries[i]);
        }

        return new Matrix(entries, left.Rows, left.Columns);
    }
}
