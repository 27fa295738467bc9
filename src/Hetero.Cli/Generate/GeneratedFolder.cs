using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Generate;

/// <summary>
/// The folder of a generated data set. A file gets its name when it is whole, the manifest's at last, and none is ever replaced by another: whatever ends the work, earlier files are as they
/// were, and what has a name can be kept.
/// </summary>
internal sealed class GeneratedFolder
{
    private const string Option = "--out";
    private const string Manifest = "data.json";

    private readonly GenerateRequest _request;
    private readonly CommandContext _context;

    private GeneratedFolder(GenerateRequest request, CommandContext context) => (_request, _context) = (request, context);

    /// <summary>Writes the files.</summary>
    public static void Write(GenerateRequest request, CommandContext context)
    {
        GeneratedFolder folder = new(request, context);
        if (request.Recipe.Precision == Precision.Single)
        {
            folder.Write(Pose<float>(request, context));
        }
        else
        {
            folder.Write(Pose<double>(request, context));
        }
    }

    private static GeneratedData<T> Pose<T>(GenerateRequest request, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return new(request.Recipe, request.Environments, request.Layout, context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new FailedException("cancelled; nothing is written.");
        }
    }

    private void Write<T>(GeneratedData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte[] manifest = Encoding.UTF8.GetBytes(DataManifestJson.ToText(data.Manifest));
        OutputDirectory.Prepare(Option, _request.Directory);
        bool hasTruth = Has(data.Manifest.Truth!, found => IsTruth(found, data));
        bool hasManifest = Has(Manifest, found => IsSame(found, manifest));

        // Both are looked at, so that neither is another's.
        (bool Measurements, bool Responses)[] has =
        [
            .. data.Manifest.Environments.Select((environment, e) =>
                (Has(environment.Measurements, found => data.HasMeasurements(e, found)), Has(environment.Responses!, found => data.HasResponses(e, found)))),
        ];
        bool[] areThere = [.. has.Select(one => one.Measurements && one.Responses)];
        int made = 0;
        try
        {
            if (!hasTruth)
            {
                WriteWhole(data.Manifest.Truth!, data.WriteTruth);
            }

            using ProgressLine? progress = ProgressLine.Start(_context, "share", 0, 100);
            for (int e = 0; e < areThere.Length; e++)
            {
                _context.Cancellation.ThrowIfCancellationRequested();
                if (!areThere[e])
                {
                    Rows rows = new(progress, made * data.Samples, areThere.Count(isThere => !isThere) * data.Samples);
                    WriteEnvironment(data, e, has[e], rows);
                    made++;
                }
            }

            if (!hasManifest)
            {
                WriteWhole(Manifest, stream => stream.Write(manifest));
            }
        }
        catch (OperationCanceledException)
        {
            int kept = areThere.Count(isThere => isThere) + made;
            throw new FailedException($"cancelled; {Texts.Of(kept)} of {Texts.Of(areThere.Length)} environments are written, and '--resume' goes on.");
        }

        string were = areThere.Contains(true) ? $", {Texts.Of(areThere.Count(isThere => isThere))} of them kept" : "";
        _context.Output.WriteLine(
            $"{Shown.Of(PathOf(Manifest))}: {Texts.Of(areThere.Length)} environments of {Texts.Of(data.Samples)} rows{were}, d = {Texts.Of(data.Manifest.Dimension)}, {ByteSize.Of(data.Bytes)}");
    }

    private void WriteEnvironment<T>(GeneratedData<T> data, int environment, (bool Measurements, bool Responses) has, IProgress<long> progress)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DataEnvironment names = data.Manifest.Environments[environment];
        Guarded(names.Measurements, () =>
        {
            using TemporaryFile measurements = TemporaryFile.Create(_request.Directory), responses = TemporaryFile.Create(_request.Directory);
            data.WriteEnvironment(environment, measurements.Stream, responses.Stream, _request.Threads, progress, _context.Cancellation);

            // One of the two that is there already stays.
            if (!has.Measurements)
            {
                Name(measurements, names.Measurements);
            }

            if (!has.Responses)
            {
                Name(responses, names.Responses!);
            }
        });
    }

    private void WriteWhole(string name, Action<Stream> write) => Guarded(name, () =>
    {
        using TemporaryFile file = TemporaryFile.Create(_request.Directory);
        write(file.Stream);
        Name(file, name);
    });

    /// <summary>Gives a file its name, which none had when this began.</summary>
    /// <exception cref="FailedException">One has it now: another process writes here.</exception>
    private void Name(TemporaryFile file, string name)
    {
        try
        {
            file.MoveToNew(PathOf(name));
        }
        catch (IOException) when (Path.Exists(PathOf(name)))
        {
            throw new FailedException(
                $"'{Option}' is '{Shown.Of(_request.Directory)}', where another process has written '{name}' meanwhile; accepted is a folder that one process writes at a time.");
        }
    }

    private void Guarded(string name, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException($"'{Option}' is '{Shown.Of(_request.Directory)}', where '{name}' could not be written: {SystemError.ReasonOf(exception)}.");
        }
    }

    /// <summary>Says whether a file is there and to be kept.</summary>
    /// <exception cref="UsageException">It is another, or was not asked to be kept.</exception>
    private bool Has(string name, Func<FileStream, bool> isOfTheData)
    {
        string path = PathOf(name);
        if (!Path.Exists(path))
        {
            return false;
        }

        if (!_request.IsResumed)
        {
            throw UsageException.Of(Option, _request.Directory, $"a folder without '{name}', or '--resume' to keep what is there of the same data set");
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return isOfTheData(stream) ? true : throw UsageException.Of(Option, _request.Directory, $"a folder whose '{name}' is of the same data set; this one is of another");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw UsageException.Of(Option, _request.Directory, $"a folder whose '{name}' can be read ({SystemError.ReasonOf(exception)})");
        }
    }

    /// <summary>Compares by a hash: d² numbers may be more than an array can have.</summary>
    private static bool IsTruth<T>(FileStream stream, GeneratedData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream expected = new(Stream.Null, hash, CryptoStreamMode.Write))
        {
            data.WriteTruth(expected);
        }

        return SHA256.HashData(stream).AsSpan().SequenceEqual(hash.Hash);
    }

    private static bool IsSame(FileStream stream, byte[] expected)
    {
        if (stream.Length != expected.Length)
        {
            return false;
        }

        byte[] found = new byte[expected.Length];
        return stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.AsSpan().SequenceEqual(expected);
    }

    private string PathOf(string name) => Path.Combine(_request.Directory, name);

    /// <summary>How many rows of all are done.</summary>
    private sealed class Rows(ProgressLine? progress, long before, long all) : IProgress<long>
    {
        public void Report(long value) => progress?.Report((double)(before + value) / all);
    }
}
