using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of a source of measurements.</summary>
internal sealed class MeasurementFaults<T>(Func<WorkerTeam?, MeasurementSource<T>> create, int samples, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FaultList _faults = new();
    private MeasurementSource<T> _source = null!;
    private T[] _first = [];
    private T[] _second = [];

    public IReadOnlyList<string> Find()
    {
        if (!_faults.Try("The function", () => _source = create(null)))
        {
            return _faults.Sentences;
        }

        if (_source.RefuseBatch(samples) is { } refusal)
        {
            _faults.Add($"The source refuses a batch of {samples} samples; accepted is {refusal}. Name a number that it has.");
            return _faults.Sentences;
        }

        (_first, _second) = (Numbers.Gaussian<T>(seed, 0, _source.SvecLength), Numbers.Gaussian<T>(seed, 1, _source.SvecLength));
        if (_faults.Try("Accumulate", CheckBits) && _faults.Sentences.Count == 0)
        {
            if (_source.IsOperator)
            {
                _faults.Try("Accumulate", CheckOperator);
            }

            T[] results = new T[_source.SvecLength];
            int step = 0;
            _faults.AllocatesNothing("Accumulate", 8, () => _source.Accumulate(Group(step++), _first, results));
        }

        _faults.Describes(description => _source.Describe(description, samples), description => create(null).Describe(description, samples));
        return _faults.Sentences;
    }

    private SampleGroup<T> Group(int step, long first = 0, long count = -1, double scale = 1)
        => new() { Step = step, FirstSample = first, Count = count < 0 ? samples : count, Scale = scale / samples };

    private static T[] Results(MeasurementSource<T> source, in SampleGroup<T> group, params T[][] matrices)
    {
        T[] all = [.. matrices.SelectMany(matrix => matrix)], results = new T[all.Length];
        source.Accumulate(in group, all, results);
        return results;
    }

    private void CheckBits()
    {
        T[] expected = Results(_source, Group(3), _first);
        if (!_faults.Finite<T>(expected, $"For N(0, 1) numbers Accumulate writes what is"))
        {
            return;
        }

        Results(_source, Group(4), _second);
        _faults.SameBits<T>(expected, Results(_source, Group(3), _first), $"Accumulate depends on what was asked for before");
        _faults.SameBits<T>(expected, Results(create(null), Group(3), _first), $"Another source of the same arguments has other bits");
        TeamRuns.ForEach(team => _faults.SameBits<T>(
            expected, Results(create(team), Group(3), _first), $"Accumulate has other bits on a team of {team.Degree} than on the calling thread"));
        T[] added = Numbers.Filled(expected.Length, T.One);
        _source.Accumulate(Group(3), _first, added);
        Near(added, Numbers.Along(expected, 1, Numbers.Filled(expected.Length, T.One)), "Accumulate does not add to what stood there before");
        if (!_source.IsPopulation)
        {
            CheckNoise(expected);
            bool same = Bits.FirstDifference<T>(expected, Results(_source, Group(5), _first)) < 0;
            _faults.Require(
                same == _source.IsReused,
                $"IsReused is {(_source.IsReused ? "true" : "false")}, but the measurements of steps 3 and 5 are {(same ? "the same" : "others")}.");
        }
    }

    /// <summary>The noise that options ask for is in the responses, or refused: a run must not be another than it says.</summary>
    private void CheckNoise(T[] bare)
    {
        T[] noisy;
        try
        {
            noisy = Results(_source, Group(3) with { NoiseDeviation = 1 }, _first);
        }
        catch (ArgumentException)
        {
            return;
        }

        _faults.Require(
            Bits.FirstDifference<T>(bare, noisy) >= 0, $"With group.NoiseDeviation = 1 the results are those without noise: make it, or refuse it by an ArgumentException.");
    }

    private void CheckOperator()
    {
        T[] zero = new T[_source.SvecLength], sum = Numbers.Along(_first, -0.5, _second);
        T[] results = Results(_source, Group(3), zero, _first, _second, sum);
        T[] Part(int index) => results[(index * zero.Length)..((index + 1) * zero.Length)];

        // Responses, if the source has any, are taken from the first matrix alone.
        T[] alone = Numbers.Along(Results(_source, Group(3), _first), -1, Part(0));
        Near(alone, Part(1), "The measurements of a second matrix are not those of the first");
        Near(Part(3), Numbers.Along(Part(1), -0.5, Part(2)), "The source is not linear, although IsOperator is true");
        (double left, double right) = (Numbers.Dot<T>(Part(1), _second), Numbers.Dot<T>(_first, Part(2)));
        double size = Math.Sqrt(Numbers.Dot<T>(Part(1), Part(1)) * Numbers.Dot<T>(_second, _second));
        _faults.Require(
            Math.Abs(left - right) <= Numbers.Tolerance<T>() * size, $"The source is not self-adjoint, although IsOperator is true: ⟨A(M), N⟩ is {left}, and ⟨M, A(N)⟩ is {right}.");
        double square = Numbers.Dot<T>(Part(1), _first);
        _faults.Require(square >= -Numbers.Tolerance<T>() * size, $"⟨A(M), M⟩ is {square}; a sum of squares is not negative.");
        Near(Results(_source, Group(3, scale: 2), zero, _first)[zero.Length..], Numbers.Along(Part(1), 1, Part(1)), "Twice the scale does not give twice the result");
        int few = samples / 3;
        T[] low = Results(_source, Group(3, count: few), zero, _first), high = Results(_source, Group(3, few, samples - few), zero, _first);
        Near(Numbers.Along(low, 1, high), [.. Part(0), .. Part(1)], $"The first {few} samples and the {samples - few} after them do not add up to all");
    }

    private void Near(T[] found, T[] expected, string sentence)
    {
        double distance = Numbers.Distance<T>(found, expected), size = Math.Sqrt(Numbers.Dot<T>(expected, expected));
        _faults.Require(
            distance <= Numbers.Tolerance<T>() * (size + Math.Sqrt(Numbers.Dot<T>(_first, _first))), $"{sentence}: the results are {distance} apart, with a norm of {size}.");
    }
}
