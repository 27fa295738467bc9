namespace Hetero.Cli.Training;

/// <summary>The distributions over environments.</summary>
internal enum EnvironmentKind
{
    TwoPoint,
    Uniform,

    /// <summary>A list that the user brings.</summary>
    Listed,
}
