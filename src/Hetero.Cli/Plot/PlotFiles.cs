using System.Text;
using System.Text.Unicode;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>
/// The files that are drawn. A table goes with the manifest among them that names it, else with that of its own name, or of the sweep's folder; a manifest with
/// the table beside it that it names.
/// </summary>
internal sealed class PlotFiles
{
    private const string Argument = "FILE";
    private const string Accepted = "a table or a manifest of hetero run, compare or sweep, or the folder of a sweep";
    private const int MaxBytes = 1 << 28;

    private readonly List<(string Path, CsvTable Table)> _tables = [];
    private readonly List<PlotManifest> _manifests = [];
    private readonly List<string> _paths = [];

    private PlotFiles()
    {
    }

    /// <summary>Reads all of them.</summary>
    /// <param name="paths">The files, one or more.</param>
    /// <param name="cancellation">Ends the wait for a pipe.</param>
    /// <returns>The tables with their manifests, and every file that was read.</returns>
    /// <exception cref="UsageException">One cannot be read, or goes with none of the others.</exception>
    public static (IReadOnlyList<PlotSource> Sources, IReadOnlyList<string> Paths) Read(IReadOnlyList<string> paths, CancellationToken cancellation)
        => BlockingCall.Run(
            () =>
            {
                PlotFiles files = new();
                foreach (string path in paths)
                {
                    files.Add(Directory.Exists(path) ? Path.Combine(path, SweepFolder.Manifest) : path);
                }

                return ((IReadOnlyList<PlotSource>)files.Pair(), (IReadOnlyList<string>)files._paths);
            },
            cancellation);

    private void Add(string path)
    {
        if (path.Length == 0)
        {
            throw UsageException.Of(Argument, path, Accepted);
        }

        if (_paths.Exists(other => Path.GetFullPath(other) == Path.GetFullPath(path)))
        {
            throw new UsageException($"'{Shown.Of(path)}' is named twice; accepted is every file once.");
        }

        byte[] bytes = BoundedFile.Read(Argument, path, Accepted, MaxBytes);
        ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
        _paths.Add(path);
        if (!Utf8.IsValid(text.Span))
        {
            throw new UsageException($"'{Shown.Of(path)}' is not in UTF-8; accepted is {Accepted}.");
        }

        if (PlotManifest.IsOne(text.Span))
        {
            _manifests.Add(PlotManifest.Parse(path, text));
            return;
        }

        try
        {
            _tables.Add((path, CsvReader.Read(Encoding.UTF8.GetString(text.Span))));
        }
        catch (FormatException exception)
        {
            throw new UsageException($"'{Shown.Of(path)}' {exception.Message}; accepted is {Accepted}.");
        }
    }

    private List<PlotSource> Pair()
    {
        List<(string Path, CsvTable Table)> alone = [];
        List<PlotSource> sources = [];
        foreach ((string path, CsvTable table) in _tables.ToArray())
        {
            if (ManifestOf(path) is { } manifest)
            {
                sources.Add(new(path, table, manifest));
            }
            else
            {
                alone.Add((path, table));
            }
        }

        if (alone.Find(one => one.Table.Columns is var columns && columns.Contains("seed") && columns.Contains("status")) is { Path: not null } runs)
        {
            throw new UsageException(
                $"'{Shown.Of(runs.Path)}' has a row for each run, of which there is no picture; "
                + "accepted is '--out' or '--bands' of hetero compare, or cells.csv of hetero sweep, beside its manifest.");
        }

        foreach (PlotManifest manifest in _manifests.Where(manifest => !sources.Exists(source => source.Manifest == manifest)).ToArray())
        {
            // A trajectory that was written to standard output has no name.
            (string path, CsvTable table) = alone.Count == 1 && manifest.TableNames.Count == 0 ? alone[0] : TableOf(manifest);
            alone.Remove((path, table));
            sources.Add(new(path, table, manifest));
        }

        return alone.Count == 0
            ? sources
            : throw new UsageException(
                $"'{Shown.Of(alone[0].Path)}' has no manifest: there is no '{Shown.Of(Path.ChangeExtension(alone[0].Path, ".json"))}', and no file that is given names it; "
                + "accepted is a table with what '--json' of its command wrote.");
    }

    /// <summary>One that names the table and stands beside it, one of the table's own name, or one that names it from elsewhere.</summary>
    private PlotManifest? ManifestOf(string path)
    {
        PlotManifest[] naming = [.. _manifests.Where(manifest => manifest.TableNames.Any(name => Path.GetFileName(name) == Path.GetFileName(path)))];
        return Array.Find(naming, manifest => FolderOf(manifest.Path) == FolderOf(path)) ?? ManifestBeside(path) ?? naming.FirstOrDefault();
    }

    private PlotManifest? ManifestBeside(string path)
    {
        string own = Path.ChangeExtension(path, ".json"), ofSweep = Path.Combine(FolderOf(path), SweepFolder.Manifest);
        string[] names = Path.GetFileName(path) == SweepFolder.CellTable ? [own, ofSweep] : [own];
        if (Array.Find(names, File.Exists) is not { } found || _paths.Exists(other => Path.GetFullPath(other) == Path.GetFullPath(found)))
        {
            return null;
        }

        Add(found);
        return _manifests is [.., var last] && last.Path == found ? last : throw new UsageException($"'{Shown.Of(found)}' is no manifest; accepted is {Accepted}.");
    }

    private (string Path, CsvTable Table) TableOf(PlotManifest manifest)
    {
        string[] names = [.. manifest.TableNames.Select(name => Path.Combine(FolderOf(manifest.Path), Path.GetFileName(name)))];
        if (Array.Find(names, File.Exists) is not { } found)
        {
            throw names.Length == 0
                ? new UsageException($"'{Shown.Of(manifest.Path)}' names no table, as it went to standard output or nowhere; accepted is the manifest together with its table.")
                : new UsageException($"'{Shown.Of(manifest.Path)}' has no table: there is no '{Shown.Of(names[0])}'; accepted is a manifest beside its table.");
        }

        Add(found);
        return _tables is [.., var last] && last.Path == found ? last : throw new UsageException($"'{Shown.Of(found)}' is no table; accepted is {Accepted}.");
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
}
