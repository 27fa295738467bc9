using System.Security.Cryptography;
using System.Text.Json;
using Hetero.Core;
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
    private const int Version = 1;
    private const string Accepted = "the manifest fit.json of hetero fit, or its directory";

    private readonly double[] _square;

    private FittedModel(int dimension, MeasurementLayout layout, double[] square) => (Dimension, Layout, _square) = (dimension, layout, square);

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Gets the layout of the measurements that it was fitted to.</summary>
    public MeasurementLayout Layout { get; }

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
        (int dimension, MeasurementLayout layout, string hash) = Read(manifest);
        string estimate = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifest))!, "estimate.npy");
        using NpyArray<double> array = NpyArray<double>.Open(estimate, ArrayAccess.Automatic);
        if (!array.Shape.SequenceEqual([dimension, dimension]))
        {
            throw new DataFileException(estimate, $"has the shape {NpyHeader.ShapeText(array.Shape)}", FormattableString.Invariant($"({dimension}, {dimension}), as '{Shown.Of(manifest)}' says"));
        }

        using FileStream stream = File.OpenRead(estimate);
        string found = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))}";
        return found == hash
            ? new FittedModel(dimension, layout, array.Memory.ToArray())
            : throw new DataFileException(estimate, "is not the one that its manifest tells of", $"the file that '{Shown.Of(manifest)}' was written with");
    }

    /// <summary>Predicts the responses of inputs.</summary>
    /// <param name="inputs">The inputs, X_1, X_2, … one after another.</param>
    /// <param name="layout">What each is: d² numbers of a square, d(d+1)/2 in svec form, or d of x, which stands for xxᵀ.</param>
    /// <param name="responses">Receives a number for each.</param>
    /// <exception cref="ArgumentException">The layout is that of vectors, or a length does not fit.</exception>
    public void Predict(ReadOnlySpan<double> inputs, MeasurementLayout layout, Span<double> responses)
    {
        Guard.Defined(layout);
        if (layout == MeasurementLayout.Vector)
        {
            throw new ArgumentException($"'{nameof(layout)}' is {layout}; accepted is a layout of matrices.", nameof(layout));
        }

        int d = Dimension;
        int width = layout switch { MeasurementLayout.Square => d * d, MeasurementLayout.Svec => Svec.Length(d), _ => d };
        if (inputs.Length != (long)width * responses.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(inputs)}' has {inputs.Length} numbers for {responses.Length} responses; accepted are {width} for each in the layout {layout}."), nameof(inputs));
        }

        double[] weights = _square;
        if (layout == MeasurementLayout.Svec)
        {
            weights = new double[width];
            Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(_square, d, d), weights);
        }

        for (int i = 0; i < responses.Length; i++)
        {
            ReadOnlySpan<double> input = inputs.Slice(i * width, width);
            responses[i] = layout == MeasurementLayout.RankOne ? Form(input) : Reductions.Dot<double>(input, weights);
        }
    }

    /// <summary>Returns what inputs are by the shape of the array that they stand in.</summary>
    /// <remarks>
    /// (n, d) are inputs xxᵀ where the fit was one of such inputs, or where it is said: a square alone, (d, d), would else be taken for d of them.
    /// </remarks>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="layout">What they are said to be; null for what the shape says.</param>
    /// <exception cref="DataFileException">It is no array of such inputs.</exception>
    public MeasurementLayout LayoutOf(string file, IReadOnlyList<long> shape, MeasurementLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        MeasurementLayout[] possible = layout is { } told ? [told] : Layout == MeasurementLayout.RankOne ? [MeasurementLayout.RankOne, MeasurementLayout.Square, MeasurementLayout.Svec]
            : [MeasurementLayout.Square, MeasurementLayout.Svec];
        foreach (MeasurementLayout candidate in possible)
        {
            if (candidate != MeasurementLayout.Vector && shape.Count > 0 && shape.SequenceEqual(DataShape.OfMeasurements(candidate, shape[0], Dimension)))
            {
                return candidate;
            }
        }

        long d = Dimension, packed = Svec.Length(Dimension);
        string alone = shape.SequenceEqual([d, d]) ? FormattableString.Invariant($"; one square alone is (1, {d}, {d})") : "";
        throw new DataFileException(
            file,
            $"has the shape {NpyHeader.ShapeText(shape)}",
            FormattableString.Invariant($"(n, {d}, {d}) of squares, (n, {packed}) in svec form, or (n, {d}) of x in xxᵀ where the layout rank-one is fitted or asked for{alone}"));
    }

    /// <summary>The layout that a manifest tells of; that of matrices where it tells of none.</summary>
    private static MeasurementLayout? LayoutOf(JsonElement root)
        => !root.TryGetProperty("layout", out JsonElement layout) ? MeasurementLayout.Svec
            : layout.ValueKind == JsonValueKind.String ? DataManifestJson.LayoutOf(layout.GetString()!) : null;

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

    private static (int Dimension, MeasurementLayout Layout, string Hash) Read(string manifest)
    {
        using FileStream stream = new(manifest, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] text = new byte[Math.Min(stream.Length, MostManifestBytes + 1)];
        int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(0, length));
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("hetero-fit")
                && root.TryGetProperty("formatVersion", out JsonElement version))
            {
                if (version.ValueKind != JsonValueKind.Number || version.GetDouble() != Version)
                {
                    throw new DataFileException(manifest, $"is the manifest of a fit of version {version.GetRawText()}", FormattableString.Invariant($"version {Version}"));
                }

                if (root.TryGetProperty("dimension", out JsonElement dimension) && dimension.ValueKind == JsonValueKind.Number && dimension.TryGetInt32(out int d) && d is > 0 and <= Svec.MaxDimension
                    && LayoutOf(root) is { } fitted
                    && root.TryGetProperty("files", out JsonElement files) && files.ValueKind == JsonValueKind.Object
                    && files.TryGetProperty("estimate.npy", out JsonElement hash) && hash.ValueKind == JsonValueKind.String)
                {
                    return (d, fitted, hash.GetString()!);
                }
            }

            throw new DataFileException(manifest, "is no manifest of a fit", Accepted);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new DataFileException(manifest, "is no manifest of a fit", Accepted, exception);
        }
    }
}
