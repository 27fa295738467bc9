using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>Takes responses and noise from the coefficients ⟨X_i, D⟩ of a group's samples. Thread-safe: no state.</summary>
internal static class SampleNoise
{
    /// <summary>Makes ⟨X_i, D⟩ − y_i − σξ_i − s_i of ⟨X_i, D⟩, with what the rows and the group have of it.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="group">The group.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="labelNoise">The label noise of the group; null for none.</param>
    /// <param name="first">The first sample, counted as the rows count.</param>
    /// <param name="coefficients">One for each sample.</param>
    /// <param name="scratch">As many numbers.</param>
    public static void Subtract<T>(
        ISampleRows<T> rows, in SampleGroup<T> group, ulong seed, LabelNoiseDraw<T>? labelNoise, long first, Span<T> coefficients, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.HasResponses && !group.IsBare)
        {
            rows.CopyResponses(in group, first, scratch);
            TensorPrimitives.Subtract(coefficients, scratch, coefficients);
        }

        if (group.NoiseDeviation > 0)
        {
            Fill(rows, in group, new RandomStream(seed, StreamPurpose.Noise, group.NoiseStep, group.NoiseSubstream), first, scratch);
            TensorPrimitives.FusedMultiplyAdd(scratch, T.CreateTruncating(-group.NoiseDeviation), coefficients, coefficients);
        }

        labelNoise?.Subtract(first, coefficients, scratch);
    }

    /// <summary>The noise of consecutive samples; that of samples which do not lie in a row is drawn piece by piece.</summary>
    private static void Fill<T>(ISampleRows<T> rows, in SampleGroup<T> group, RandomStream stream, long first, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int filled = 0; filled < noise.Length;)
        {
            long entry = rows.NoiseEntry(in group, first + filled);
            int length = 1;
            while (filled + length < noise.Length && rows.NoiseEntry(in group, first + filled + length) == entry + length)
            {
                length++;
            }

            stream.FillGaussian(entry, noise.Slice(filled, length));
            filled += length;
        }
    }
}
