using System.Globalization;
using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The weight of the iterate M on each neuron of a target, p_jᵀMp_j with the dual vectors p_j: c_j where M = Σ c_j·a_ja_jᵀ. Recovery is a weight of 1 on every
/// invariant neuron, and 0 on every variant one;
/// pooled training has the mean of a_j^(e) there.
/// </summary>
/// <remarks>Immutable and thread-safe. Computing allocates nothing, in O(r·d²).</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NeuronWeights<T> : ITrajectoryColumns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly QuadraticNeurons _neurons;

    /// <summary>Takes the neurons.</summary>
    /// <param name="neurons">The neurons.</param>
    public NeuronWeights(QuadraticNeurons neurons)
    {
        ArgumentNullException.ThrowIfNull(neurons);
        _neurons = neurons;
        string[] names = new string[neurons.Count];
        int invariant = neurons.Problem.InvariantRank;
        for (int j = 0; j < names.Length; j++)
        {
            names[j] = string.Create(
                CultureInfo.InvariantCulture, $"{(j < invariant ? "invariant" : "variant")}_neuron_{(j < invariant ? j : j - invariant) + 1}");
        }

        Names = names;
    }

    /// <summary>Gets the names: <c>invariant_neuron_1</c>, …, <c>variant_neuron_1</c>, ….</summary>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The iterate is no matrix of the neurons' dimension, or the length does not fit.</exception>
    public void Compute(in TrainingSnapshot<T> snapshot, Span<double> values)
    {
        TrainingCheck.CheckObserved(snapshot.Space, EstimateSpace.Matrices(_neurons.Problem.Dimension), "the neurons");
        Compute(snapshot.Product, values);
    }

    /// <summary>Computes the weights of a matrix.</summary>
    /// <param name="svec">svec(M).</param>
    /// <param name="weights">Receives a weight for each neuron, those of invariant ones first.</param>
    /// <exception cref="ArgumentException">A length does not fit, or memory is shared.</exception>
    public void Compute(ReadOnlySpan<T> svec, Span<double> weights)
    {
        int d = _neurons.Problem.Dimension;
        Guard.Length(svec.Length, Svec.Length(d), nameof(svec));
        Guard.Length(weights.Length, _neurons.Count, nameof(weights));
        Guard.NoOverlapOfTypes(svec, weights, nameof(svec), nameof(weights));
        for (int j = 0; j < weights.Length; j++)
        {
            // pᵀMp = Σ_i p_i·(M_ii·p_i + 2·Σ_{k<i} M_ik·p_k), with M_ik in svec times √2.
            ReadOnlySpan<double> dual = _neurons.DualVectors.Data.Slice(j * d, d);
            double weight = 0;
            for (int i = 0, start = 0; i < d; start += ++i)
            {
                double below = 0;
                for (int k = 0; k < i; k++)
                {
                    below = Math.FusedMultiplyAdd(double.CreateTruncating(svec[start + k]), dual[k], below);
                }

                double inner = Math.FusedMultiplyAdd(double.CreateTruncating(svec[start + i]), dual[i], Math.Sqrt(2) * below);
                weight = Math.FusedMultiplyAdd(dual[i], inner, weight);
            }

            weights[j] = weight;
        }
    }
}
