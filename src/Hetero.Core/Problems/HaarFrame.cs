using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Problems;

/// <summary>
/// Haar-random frames: d×k matrices with orthonormal columns whose law no rotation changes. The Q of a Gaussian matrix with R's diagonal
/// positive (Mezzadri, How to generate random matrices from the classical compact groups, 2007). Thread-safe: no state.
/// </summary>
public static class HaarFrame
{
    /// <summary>Returns the largest number of columns of a frame of d rows: d, or what the scratch of the decomposition has room for.</summary>
    internal static int MaxColumns(int dimension) => (int)Math.Min(dimension, int.MaxValue / (2 * (dimension + 1L)));

    /// <summary>Draws a frame.</summary>
    /// <param name="stream">The Gaussian entries, column after column from entry 0, so that a narrower frame has the same first columns.</param>
    /// <param name="dimension">The number of rows d, 1 or more.</param>
    /// <param name="columns">The number of columns k, 0 to d; from d = 32768 on less, as 2k(d + 1) numbers must fit into one array.</param>
    /// <returns>The d×k frame, row after row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public static double[] Draw(in RandomStream stream, int dimension, int columns)
    {
        Guard.AtLeast(dimension, 1);
        Guard.InRange(columns, 0, MaxColumns(dimension));
        double[] gaussian = new double[dimension * columns];
        stream.FillGaussian(0, gaussian.AsSpan());
        double[] frame = new double[gaussian.Length];
        double[] triangle = new double[columns * columns];
        double[] scratch = new double[HouseholderQr.GetScratchLength<double>(dimension, columns)];
        HouseholderQr.Decompose(
            new ReadOnlyMatrixSpan<double>(gaussian, columns, dimension).Transposed,
            scratch,
            new MatrixSpan<double>(frame, dimension, columns),
            new MatrixSpan<double>(triangle, columns, columns));
        return frame;
    }
}
