using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The numbers that the parts of training steps are made of, and the shapes that they are asked about.</summary>
internal static class PartCalls
{
    private const int D = 4;
    private static readonly SensingProblem Problem = SensingProblem.Create(D, 1, 1, 1);
    private static readonly EnvironmentDistribution TwoPoint = DiagonalEnvironments.TwoPoint(1, 1, 2);
    private static readonly MeasuredData<double> Data = Parts.Data<double>(D);

    public static IReadOnlyList<(string Key, Delegate Call)> All { get; } =
    [
        ("HeavyBall.new(momentum)", (double momentum) => Run(new HeavyBall<double>(momentum))),
        ("Nesterov.new(momentum)", (double momentum) => Run(new Nesterov<double>(momentum))),
        ("SignDescent.new(momentum)", (double momentum) => Run(new SignDescent<double>(momentum))),
        ("Adam.new(firstDecay, secondDecay, epsilon)",
            (double firstDecay, double secondDecay, double epsilon) => Run(new Adam<double>(firstDecay, secondDecay, epsilon))),
        ("Muon.new(momentum, orthogonalization)",
            (double momentum, Orthogonalization orthogonalization) => Run(new Muon<double>(momentum, orthogonalization))),
        ("DecoupledWeightDecay.new(rule, decay)", (double decay) => Run(new DecoupledWeightDecay<double>(new Sgd<double>(), decay))),
        ("NoisyDirection.new(rule, deviation, seed)", (double deviation) => Run(new NoisyDirection<double>(new Sgd<double>(), deviation, 1))),
        ("EstimateSpace.Matrices(dimension)", (int dimension) => (double)EstimateSpace.Matrices(dimension).Length),
        ("EstimateSpace.Vectors(dimension)", (int dimension) => (double)EstimateSpace.Vectors(dimension).Length),
        ("SquareModel.new(dimension, initialScale)", (int dimension, double initialScale) => Start(() => new SquareModel<double>(dimension, initialScale), dimension)),
        ("SquareDifferenceModel.new(dimension, initialScale)",
            (int dimension, double initialScale) => Start(() => new SquareDifferenceModel<double>(dimension, initialScale), dimension)),
        ("MiniBatchNoise.new(batch, data, samples, factor)", (int samples, double factor) =>
        {
            MeasuredData<double> data = Parts.Data<double>(D, order: RowOrder.WithReplacement);
            MiniBatchNoise<double> batch = new(new FullBatch<double>(data, Options), data, samples, factor);
            double[] gradient = new double[10];

            // More rows than that take long.
            if (samples <= 1000)
            {
                batch.ComputeGradient(new() { Step = 5, Product = new double[10], Gradient = gradient });
            }

            return gradient;
        }),
        ("ClippedDirection.new(rule, largestNorm)", (double largestNorm) => Run(new ClippedDirection<double>(new Sgd<double>(), largestNorm))),
        .. Parts.Rules<double>().DistinctBy(rule => rule.Rule.GetType()).SelectMany(rule => OfShapes(rule.Rule)),
        .. OfShapes(new Adam<double>(), "UpdateRule").Concat(OfShapes(new Muon<double>(0.5, Orthogonalization.Polar), "UpdateRule", scratch: true)),
        ("StepSizeSchedule.Cosine(first, last, steps)",
            (double first, double last, int steps) => StepSizes(StepSizeSchedule.Cosine(first, last, steps), first)),
        ("StepSizeSchedule.InverseTime(first, halving)",
            (double first, double halving) => StepSizes(StepSizeSchedule.InverseTime(first, halving), first)),
        ("StepSizeSchedule.Constant(stepSize)", (double stepSize) => StepSizes(StepSizeSchedule.Constant(stepSize), stepSize)),
        ("StepSizeSchedule.Function(name, stepSize)", (string name) => StepSizeSchedule.Function(name, step => 0.1 + step).At(3)),
        ("MeasuredData.new(dimension, environments, layout, probabilities, order, seed, team)",
            (int dimension, MeasurementLayout layout, RowOrder order, double probability, double entry) =>
            {
                EnvironmentSamples<double>[] samples = Parts.Samples<double>(2, length: layout switch { MeasurementLayout.Svec => 3, MeasurementLayout.RankOne => 2, _ => 4 });
                samples[1] = samples[1] with { Responses = new[] { entry, 1, 2, 3 } };
                return new MeasuredData<double>(dimension, samples, layout, [probability, 1 - probability], order).GetProbability(0);
            }),
        ("MeasuredData.Risk(environment, matrix)", (int environment) => Data.Risk(environment, new double[10])),
        ("HeldOutRisk.new(data, lastStep, every)", (int lastStep, int every) =>
        {
            HeldOutRisk<double> risk = new(Data, lastStep, every);
            new HeteroSgd<double>(Data, Options).Run(Math.Min(lastStep, 5), risk);
            return risk.GetRisks(risk.Count - 1).ToArray();
        }),
        ("HeldOutRisk.GetRisks(row)", (int row) =>
        {
            HeldOutRisk<double> risk = new(Data, 3);
            new HeteroSgd<double>(Data, Options).Run(2, risk);
            return risk.GetRisks(row).ToArray();
        }),
        ("EnvironmentGradients.GetProbability(environment)", (int environment) => Parts.GradientsOf(Data).GetProbability(environment)),
        ("EnvironmentGradients.GetGradient(environment)", (int environment) => Parts.GradientsOf(Data).GetGradient(environment).ToArray()),
        ("EnvironmentGradients.Apply(environment, matrix, result)", (int environment) =>
        {
            double[] result = new double[10];
            Parts.GradientsOf(Data).Apply(environment, Support.Data.Uniform<double>(10, 1), result);
            return result;
        }),
        ("EnvironmentGradients.GetRisk(environment)", (int environment) => Parts.GradientsOf(Data).GetRisk(environment)),
        ("RiskExtrapolation.new(weight)", (double weight) => Run(new RiskExtrapolation<double>(weight))),
        ("IrmV1.new(weight)", (double weight) => Run(new IrmV1<double>(weight))),
        ("MatrixIrm.new(weight)", (double weight) => Run(new MatrixIrm<double>(weight))),
        ("GradientVariance.new(weight)", (double weight) => Run(new GradientVariance<double>(weight))),
        ("GradientNormVariance.new(weight)", (double weight) => Run(new GradientNormVariance<double>(weight))),
        ("AndMask.new(agreement)", (double agreement) => Run(new AndMask<double>(agreement))),
        ("DifferenceOfFits.Write(first, second, invariantRank, spuriousRank, destination)", (int invariantRank, int spuriousRank) =>
        {
            double[] result = new double[D * D];
            double[] fit = Support.Matrices.Mirrored(Support.Data.Uniform<double>(D * D, 3), D);
            DifferenceOfFits.Write<double>(new(fit, D, D), new(new double[D * D], D, D), invariantRank, spuriousRank, new(result, D, D));
            return result;
        }),
        ("FunctionEnvironments.new(name, mean, largestEntry, draw)", (string name, double largestEntry, double mean) =>
        {
            FunctionEnvironments law = new(name, [mean], largestEntry, (_, sigma) => sigma[0] = mean);
            double[] sigma = new double[1], label = new double[1];
            law.Draw(default, sigma, label);
            return label;
        }),
        OwnData("HeteroSgd.new(data, options, team, parts)", options => new HeteroSgd<double>(Data, options)),
        OwnData("FederatedSgd.new(data, options, rounds, team, parts)", options => new FederatedSgd<double>(Data, options, new(3, 2))),
        OwnData("PooledSgd.new(data, options, team, parts)", options => new PooledSgd<double>(Data, options)),
        OwnData("PooledGd.new(data, options, team, parts, objective)", options => new PooledGd<double>(Data, options)),
        OwnData("Trainer.new(batch, options, team, parts)", options => new Trainer<double>(new HeteroBatch<double>(Data, options), options)),
        OwnBatch("HeteroBatch.new(data, options)", options => new HeteroBatch<double>(Data, options)),
        OwnBatch("PooledBatch.new(data, options)", options => new PooledBatch<double>(Data, options)),
        OwnBatch("FullBatch.new(data, options, objective)", options => new FullBatch<double>(Data, options, new Parts.Squares<double>())),
        OwnBatch("FullBatch.new(signals, environments, source, options, objective)", options =>
            new FullBatch<double>(new SignalModel<double>(Problem), TwoPoint, new Parts.Rows<double>(D), options, new Parts.Squares<double>())),
    ];

