using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>An iterate and the step that led to it. The memory belongs to the trainer and is overwritten by the next step.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct TrainingSnapshot<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the step t of the iterate, 0 for the start.</summary>
    public required int Step { get; init; }

    /// <summary>Gets the signals.</summary>
    /// <exception cref="InvalidOperationException">They are not known: the data are one's own.</exception>
    public SignalModel<T> Signals => KnownSignals ?? throw Trainer<T>.NoSignals();

    /// <summary>Gets the parameters θ_t, all matrices of the model one after another.</summary>
    public required ReadOnlySpan<T> Parameters { get; init; }

    /// <summary>Gets the first matrix of the parameters: the factor U_t, d×k, for UUᵀ.</summary>
    public required ReadOnlyMatrixSpan<T> Factor { get; init; }

    /// <summary>Gets the space of the estimate.</summary>
    public required EstimateSpace Space { get; init; }

    /// <summary>Gets the estimate of the iterate in the coordinates of its space: svec(M), svec(U_tU_tᵀ) for UUᵀ, or the vector w. Empty for matrices in factored form.</summary>
    public required ReadOnlySpan<T> Product { get; init; }

    /// <summary>
    /// Gets svec of the gradient that led from M_{t−1} to M_t, (1/m) Σ (⟨X_i, M⟩ − y_i)X_i, before gradient scale and step size. Empty at
    /// step 0, and in factored form.
    /// </summary>
    public ReadOnlySpan<T> Gradient { get; init; }

    /// <summary>Gets svec of the mean over the gradient's law, its value at m = ∞: UUᵀ − A* − A^(e), with Ā for pooled training. Empty at step 0, and where the batch does not know it.</summary>
    public ReadOnlySpan<T> PopulationGradient { get; init; }

    /// <summary>
    /// Gets svec of (1/m) Σ ⟨X_i, M_{t−1} − A*⟩X_i with the X_i of <see cref="Gradient"/>, the M_{t−1} of Theorem 8's adaptive subspace. Empty at step 0, and unless
    /// <see cref="Trainer{T}.RequestInvariantGradient"/> asked for it.
    /// </summary>
    public ReadOnlySpan<T> InvariantGradient { get; init; }

    /// <summary>
    /// Gets what the gradient was multiplied by, η_{t−1} times the gradient scale: with <see cref="Sgd{T}"/> and UUᵀ, U_t = U_{t−1} − Rate·Gradient·U_{t−1}. 0 at step 0.
    /// </summary>
    public T Rate { get; init; }

    /// <summary>
    /// Gets the Σ of <see cref="PopulationGradient"/>, r2² numbers: Σ^(e) of the environment, E[Σ] for pooled training, (1 − ρ)Σ^(e) + ρ·E[Σ] with a pooled
    /// share. Empty at step 0.
    /// </summary>
    public ReadOnlySpan<double> PopulationSigma { get; init; }

    /// <summary>Gets Σ^(e) of the environment that led here, r2² numbers. Empty at step 0 and for pooled training.</summary>
    public ReadOnlySpan<double> Environment { get; init; }

    /// <summary>Gets the label of that environment (see <see cref="Environments.EnvironmentDistribution.Draw"/>). Empty where <see cref="Environment"/> is.</summary>
    public ReadOnlySpan<double> EnvironmentLabel { get; init; }

    /// <summary>Gets how many samples of the step that led here were left out of the gradient, <see cref="TrainingOptions.TruncationLevel"/>. 0 at step 0.</summary>
    public long SamplesLeftOut { get; init; }

    /// <summary>Ends the run with this iterate, when all observers have seen it: it comes back as <see cref="TrainingStatus.Stopped"/>.</summary>
    public void Stop() => StopRequest?.IsMade = true;

    internal SignalModel<T>? KnownSignals { get; init; }

    internal StopRequest? StopRequest { get; init; }
}
