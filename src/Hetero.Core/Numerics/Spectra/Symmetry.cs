using System.Globalization;
using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>The check of matrices that must be symmetric, apart from the round-off of those who made them. Thread-safe: no state.</summary>
internal static class Symmetry
{
    /// <summary>Accepts a square matrix A of finite entries with |a_ij − a_ji| ≤ 4n·ε·‖A‖_F; the smallest number takes the place of what vanishes.</summary>
    public static void Check<T>(ReadOnlyMatrixSpan<T> matrix, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T four = T.CreateChecked(4) * (T.BitIncrement(T.One) - T.One);
        T norm = T.Min(ScaledNorm.Of(matrix), T.BitDecrement(T.PositiveInfinity));
        T tolerance = T.CreateChecked(matrix.Rows) * T.Max(four * norm, T.Epsilon);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                T below = matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)];
                T above = matrix.Data[(j * matrix.RowStride) + (i * matrix.ColumnStride)];
                if (!(T.Abs(below - above) <= tolerance))
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture, $"'{name}' holds {below} at ({i}, {j}) and {above} at ({j}, {i}); accepted is a symmetric matrix."),
                        name);
                }
            }
        }
    }
}
