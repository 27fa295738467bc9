using Hetero.Core.Random;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Draws of the extreme singular values of a d×r matrix of independent N(0,1) entries, d ≥ r, from the eigenvalues of its r×r Gram matrix.
/// </summary>
internal static class ExtremeSingularValues
{
    /// <summary>Returns (σ_r, σ_1) of each draw; draw i uses the stream of trial i.</summary>
    public static (double Smallest, double Largest)[] Draw(TheoryInstance instance, int streamIndex, int rows, int columns, int draws)
    {
        (double, double)[] values = new (double, double)[draws];
        double[] entries = new double[rows * columns];
        for (int draw = 0; draw < draws; draw++)
        {
            RandomStream stream = instance.Stream(streamIndex, draw);
            stream.FillGaussian(0, entries.AsSpan());
            Matrix matrix = new(entries, rows, columns);
            double[] squares = (matrix.T * matrix).Eigenvalues();
            values[draw] = (Math.Sqrt(Math.Max(0, squares[0])), Math.Sqrt(squares[^1]));
        }

        return values;
    }
}
