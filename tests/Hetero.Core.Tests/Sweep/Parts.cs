using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Small parts of training steps, among them such as a user would derive.</summary>
internal static class Parts
{
    /// <summary>Every update rule, and whether a step of it is linear in parameters, direction and state.</summary>
    public static IEnumerable<(UpdateRule<T> Rule, bool IsLinear)> Rules<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        (new Sgd<T>(), true), (new HeavyBall<T>(0.5), true), (new Nesterov<T>(0.5), true), (new DecoupledWeightDecay<T>(new Nesterov<T>(0.5), 0.1), true),
        (new Adam<T>(), false), (new SignDescent<T>(), false), (new SignDescent<T>(0.5), false), (new ClippedDirection<T>(new HeavyBall<T>(0.5), 0.1), false),
        (new Muon<T>(), false), (new Muon<T>(0.5, Orthogonalization.Polar), false), (new NoisyDirection<T>(new HeavyBall<T>(0.5), 0.1, 3), false),
        (new Shrinkage<T>(new Sgd<T>(), TraceKind.ResponseMean), false),
    ];

    /// <summary>Every objective of the library, by a weight λ of the penalties.</summary>
    public static IEnumerable<Objective<T>> Objectives<T>(double weight = 0.3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        new MeanRisk<T>(), new RiskExtrapolation<T>(weight), new GroupDro<T>(), new IrmV1<T>(weight), new MatrixIrm<T>(weight),
        new GradientVariance<T>(weight), new GradientNormVariance<T>(weight), new AndMask<T>(),
    ];

    /// <summary>Two environments of three and four samples.</summary>
    public static EnvironmentSamples<T>[] Samples<T>(int dimension, double response = 1, int length = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = length == 0 ? Svec.Length(dimension) : length;
        return [.. new[] { 3, 4 }.Select(n => new EnvironmentSamples<T>(
            Support.Data.Uniform<T>(n * size, n), Array.ConvertAll(Support.Data.Uniform<double>(n, 9), y => T.CreateChecked(response * y))))];
    }

    public static MeasuredData<T> Data<T>(int dimension, double response = 1, RowOrder order = RowOrder.Shuffled)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(dimension, Samples<T>(dimension, response), order: order);

    /// <summary>A batch of all rows with mini-batch noise.</summary>
    public static MiniBatchNoise<T> Noisy<T>(int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MeasuredData<T> data = Data<T>(dimension, order: RowOrder.WithReplacement);
        return new MiniBatchNoise<T>(new FullBatch<T>(data, new() { Seed = 1, Samples = TrainingOptions.AllRows }), data, 2);
    }

    /// <summary>The models of vectors.</summary>
    public static Model<T>[] VectorModels<T>(int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [new SquareModel<T>(dimension, 0.5), new SquareDifferenceModel<T>(dimension, 0.5)];

    public static IEnumerable<Batch<T>> OwnBatches<T>(MeasuredData<T> data, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        =>
        [
            new HeteroBatch<T>(data, options), new PooledBatch<T>(data, options), new FullBatch<T>(data, options),
            new FullBatch<T>(data, options, new Squares<T>()),
        ];

    /// <summary>A law of s·11ᵀ with s uniform on [0, 2).</summary>
    public static FunctionEnvironments Law(int rank)
        => new("law", [.. Enumerable.Repeat(1.0, rank * rank)], 2, (stream, sigma) =>
        {
            stream.FillUniform(0, sigma[..1]);
            sigma.Fill(2 * sigma[0]);
        });

    /// <summary>The gradients of all environments of data, at the matrix 0.</summary>
    public static EnvironmentGradients<T> GradientsOf<T>(MeasuredData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Squares<T> objective = new();
        FullBatch<T> batch = new(data, new() { Seed = 1, Samples = TrainingOptions.AllRows }, objective);
        batch.ComputeGradient(new BatchStep<T> { Step = 0, Product = new T[data.SvecLength], Gradient = new T[data.SvecLength] });
        return objective.Shown!;
    }

    /// <summary>½·Σ π_e‖G_e‖² in M, whose gradient applies an environment's measurements to its own gradient.</summary>
    public sealed class Squares<T> : Objective<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private T[] _applied = [];

        public EnvironmentGradients<T>? Shown { get; private set; }

        public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
        {
            Shown = environments;
            if (_applied.Length < gradient.Length)
            {
                _applied = new T[gradient.Length];
            }

            for (int e = 0; e < environments.Count; e++)
            {
                _applied.AsSpan().Clear();
                environments.Apply(e, environments.GetGradient(e), _applied, cancellation);
                System.Numerics.Tensors.TensorPrimitives.FusedMultiplyAdd(_applied, T.CreateChecked(environments.GetProbability(e)), gradient, gradient);
            }
        }

        public override void Describe(PartDescription description) => description.Add("objective", "squares");
    }

    /// <summary>Measurements with independent entries of N(0, 1).</summary>
    public sealed class Rows<T>(int dimension, ulong seed = 1, WorkerTeam? team = null) : RowMeasurements<T>(dimension, seed, team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void FillRow(int step, int set, long sample, Span<T> svec)
            => new RandomStream(Seed, StreamPurpose.Measurements, step, set).FillGaussian(sample * (((svec.Length + 7) / 8) * 8), svec);

        public override void Describe(PartDescription description, long batchSize) => description.Add("kind", "test rows");
    }
}
