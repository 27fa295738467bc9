using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Output;

/// <summary>The outputs of one command: no two are one file, and each is written whatever became of the others.</summary>
internal sealed class OutputSet(CommandContext context) : IDisposable
{
    private const int StandardErrorDescriptor = 2;

    private readonly List<OutputFile> _outputs = [];
    private readonly List<string> _failures = [];

    /// <summary>Gets what could not be written, in the order of the attempts, each a sentence and once.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Opens an output beside those that are open.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="name">What it names; null for standard output.</param>
    /// <exception cref="UsageException">It cannot be written, or is one of the others.</exception>
    public OutputFile Open(string option, string? name)
    {
        OutputFile output = OutputFile.Open(context, option, name);
        try
        {
            CheckIsAnother(output);
        }
        catch
        {
            output.Dispose();
            throw;
        }

        _outputs.Add(output);
        return output;
    }

    /// <summary>Refuses to write over what is read.</summary>
    /// <param name="option">The option that names the input.</param>
    /// <param name="path">The input; null for none.</param>
    /// <param name="successor">The output that takes the input's place on purpose; null for none.</param>
    /// <exception cref="UsageException">One of the outputs is the input.</exception>
    public void CheckInput(string option, string? path, OutputFile? successor = null)
    {
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        FileStatus input;
        try
        {
            input = FileStatus.Of(Path.GetFullPath(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Reading it will say what is wrong.
            return;
        }

        if (input.Kind != FileKind.Missing && _outputs.Find(output => output != successor && output.IsSame(input)) is { } same)
        {
            throw UsageException.Of(same.Option, same.Name ?? OutputFile.StandardOutput, $"another file than that of '{option}', which is read");
        }
    }

    /// <summary>Writes one of the outputs; a failure is kept for later.</summary>
    /// <returns>Whether it was written to the end.</returns>
    public bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (FailedException exception)
        {
            if (!_failures.Contains(exception.Message))
            {
                _failures.Add(exception.Message);
            }

            return false;
        }
    }

    /// <summary>Reports how the work ended and what could not be written, the first first.</summary>
    /// <param name="ending">A sentence if the work did not end well; else null.</param>
    /// <exception cref="FailedException">It did not, or something could not be written.</exception>
    public void ThrowIfFailed(string? ending = null)
    {
        if (ending is not null || _failures.Count > 0)
        {
            throw new FailedException(string.Join(' ', ending is null ? _failures : [ending, .. _failures]));
        }
    }

    public void Dispose() => _outputs.ForEach(output => output.Dispose());

    private void CheckIsAnother(OutputFile output)
    {
        string name = output.Name ?? OutputFile.StandardOutput;
        if (_outputs.Find(output.IsSame) is { } other)
        {
            throw UsageException.Of(
                output.Option,
                name,
                other.Name is not null ? $"another file than that of '{other.Option}'"
                    : output.IsStandardOutput ? $"a file, as long as '{other.Option}' goes to standard output"
                    : "another file than the one that standard output goes to");
        }

        // A file is replaced: what is written to its descriptor afterwards would be lost.
        if (output.IsReplaced && FileStatus.OfDescriptor(StandardErrorDescriptor) is { } error && output.IsSame(error))
        {
            throw UsageException.Of(output.Option, name, "another file than the one that standard error goes to");
        }
    }
}
