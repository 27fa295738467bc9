using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>Roughly how long runs take, relative to each other: enough to begin with the longest and to say how much is left.</summary>
internal static class RunWork
{
    // Products of matrices are several times faster, number for number, than drawing Gaussian numbers. Measured at d = 100.
    private const double GaussianCost = 8;

    /// <summary>The work of a whole run.</summary>
    public static double Of(RunSettings settings) => settings.Steps * OfStep(settings);

    /// <summary>The work of a step: products of d×d and d×k, and d² numbers for each measurement that is drawn or read.</summary>
    public static double OfStep(RunSettings settings)
    {
        double d = settings.Dimension;
        double products = d * d * settings.Columns;
        return settings.Measurements switch
        {
            MeasurementKind.Regenerated => products + (GaussianCost * settings.Samples * d * d),
            MeasurementKind.Stored => products + (settings.Samples * d * d),
            _ => products + (GaussianCost * d * d),
        };
    }
}
