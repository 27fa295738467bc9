using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class ScaledGramsOfDoubleTests : ScaledGramTests<double>;

public sealed class ScaledGramsOfFloatTests : ScaledGramTests<float>;

/// <summary>Products with α and β, in one matrix and of one factor.</summary>
public abstract class ScaledGramTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of the old matrix the part above the diagonal, NaN here, is not read; mirrored or left alone.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    [InlineData(7, 3)]
    [InlineData(100, 5)]
    [InlineData(191, 20)]
    [InlineData(193, 192)]
    [InlineData(385, 40)]
    [InlineData(65, 384)]
    [InlineData(49, 385)]
    public void ScaledGramsHaveTheBitsOfTheDefinition(int rows, int inner)
    {
        ReadOnlyMatrixSpan<T> factor = new(Data.Uniform<T>(rows * inner, 5), rows, inner);
        foreach (ProductUpdate<T> update in ProductUpdates.Of<T>())
        {
            T[] start = Data.Uniform<T>(rows * rows, 6);
            T[] expected = PlainProducts.Compute(factor, factor.Transposed, [.. start], update);
            T[] mirrored = [.. start], lower = [.. start];
            for (int i = 0; i < rows; i++)
            {
                for (int j = i + 1; j < rows; j++)
                {
                    mirrored[(i * rows) + j] = lower[(i * rows) + j] = T.NaN;
                    expected[(i * rows) + j] = expected[(j * rows) + i];
                }
            }

            using WorkerTeam team = new(2);
            Products.Gram(update.Alpha, factor, update.Beta, new(mirrored, rows, rows));
            Assert.True(Data.SameBits<T>(expected, mirrored), $"{update.Alpha}, {update.Beta}");
            T[] scratch = new T[Products.GetGramScratchLength<T>(rows, inner, team)];
            Products.GramLower(update.Alpha, factor, update.Beta, scratch, new MatrixSpan<T>(lower, rows, rows), team);
            for (int i = 0; i < rows; i++)
            {
                Assert.True(Data.SameBits<T>(expected.AsSpan(i * rows, i + 1), lower.AsSpan(i * rows, i + 1)), $"row {i}: {update.Alpha}, {update.Beta}");
                Assert.True(!lower.AsSpan((i * rows) + i + 1, rows - i - 1).ContainsAnyExcept(T.NaN), $"row {i}");
            }
        }
    }

    /// <summary>The Schur complement of a block is computed in one matrix; blocks that meet are refused by name.</summary>
    [Fact]
    public void BlocksOfOneMatrixMayBeFactorsAndDestination()
    {
        const int N = 40, K = 13;
        T[] data = Data.Uniform<T>(N * N, 1), copy = [.. data];
        MatrixSpan<T> matrix = new(data, N, N);
        Products.Multiply(T.NegativeOne, matrix.Slice(K, 0, N - K, K), matrix.Slice(0, K, K, N - K), T.One, matrix.Slice(K, K, N - K, N - K));
        T[] corner = new T[(N - K) * (N - K)];
        ReadOnlyMatrixSpan<T> old = new(copy, N, N);
        old.Slice(K, K, N - K, N - K).CopyTo(new(corner, N - K, N - K));
        PlainProducts.Compute(old.Slice(K, 0, N - K, K), old.Slice(0, K, K, N - K), corner, ProductUpdate<T>.Subtract);
        new ReadOnlyMatrixSpan<T>(corner, N - K, N - K).CopyTo(new MatrixSpan<T>(copy, N, N).Slice(K, K, N - K, N - K));
        Assert.True(Data.SameBits<T>(copy, data));

        Refused("destination", () => Meeting(data, 0, K - 1));
        Refused("destination", () => Meeting(data, K - 1, 0));
        Assert.Null(Record.Exception(() => Meeting(data, K, 0)));

        static void Meeting(T[] data, int row, int column)
        {
            MatrixSpan<T> whole = new(data, N, N);
            Products.Multiply<T>(whole.Slice(0, 0, K, K), whole.Slice(0, 0, K, K), whole.Slice(row, column, K, K));
        }
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);
}
