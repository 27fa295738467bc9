using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>HeteroSGD, Algorithm 3: every step draws one environment e_t ~ D and m samples from it alone.</summary>
/// <remarks>
/// <para>Beyond the paper, <see cref="TrainingOptions.EnvironmentOrder"/> lets e_t depend on those before, and with
/// <see cref="TrainingOptions.PooledShare"/> ρ only round((1 − ρ)m) samples (halves away from zero) come from e_t; the others are spread over
/// all environments as PooledSGD spreads its batch. The mean gradient is then that of Σ = (1 − ρ)Σ_t + ρ·E[Σ], with ρ as rounded. Without a
/// pooled sample the bits are those of ρ = 0; with pooled samples alone they are those of <see cref="PooledSgd{T}"/>, and there is no e_t to
/// report. At m = ∞ nothing is rounded.</para>
/// <para>The paper's Algorithm 3 counts steps from 1, (3) from 0; steps here are those of (3). Not thread-safe.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class HeteroSgd<T> : Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EnvironmentSequence _sequence;
    private readonly double[] _sigma;
    private readonly double[] _label;
    private readonly double[] _mixedSigma;
    private readonly T[] _residual;
    private readonly PooledBatch<T>? _pooled;
    private readonly double _share;
    private readonly long _own;

    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public HeteroSgd(
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        : base(problem, environments, source, options, team, cancellation)
    {
        _sigma = new double[environments.Rank * environments.Rank];
        _label = new double[environments.LabelLength];
        _mixedSigma = new double[_sigma.Length];
        EnvironmentSequence.Check(environments, options.EnvironmentOrder, "options.EnvironmentOrder");
        _sequence = new EnvironmentSequence(environments, options.EnvironmentOrder, options.Seed);
        Guard.InRange(options.PooledShare, 0, 1, "options.PooledShare");
        (_share, _own) = (options.PooledShare, options.Samples);
        if (!source.IsPopulation)
        {
            _own = options.Samples - PooledShare.SamplesOf(options.Samples, options.PooledShare);
            _share = (double)(options.Samples - _own) / options.Samples;
            _pooled = _own == options.Samples
                ? null
                : new PooledBatch<T>(environments, source, options, Signals, _own, "options.PooledShare");
        }

        _residual = _pooled is null ? [] : new T[source.SvecLength];
    }

    /// <inheritdoc/>
    public override string Algorithm => "HeteroSGD";

    private protected override ReadOnlySpan<double> PopulationSigma => _share == 0 ? _sigma : _mixedSigma;

    private protected override void ComputeGradient(int step, Span<T> gradient, Span<T> populationGradient, CancellationToken cancellation)
    {
        int index = _sequence.Get(step, _sigma, _label);
        if (_share == 0)
        {
            CopyResidual(_sigma, populationGradient, cancellation);
            AddOwn(step, index, populationGradient, gradient, cancellation);
            return;
        }

        PooledShare.Mix(_share, _sigma, MeanSigma, _mixedSigma);
        CopyResidual(_mixedSigma, populationGradient, cancellation);
        if (_pooled is null)
        {
            TensorPrimitives.Add(gradient, populationGradient, gradient);
            return;
        }

        if (_own > 0)
        {
            CopyResidual(_sigma, _residual, cancellation);
            AddOwn(step, index, _residual, gradient, cancellation);
        }

        _pooled.Add(step, CommonResidual, gradient, cancellation);
    }

    private protected override void GetEnvironment(out ReadOnlySpan<double> sigma, out ReadOnlySpan<double> label)
    {
        sigma = _share < 1 ? _sigma : default;
        label = _share < 1 ? _label : default;
    }

    internal override void Describe(NamedValues description)
    {
        // Independent draws are blocks of length 1, and a share counts as it is rounded.
        EnvironmentOrder order = Options.EnvironmentOrder;
        description.Add(nameof(Options.EnvironmentOrder), order.Kind == EnvironmentOrderKind.Blocks ? EnvironmentOrderKind.Independent : order.Kind);
        description.Add(nameof(order.BlockLength), order.BlockLength);
        description.Add(nameof(Options.PooledShare), _share);
        if (_pooled is not null)
        {
            description.Add(nameof(Options.PooledSampling), Options.PooledSampling);
        }
    }

    private void AddOwn(int step, int index, ReadOnlySpan<T> residual, Span<T> gradient, CancellationToken cancellation)
    {
        SampleGroup<T> group = new()
        {
            Step = step,
            Count = _own,
            BatchSize = Options.Samples,
            Positions = _pooled?.PositionsAt(step),
            Scale = 1.0 / Options.Samples,
            NoiseDeviation = Options.NoiseDeviation,
            NoiseStep = Source.IsReused && index >= 0 ? 0 : step,
            NoiseSubstream = Math.Clamp(index, 0, RandomStream.MaxSubstream),
        };
        Source.Accumulate(in group, residual, gradient, cancellation);
    }
}
