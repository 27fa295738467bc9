namespace Hetero.Core.Training;

/// <summary>
/// How many rows of each environment's data the steps before took. A pure function of the step: where steps do not follow each other, as after a restored state or a
/// step that was given up, the counts of all steps before are made again.
/// </summary>
internal sealed class RowsTaken(int environments)
{
    private readonly long[] _taken = new long[environments];
    private int _step;
    private bool _complete;

    /// <summary>Adds the numbers of samples of all steps before one to those of each environment.</summary>
    public delegate void CountBefore(int step, Span<long> counts, CancellationToken cancellation);

    /// <summary>Goes to the beginning of a step; given up, the next call counts anew.</summary>
    public void MoveTo(int step, CountBefore count, CancellationToken cancellation)
    {
        bool follows = _complete && step == _step + 1;
        _complete = false;
        if (!follows)
        {
            Array.Clear(_taken);
            count(step, _taken, cancellation);
        }

        _step = step;
    }

    /// <summary>Takes rows of an environment, and returns how many were taken before.</summary>
    public long Take(int environment, long count)
    {
        long before = _taken[environment];
        _taken[environment] += count;
        return before;
    }

    /// <summary>Ends the step.</summary>
    public void Complete() => _complete = true;
}
