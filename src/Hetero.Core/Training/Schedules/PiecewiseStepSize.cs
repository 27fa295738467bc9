using System.Globalization;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>A step size that changes at given steps; one piece is the constant one. Equal if it gives the same η_t at every step.</summary>
internal sealed record PiecewiseStepSize : StepSizeSchedule
{
    private readonly (int FromStep, double StepSize)[] _pieces;

    // Where the last look-up ended, and most likely the next one: any value is right, so that threads may share it.
    private int _last;

    public PiecewiseStepSize(ReadOnlySpan<(int FromStep, double StepSize)> pieces)
    {
        // A piece that changes nothing is none: schedules with the same steps are the same.
        List<(int FromStep, double StepSize)> changes = [];
        foreach ((int fromStep, double stepSize) in pieces)
        {
            if (changes.Count == 0 || changes[^1].StepSize != stepSize)
            {
                changes.Add((fromStep, stepSize));
            }
        }

        _pieces = [.. changes];
    }

    public override (double Smallest, double Largest)? Bounds => (_pieces.Min(piece => piece.StepSize), _pieces.Max(piece => piece.StepSize));

    public bool Equals(PiecewiseStepSize? other) => other is not null && _pieces.AsSpan().SequenceEqual(other._pieces);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((int FromStep, double StepSize) piece in _pieces)
        {
            hash.Add(piece);
        }

        return hash.ToHashCode();
    }

    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return _pieces.Length == 1
            ? string.Create(culture, $"Constant({_pieces[0].StepSize})")
            : $"Piecewise({string.Join(", ", _pieces.Select(piece => string.Create(culture, $"{piece.StepSize} from {piece.FromStep}")))})";
    }

    public override void Describe(string name, PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (_pieces.Length == 1)
        {
            description.Add(name, _pieces[0].StepSize);
            return;
        }

        Fingerprint pieces = default;
        foreach ((int fromStep, double stepSize) in _pieces)
        {
            pieces.Add(fromStep);
            pieces.Add(stepSize);
        }

        description.Add(name, pieces);
    }

    protected override double StepSizeAt(int step)
    {
        int piece = _last;
        if (!Holds(piece, step))
        {
            piece = Holds(piece + 1, step) ? piece + 1 : Search(step);
            _last = piece;
        }

        return _pieces[piece].StepSize;
    }

    private bool Holds(int piece, int step)
        => piece < _pieces.Length && _pieces[piece].FromStep <= step && (piece + 1 == _pieces.Length || step < _pieces[piece + 1].FromStep);

    private int Search(int step)
    {
        (int low, int high) = (0, _pieces.Length);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _pieces[middle].FromStep <= step ? (middle, high) : (low, middle);
        }

        return low;
    }
}
