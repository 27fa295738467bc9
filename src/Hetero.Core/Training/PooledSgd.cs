using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
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
    // One exact-law term for each environment costs O(d²); beyond this many, one coefficient for each sample is cheaper.
    private const int MaxDiagonalGroups = 16;

    private readonly long[] _counts = [];
    private readonly double[] _sigma;
    private readonly T[] _residual;
    private readonly ResidualMixture<T>? _mixture;
    private readonly int[] _order = [];

    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">Everything else. Stratified sampling of a finite distribution needs at least one sample for each environment.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    public PooledSgd(
        SensingProblem problem, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options, WorkerTeam? team = null)
        : base(problem, environments, source, options, team)
    {
        _sigma = new double[environments.Rank * environments.Rank];
        _residual = new T[source.SvecLength];
        if (source.IsPopulation)
        {
            return;
        }

        bool stratified = options.PooledSampling == PooledSampling.Stratified;
        if (stratified && environments.Count is { } count)
        {
            Guard.AtLeast(options.Samples, count, "options.Samples");
        }

        if (environments.Diagonal is { } diagonal && !(environments.Count <= MaxDiagonalGroups))
        {
            Guard.InRange(options.Samples, 1, int.MaxValue / diagonal.Scalars, "options.Samples");
            _mixture = CreateMixture(Signals, diagonal, (int)options.Samples);
            _order = new int[options.Samples];
            return;
        }

        _counts = new long[environments.Count!.Value];
        if (stratified)
        {
            EnvironmentShares.Stratify(environments, options.Samples, _counts);
        }
    }

    /// <inheritdoc/>
    public override string Algorithm => "PooledSGD";

    private protected override void ComputeGradient(int step, Span<T> gradient, Span<T> populationGradient)
    {
        CopyResidual(MeanSigma, populationGradient);
        RandomStream assignment = new(Options.Seed, StreamPurpose.Assignment, step);
        if (Source.IsPopulation)
        {
            TensorPrimitives.Add(gradient, populationGradient, gradient);
        }
        else if (_mixture is not null)
        {
            AddMixture(step, assignment, gradient);
        }
        else
        {
            AddGroups(step, assignment, gradient);
        }
    }

    private static ResidualMixture<T> CreateMixture(SignalModel<T> signals, DiagonalEnvironments environments, int samples)
    {
        int length = signals.Signal.Length;
        int rank = environments.Rank;
        T[] directions = new T[environments.Scalars * length];
        double[] sigma = new double[rank * rank];
        for (int scalar = 0; scalar < environments.Scalars; scalar++)
        {
            Array.Clear(sigma);
            for (int j = 0; j < rank; j++)
            {
                sigma[j * (rank + 1)] = environments.OwnDraws && j != scalar ? 0 : 1;
            }

            signals.AddSpurious(sigma, T.One, directions.AsSpan(scalar * length, length));
        }

        return new ResidualMixture<T>(directions, environments.Scalars, samples);
    }

    private void AddMixture(int step, RandomStream assignment, Span<T> gradient)
    {
        ScalarAssignment.Fill(
            Environments.Diagonal!, Options.PooledSampling, (int)Options.Samples, assignment, _mixture!.Coefficients, _order);
        SampleGroup<T> group = new()
        {
            Step = step,
            Count = Options.Samples,
            Scale = 1.0 / Options.Samples,
            NoiseDeviation = Options.NoiseDeviation,
            NoiseStep = step,
            Mixture = _mixture,
        };
        Source.Accumulate(in group, CommonResidual, gradient);
    }

    private void AddGroups(int step, RandomStream assignment, Span<T> gradient)
    {
        if (Options.PooledSampling == PooledSampling.Independent)
        {
            EnvironmentShares.Draw(Environments, Options.Samples, assignment, _counts);
        }

        long first = 0;
        for (int e = 0; e < _counts.Length; e++)
        {
            Environments.CopyMatrix(e, _sigma);
            CopyResidual(_sigma, _residual);
            SampleGroup<T> group = new()
            {
                Step = step,
                Group = e,
                FirstSample = first,
                Count = _counts[e],
                Scale = 1.0 / Options.Samples,
                NoiseDeviation = Options.NoiseDeviation,
                NoiseStep = Source.IsReused ? 0 : step,
                NoiseSubstream = e,
            };
            Source.Accumulate(in group, _residual, gradient);
            first += _counts[e];
        }
    }
}
