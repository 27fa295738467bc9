using System.Globalization;
using System.IO.Pipes;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>A pipe, which has no length and may never end, is refused in a line, whatever it would give.</summary>
public class UnsizedFileTests
{
    [Fact]
    public void Pipes_are_refused_by_name()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        string path = "/dev/fd/" + ((int)pipe.ClientSafePipeHandle.DangerousGetHandle()).ToString(CultureInfo.InvariantCulture);
        pipe.Write(new byte[64]);
        string array = Assert.Throws<ArrayFileException>(() => NpyArray<double>.Open(path)).Message;
        Assert.StartsWith($"'{path}' has no length, as a pipe has none; accepted is a NumPy array (.npy", array, StringComparison.Ordinal);
        string archive = Assert.Throws<ArrayFileException>(() => NpzArchive.Open(path)).Message;
        Assert.StartsWith($"'{path}' has no length, as a pipe has none; accepted is a NumPy archive (.npz)", archive, StringComparison.Ordinal);
        string manifest = Assert.Throws<DataFileException>(() => DataSet<double>.Open(path)).Message;
        Assert.Equal($"'{path}' has no length, as a pipe has none; accepted is a manifest, a file (JSON).", manifest);
    }

    // What a device gives is no array, and is not read to its end.
    [Fact]
    public void Endless_zeros_are_refused_by_name()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.Contains("begins with 000000000000", Assert.Throws<ArrayFileException>(() => NpyArray<double>.Open("/dev/zero")).Message, StringComparison.Ordinal);
        Assert.Throws<ArrayFileException>(() => NpzArchive.Open("/dev/zero"));
        Assert.Throws<DataFileException>(() => DataSet<double>.Open("/dev/zero"));
    }
}
