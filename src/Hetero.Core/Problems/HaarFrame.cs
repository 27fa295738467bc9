using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Problems;

/// <summary>
/// Haar-random frames: d×k matrices with orthonormal columns whose law no rotation changes. The Q of a Gaussian matrix with R's diagonal
/// positive (Mezzadri, How to generate random matrices from the classical compact groups, 2007). Thread-safe: no state.
/// </summary>
public static class HaarFrame
{
    // Entries that are filled between two looks at the wish to stop: some milliseconds.
    private const int Chunk = 1 << 22;

    /// <summary>Returns the largest number of columns of a frame of d rows: d, or what the scratch of the decomposition has room for.</summary>
    internal static int MaxColumns(int dimension) => (int)Math.Min(dimension, Array.MaxLength / (2 * (dimension + 1L)));

    /// <summary>Draws a frame.</summary>
    /// <param name="stream">The Gaussian entries, column after column from entry 0, so that a narrower frame has the same first columns.</param>
    /// <param name="dimension">The number of rows d, 1 or more.</param>
    /// <param name="columns">The number of columns k, 0 to d; from d = 32768 on less, as 2k(d + 1) numbers must fit into one array.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <returns>The d×k frame, row after row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static double[] Draw(in RandomStream stream, int dimension, int columns, CancellationToken cancellation = default)
    {
        Guard.AtLeast(dimension, 1);
        Guard.InRange(columns, 0, MaxColumns(dimension));
        double[] gaussian = new double[dimension * columns];
        for (int first = 0; first < gaussian.Length; first += Math.Min(Chunk, gaussian.Length - first))
        {
            cancellation.ThrowIfCancellationRequested();
            stream.FillGaussian(first, gaussian.AsSpan(first, Math.Min(Chunk, gaussian.Length - first)));
        }

        double[] frame = new double[gaussian.Length];
        double[] triangle = new double[columns * columns];
        double[] scratch = new double[HouseholderQr.GetScratchLength<double>(dimension, columns)];
        HouseholderQr.Decompose(
            new ReadOnlyMatrixSpan<double>(gaussian, columns, dimension).Transposed,
            scratch,
            new MatrixSpan<double>(frame, dimension, columns),
            new MatrixSpan<double>(triangle, columns, columns),
            cancellation: cancellation);
        return frame;
    }
}
