using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// PooledSGD (4): every batch mixes samples of all environments, by exact shares or by independent draws
/// (<see cref="TrainingOptions.PooledSampling"/>). In expectation it descends towards A* + Ā.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PooledSgd<T> : Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PooledBatch<T>? _batch;

    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">Everything else. Stratified sampling of a finite distribution needs at least one sample for each environment.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public PooledSgd(
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        : base(problem, environments, source, options, team, cancellation)
    {
        TrainingCheck.RefuseEnvironmentOptions(options, Algorithm);
        if (!source.IsPopulation)
        {
            _batch = new PooledBatch<T>(environments, source, options, Signals, first: 0, "options.Samples");
        }
    }

    /// <inheritdoc/>
    public override string Algorithm => "PooledSGD";

    internal override void Describe(NamedValues description)
    {
        if (_batch is not null)
        {
            description.Add(nameof(Options.PooledSampling), Options.PooledSampling);
        }
    }

    private protected override void ComputeGradient(int step, Span<T> gradient, Span<T> populationGradient, CancellationToken cancellation)
    {
        CopyResidual(MeanSigma, populationGradient, cancellation);
        if (_batch is null)
        {
            TensorPrimitives.Add(gradient, populationGradient, gradient);
        }
        else
        {
            _batch.Add(step, CommonResidual, gradient, cancellation);
        }
    }
}
