using Hetero.Core.Sensing;

namespace Hetero.Experiments.Data;

/// <summary>The shapes that arrays of a data set have.</summary>
internal static class DataShape
{
    /// <summary>The shape of the measurements of an environment.</summary>
    /// <param name="layout">How a measurement stands.</param>
    /// <param name="samples">The number n of samples.</param>
    /// <param name="d">The dimension.</param>
    public static long[] OfMeasurements(MeasurementLayout layout, long samples, long d) => layout switch
    {
        MeasurementLayout.Square => [samples, d, d],
        MeasurementLayout.Vector or MeasurementLayout.RankOne => [samples, d],
        _ => [samples, d * (d + 1) / 2],
    };
}
