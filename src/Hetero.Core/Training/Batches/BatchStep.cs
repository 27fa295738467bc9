using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>What a batch gets to make a step's gradient from, and where the gradient goes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct BatchStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the step t, from 0 on.</summary>
    public required int Step { get; init; }

    /// <summary>Gets the estimate of the iterate, in the coordinates of its space: svec(M), d(d+1)/2 numbers, svec(U_tU_tᵀ) for UUᵀ; w itself where the estimate is a vector.
    /// Empty in factored form, see <see cref="Factor"/>.</summary>
    public required ReadOnlySpan<T> Product { get; init; }

    /// <summary>Gets where svec(G_t), G_t = (1/m) Σ (⟨X_i, M⟩ − y_i)X_i, goes, or G_t itself where the estimate is a vector: zeros, to be added to.
    /// Empty in factored form, see <see cref="Panel"/>.</summary>
    public required Span<T> Gradient { get; init; }

    /// <summary>Gets where svec of the gradient's mean over its law goes, if the batch knows it, see <see cref="Batch{T}.HasPopulationGradient"/>; empty otherwise.</summary>
    public Span<T> PopulationGradient { get; init; }

    /// <summary>
    /// Gets where svec of (1/m) Σ ⟨X_i, M − A*⟩X_i goes, with the very X_i of the step, if it is wanted, see <see cref="Batch{T}.HasInvariantGradient"/>: zeros, to be added to; empty
    /// otherwise.
    /// </summary>
    public Span<T> InvariantGradient { get; init; }

    /// <summary>Gets whether the mean of the responses is wanted, <see cref="Batch{T}.ResponseMean"/>.</summary>
    internal bool WantsResponseMean { get; init; }

    /// <summary>Gets whether all numbers of <see cref="Factor"/> are known to be finite.</summary>
    internal bool HasFiniteFactor { get; init; }

    /// <summary>Gets the factor U_t, d×k, where the estimate is one in factored form, and <see cref="Product"/> and <see cref="Gradient"/> are empty.</summary>
    public ReadOnlyMatrixSpan<T> Factor { get; init; }

    /// <summary>Gets where G_t·U_t, d×k, goes in factored form: zeros, to be added to.</summary>
    public MatrixSpan<T> Panel { get; init; }

    /// <summary>Gets the wish to give the gradient up.</summary>
    public CancellationToken Cancellation { get; init; }
}
