using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// How the gradients of all environments make one: the gradient in M of a function of the environments' risks, their gradients and M, such as a weighted mean of risks plus
/// a penalty on the gradients. Without an objective <see cref="FullBatch{T}"/> takes their mean, Σ_e π_e·G_e.
/// Derive from this class for one of your own.
/// </summary>
/// <remarks>
/// An objective keeps nothing but its numbers and scratch memory, allocates nothing in <see cref="Combine"/> after the first call, and gives the same bits for
/// the same arguments. One objective for each trainer.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets what is needed beside gradients and M, so that a run that cannot give it is refused before its first step.</summary>
    public virtual ObjectiveNeeds Needs => ObjectiveNeeds.None;

    /// <summary>Writes the gradient of the objective.</summary>
    /// <param name="environments">The gradients of the environments, and what goes with them.</param>
    /// <param name="gradient">svec of the gradient in M: zeros, to be added to.</param>
    /// <param name="cancellation">Gives the gradient up.</param>
    public abstract void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation);

    /// <summary>The number of matrices that a draw is asked for with the same samples.</summary>
    internal int MatricesOfDraw => Needs.HasFlag(ObjectiveNeeds.Application) ? 2 : 1;

    /// <summary>Returns the bytes of the objective's own buffers; 0 unless it says otherwise.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public virtual Int128 BufferBytes(in RunSizes sizes) => 0;

    /// <summary>Adds the objective's name and all its numbers: what a saved run is held against.</summary>
    /// <param name="description">Added to.</param>
    public abstract void Describe(PartDescription description);
}
