using System.Numerics;
using Hetero.Core.Benchmarks.Peers.Native;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>Rows against each LAPACK that this machine has. LAPACK overwrites its matrix, so that its time has a copy in it, as a caller's who keeps the matrix has.</summary>
internal static class LapackCases
{
    /// <summary>Adds the contenders and rows of one case.</summary>
    /// <param name="result">The case.</param>
    /// <param name="context">Threads and notes.</param>
    /// <param name="label">The rows' label.</param>
    /// <param name="ours">Our side.</param>
    /// <param name="routine">The routine that a library must have.</param>
    /// <param name="create">Makes what a library runs, and what says how both sides' numbers, once run, compare.</param>
    /// <param name="target">The ratio that was aimed at.</param>
    /// <param name="more">Others of ours against the same.</param>
    public static void Compare<T>(
        PeerCase result,
        PeerContext context,
        string label,
        IContender ours,
        string routine,
        Func<LapackRoutines<T>, (Action Run, Func<(T[] Ours, T[] Theirs)> Numbers)> create,
        double? target,
        params ReadOnlySpan<(IContender Ours, string Label)> more)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LapackLibrary library in LapackLibrary.All(context.Threads, result.Notes))
        {
            LapackRoutines<T> routines = new(library);
            if (!routines.Has(routine))
            {
                result.Notes.Add($"Skipped {library.Name} for {routine}: its copy has none.");
                continue;
            }

            (Action run, Func<(T[] Ours, T[] Theirs)> numbers) = create(routines);
            ours.Burst(0.001);
            try
            {
                run();
            }
            catch (PeerException problem)
            {
                result.Notes.Add($"Skipped {label} against {library.Name}: {problem.Message}.");
                continue;
            }

            (T[] mine, T[] other) = numbers();
            result.RequireClose($"{label} against {library.Name}", mine, other);
            IContender theirs = result.Add(run);
            result.Compare(label, library.Name, ours, theirs, null, target);
            foreach ((IContender contender, string name) in more)
            {
                result.Compare(name, library.Name, contender, theirs, null, null);
            }
        }
    }
}
