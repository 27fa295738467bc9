using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Arrays;

/// <summary>What a writer refuses it has not begun to write.</summary>
public class NpzWriterTests
{
    [Fact]
    public void A_refused_array_leaves_nothing_behind_and_its_name_free()
    {
        using NumPyFiles files = new();
        using MemoryStream stream = new();
        using (NpzWriter writer = new(stream))
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => writer.Write<double>("x", [1, 2, 3], 2));
            Assert.StartsWith("'numbers' has 3 elements; accepted is exactly 2", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => writer.Write<double>("y", [1], 2));
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write<double>("z", [1], -1));
            writer.Write<double>("x", [4, 5], 2);
        }

        using NpzArchive archive = NpzArchive.Open(files.Write("a.npz", stream.ToArray()));
        Assert.Equal(["x"], archive.Names);
        Assert.Equal([4, 5], archive.Read<double>("x").Memory.ToArray());
    }

    [Fact]
    public void A_refused_array_of_its_own_file_leaves_nothing_behind()
    {
        using MemoryStream stream = new();
        Assert.Throws<ArgumentException>(() => NpyWriter<double>.Write(stream, [1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => NpyWriter<double>.Write(stream, [1], 2));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Names_that_an_archive_cannot_say()
    {
        using NumPyFiles files = new();
        using MemoryStream stream = new();
        string longest = $"{new string('ü', 32_765)}x";
        using (NpzWriter writer = new(stream))
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => writer.Write<double>("\ud800", [1], 1));
            Assert.StartsWith("'name' is '\\u{D800}'; accepted is a text, without half of a surrogate pair.", refusal.Message, StringComparison.Ordinal);
            refusal = Assert.Throws<ArgumentException>(() => writer.Write<double>($"{longest}x", [1], 1));
            Assert.StartsWith("'name' has 65536 bytes of UTF-8 with '.npy'; accepted are at most 65535.", refusal.Message, StringComparison.Ordinal);
            writer.Write<double>(longest, [1], 1);
        }

        using NpzArchive archive = NpzArchive.Open(files.Write("a.npz", stream.ToArray()));
        Assert.Equal([longest], archive.Names);
    }

    [Fact]
    public void A_closed_archive_says_that_it_is_closed()
    {
        NpzArchive archive = NpzArchive.Open(NumPyFiles.Of("plain.npz"));
        archive.Dispose();
        Assert.Throws<ObjectDisposedException>(() => archive.Read<double>("x"));
    }

    [Fact]
    public void A_way_into_memory_that_there_is_none_of()
    {
        Assert.Throws<ArgumentOutOfRangeException>("access", () => NpyArray<double>.Open(NumPyFiles.Of("f8-little-C-1.npy"), (ArrayAccess)99));
    }

    [Fact]
    public void A_file_that_has_become_shorter_is_not_mapped()
    {
        using FileStream stream = File.OpenRead(NumPyFiles.Of("f8-little-C-1.npy"));
        int numbers = (int)((stream.Length - 128) / sizeof(double));
        using (MappedMemory<double> whole = new(stream, 128, numbers))
        {
            Assert.Equal(NumPyFiles.Numbers, whole.Memory.ToArray());
        }

        Assert.Throws<ArgumentException>(() => new MappedMemory<double>(stream, 128, numbers + 1));
    }
}
