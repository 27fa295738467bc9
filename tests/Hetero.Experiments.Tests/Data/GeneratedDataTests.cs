using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>Streams get the rows of the generator, whatever the number of threads, and give back what goes wrong.</summary>
public class GeneratedDataTests
{
    // Rows of 1,275 numbers: blocks of 2 × threads × 102 rows, so that 1,000 rows are several blocks and an odd end.
    private static readonly RunRecipe Recipe = DataFolder.Recipe with { Dimension = 50, Samples = 1000, Noise = 0.3 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_stream_gets_the_rows_of_the_generator(int threads)
    {
        GeneratedData<double> data = new(Recipe);
        using MemoryStream x = new(), y = new();
        List<long> reported = [];
        data.WriteEnvironment(1, x, y, threads, new Reports(reported));
        double[] rows = new double[1000 * 1275], responses = new double[1000];
        new DataGenerator(Recipe).Fill<double>(1, 0, rows, responses);
        Assert.Equal(rows, Numbers(x));
        Assert.Equal(responses, Numbers(y));
        Assert.Equal(1000, reported[^1]);
        Assert.Equal(reported.Order(), reported);
        Assert.True(data.HasMeasurements(1, x) && data.HasResponses(1, y));
        Assert.False(data.HasMeasurements(0, x) || data.HasResponses(0, y) || data.HasMeasurements(1, y));

        // Another noise: the rows are the same, the responses are not.
        GeneratedData<double> noisier = new(Recipe with { Noise = 0.4 });
        Assert.True(noisier.HasMeasurements(1, x));
        Assert.False(noisier.HasResponses(1, y));
    }

    [Fact]
    public void A_stream_that_fails_ends_the_work()
    {
        GeneratedData<double> data = new(Recipe);
        using MemoryStream full = new(new byte[3_000_000]), responses = new();
        Assert.Throws<NotSupportedException>(() => data.WriteEnvironment(0, full, responses, threads: 2));
        Assert.Throws<OperationCanceledException>(() => data.WriteEnvironment(0, Stream.Null, responses, cancellation: new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.WriteEnvironment(2, Stream.Null, responses));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.WriteEnvironment(0, Stream.Null, responses, threads: 0));
    }

    private static double[] Numbers(MemoryStream stream)
    {
        byte[] bytes = stream.ToArray();
        double[] numbers = new double[(bytes.Length - 128) / 8];
        Buffer.BlockCopy(bytes, 128, numbers, 0, numbers.Length * 8);
        return numbers;
    }

    private sealed class Reports(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
