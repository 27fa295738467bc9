using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// The RIP-error operator (20): E∘(M) = (1/m) Σ ⟨X_i, M⟩X_i − M, in svec form GᵀGw/m − w. Of measurements that are the identity in the mean it is what finitely many of them add to
/// the population's dynamics, mean 0 and of size ‖M‖_F·√(p/m). Rank-one measurements are not: of them (20) has the mean M + tr(M)·I, however large m is.
/// </summary>
/// <remarks>
/// The paper writes E_t for this operator, for its value and for the residual of (18); here the operator is <see cref="RipError"/> and (18) is
/// the residual. M must be symmetric: (8) "for any d×d M" fails for antisymmetric ones. Thread-safe as far as the source is.
/// </remarks>
public static class RipError
{
    /// <summary>Computes E∘(M_j) for several matrices with the same measurements.</summary>
    /// <remarks>
    /// For an operator, the same step gives the X_i of that training step. For a draw it is one joint draw of all E∘(M_j), independent of the training
    /// step; calls for one step use the same random numbers, so never combine two of them.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="source">The measurements.</param>
    /// <param name="samples">The number m of measurements, 1 or more: of stored ones the batch of that step.</param>
    /// <param name="step">The step the measurements belong to, 0 or more.</param>
    /// <param name="matrices">The svec forms of M_0, M_1, …, one after another.</param>
    /// <param name="results">Receives the svec forms of E∘(M_0), E∘(M_1), …; not the memory of <paramref name="matrices"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the memory overlaps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The samples or the step are out of range.</exception>
    public static void Apply<T>(MeasurementSource<T> source, long samples, int step, ReadOnlySpan<T> matrices, Span<T> results)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        Guard.AtLeast(samples, 1);
        Guard.AtLeast(step, 0);
        Guard.Accepted(samples, source.RefuseBatch(samples), nameof(samples));
        SampleGroup<T> group = new()
        {
            Step = step, Count = samples, BatchSize = samples, Scale = 1.0 / samples, Group = RandomStream.MaxSubstream, IsBare = true,
        };
        source.Check(in group, matrices, results);
        results.Clear();
        source.Accumulate(in group, matrices, results);
        TensorPrimitives.Subtract(results, matrices, results);
    }
}
