namespace Hetero.Cli.Training;

/// <summary>The measurement sources.</summary>
internal enum MeasurementKind
{
    ExactLaw,
    Regenerated,
    Stored,
    Population,
}
