using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>Some rows of an environment, in the order of their numbers: the measurements stay where they are, and the responses are copied.</summary>
internal static class RowSelection
{
    /// <summary>Chooses rows.</summary>
    /// <param name="all">The environment, or some of its rows.</param>
    /// <param name="chosen">The numbers of the rows among these; they are sorted.</param>
    public static EnvironmentSamples<T> Of<T>(EnvironmentSamples<T> all, int[] chosen)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Array.Sort(chosen);
        ReadOnlySpan<T> y = all.Responses.Span;
        ReadOnlySpan<int> rows = all.Rows.Span;
        T[] responses = new T[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            responses[i] = y[chosen[i]];
            chosen[i] = rows.IsEmpty ? chosen[i] : rows[chosen[i]];
        }

        return new(all.Measurements, responses) { Rows = chosen };
    }

    /// <summary>The numbers of a row.</summary>
    public static ReadOnlySpan<T> Row<T>(this EnvironmentSamples<T> samples, int index, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => samples.Measurements.Span.Slice((samples.Rows.IsEmpty ? index : samples.Rows.Span[index]) * width, width);

    /// <summary>The bytes of a choice of all of some rows.</summary>
    public static Int128 BytesOf<T>(Int128 rows)
        where T : unmanaged
        => rows * (sizeof(int) + Unsafe.SizeOf<T>());
}