    private static TrainingOptions Options => new() { Seed = 1, Samples = 2 };

    /// <summary>Three steps with a rule: numbers, or a run that diverges.</summary>
    private static double[] Run(UpdateRule<double> rule)
    {
        HeteroSgd<double> trainer = new(Data, Options, parts: new() { UpdateRule = rule });
        return trainer.Run(3).Status == TrainingStatus.Completed ? trainer.Factor.Data.ToArray() : [];
    }

    /// <summary>Three steps of an objective.</summary>
    private static double[] Run(Objective<double> objective)
    {
        PooledGd<double> trainer = new(Data, Options with { Samples = TrainingOptions.AllRows }, objective: objective);
        return trainer.Run(3).Status == TrainingStatus.Completed ? trainer.Factor.Data.ToArray() : [];
    }

    /// <summary>Where a model starts; one of more numbers than that takes much memory.</summary>
    private static double[] Start(Func<Model<double>> create, int dimension)
    {
        Model<double> model = create();
        double[] parameters = new double[dimension <= 1000 ? model.ParameterCount : 0];
        if (parameters.Length > 0)
        {
            model.Start(parameters);
        }

        return parameters;
    }

    private static (string Key, Delegate Call) OwnData(string key, Func<TrainingOptions, Trainer<double>> create) => (
        key,
        (double scale, double start, double noise, double share, int columns, long samples) =>
        {
            Trainer<double> trainer = create(new()
            {
                Seed = 1,
                GradientScale = scale,
                InitialScale = start,
                NoiseDeviation = noise,
                PooledShare = share,
                FactorColumns = columns,
                Samples = samples,
            });
            return trainer.Run(3).Status == TrainingStatus.Completed ? trainer.Factor.Data.ToArray() : [];
        }
    );

