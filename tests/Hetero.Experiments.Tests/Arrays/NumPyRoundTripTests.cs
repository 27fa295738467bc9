using System.Diagnostics;
using System.Numerics;
using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Arrays;

/// <summary>The NumPy of this machine, where there is one, reads what is written and writes what is read: every type, byte order, order of indices and version, bit for bit.</summary>
public class NumPyRoundTripTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void NumPy_reads_what_is_written()
    {
        SkipWithoutNumPy();
        using NumPyFiles files = new();
        long[][] shapes = [[], [24], [3, 2, 4], [0, 3]];
        foreach ((long[] shape, int i) in shapes.Select((shape, i) => (shape, i)))
        {
            double[] numbers = NumPyFiles.Numbers[..(int)shape.Aggregate(1L, (a, b) => a * b)];
            files.Write($"f8-{i}.npy", Bytes<double>(numbers, shape));
            files.Write($"f4-{i}.npy", Bytes<float>([.. numbers.Select(x => (float)x)], shape));
        }

        using MemoryStream archive = new();
        using (NpzWriter writer = new(archive))
        {
            writer.Write<double>("x", NumPyFiles.Numbers, 3, 2, 4);
            writer.Write<float>("y", [1, 2, 3], 3);
        }

        string folder = Path.GetDirectoryName(files.Write("all.npz", archive.ToArray()))!;
        Assert.Equal("10", Run(
            """
            import sys, numpy as np
            read = 0
            for size in "84":
                for i, shape in enumerate([(), (24,), (3, 2, 4), (0, 3)]):
                    a = np.load(f"{sys.argv[1]}/f{size}-{i}.npy", allow_pickle=False)
                    count = int(np.prod(shape))
                    assert a.dtype.str == "<f" + size and a.shape == shape and a.flags.c_contiguous, (a.dtype, a.shape)
                    assert a.tobytes() == (np.arange(count) * 0.5 - 3).astype("<f" + size).tobytes()
                    read += 1
            with np.load(f"{sys.argv[1]}/all.npz", allow_pickle=False) as z:
                assert z["x"].tobytes() == (np.arange(24) * 0.5 - 3).tobytes() and z["x"].shape == (3, 2, 4)
                assert z["y"].dtype == np.float32 and list(z["y"]) == [1, 2, 3]
                read += len(z.files)
            print(read)
            """,
            folder));
    }

    // Random bits of finite numbers, beside them the same numbers plainly, as little-endian f8.
    [Fact]
    public void What_NumPy_writes_is_read()
    {
        SkipWithoutNumPy();
        using NumPyFiles files = new();
        string folder = Path.GetDirectoryName(files.Write("empty"))!;
        Assert.Equal("24", Run(
            """
            import sys, numpy as np
            rng, written = np.random.default_rng(7), 0
            for size in "84":
                for order in "<>":
                    for indices in "CF":
                        for version in (1, 2, 3):
                            a = np.array(rng.standard_normal((5, 3, 2)) * 10.0 ** rng.integers(-30, 30, (5, 3, 2)), order + "f" + size, order=indices)
                            name = f"{sys.argv[1]}/{size}{'L' if order == '<' else 'B'}{indices}{version}"
                            with open(name + ".npy", "wb") as file:
                                np.lib.format.write_array(file, a, (version, 0))
                            np.ascontiguousarray(a, "<f8").tofile(name + ".raw")
                            written += 1
            print(written)
            """,
            folder));
        foreach (string path in Directory.EnumerateFiles(folder, "*.npy"))
        {
            byte[] raw = File.ReadAllBytes(Path.ChangeExtension(path, ".raw"));
            double[] expected = new double[raw.Length / 8];
            Buffer.BlockCopy(raw, 0, expected, 0, raw.Length);
            foreach (ArrayAccess access in new[] { ArrayAccess.Automatic, ArrayAccess.Memory, ArrayAccess.Chunked })
            {
                using NpyArray<double> wide = NpyArray<double>.Open(path, access);
                Assert.Equal([5, 3, 2], wide.Shape);
                Assert.Equal(expected, wide.Memory.ToArray());
                using NpyArray<float> narrow = NpyArray<float>.Open(path, access);
                Assert.Equal(expected.Select(x => (float)x), narrow.Memory.ToArray());
            }
        }
    }

    private static byte[] Bytes<T>(T[] numbers, long[] shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream stream = new();
        NpyWriter<T>.Write(stream, numbers, shape);
        return stream.ToArray();
    }

    private static void SkipWithoutNumPy()
    {
        if (!File.Exists(Python) || Start("import numpy") is not (0, _))
        {
            Assert.Skip($"{Python} with numpy is needed (Debian: python3-numpy).");
        }
    }

    private static string Run(string script, string folder)
    {
        (int code, string output) = Start(script, folder);
        Assert.True(code == 0, output);
        return output.Trim();
    }

    private static (int Code, string Output) Start(string script, params string[] arguments)
    {
        ProcessStartInfo start = new(Python, ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
