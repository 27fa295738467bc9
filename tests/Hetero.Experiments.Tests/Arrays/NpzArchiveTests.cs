using System.IO.Compression;
using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Arrays;

/// <summary>Archives as NumPy writes them, our own, and what is none.</summary>
public class NpzArchiveTests
{
    [Theory]
    [InlineData("plain.npz")]
    [InlineData("compressed.npz")]
    public void What_NumPy_wrote_is_read(string name)
    {
        using NpzArchive archive = NpzArchive.Open(NumPyFiles.Of(name));
        Assert.Equal(["x", "y"], archive.Names);
        Assert.Equal(NumPyFiles.Numbers, archive.Read<double>("x").Memory.ToArray());
        NpyArray<float> y = archive.Read<float>("y");
        Assert.Equal(NumPyFiles.Numbers.Select(number => (float)number), y.Memory.ToArray());
        Assert.Equal([3, 2, 4], y.Shape);
        Assert.Equal(NumPyFiles.Numbers, archive.Read<double>("y").Memory.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_and_the_same_bytes_each_time()
    {
        using NumPyFiles files = new();
        byte[] bytes = Archive();
        Assert.Equal(bytes, Archive());
        using NpzArchive archive = NpzArchive.Open(files.Write("a.npz", bytes));
        Assert.Equal([1, 2, 3, 4], archive.Read<double>("x").Memory.ToArray());
        Assert.Equal([2, 2], archive.Read<double>("x").Shape);
        Assert.Equal([5f], archive.Read<float>("y").Memory.ToArray());

        static byte[] Archive()
        {
            using MemoryStream stream = new();
            using (NpzWriter writer = new(stream))
            {
                writer.Write<double>("x", [1, 2, 3, 4], 2, 2);
                writer.Write<float>("y", [5], 1);
                Assert.Throws<ArgumentException>(() => writer.Write<float>("y", [5], 1));
            }

            return stream.ToArray();
        }
    }

    [Fact]
    public void A_name_that_is_not_there_and_an_array_that_is_all_but_nothing()
    {
        using NpzArchive archive = NpzArchive.Open(NumPyFiles.Of("plain.npz"));
        ArrayFileException refusal = Assert.Throws<ArrayFileException>(() => archive.Read<double>("z"));
        Assert.EndsWith("plain.npz' has no array 'z'; accepted is one of x, y.", refusal.Message, StringComparison.Ordinal);

        // 8 MiB of zeros out of 8 KiB.
        using NpzArchive bomb = NpzArchive.Open(NumPyFiles.Of("bomb.npz"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        refusal = Assert.Throws<ArrayFileException>(() => bomb.Read<double>("x"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
        Assert.Contains("bomb.npz:x' would be 8388736 bytes from ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("at most 200 times as many", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_of_something_else()
    {
        using NumPyFiles files = new();
        string path = files.Write("a.npz", [.. "PK"u8, 3, 4, 0, 0]);
        Assert.Equal(
            $"'{path}' is no zip file, or a damaged one; accepted is a NumPy archive (.npz) as np.savez or np.savez_compressed writes it.",
            Assert.Throws<ArrayFileException>(() => NpzArchive.Open(path)).Message);
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("notes.txt");
        }

        path = files.Write("b.npz", stream.ToArray());
        Assert.Contains("has 'notes.txt' in it, which is no array", Assert.Throws<ArrayFileException>(() => NpzArchive.Open(path)).Message, StringComparison.Ordinal);
        using MemoryStream twice = new();
        using (ZipArchive zip = new(twice, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("x.npy");
            zip.CreateEntry("x.npy");
        }

        path = files.Write("c.npz", twice.ToArray());
        Assert.Contains("has 'x.npy' twice", Assert.Throws<ArrayFileException>(() => NpzArchive.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_archive_is_not_a_damaged_one()
    {
        NpzArchive archive = NpzArchive.Open(NumPyFiles.Of("plain.npz"));
        archive.Dispose();
        Assert.Throws<ObjectDisposedException>(() => archive.Read<double>("x"));
    }

    // Bytes of archives changed: what is read is what was written (the checksum stands for it), all else is refused.
    [Theory]
    [InlineData("plain.npz")]
    [InlineData("compressed.npz")]
    public void Four_thousand_changed_archives(string name)
    {
        using NumPyFiles files = new();
        byte[] good = File.ReadAllBytes(NumPyFiles.Of(name));
        Random random = new(4);
        int read = 0, refused = 0;
        for (int trial = 0; trial < 2_000; trial++)
        {
            byte[] changed = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            string path = files.Write("a.npz", random.Next(8) == 0 ? changed[..random.Next(changed.Length)] : changed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using NpzArchive archive = NpzArchive.Open(path);
                foreach (string array in archive.Names)
                {
                    _ = archive.Read<double>(array);
                    read++;
                }
            }
            catch (ArrayFileException refusal)
            {
                refused++;
                Assert.DoesNotContain('\n', refusal.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        }

        Assert.True(read > 20 && refused > 200, $"{read} arrays were read, {refused} archives refused.");
    }
}
