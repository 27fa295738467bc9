using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class TriangularSystemsOfDoubleTests : TriangularSystemTests<double>;

public sealed class TriangularSystemsOfFloatTests : TriangularSystemTests<float>;

public abstract class TriangularSystemTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sizes around blocks, and right-hand sides around the chunks that are transposed together.</summary>
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 3 }, { 3, 0 }, { 1, 1 }, { 5, 2 }, { 15, 33 }, { 16, 7 }, { 17, 1 }, { 33, 5 }, { 64, 64 }, { 100, 255 }, { 33, 256 }, { 40, 257 }, { 130, 20 },
    };

    /// <summary>|B − T·X| ≤ (n + 2)·ε·|T|·|X| in every entry, for triangles of any condition; the other triangle is NaN.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryResidualIsWithinTheBound(int n, int m)
    {
        foreach ((Triangle part, MatrixSide side, bool transposed, bool graded) in Kinds())
        {
            T[] data = Triangular(n, part, graded);
            ReadOnlyMatrixSpan<T> stored = transposed ? new ReadOnlyMatrixSpan<T>(Matrices.Transposed(data, n, n), n, n).Transposed : new(data, n, n);
            (int rows, int columns) = side == MatrixSide.Left ? (n, m) : (m, n);
            T[] b = Data.Uniform<T>(n * m, 4), x = [.. b];
            TriangularSystem.Solve(stored, part, side, new T[TriangularSystem.GetScratchLength<T>(rows, columns, side)], new MatrixSpan<T>(x, rows, columns));
            CheckResidual(data, part, side, b, x, n, m);
        }
    }

    [Fact]
    public void AgreesWithPlainSubstitution()
        => Properties.Check(Properties.Between(1, 90), n =>
        {
            foreach ((Triangle part, MatrixSide side, bool transposed, _) in Kinds())
            {
                // Well-conditioned: 2 on the diagonal, and in a row no more than 1 beside it.
                T[] data = Triangular(n, part, graded: false);
                for (int i = 0; i < data.Length; i++)
                {
                    data[i] = i % (n + 1) == 0 ? T.CreateChecked(2) : data[i] / T.CreateChecked(n);
                }

                ReadOnlyMatrixSpan<T> stored = transposed ? new ReadOnlyMatrixSpan<T>(Matrices.Transposed(data, n, n), n, n).Transposed : new(data, n, n);
                int m = (n % 7) + 1;
                (int rows, int columns) = side == MatrixSide.Left ? (n, m) : (m, n);
                T[] x = Data.Uniform<T>(n * m, 4);
                double[] plain = Plain(data, part, side, x, n, m);
                TriangularSystem.Solve(stored, part, side, new MatrixSpan<T>(x, rows, columns));
                for (int i = 0; i < x.Length; i++)
                {
                    Assert.True(Math.Abs(double.CreateChecked(x[i]) - plain[i]) <= 8 * n * double.CreateChecked(Data.Epsilon<T>()), $"{part}, {side}, {n}, {i}");
                }
            }
        }, trials: 30);

    [Theory]
    [InlineData(40, 30)]
    [InlineData(200, 300)]
    public void TheTeamAndTheSideChangeNoBits(int n, int m)
    {
        foreach ((Triangle part, _, bool transposed, bool graded) in Kinds())
        {
            T[] data = Triangular(n, part, graded);
            ReadOnlyMatrixSpan<T> stored = transposed ? new ReadOnlyMatrixSpan<T>(Matrices.Transposed(data, n, n), n, n).Transposed : new(data, n, n);
            T[] b = Data.Uniform<T>(n * m, 4), x = [.. b];
            TriangularSystem.Solve(stored, part, MatrixSide.Left, new MatrixSpan<T>(x, n, m));
            foreach (int degree in (int[])[1, 2, 3])
            {
                using WorkerTeam team = new(degree);
                T[] left = [.. b], right = Matrices.Transposed(b, n, m);
                TriangularSystem.Solve<T>(
                    stored, part, MatrixSide.Left, new T[TriangularSystem.GetScratchLength<T>(n, m, MatrixSide.Left, team)], new(left, n, m), team);
                TriangularSystem.Solve<T>(
                    stored.Transposed, part == Triangle.Lower ? Triangle.Upper : Triangle.Lower, MatrixSide.Right,
                    new T[TriangularSystem.GetScratchLength<T>(m, n, MatrixSide.Right, team)], new(right, m, n), team);
                Assert.True(Data.SameBits<T>(x, left), $"{part}, degree {degree}");
                Assert.True(Data.SameBits<T>(Matrices.Transposed(x, n, m), right), $"{part} on the right, degree {degree}");
            }
        }
    }

    [Fact]
    public void WhatCannotBeSolvedIsNamed()
    {
        T[] data = Triangular(5, Triangle.Upper, graded: false);
        data[18] = T.Zero;
        Assert.Contains("'triangle' holds 0 at (3, 3); accepted are triangles without zeros", Refusal(data, new T[10]).Message, StringComparison.Ordinal);
        data[13] = T.NaN;
        Assert.Contains("'triangle' holds NaN at (2, 3)", Refusal(data, new T[10]).Message, StringComparison.Ordinal);
        T[] sides = new T[10];
        sides[3] = T.NaN;
        Assert.Equal("sides", Refusal(data, sides).ParamName);

        static ArgumentException Refusal(T[] data, T[] sides)
            => Assert.ThrowsAny<ArgumentException>(() => TriangularSystem.Solve<T>(new(data, 5, 5), Triangle.Upper, MatrixSide.Left, new MatrixSpan<T>(sides, 5, 2)));
    }

    private static IEnumerable<(Triangle Part, MatrixSide Side, bool Transposed, bool Graded)> Kinds()
        => from part in Enum.GetValues<Triangle>()
           from side in Enum.GetValues<MatrixSide>()
           from transposed in new[] { false, true }
           from graded in new[] { false, true }
           select (part, side, transposed, graded);

    /// <summary>Uniform entries, at times of very different rows, with a diagonal of 1 to 2: its condition grows fast with n. NaN in the other triangle.</summary>
    private static T[] Triangular(int n, Triangle part, bool graded)
    {
        T[] data = Data.Uniform<T>(n * n, 8);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                bool isIn = part == Triangle.Lower ? j <= i : j >= i;
                T value = i == j ? T.One + T.Abs(data[(i * n) + j]) : data[(i * n) + j] / T.CreateChecked(4);
                data[(i * n) + j] = isIn ? T.ScaleB(value, graded ? -20 * i / n : 0) : T.NaN;
            }
        }

        return data;
    }

    private static void CheckResidual(T[] triangle, Triangle part, MatrixSide side, T[] b, T[] x, int n, int m)
    {
        double epsilon = double.CreateChecked(Data.Epsilon<T>());
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
            {
                // Tᵀ·Xᵀ = Bᵀ on the right.
                int At(int row) => side == MatrixSide.Left ? (row * m) + j : (j * n) + row;
                double residual = double.CreateChecked(b[At(i)]), bound = 0;
                for (int k = 0; k < n; k++)
                {
                    (int row, int column) = side == MatrixSide.Left ? (i, k) : (k, i);
                    if (part == Triangle.Lower ? column <= row : column >= row)
                    {
                        double term = double.CreateChecked(triangle[(row * n) + column]) * double.CreateChecked(x[At(k)]);
                        residual -= term;
                        bound += Math.Abs(term);
                    }
                }

                Assert.True(Math.Abs(residual) <= (n + 2) * epsilon * bound, $"{part}, {side}, {n}, ({i}, {j}): {residual / (epsilon * bound)}·ε");
            }
        }
    }

    private static double[] Plain(T[] triangle, Triangle part, MatrixSide side, T[] b, int n, int m)
    {
        double[] x = Array.ConvertAll(b, double.CreateChecked);
        bool ascending = (part == Triangle.Lower) == (side == MatrixSide.Left);
        for (int j = 0; j < m; j++)
        {
            int At(int row) => side == MatrixSide.Left ? (row * m) + j : (j * n) + row;
            for (int step = 0; step < n; step++)
            {
                int i = ascending ? step : n - 1 - step;
                for (int before = 0; before < step; before++)
                {
                    int k = ascending ? before : n - 1 - before;
                    x[At(i)] -= double.CreateChecked(side == MatrixSide.Left ? triangle[(i * n) + k] : triangle[(k * n) + i]) * x[At(k)];
                }

                x[At(i)] /= double.CreateChecked(triangle[i * (n + 1)]);
            }
        }

        return x;
    }
}
