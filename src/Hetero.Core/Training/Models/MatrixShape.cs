namespace Hetero.Core.Training;

/// <summary>The shape of one matrix of parameters. Thread-safe: a value.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
public readonly record struct MatrixShape(int Rows, int Columns)
{
    /// <summary>Gets the number of entries, which those of a model fit into an array with.</summary>
    public int Length => checked(Rows * Columns);
}
