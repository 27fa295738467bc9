using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Core.Training;

namespace Hetero.Cli.Run;

/// <summary>The outputs of a run, opened before it starts: a mistyped directory shall not cost an hour of training.</summary>
internal sealed class RunOutputs : IDisposable
{
    private readonly CommandContext _context;
    private readonly OutputSet _outputs;

    private RunOutputs(CommandContext context, OutputSet outputs, RunRequest request)
    {
        (_context, _outputs) = (context, outputs);
        Rows = outputs.Open("--out", request.Out);
        Manifest = request.Json is { } manifest ? outputs.Open("--json", manifest) : null;
        if (request.Checkpoint is { } checkpoint)
        {
            Checkpoint = checkpoint == OutputFile.StandardOutput ? throw NoText(checkpoint) : outputs.Open("--checkpoint", checkpoint);
        }

        if (Checkpoint is { IsStandardOutput: true })
        {
            throw NoText(request.Checkpoint!);
        }

        if (request.CheckpointEvery is not null && Checkpoint is { IsReplaced: false })
        {
            throw UsageException.Of("--checkpoint", request.Checkpoint!, "with '--checkpoint-every' a file, which each state takes the place of");
        }

        // A state may be replaced by a later one of the same run: it has been read by then.
        outputs.CheckInput("--resume", request.Resume, successor: Checkpoint);
        outputs.CheckInput("--environments", request.Recipe.EnvironmentFile);
        outputs.CheckInput(RecipeFile.Option, request.From);
    }

    private OutputFile Rows { get; }

    private OutputFile? Manifest { get; }

    private OutputFile? Checkpoint { get; }

    /// <summary>Opens the outputs.</summary>
    /// <exception cref="UsageException">One of them cannot be written, or is another one or an input.</exception>
    public static RunOutputs Open(RunRequest request, CommandContext context)
    {
        OutputSet outputs = new(context);
        try
        {
            return new RunOutputs(context, outputs, request);
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes rows and state at the end. Rows that go to a file come first, so that whatever ends the process in between, they reach the step of the state.
    /// Any other way they may wait for a reader, and the state comes first.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="trainer">The state; null for none that could be continued.</param>
    /// <returns>Whether the rows were written to the end.</returns>
    public bool WriteRowsAndState<T>(Trajectory rows, Trainer<T>? trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool areFirst = Rows.IsReplaced;
        bool areWritten = areFirst && _outputs.Try(() => WriteRows(rows));
        if (Checkpoint is { } checkpoint && trainer is not null)
        {
            _outputs.Try(() => checkpoint.Write(trainer.Save));
        }

        return areFirst ? areWritten : _outputs.Try(() => WriteRows(rows));
    }

    /// <summary>Writes the state while the run goes on, and before it the rows so far if they go to a file.</summary>
    /// <returns>What could not be written; null if all was.</returns>
    public string? SaveOnTheWay<T>(Trajectory rows, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Failures here are not the run's: at the end all is tried again.
        using OutputSet attempt = new(_context);
        if (Rows.IsReplaced)
        {
            attempt.Try(() => WriteRows(rows));
        }

        attempt.Try(() => Checkpoint!.Write(trainer.Save));
        return attempt.Failures.Count == 0 ? null : string.Join(' ', attempt.Failures);
    }

    /// <summary>Writes the manifest, if one was asked for.</summary>
    public void WriteManifest(Action<System.Text.Json.Utf8JsonWriter> writeMembers)
    {
        if (Manifest is { } manifest)
        {
            _outputs.Try(() => manifest.Write(stream => JsonText.WriteObject(stream, writeMembers)));
        }
    }

    /// <inheritdoc cref="OutputSet.ThrowIfFailed"/>
    public void ThrowIfFailed(string? ending) => _outputs.ThrowIfFailed(ending);

    public void Dispose() => _outputs.Dispose();

    private static UsageException NoText(string checkpoint)
        => UsageException.Of("--checkpoint", checkpoint, "a file, a pipe or a device: a state is no text");

    private void WriteRows(Trajectory rows) => Rows.WriteText(writer => TrajectoryCsv.Write(rows, writer));
}
