using System.Text;
using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Arrays;

/// <summary>What is no array of numbers is refused in a line that names the file, what was found and what is accepted, and costs no memory that the file does not have.</summary>
public class NpyRefusalTests
{
    private const string Good = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";

    public static TheoryData<string, string> Dictionaries => new()
    {
        { Good.Replace("(2,)", "(3,)", StringComparison.Ordinal), "has 16 bytes of numbers; accepted is 24, as its shape (3,) of f8 needs" },
        { Good.Replace("(2,)", "(1,)", StringComparison.Ordinal), "has 16 bytes of numbers; accepted is 8" },
        { Good.Replace("(2,)", "(0,)", StringComparison.Ordinal), "has 16 bytes of numbers; accepted is 0" },
        { Good.Replace("(2,)", "(2)", StringComparison.Ordinal), "where its header needs a comma" },
        { Good.Replace("(2,)", "(-2,)", StringComparison.Ordinal), "has '-' where its header needs a size, 0 or more" },
        { Good.Replace("(2,)", "(2.0,)", StringComparison.Ordinal), "has '.' where its header needs" },
        { Good.Replace("(2,)", "[2]", StringComparison.Ordinal), "has '[' where its header needs '('" },
        { Good.Replace("(2,)", "(4000000000, 4000000000)", StringComparison.Ordinal), "has a shape of more than 2^63 bytes, (4000000000, 4000000000)" },
        { Good.Replace("(2,)", "(4000000000, 4000000000, 0)", StringComparison.Ordinal), "has a shape of more than 2^63 bytes" },
        { Good.Replace("(2,)", "(99999999999999999999,)", StringComparison.Ordinal), "has a size of 99999999999999999999 in its shape" },
        { Good.Replace("(2,)", "(1000000000000,)", StringComparison.Ordinal), "has 16 bytes of numbers; accepted is 8000000000000" },
        { Good.Replace("<f8", "|O", StringComparison.Ordinal), "has numbers of type '|O'; accepted is f4 or f8" },
        { Good.Replace("<f8", "<i8", StringComparison.Ordinal), "has numbers of type '<i8'" },
        { Good.Replace("<f8", "<f2", StringComparison.Ordinal), "has numbers of type '<f2'" },
        { Good.Replace("'<f8'", "[('x', '<f8')]", StringComparison.Ordinal), "holds records of several fields" },
        { Good.Replace("False", "0", StringComparison.Ordinal), "where its header needs True or False" },
        { Good.Replace("'shape'", "'size'", StringComparison.Ordinal), "has 'size' in its header" },
        { Good.Replace("'fortran_order'", "'descr'", StringComparison.Ordinal).Replace("False", "'<f8'", StringComparison.Ordinal), "has 'descr' twice in its header" },
        { "{'descr': '<f8', 'shape': (2,), }", "has no 'fortran_order' in its header" },
        { Good + "import os", "has something behind the dictionary" },
        { "__import__('os')", "has '_' where its header needs '{'" },
        { "{'descr': '<f8", "has a quote without an end" },
        { "", "ends where its header needs '{'" },
        { Good.Replace("(2,)", "(" + string.Concat(Enumerable.Repeat("1, ", 65)) + ")", StringComparison.Ordinal), "has 65 dimensions; accepted is at most 64" },
    };

    [Theory]
    [MemberData(nameof(Dictionaries))]
    public void A_header(string dictionary, string message) => Refused([.. RawNpy.Header(dictionary), .. new byte[16]], message);

    [Fact]
    public void Whatever_the_space_and_the_order_of_the_members()
    {
        using NumPyFiles files = new();
        byte[] header = RawNpy.Header(" {\"shape\" :( 2 , ),'fortran_order':False , 'descr':'=f8'} ");
        using NpyArray<double> array = NpyArray<double>.Open(files.Write("a.npy", [.. header, .. new byte[16]]));
        Assert.Equal([2], array.Shape);
    }

