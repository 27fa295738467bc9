using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>Whether runs that differ tell each other apart.</summary>
internal static class DescriptionFaults
{
    public static IReadOnlyList<string> Find<T>(IReadOnlyList<Func<Trainer<T>>> runs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FaultList faults = new();
        for (int i = 0; i < runs.Count; i++)
        {
            using MemoryStream state = new();
            faults.Try($"Saving run {i}", () => runs[i]().Save(state));
            for (int j = 0; j < runs.Count; j++)
            {
                if (j != i)
                {
                    state.Position = 0;
                    faults.Try($"Refusing the state of run {i} in run {j}", () => faults.Require(
                        Refuses(runs[j](), state), $"A state of run {i} is continued by run {j}, which differs; Describe must add every number that the run depends on."));
                }
            }
        }

        return faults.Sentences;
    }

    private static bool Refuses<T>(Trainer<T> trainer, Stream state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            trainer.Restore(state);
            return false;
        }
        catch (RunMismatchException)
        {
            return true;
        }
    }
}
