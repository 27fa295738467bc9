using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>Some rows of an environment, copied beside each other in the order of their numbers; squares are packed.</summary>
internal static class RowCopy
{
    /// <summary>Returns how the copies stand in memory.</summary>
    public static MeasurementLayout LayoutOf(MeasurementLayout layout) => layout == MeasurementLayout.Square ? MeasurementLayout.Svec : layout;

    /// <summary>Copies rows.</summary>
    /// <param name="all">The environment.</param>
    /// <param name="chosen">The numbers of the rows; they are sorted.</param>
    /// <param name="dimension">d.</param>
    /// <param name="layout">How the rows stand in memory.</param>
    public static EnvironmentSamples<T> Of<T>(EnvironmentSamples<T> all, int[] chosen, int dimension, MeasurementLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Array.Sort(chosen);
        bool isSquare = layout == MeasurementLayout.Square;
        int width = all.Measurements.Length / all.Responses.Length, kept = isSquare ? Svec.Length(dimension) : width;
        T[] measurements = new T[(long)chosen.Length * kept], responses = new T[chosen.Length];
        ReadOnlySpan<T> from = all.Measurements.Span, y = all.Responses.Span;
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<T> row = from.Slice(chosen[i] * width, width);
            Span<T> to = measurements.AsSpan(i * kept, kept);
            if (isSquare)
            {
                Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(row, dimension, dimension), to);
            }
            else
            {
                row.CopyTo(to);
            }

            responses[i] = y[chosen[i]];
        }

        return new(measurements, responses);
    }

    /// <summary>The bytes of copies of all rows of environments.</summary>
    public static Int128 BytesOf<T>(IEnumerable<EnvironmentSamples<T>> environments, int dimension, MeasurementLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => environments.Aggregate((Int128)0, (sum, rows) => sum + ((Int128)Unsafe.SizeOf<T>()
            * (rows.Responses.Length + (layout == MeasurementLayout.Square ? (long)rows.Responses.Length * Svec.Length(dimension) : rows.Measurements.Length))));
}
