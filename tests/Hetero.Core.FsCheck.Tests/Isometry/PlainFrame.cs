using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>Random orthonormal columns and random matrices with known norms, without the library's decompositions.</summary>
internal static class PlainFrame
{
    /// <summary>Draws d×k orthonormal columns: Gram and Schmidt, twice.</summary>
    public static Matrix Draw(int dimension, int columns, ulong seed)
    {
        System.Random random = new((int)(seed % int.MaxValue));
        Matrix frame = new(dimension, columns);
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < dimension; i++)
            {
                frame[i, j] = (2 * random.NextDouble()) - 1;
            }

            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < j; k++)
                {
                    double along = Enumerable.Range(0, dimension).Sum(i => frame[i, j] * frame[i, k]);
                    for (int i = 0; i < dimension; i++)
                    {
                        frame[i, j] -= along * frame[i, k];
                    }
                }

                double norm = Math.Sqrt(Enumerable.Range(0, dimension).Sum(i => frame[i, j] * frame[i, j]));
                for (int i = 0; i < dimension; i++)
                {
                    frame[i, j] /= norm;
                }
            }
        }

        return frame;
    }

    /// <summary>Draws a symmetric matrix of a rank with both signs; its Frobenius and nuclear norms are those of its eigenvalues.</summary>
    public static (Matrix Value, double Frobenius, double Nuclear) DrawSymmetric(int dimension, int rank, ulong seed)
    {
        Matrix frame = Draw(dimension, rank, seed), sum = new(dimension, dimension);
        System.Random random = new((int)((seed + 1) % int.MaxValue));
        double square = 0, nuclear = 0;
        for (int j = 0; j < rank; j++)
        {
            double value = (2 * random.NextDouble()) - 1;
            sum += value * (frame.Column(j) * frame.Column(j).T);
            (square, nuclear) = (square + (value * value), nuclear + Math.Abs(value));
        }

        return (sum, Math.Sqrt(square), nuclear);
    }
}
