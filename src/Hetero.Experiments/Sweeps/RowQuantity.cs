using Hetero.Core.Training;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// One of the numbers of a trajectory's row, under the name that its column has in <see cref="TrajectoryCsv"/>: what a sweep is summarized by, and what
/// tables of figures call it.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RowQuantity
{
    private RowQuantity(string name, Func<TrajectoryRow, double> of) => (Name, Of) = (name, of);

    /// <summary>Gets the true share, tr(U*ᵀUUᵀU*)/tr(A*) for UUᵀ (<see cref="TrajectoryRow.Signal"/>).</summary>
    public static RowQuantity Signal { get; } = new("signal", row => row.Signal);

    /// <summary>Gets the spurious share, tr(V*ᵀMV*)/r2.</summary>
    public static RowQuantity Spurious { get; } = new("spurious", row => row.Spurious);

    /// <summary>Gets the part outside of both subspaces, ‖E_t‖_F; NaN for a model that is no factor with UUᵀ.</summary>
    public static RowQuantity Residual { get; } = new("residual", row => row.Residual ?? double.NaN);

    /// <summary>Gets the distance to the invariant signal, ‖M − A*‖_F.</summary>
    public static RowQuantity Error { get; } = new("error", row => row.Error);

    /// <summary>Gets the distance to what pooled data fit, ‖M − A* − Ā‖_F.</summary>
    public static RowQuantity PooledError { get; } = new("pooled_error", row => row.PooledError);

    /// <summary>Gets all of them, in the order of the columns.</summary>
    public static IReadOnlyList<RowQuantity> All { get; } = [Signal, Spurious, Residual, Error, PooledError];

    /// <summary>Gets the column's name.</summary>
    public string Name { get; }

    /// <summary>Gets what takes the number from a row.</summary>
    public Func<TrajectoryRow, double> Of { get; }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;
}
