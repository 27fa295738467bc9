namespace Hetero.Core.Sensing;

/// <summary>
/// Which rows of a stored data set of n samples a step's batch of m samples takes. With m = n, <see cref="Shuffled"/> and <see cref="InTurn"/> are
/// the same: every step takes all rows, in their order.
/// </summary>
public enum RowOrder
{
    /// <summary>
    /// Every epoch runs through all rows in a uniformly random order of its own; batches take the next m, and one may straddle two epochs: a row may then come twice in it. m ≤ n.
    /// </summary>
    Shuffled,

    /// <summary>
    /// Batches take the next m rows in their order, and begin again after the last one: position i of the batch after c rows is row (c + i) mod n, with c = tm in step t of
    /// <see cref="StoredMeasurements{T}"/>, and in <see cref="MeasuredData{T}"/> the rows that the environment's own visits took before. m ≤ n.
    /// </summary>
    InTurn,

    /// <summary>Every sample of every step draws its row, uniformly and independently. Any m.</summary>
    WithReplacement,
}
