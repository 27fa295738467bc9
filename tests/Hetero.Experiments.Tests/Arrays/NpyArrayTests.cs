using System.Numerics;
using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Arrays;

/// <summary>What NumPy wrote is what is read, by each way into memory, and what is written is what NumPy's format says.</summary>
public class NpyArrayTests
{
    public static TheoryData<string> All => [.. Directory.EnumerateFiles(NumPyFiles.Of(""), "f*.npy").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void NumPy_wrote_every_type_order_and_version() => Assert.Equal(24, All.Count);

    [Theory]
    [MemberData(nameof(All))]
    public void What_NumPy_wrote_is_read(string name)
    {
        Check<double>(name, ArrayAccess.Automatic);
        Check<double>(name, ArrayAccess.Memory);
        Check<float>(name, ArrayAccess.Automatic);
        Check<float>(name, ArrayAccess.Memory);
        Check<double>(name, ArrayAccess.Chunked);
        Check<float>(name, ArrayAccess.Chunked);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_array_is_mapped_where_it_stands_as_it_is_needed_and_refused_elsewhere(string name)
    {
        if (name.StartsWith("f8-little-C", StringComparison.Ordinal))
        {
            using NpyArray<double> array = NpyArray<double>.Open(NumPyFiles.Of(name), ArrayAccess.Mapped);
            Assert.True(array.IsMapped);
            Assert.Equal(NumPyFiles.Numbers, array.Memory.ToArray());
            return;
        }

        ArrayFileException refusal = Assert.Throws<ArrayFileException>(() => NpyArray<double>.Open(NumPyFiles.Of(name), ArrayAccess.Mapped));
        Assert.Contains("cannot be mapped; accepted is f8 in the byte order of this machine", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_a_vector_and_nothing()
    {
        using NpyArray<double> number = NpyArray<double>.Open(NumPyFiles.Of("number.npy")), vector = NpyArray<double>.Open(NumPyFiles.Of("vector.npy"));
        using NpyArray<double> empty = NpyArray<double>.Open(NumPyFiles.Of("empty.npy"));
        Assert.Empty(number.Shape);
        Assert.Equal([2.5], number.Memory.ToArray());
        Assert.Equal([3], vector.Shape);
        Assert.Equal([1.5, -2, double.PositiveInfinity], vector.Memory.ToArray());
        Assert.Equal([0, 3], empty.Shape);
        Assert.True(empty.Memory.IsEmpty);
    }

    // Chunks of 2¹⁸ bytes: 2¹⁵ doubles. One less, one more, and several of them, with the indices in either order.
    [Theory]
    [InlineData(32767, 1)]
    [InlineData(32769, 1)]
    [InlineData(211, 311)]
    public void Chunks_join(int rows, int columns)
    {
        using NumPyFiles files = new();
        double[] numbers = [.. Enumerable.Range(0, rows * columns).Select(i => (double)i)];
        using MemoryStream fortran = new();
        fortran.Write(RawNpy.Header("{'descr': '>f8', 'fortran_order': True, 'shape': (" + rows + ", " + columns + "), }"));
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                fortran.Write(RawNpy.BigEndian(numbers[(i * columns) + j]));
            }
        }

        using MemoryStream plain = new();
        NpyWriter<double>.Write(plain, numbers, rows, columns);
        foreach (MemoryStream stream in new[] { fortran, plain })
        {
            foreach (ArrayAccess access in new[] { ArrayAccess.Memory, ArrayAccess.Chunked })
            {
                using NpyArray<double> array = NpyArray<double>.Open(files.Write("a.npy", stream.ToArray()), access);
                Assert.Equal([rows, columns], array.Shape);
                Assert.Equal(numbers, array.Memory.ToArray());
            }
        }
    }

    // 48 MB in columns: two blocks of rows, and no more memory than one of them. The temporary file has no name that a killed process could leave.
    [Fact]
    public void Blocks_of_rows_join_and_take_no_memory_of_the_size_of_the_array()
    {
        const int Rows = 6000, Columns = 1000;
        using NumPyFiles files = new();
        double[] columns = [.. Enumerable.Range(0, Rows * Columns).Select(i => (double)i)];
        byte[] bytes = new byte[columns.Length * 8];
        Buffer.BlockCopy(columns, 0, bytes, 0, bytes.Length);
        string path = files.Write("a.npy", [.. RawNpy.Header("{'descr': '<f8', 'fortran_order': True, 'shape': (6000, 10, 100), }"), .. bytes]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using NpyArray<double> array = NpyArray<double>.Open(path, ArrayAccess.Chunked);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 35_000_000);
        Assert.False(array.IsMapped);
        Assert.Equal(0, array.MemoryBytes);
        ReadOnlySpan<double> found = array.Memory.Span;
        for (int i = 0; i < found.Length; i++)
        {
            // Entry (row, j, k) of a file with the first index fastest.
            (int row, int j, int k) = (i / Columns, i / 100 % 10, i % 100);
            Assert.True(found[i] == row + ((double)Rows * (j + (10 * k))));
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), $"hetero-{Environment.ProcessId}-*.tmp"));
        }
    }

    [Fact]
    public void What_must_be_converted_stays_in_memory_up_to_the_budget()
    {
        string name = NumPyFiles.Of("f4-big-F-1.npy");
        using NpyArray<double> within = NpyArray<double>.Open(name, ArrayAccess.Automatic, budget: 24 * 8, default);
        using NpyArray<double> beyond = NpyArray<double>.Open(name, ArrayAccess.Automatic, budget: (24 * 8) - 1, default);
        Assert.Equal((24 * 8, 0), (within.MemoryBytes, beyond.MemoryBytes));
        Assert.Equal(NumPyFiles.Numbers, within.Memory.ToArray());
        Assert.Equal(NumPyFiles.Numbers, beyond.Memory.ToArray());
    }

    [Fact]
    public void Double_read_as_float_is_rounded_and_refused_beyond_its_range()
    {
        using NumPyFiles files = new();
        using MemoryStream stream = new();
        NpyWriter<double>.Write(stream, [0.1, double.NaN, double.NegativeInfinity, 1e-60], 4);
        using NpyArray<float> array = NpyArray<float>.Open(files.Write("a.npy", stream.ToArray()));
        Assert.Equal([0.1f, float.NaN, float.NegativeInfinity, 0f], array.Memory.ToArray());
        using MemoryStream large = new();
        NpyWriter<double>.Write(large, [1, 1e39], 2);
        string path = files.Write("b.npy", large.ToArray());
        foreach (ArrayAccess access in new[] { ArrayAccess.Automatic, ArrayAccess.Chunked })
        {
            ArrayFileException refusal = Assert.Throws<ArrayFileException>(() => NpyArray<float>.Open(path, access));
            Assert.Equal($"'{path}' has a number beyond the range of float, number 2 of the file; accepted is numbers below 3.4e38, or double precision.", refusal.Message);
        }
    }

    // The layout by the format's description: magic, version, length, and numbers from a multiple of 64 on.
    [Fact]
    public void What_is_written_is_the_format()
    {
        using MemoryStream stream = new();
        NpyWriter<float> writer = new(stream, 2, 3);
        writer.Append([1, 2, 3]);
        Assert.Throws<InvalidOperationException>(writer.Finish);
        writer.Append([4, 5, 6]);
        writer.Finish();
        Assert.Throws<ArgumentException>(() => writer.Append([7]));
        byte[] bytes = stream.ToArray();
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0], bytes[..10]);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n", System.Text.Encoding.Latin1.GetString(bytes, 10, 118));
        Assert.Equal(128 + 24, bytes.Length);
        Assert.Equal(6f, BitConverter.ToSingle(bytes, 128 + 20));
    }

    [Theory]
    [InlineData("()", new long[0])]
    [InlineData("(7,)", new long[] { 7 })]
    public void Shapes_of_few_sizes_stand_as_Python_writes_tuples(string tuple, long[] shape)
    {
        using MemoryStream stream = new();
        _ = new NpyWriter<double>(stream, shape);
        Assert.Contains($"'shape': {tuple}, ", System.Text.Encoding.Latin1.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    // What is written can be read: sizes of which one is 0 count as well, and a header has room for what NumPy has.
    [Fact]
    public void Shapes_that_no_reader_takes_are_not_written()
    {
        using MemoryStream stream = new();
        foreach (long[] shape in new long[][] { [0, 1L << 40, 1L << 40], [1L << 40, 1L << 40, 0], [1L << 60], [.. Enumerable.Repeat(1L, 65)], [.. Enumerable.Repeat(1L, 30_000)], [-1] })
        {
            Assert.StartsWith("shape", Assert.ThrowsAny<ArgumentException>(() => new NpyWriter<double>(stream, shape)).ParamName, StringComparison.Ordinal);
        }

        Assert.Equal(0, stream.Length);
        long[] most = [.. Enumerable.Repeat(1L, 63), 0];
        NpyWriter<double>.Write(stream, [], most);
        using NumPyFiles files = new();
        using NpyArray<double> array = NpyArray<double>.Open(files.Write("a.npy", stream.ToArray()));
        Assert.Equal(most, array.Shape);
    }

    private static void Check<T>(string name, ArrayAccess access)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using NpyArray<T> array = NpyArray<T>.Open(NumPyFiles.Of(name), access);
        Assert.Equal([3, 2, 4], array.Shape);
        Assert.Equal(NumPyFiles.Numbers.Select(T.CreateChecked), array.Memory.ToArray());
    }
}