    [Fact]
    public void Files_that_are_something_else()
    {
        Refused([], "ends within its header");
        Refused([0x93, .. "NUMPY"u8], "ends within its header");
        Refused(RawNpy.Header(Good)[..40], "ends within its header");
        Refused(Encoding.ASCII.GetBytes("1,2,3\n4,5,6\n"), "begins with 312C322C330A, not with 934E554D5059");
        Refused(RawNpy.Header(4, 0, Good), "is of version 4.0");
        Refused(RawNpy.Header(1, 1, Good), "is of version 1.1");

        // A header that claims a gigabyte.
        Refused([0x93, .. "NUMPY"u8, 2, 0, 0, 0xCA, 0x9A, 0x3B, .. "{"u8], "has a header of 1000000000 bytes; accepted is one of at most 65536");
        Refused(File.ReadAllBytes(NumPyFiles.Of("objects.npy")), "has numbers of type '|O'");
        Refused(File.ReadAllBytes(NumPyFiles.Of("complex.npy")), "has numbers of type '<c16'");
        Refused(File.ReadAllBytes(NumPyFiles.Of("integers.npy")), "has numbers of type '<i4'; accepted is f4 or f8, of either byte order (in NumPy: x.astype('f8'))");
        Refused(File.ReadAllBytes(NumPyFiles.Of("records.npy")), "holds records of several fields");
        byte[] good = File.ReadAllBytes(NumPyFiles.Of("f8-little-C-1.npy"));
        Refused(good[..^1], "has 191 bytes of numbers; accepted is 192, as its shape (3, 2, 4) of f8 needs");
        Refused([.. good, 0], "has 193 bytes of numbers");
    }

    // One to four bytes of a good header changed, taken away or doubled: read or refused, never anything else, and never with more memory than a header may have.
    [Theory]
    [InlineData("f8-little-C-1.npy", 1)]
    [InlineData("f4-big-F-2.npy", 2)]
    [InlineData("f8-big-C-3.npy", 3)]
    public void A_hundred_thousand_changed_headers(string name, int seed)
    {
        byte[] good = File.ReadAllBytes(NumPyFiles.Of(name));
        Random random = new(seed);
        byte[] changed = new byte[good.Length + 8];
        int read = 0;
        for (int trial = 0; trial < 34_000; trial++)
        {
            int length = good.Length;
            good.CopyTo(changed, 0);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int at = random.Next(Math.Min(length, 140));
                switch (random.Next(4))
                {
                    case 0:
                        changed[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        changed[at] = "0123456789,(){}'<>=f48 TFx"u8[random.Next(26)];
                        break;
                    case 2 when length > 1:
                        changed.AsSpan(at + 1, length - at - 1).CopyTo(changed.AsSpan(at));
                        length--;
                        break;
                    case 3 when length < changed.Length:
                        changed.AsSpan(at, length - at).CopyTo(changed.AsSpan(at + 1));
                        length++;
                        break;
                }
            }

            using MemoryStream stream = new(changed, 0, length, writable: false);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                NpyHeader header = NpyHeader.Read(stream, "a.npy");
                read++;
                Assert.InRange(header.DataOffset, 10, length);
                Assert.Equal(header.Shape.Aggregate((Int128)1, (product, size) => product * size), header.Count);
            }
            catch (ArrayFileException refusal)
            {
                Assert.DoesNotContain('\n', refusal.Message);
                Assert.StartsWith("'a.npy' ", refusal.Message, StringComparison.Ordinal);
                Assert.InRange(refusal.Message.Length, 30, 400);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
        }

        // A change of the sizes alone leaves a header, so that both sides were seen.
        Assert.InRange(read, 1000, 33_000);
    }

    private static void Refused(byte[] bytes, string message)
    {
        using NumPyFiles files = new();
        string path = files.Write("a.npy", bytes);
        foreach (ArrayAccess access in Enum.GetValues<ArrayAccess>())
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ArrayFileException refusal = Assert.Throws<ArrayFileException>(() => NpyArray<double>.Open(path, access));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.StartsWith($"'{path}' ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Equal(path, refusal.File);
        }
    }
}
