using System.Numerics;
using System.Text.RegularExpressions;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Run;

/// <summary>Reads the state that a run continues from.</summary>
internal static partial class SavedState
{
    /// <summary>Puts a trainer where the run was saved and returns that step.</summary>
    public static int Restore<T>(Trainer<T> trainer, string path, int steps, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Option = "--resume", Accepted = "a state that '--checkpoint' has written";
        if (Directory.Exists(path))
        {
            throw UsageException.Of(Option, path, $"{Accepted}, not a directory");
        }

        try
        {
            BlockingCall.Run(
                () =>
                {
                    using FileStream stream = File.OpenRead(path);
                    trainer.Restore(stream);
                    return stream.ReadByte() < 0
                        ? trainer.Step
                        : throw new InvalidDataException("The file goes on after the end of the checkpoint: it is damaged.");
                },
                cancellation);
        }
        catch (RunMismatchException exception)
        {
            throw new UsageException($"'{Option}' is '{Shown.Of(path)}', saved by a run {Difference(exception)}.");
        }
        catch (InvalidDataException exception)
        {
            throw UsageException.Of(Option, path, $"{Accepted} ({exception.Message.TrimEnd('.')})");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw UsageException.Of(Option, path, $"{Accepted} ({SystemError.ReasonOf(exception)})");
        }

        if (trainer.Step > steps)
        {
            throw UsageException.Of(Option, path, $"a state of step {steps} ('--steps') or before; this one is of step {trainer.Step}");
        }

        return trainer.Step;
    }

    private static string Difference(RunMismatchException mismatch)
    {
        string options = SavedParts.OptionsOf(mismatch.Name);

        // A hash tells that there is a difference, but nothing about it.
        return mismatch.Found.StartsWith('#') && mismatch.Expected.StartsWith('#')
            ? $"with another {options}; accepted is the same"
            : $"with {options} {Said(mismatch.Found)}; accepted is {Said(mismatch.Expected)}";
    }

    /// <summary>The value as the command line has it: TwoPoint is two-point there.</summary>
    private static string Said(string value)
        => value.Length == 0 ? "not given" : value.StartsWith('#') ? "a list" : Words().Replace(Shown.Of(value), "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Words();
}
