using System.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <content>What a run takes.</content>
public partial class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the sizes of the run, from which its parts and its observers say how many bytes they need.</summary>
    public RunSizes Sizes
    {
        get
        {
            SensingProblem? problem = _batch.Signals?.Problem;
            TrainingOptions samples = _batch.Options ?? Options;
            return new RunSizes
            {
                Dimension = _model.Dimension,
                Columns = _model.Shapes[0].Columns,
                InvariantRank = problem?.InvariantRank ?? 0,
                SpuriousRank = problem?.SpuriousRank ?? 0,
                Samples = samples.Samples,
                Threads = _team?.Degree ?? 1,
                IsVector = _model.Space.IsVector,
                IsFactored = _model.Space.IsFactored,
                IsTruncated = samples.TruncationLevel is not null,
                Matrices = _wantsInvariantGradient ? 2 : 1,
                NeedsResponses = _trace is { WantsResponseMean: true },
                HasNegativeSignals = problem is not null && problem.SignalTrace != problem.SignalNuclearNorm,
            };
        }
    }

    /// <summary>
    /// Gets the bytes of all buffers of the run that grow with its sizes, those that the first step makes included: the trainer's own, among them what the update rule keeps, and what batch,
    /// source, objective and model say of theirs. Observers come on top, <see cref="ITrainingObserver{T}.BufferBytes"/>.
    /// </summary>
    public Int128 BufferBytes
    {
        get
        {
            RunSizes sizes = Sizes;
            return OwnBytes(_batch.Space, _parameters.Length, _state.Length, _scratch.Length, _batch.HasPopulationGradient, _wantsInvariantGradient)
                + (_round is null ? 0 : FederatedRounds.RequiredBytes<T>(_model.Shapes)) + _batch.BufferBytes(in sizes) + _model.BufferBytes(in sizes);
        }
    }

    /// <summary>Returns the bytes of the trainer's own buffers before it is made: parameters and their direction, what the update rule keeps and works with, estimate and gradients.</summary>
    /// <param name="space">The space of the estimate.</param>
    /// <param name="shapes">The shapes of the model's parameters.</param>
    /// <param name="rule">The update rule.</param>
    /// <param name="hasPopulationGradient">Whether the batch has one: signals are known, no sample is left out, and there is no objective.</param>
    /// <param name="hasInvariantGradient">Whether <see cref="RequestInvariantGradient"/> will ask for another one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A shape has no entries, or the rule keeps more of them than an array holds.</exception>
    public static Int128 RequiredBytes(EstimateSpace space, ReadOnlySpan<MatrixShape> shapes, UpdateRule<T> rule, bool hasPopulationGradient, bool hasInvariantGradient = false)
    {
        ArgumentNullException.ThrowIfNull(rule);
        long parameters = 0;
        foreach (MatrixShape shape in shapes)
        {
            parameters += (long)shape.Rows * shape.Columns;
        }

        return OwnBytes(space, parameters, rule.StateLength(shapes), rule.ScratchLength(shapes), hasPopulationGradient, hasInvariantGradient);
    }

    private static Int128 OwnBytes(EstimateSpace space, long parameters, int state, int scratch, bool hasPopulationGradient, bool hasInvariantGradient)
        => RunSizes.Bytes<T>((Int128)parameters + state + scratch) + StepWork<T>.BytesOf(space, parameters, hasPopulationGradient, hasInvariantGradient);
}
