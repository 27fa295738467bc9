using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>The least memory that a generator accepts is what it takes: what the first environment leaves, what the next one allocates, and the row as it is stored.</summary>
public class DataGeneratorMemoryTests
{
    private const int D = 200;

    private static readonly RunRecipe Recipe = new() { Dimension = D, Spread = 3 };

    [Theory]
    [InlineData(MeasurementLayout.Svec)]
    [InlineData(MeasurementLayout.Square)]
    [InlineData(MeasurementLayout.RankOne)]
    public void Memory_is_what_two_environments_and_a_row_take(MeasurementLayout layout)
    {
        DataGenerator generator = new(Recipe, layout: layout);
        double[] row = new double[generator.RowLength], response = new double[1];
        generator.Fill<double>(0, 0, row, response);
        long before = GC.GetAllocatedBytesForCurrentThread();
        generator.Fill<double>(1, 0, row, response);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // A* as svec, and the signal of the environment before: svec, or a square.
        long halves = (long)D * (D + 1) / 2 * 8, kept = layout == MeasurementLayout.Svec ? 2 * halves : 3 * halves, taken = allocated + kept + (8L * row.Length);
        (long low, long high) = (0, 1L << 30);
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            bool isRefused = Record.Exception(() => new DataGenerator(Recipe with { Memory = middle }, layout: layout)) is RecipeException;
            (low, high) = isRefused ? (middle, high) : (low, middle);
        }

        Assert.InRange(high / (double)taken, 0.98, 1.03);
    }
}
