namespace Hetero.Experiments.Arrays;

/// <summary>Where the next number of an array that stands with the first index fastest goes in one with the last index fastest.</summary>
internal sealed class FortranOrder
{
    private readonly long[] _shape, _strides, _index;
    private long _place;

    public FortranOrder(IReadOnlyList<long> shape)
    {
        _shape = [.. shape];
        _strides = new long[shape.Count];
        _index = new long[shape.Count];
        long stride = 1;
        for (int i = shape.Count - 1; i >= 0; i--)
        {
            _strides[i] = stride;
            stride *= shape[i];
        }
    }

    /// <summary>Puts consecutive numbers of the file into their places.</summary>
    public void Scatter<T>(ReadOnlySpan<T> numbers, Span<T> destination)
    {
        foreach (T number in numbers)
        {
            destination[(int)_place] = number;
            for (int i = 0; i < _shape.Length; i++)
            {
                _place += _strides[i];
                if (++_index[i] < _shape[i])
                {
                    break;
                }

                _place -= _strides[i] * _shape[i];
                _index[i] = 0;
            }
        }
    }
}
