namespace Hetero.Core.Numerics;

/// <summary>Where a reduction to tridiagonal form is cut.</summary>
/// <param name="FusedRows">The rows up to which it goes column by column, 1 or more.</param>
/// <param name="PanelRows">The rows of a panel beyond that, 1 or more.</param>
/// <param name="BlockRows">The reflections that are applied at once, 1 or more.</param>
/// <param name="SweepRows">The rows up to which reflections are applied one by one.</param>
/// <param name="QlRows">The rows up to which eigenvalues alone go by QL.</param>
internal readonly record struct TridiagonalBlocking(int FusedRows, int PanelRows, int BlockRows, int SweepRows, int QlRows)
{
    /// <summary>Gets what is fastest.</summary>
    public static TridiagonalBlocking Default => new(
        Tridiagonalization.FusedRows, Tridiagonalization.PanelRows, ReflectorBlocks.BlockRows, ReflectorBlocks.SweepRows, DividedTridiagonalValues<double>.QlRows);
}
