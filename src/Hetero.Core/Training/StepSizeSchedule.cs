using System.Globalization;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The step size η_t of each step. The paper's is constant.</summary>
/// <remarks>Two schedules are equal if they give the same η_t at every step. Immutable and thread-safe.</remarks>
public sealed record StepSizeSchedule
{
    private readonly (int FromStep, double StepSize)[] _pieces;

    private StepSizeSchedule((int FromStep, double StepSize)[] pieces) => _pieces = pieces;

    /// <summary>Creates the constant schedule.</summary>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepSize"/> is not a finite number above 0.</exception>
    public static StepSizeSchedule Constant(double stepSize)
    {
        Guard.Positive(stepSize);
        return new([(0, stepSize)]);
    }

    /// <summary>Creates a schedule that changes at given steps.</summary>
    /// <param name="pieces">For each piece the step from which it holds and its η; the first from step 0, then ascending.</param>
    /// <exception cref="ArgumentException">There is no piece, the first does not start at 0, or the steps do not ascend.</exception>
    public static StepSizeSchedule Piecewise(params ReadOnlySpan<(int FromStep, double StepSize)> pieces)
    {
        if (pieces.IsEmpty || pieces[0].FromStep != 0)
        {
            throw new ArgumentException($"'{nameof(pieces)}' must have a first piece from step 0.", nameof(pieces));
        }

        for (int i = 0; i < pieces.Length; i++)
        {
            Guard.Positive(pieces[i].StepSize, nameof(pieces));
            if (i > 0 && pieces[i].FromStep <= pieces[i - 1].FromStep)
            {
                throw new ArgumentException(
                    $"'{nameof(pieces)}' has step {pieces[i].FromStep} after step {pieces[i - 1].FromStep}; accepted are ascending steps.", nameof(pieces));
            }
        }

        // A piece that changes nothing is none: schedules with the same steps are the same.
        List<(int FromStep, double StepSize)> changes = [];
        foreach ((int fromStep, double stepSize) in pieces)
        {
            if (changes.Count == 0 || changes[^1].StepSize != stepSize)
            {
                changes.Add((fromStep, stepSize));
            }
        }

        return new([.. changes]);
    }

    /// <summary>Returns whether two schedules give the same η_t at every step.</summary>
    /// <param name="other">The other schedule.</param>
    public bool Equals(StepSizeSchedule? other) => other is not null && _pieces.AsSpan().SequenceEqual(other._pieces);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((int FromStep, double StepSize) piece in _pieces)
        {
            hash.Add(piece);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns the schedule in words.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return _pieces.Length == 1
            ? string.Create(culture, $"Constant({_pieces[0].StepSize})")
            : $"Piecewise({string.Join(", ", _pieces.Select(piece => string.Create(culture, $"{piece.StepSize} from {piece.FromStep}")))})";
    }

    /// <summary>Gets the step sizes of all pieces.</summary>
    public IEnumerable<double> StepSizes => _pieces.Select(piece => piece.StepSize);

    /// <summary>Adds the step size, or a hash of all pieces.</summary>
    internal void Describe(string name, NamedValues description)
    {
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

    /// <summary>Returns η_t, used to go from U_t to U_{t+1}.</summary>
    /// <param name="step">The step t, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double At(int step)
    {
        Guard.AtLeast(step, 0);
        int piece = _pieces.Length - 1;
        while (piece > 0 && _pieces[piece].FromStep > step)
        {
            piece--;
        }

        return _pieces[piece].StepSize;
    }
}
