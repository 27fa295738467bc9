using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// PooledGD (Theorem 6): the full average over D, Σ_e π_e·(1/m) Σ_i (⟨X_i^(e), UUᵀ⟩ − y_i^(e))X_i^(e), each environment with its own m
/// samples. With stored measurements these are drawn once, or are the user's, a set for each environment.
/// </summary>
/// <remarks>
/// A continuous distribution has infinitely many environments; averaging over all of them, each with fresh samples, is the population
/// gradient at A* + Ā. Stored samples cannot cover it and are refused. Not thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PooledGd<T> : Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _isPopulation;
    private readonly double[] _sigma;
    private readonly T[] _residual;

    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d; stored ones with a set of m samples or more for each environment.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public PooledGd(
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        : base(problem, environments, source, options, team, cancellation)
    {
        TrainingCheck.RefuseEnvironmentOptions(options, Algorithm);
        if (options.PooledSampling != PooledSampling.Stratified)
        {
            throw new ArgumentException(
                $"'options.PooledSampling' is {options.PooledSampling}; accepted for {Algorithm}, where every environment has its samples, is "
                + $"{PooledSampling.Stratified}.",
                "options.PooledSampling");
        }

        if (source.IsReused && environments.Count is null)
        {
            throw new ArgumentException(
                $"'{nameof(environments)}' is continuous with stored measurements; accepted is a finite distribution, a set of samples for each environment.",
                nameof(environments));
        }

        if (environments.Count is { } count)
        {
            Guard.AtLeast(source.MeasurementSets, count, "source.MeasurementSets");
        }

        _isPopulation = source.IsPopulation || environments.Count is null;
        _sigma = new double[environments.Rank * environments.Rank];
        _residual = new T[source.SvecLength];
    }

    /// <inheritdoc/>
    public override string Algorithm => "PooledGD";

    internal override void Describe(NamedValues description)
    {
    }

    private protected override void ComputeGradient(int step, Span<T> gradient, Span<T> populationGradient, CancellationToken cancellation)
    {
        CopyResidual(MeanSigma, populationGradient, cancellation);
        if (_isPopulation)
        {
            TensorPrimitives.Add(gradient, populationGradient, gradient);
            return;
        }

        for (int e = 0; e < Environments.Count; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            Environments.CopyMatrix(e, _sigma);
            CopyResidual(_sigma, _residual, cancellation);
            SampleGroup<T> group = new()
            {
                Step = step,
                Group = e,
                MeasurementSet = e,
                Count = Options.Samples,
                BatchSize = Options.Samples,
                Scale = Environments.GetProbability(e) / Options.Samples,
                NoiseDeviation = Options.NoiseDeviation,
                NoiseStep = Source.IsReused ? 0 : step,
                NoiseSubstream = e,
            };
            Source.Accumulate(in group, _residual, gradient, cancellation);
        }
    }
}
