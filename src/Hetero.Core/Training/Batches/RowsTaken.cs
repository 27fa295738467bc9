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

    /// <summary>Adds a step's numbers of samples to those of each environment.</summary>
    public delegate void CountSamples(int step, Span<long> counts);

    /// <summary>Goes to the beginning of a step.</summary>
    public void MoveTo(int step, CountSamples count)
    {
        bool follows = _complete && step == _step + 1;
        _complete = false;
        if (!follows)
        {
            Array.Clear(_taken);
            for (int before = 0; before < step; before++)
            {
                count(before, _taken);
            }
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
