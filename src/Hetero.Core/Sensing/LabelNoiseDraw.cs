using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>The label noise of one group of explicit samples. A value; thread-safe.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct LabelNoiseDraw<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RandomStream _stream;
    private readonly LabelNoise _noise;
    private readonly long _sample;
    private readonly T _value;

    private LabelNoiseDraw(LabelNoise noise, in SampleGroup<T> group, ulong seed)
    {
        _noise = noise;
        _stream = new RandomStream(seed, StreamPurpose.LabelNoise, group.Step, group.Group);
        if (noise.IsOnOneSample)
        {
            RandomSequence sequence = new(_stream);
            _sample = group.FirstSample + sequence.NextBelow(group.Count);
            double value = noise.Law == LabelNoiseLaw.Gaussian ? sequence.NextGaussian() : sequence.NextUniform() < 0.5 ? -1 : 1;
            _value = T.CreateTruncating(noise.Deviation * value * group.Count);
        }
    }

    /// <summary>Draws the noise of a group; null if it has none.</summary>
    public static LabelNoiseDraw<T>? Of(in SampleGroup<T> group, ulong seed)
        => group.LabelNoise is { Deviation: > 0 } noise && !group.IsBare ? new LabelNoiseDraw<T>(noise, in group, seed) : null;

    /// <summary>Takes the noise from the coefficients of consecutive samples.</summary>
    /// <param name="first">The position of the first of them, counted as the group counts.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="memory">As much memory.</param>
    public void Subtract(long first, Span<T> coefficients, Span<T> memory)
    {
        if (_noise.IsOnOneSample)
        {
            if (_sample >= first && _sample - first < coefficients.Length)
            {
                coefficients[(int)(_sample - first)] -= _value;
            }

            return;
        }

        if (_noise.Law == LabelNoiseLaw.Gaussian)
        {
            _stream.FillGaussian(first, memory);
        }
        else
        {
            _stream.FillUniform(first, memory);
            foreach (ref T sign in memory)
            {
                sign = sign < T.CreateTruncating(0.5) ? -T.One : T.One;
            }
        }

        TensorPrimitives.FusedMultiplyAdd(memory, T.CreateTruncating(-_noise.Deviation), coefficients, coefficients);
    }
}
