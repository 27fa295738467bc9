using System.Security.Cryptography;
using System.Text.Json;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>What a fit has found, read from its directory, to predict the responses of new inputs: ŷ = ⟨X, M⟩.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FittedModel
{
    private const int MostManifestBytes = 1 << 26;
    private const string Accepted = "the manifest fit.json of hetero fit, or its directory";

    private readonly double[] _square;

    private FittedModel(int dimension, double[] square) => (Dimension, _square) = (dimension, square);

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Gets the estimate M, d×d, row after row.</summary>
    public ReadOnlySpan<double> Estimate => _square;

    /// <summary>Reads a fit.</summary>
    /// <param name="path">Its directory, or the manifest in it.</param>
    /// <exception cref="DataFileException">It is none, or the estimate beside it is of another fit.</exception>
    /// <exception cref="ArrayFileException">The estimate cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be read.</exception>
    public static FittedModel Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string manifest = Directory.Exists(path) ? Path.Combine(path, "fit.json") : path;
        (int dimension, string hash) = Read(manifest);
        string estimate = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifest))!, "estimate.npy");
        using NpyArray<double> array = NpyArray<double>.Open(estimate, ArrayAccess.Automatic);
        if (!array.Shape.SequenceEqual([dimension, dimension]))
        {
            throw new DataFileException(estimate, $"has the shape {NpyHeader.ShapeText(array.Shape)}", FormattableString.Invariant($"({dimension}, {dimension}), as '{Shown.Of(manifest)}' says"));
        }

        using FileStream stream = File.OpenRead(estimate);
        string found = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))}";
        return found == hash
            ? new FittedModel(dimension, array.Memory.ToArray())
            : throw new DataFileException(estimate, "is not the one that its manifest tells of", $"the file that '{Shown.Of(manifest)}' was written with");
    }

    /// <summary>Predicts the responses of inputs.</summary>
    /// <param name="inputs">The inputs, X_1, X_2, … one after another.</param>
    /// <param name="width">The numbers of each: d² for squares, d(d+1)/2 for svec, d for x, which stands for xxᵀ.</param>
    /// <param name="responses">Receives a number for each.</param>
    /// <exception cref="ArgumentException">The width is none of these, or a length does not fit.</exception>
    public void Predict(ReadOnlySpan<double> inputs, int width, Span<double> responses)
    {
        int d = Dimension, packed = Svec.Length(d);
        if ((width != d * d && width != packed && width != d) || inputs.Length != (long)width * responses.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(inputs)}' has {inputs.Length} numbers for {responses.Length} responses of width {width}; accepted are widths of {d * d}, {packed} and {d}."),
                nameof(inputs));
        }

        double[] weights = _square;
        if (width == packed)
        {
            weights = new double[packed];
            Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(_square, d, d), weights);
        }

        for (int i = 0; i < responses.Length; i++)
        {
            ReadOnlySpan<double> input = inputs.Slice(i * width, width);
            responses[i] = width == d && d > 1 ? Form(input) : Reductions.Dot<double>(input, weights);
        }
    }

    /// <summary>Returns the numbers of an input by the shape of the array that it stands in.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="DataFileException">It is no array of inputs.</exception>
    public int WidthOf(string file, IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long d = Dimension, packed = Svec.Length(Dimension);
        return shape is [_, var rows, var columns] && rows == d && columns == d ? Dimension * Dimension
            : shape is [_, var width] && (width == packed || width == d) ? (int)width
            : throw new DataFileException(
                file, $"has the shape {NpyHeader.ShapeText(shape)}", FormattableString.Invariant($"(n, {d}, {d}), (n, {packed}) in svec form, or (n, {d}) for inputs xxᵀ"));
    }

    /// <summary>xᵀMx.</summary>
    private double Form(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(x[i], Reductions.Dot<double>(_square.AsSpan(i * x.Length, x.Length), x), sum);
        }

        return sum;
    }

    private static (int Dimension, string Hash) Read(string manifest)
    {
        using FileStream stream = new(manifest, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] text = new byte[Math.Min(stream.Length, MostManifestBytes + 1)];
        int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(0, length));
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("hetero-fit")
                && root.TryGetProperty("formatVersion", out JsonElement version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number == 1
                && root.TryGetProperty("dimension", out JsonElement dimension) && dimension.ValueKind == JsonValueKind.Number && dimension.TryGetInt32(out int d) && d is > 0 and <= Svec.MaxDimension
                && root.TryGetProperty("files", out JsonElement files) && files.ValueKind == JsonValueKind.Object
                && files.TryGetProperty("estimate.npy", out JsonElement hash) && hash.ValueKind == JsonValueKind.String
                ? (d, hash.GetString()!)
                : throw new DataFileException(manifest, "is no manifest of a fit", Accepted);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new DataFileException(manifest, "is no manifest of a fit", Accepted, exception);
        }
    }
}
