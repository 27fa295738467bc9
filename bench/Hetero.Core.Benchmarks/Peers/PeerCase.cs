using System.Numerics;
using Hetero.Core.Benchmarks.Rates;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Contenders that are measured in turn, the rows that compare them, and the checks that they do the same work.</summary>
internal sealed class PeerCase
{
    private readonly List<IContender> _contenders = [];
    private readonly List<Comparison> _comparisons = [];

    public IReadOnlyList<IContender> Contenders => _contenders;

    public IReadOnlyList<Comparison> Comparisons => _comparisons;

    /// <summary>Gets the lines to print below the table: what was skipped.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Gets what the two sides disagree about; empty if they do the same work.</summary>
    public List<string> Mismatches { get; } = [];

    /// <summary>Adds our code.</summary>
    public IContender Add(Action run, double work = 1)
    {
        OwnContender contender = new(run, work);
        _contenders.Add(contender);
        return contender;
    }

    /// <summary>Adds a peer after <paramref name="check"/> has seen what it computes; returns null and notes the reason if there is no such peer.</summary>
    public IContender? Add(PeerContext context, string script, string arguments, double work, Action<double[]> check)
    {
        try
        {
            PythonContender contender = new(context, script, arguments, work);
            check(contender.Check());
            context.Worker(script).CheckSettings();
            _contenders.Add(contender);
            return contender;
        }
        catch (PeerException problem)
        {
            Notes.Add($"Skipped {script} {arguments}: {problem.Message}.");
            return null;
        }
    }

    /// <summary>Takes out a contender that can be measured no more, with its rows, and notes the reason.</summary>
    public void Drop(IContender contender, string reason)
    {
        _contenders.Remove(contender);
        Comparison[] lost = [.. _comparisons.Where(row => row.Ours == contender || row.Theirs == contender)];
        _comparisons.RemoveAll(lost.Contains);
        Notes.AddRange(lost.Select(row => $"Skipped {row.Label} against {row.Against}: {reason}."));
    }

    /// <summary>Adds a row, if both sides are there.</summary>
    public void Compare(string label, string against, IContender ours, IContender? theirs, WorkUnit? unit, double? target)
    {
        if (theirs is not null)
        {
            _comparisons.Add(new Comparison(label, against, ours, theirs, unit, target));
        }
    }

    /// <summary>Both sides' fingerprints of the same result must agree relative to its norm.</summary>
    public void RequireSame(string what, double[] ours, double[] theirs, double tolerance)
    {
        if (!(Math.Abs(ours[0] - theirs[0]) <= tolerance * ours[1] && Math.Abs(ours[1] - theirs[1]) <= tolerance * ours[1]))
        {
            Mismatches.Add($"{what}: ours {ours[0]:R} (norm {ours[1]:R}), theirs {theirs[0]:R} (norm {theirs[1]:R})");
        }
    }

    /// <summary>The numbers of both sides must agree relative to the largest of theirs.</summary>
    /// <param name="what">What they are.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="theirs">Theirs.</param>
    /// <param name="room">A factor on the tolerance, for sides that round more than LAPACK.</param>
    public void RequireClose<T>(string what, T[] ours, T[] theirs, double room = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = theirs.Max(x => Math.Abs(double.CreateTruncating(x)));
        double distance = ours.Length == theirs.Length ? ours.Zip(theirs, (x, y) => Math.Abs(double.CreateTruncating(x - y))).Max() : double.NaN;
        RequireNear($"{what}: largest difference over the largest number", distance / largest, 0, room * Cases.Precision.Tolerance<T>());
    }

    /// <summary>A statistic of random numbers must lie where its law puts it.</summary>
    public void RequireNear(string what, double value, double expected, double tolerance)
    {
        if (!(Math.Abs(value - expected) <= tolerance))
        {
            Mismatches.Add($"{what}: {value:R}, expected {expected:R} ± {tolerance:R}");
        }
    }
}
