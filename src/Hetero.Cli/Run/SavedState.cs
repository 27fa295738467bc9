using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Core.Training;

namespace Hetero.Cli.Run;

/// <summary>Reads the state that a run continues from.</summary>
internal static class SavedState
{
    /// <summary>Puts a trainer where the run was saved and returns that step.</summary>
    public static int Restore<T>(Trainer<T> trainer, string path, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Option = "--resume";
        try
        {
            using FileStream stream = File.OpenRead(path);
            trainer.Restore(stream);
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"'{Option}' is '{Shown.Of(path)}': {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw UsageException.Of(Option, path, $"a file that --checkpoint has written ({Shown.Of(exception.Message.TrimEnd('.'))})");
        }

        if (trainer.Step > steps)
        {
            throw UsageException.Of(Option, path, $"a state of step {steps} ('--steps') or before; this one is of step {trainer.Step}");
        }

        return trainer.Step;
    }
}
