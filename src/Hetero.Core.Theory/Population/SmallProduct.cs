namespace Hetero.Core.Theory.Population;

/// <summary>The plain product of small matrices.</summary>
internal static class SmallProduct
{
    /// <summary>Writes left·right, each entry one sum in the order of the columns of the left matrix.</summary>
    public static void Multiply(ReadOnlySpan<double> left, int rows, int inner, ReadOnlySpan<double> right, int columns, Span<double> result)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += left[(i * inner) + k] * right[(k * columns) + j];
                }

                result[(i * columns) + j] = sum;
            }
        }
    }
}
