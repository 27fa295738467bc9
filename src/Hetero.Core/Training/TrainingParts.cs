using System.Numerics;

namespace Hetero.Core.Training;

/// <summary>Parts of a training step that stand in for the paper's own: what is null stays what the paper has.</summary>
/// <remarks>Immutable. A model serves one trainer, an update rule many.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingParts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the model; null for UUᵀ with the start that the options say, <see cref="GramModel{T}"/>.</summary>
    public Model<T>? Model { get; init; }

    /// <summary>Gets the update rule; null for <see cref="Sgd{T}"/>.</summary>
    public UpdateRule<T>? UpdateRule { get; init; }

    /// <summary>Gets the federated rounds that a step is; null for a step of the batch, without clients.</summary>
    public FederatedRounds? Rounds { get; init; }
}