    private static (string Key, Delegate Call) OwnBatch(string key, Func<TrainingOptions, Batch<double>> create) => (
        key,
        (double noise, double share, long samples, PooledSampling sampling) =>
        {
            Batch<double> batch = create(new() { Seed = 1, NoiseDeviation = noise, PooledShare = share, Samples = samples, PooledSampling = sampling });
            double[] gradient = new double[10], mean = new double[batch.HasPopulationGradient ? 10 : 0];

            // More samples than that take long.
            if (samples <= 1000)
            {
                batch.ComputeGradient(new() { Step = 5, Product = new double[10], Gradient = gradient, PopulationGradient = mean });
            }

            return gradient;
        }
    );

    private static IEnumerable<(string Key, Delegate Call)> OfShapes(UpdateRule<double> rule, string? type = null, bool? scratch = null)
    {
        string name = type ?? rule.GetType().Name.Split('`')[0];
        if (scratch != true && PublicSurface.Members.ContainsKey($"{name}.StateLength(shapes)"))
        {
            yield return ($"{name}.StateLength(shapes)", (int rows, int columns) => Length(rule.StateLength([new MatrixShape(rows, columns), new(2, 2)])));
        }

        if (scratch != false && PublicSurface.Members.ContainsKey($"{name}.ScratchLength(shapes)"))
        {
            yield return ($"{name}.ScratchLength(shapes)", (int rows, int columns) => Length(rule.ScratchLength([new MatrixShape(rows, columns), new(2, 2)])));
        }
    }

    private static double Length(int length) => length >= 0 ? length : double.NaN;

    /// <summary>The first step size is what it is said to be, and none leaves the bounds, which trainers hold against the precision.</summary>
    private static double[] StepSizes(StepSizeSchedule schedule, double first)
    {
        (double smallest, double largest) = schedule.Bounds!.Value;
        double[] sizes = [.. new[] { 0, 1, 2, 20, int.MaxValue }.Select(schedule.At)];
        return sizes[0] == first && sizes.All(size => size >= smallest && size <= largest) ? sizes : [double.NaN];
    }
}
