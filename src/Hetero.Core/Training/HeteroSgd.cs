using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>HeteroSGD, Algorithm 3: every step draws one environment e_t ~ D and m samples from it alone.</summary>
/// <remarks>The paper's Algorithm 3 counts steps from 1, (3) from 0; steps here are those of (3). Not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class HeteroSgd<T> : Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _sigma;
    private readonly double[] _label;

    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    public HeteroSgd(
        SensingProblem problem, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options, WorkerTeam? team = null)
        : base(problem, environments, source, options, team)
    {
        _sigma = new double[environments.Rank * environments.Rank];
        _label = new double[environments.LabelLength];
    }

    /// <inheritdoc/>
    public override string Algorithm => "HeteroSGD";

    private protected override void ComputeGradient(int step, Span<T> gradient, Span<T> populationGradient)
    {
        int index = Environments.Draw(new RandomStream(Options.Seed, StreamPurpose.Environments, step), _sigma, _label);
        CopyResidual(_sigma, populationGradient);
        SampleGroup<T> group = new()
        {
            Step = step,
            Count = Options.Samples,
            Scale = 1.0 / Options.Samples,
            NoiseDeviation = Options.NoiseDeviation,
            NoiseStep = Source.IsReused && index >= 0 ? 0 : step,
            NoiseSubstream = Math.Clamp(index, 0, RandomStream.MaxSubstream),
        };
        Source.Accumulate(in group, populationGradient, gradient);
    }

    private protected override void GetEnvironment(out ReadOnlySpan<double> sigma, out ReadOnlySpan<double> label)
    {
        sigma = _sigma;
        label = _label;
    }
}
