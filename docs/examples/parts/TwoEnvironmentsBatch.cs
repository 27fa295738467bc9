using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>Between HeteroSGD and PooledSGD: every step draws two environments, and takes half of its m samples from each.</summary>
public sealed class TwoEnvironmentsBatch(
    SignalModel<double> signals, EnvironmentDistribution environments, MeasurementSource<double> source, ulong seed, int samples) : Batch<double>(source.Dimension)
{
    private readonly double[] _sigma = new double[environments.Rank * environments.Rank];
    private readonly double[] _label = new double[environments.LabelLength];
    private readonly double[] _residual = new double[source.SvecLength];

    public override string Algorithm => "TwoEnvironmentsSGD";

    // A trainer's options may say the same of the samples, or nothing.
    public override TrainingOptions Options { get; } = new() { Seed = seed, Samples = samples };

    public override SignalModel<double> Signals => signals;

    public override EnvironmentDistribution Environments => environments;

    // Its own residual, and what its parts say of theirs.
    public override Int128 BufferBytes(in RunSizes sizes)
        => (sizeof(double) * sizes.SvecLength) + SignalModel<double>.RequiredBytes(in sizes) + source.BufferBytes(sizes with { Samples = samples / 2 });

    public override void ComputeGradient(in BatchStep<double> step)
    {
        int half = samples / 2;
        for (int e = 0; e < 2; e++)
        {
            // The residual of this environment: M − A* − V*Σ^(e)V*ᵀ.
            environments.Draw(new RandomStream(seed, StreamPurpose.User, step.Step, e), _sigma, _label);
            TensorPrimitives.Subtract(step.Product, signals.Signal, _residual);
            signals.AddSpurious(_sigma, -1, _residual);
            source.Accumulate(
                new SampleGroup<double> { Step = step.Step, Group = e, FirstSample = e * half, Count = half, Scale = 0.5 / half }, _residual, step.Gradient, step.Cancellation);
        }
    }

    public override void Describe(PartDescription description)
    {
        description.Add("samples", samples);
        description.Add("environmentSeed", seed);
        description.Add("signal", signals.Signal);
        description.Add<double>("spuriousBasis", signals.Problem.SpuriousBasis.Data);
        environments.Describe(description);
        source.Describe(description, samples);
    }
}
