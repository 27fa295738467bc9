using Hetero.Core.Numerics;

namespace Hetero.Core.FsCheck;

/// <summary>Teams of one, two and three threads, one after another.</summary>
internal static class TeamRuns
{
    /// <summary>Does something with each team.</summary>
    public static void ForEach(Action<WorkerTeam> action)
    {
        for (int degree = 1; degree <= 3; degree++)
        {
            using WorkerTeam team = new(degree);
            action(team);
        }
    }
}
