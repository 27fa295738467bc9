namespace Hetero.Experiments.Tests.Arrays;

/// <summary>The arrays that NumPy itself wrote (NumPy/make.py), and a folder for others.</summary>
internal sealed class NumPyFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hetero-arrays-");

    /// <summary>What NumPy was given: 24 numbers of the shape (3, 2, 4).</summary>
    public static double[] Numbers { get; } = [.. Enumerable.Range(0, 24).Select(i => (i * 0.5) - 3)];

    public static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Arrays", "NumPy", name);

    /// <summary>A file of one's own bytes.</summary>
    public string Write(string name, params byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
