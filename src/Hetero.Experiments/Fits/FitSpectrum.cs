using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>The eigenvalues of a symmetric matrix in svec form, the largest in size first, and what they say of its rank.</summary>
internal static class FitSpectrum
{
    /// <summary>The share of the largest eigenvalue below which another does not count.</summary>
    public const double Counted = 0.1;

    /// <summary>Returns all eigenvalues, the largest in size first.</summary>
    public static double[] Of<T>(int dimension, ReadOnlySpan<T> svec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] values = new double[dimension];
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(Square(dimension, svec), dimension, dimension), values);
        Array.Sort(values, (a, b) => Math.Abs(b).CompareTo(Math.Abs(a)));
        return values;
    }

    /// <summary>Returns how many eigenvalues have a tenth of the largest one's size or more; 0 where all are 0.</summary>
    /// <param name="spectrum">The eigenvalues, the largest in size first.</param>
    public static int Rank(IReadOnlyList<double> spectrum)
        => spectrum[0] == 0 ? 0 : spectrum.Count(value => Math.Abs(value) >= Counted * Math.Abs(spectrum[0]));

    /// <summary>Returns the matrix, row after row.</summary>
    public static double[] Square<T>(int dimension, ReadOnlySpan<T> svec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] packed = new double[svec.Length], square = new double[dimension * dimension];
        TensorPrimitives.ConvertTruncating<T, double>(svec, packed);
        Svec.Unpack<double>(packed, new MatrixSpan<double>(square, dimension, dimension));
        return square;
    }
}
