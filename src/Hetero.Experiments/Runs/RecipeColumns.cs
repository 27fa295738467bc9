using System.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Experiments.Runs;

/// <summary>The columns that a recipe's trajectory has beside its own: the weights of neurons, and the samples that truncation left out.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RecipeColumns<T> : ITrajectoryColumns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NeuronWeights<T>? _weights;

    private RecipeColumns(NeuronWeights<T>? weights, bool isTruncated)
        => (_weights, Names) = (weights, [.. weights?.Names ?? [], .. isTruncated ? new[] { "samples_left_out" } : []]);

    public IReadOnlyList<string> Names { get; }

    /// <summary>Makes the columns; null for none.</summary>
    public static RecipeColumns<T>? Of(QuadraticNeurons? neurons, bool isTruncated)
        => neurons is null && !isTruncated ? null : new(neurons is null ? null : new NeuronWeights<T>(neurons), isTruncated);

    public void Compute(in TrainingSnapshot<T> snapshot, Span<double> values)
    {
        int weights = _weights?.Names.Count ?? 0;
        _weights?.Compute(in snapshot, values[..weights]);
        if (weights < values.Length)
        {
            values[weights] = snapshot.SamplesLeftOut;
        }
    }
}
