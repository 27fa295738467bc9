namespace Hetero.Cli.Training;

/// <summary>The numbers that training works with.</summary>
internal enum Precision
{
    Double,
    Single,
}
