using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using SharpFuzz;

// Whatever the bytes are, they are read or refused in a line, and never with more memory than a file of that size may take. The first byte says what they claim to be.
string path = Path.Combine(Environment.GetEnvironmentVariable("HETERO_FUZZ_FOLDER") ?? Path.GetTempPath(), $"hetero-fuzz-{Environment.ProcessId}");
Fuzzer.Run(stream =>
{
    using MemoryStream copy = new();
    stream.CopyTo(copy);
    byte[] bytes = copy.ToArray();
    if (bytes.Length == 0)
    {
        return;
    }

    byte[] rest = bytes[1..];
    File.WriteAllBytes(path, rest);
    (Action read, long perByte) = bytes[0] switch
    {
        // Tokens of JSON and what they become.
        (byte)'m' => ((Action)(() => DataManifestJson.Parse(rest, "data.json")), 200L),

        // An archive may unpack to 200 times its size, twice as much in double precision, by way of a chunk.
        (byte)'z' => (ReadArchive, 1000L),
        (byte)'c' => (() => NpyArray<double>.Open(path, ArrayAccess.Chunked).Dispose(), 16L),
        (byte)'f' => (() => NpyArray<float>.Open(path, ArrayAccess.Memory).Dispose(), 16L),
        _ => (() => NpyArray<double>.Open(path, ArrayAccess.Memory).Dispose(), 16L),
    };
    long before = GC.GetAllocatedBytesForCurrentThread();
    try
    {
        read();
    }
    catch (Exception refusal) when (refusal is ArrayFileException or DataFileException)
    {
        if (refusal.Message.Contains('\n', StringComparison.Ordinal) || refusal.Message.Length > 2000)
        {
            throw new InvalidOperationException("a refusal of more than a line", refusal);
        }
    }

    long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    if (allocated > (1 << 19) + (perByte * bytes.Length))
    {
        throw new InvalidOperationException($"{allocated} bytes of memory for a file of {rest.Length}");
    }
});

void ReadArchive()
{
    using NpzArchive archive = NpzArchive.Open(path);
    foreach (string name in archive.Names)
    {
        using NpyArray<double> array = archive.Read<double>(name);
    }
}
