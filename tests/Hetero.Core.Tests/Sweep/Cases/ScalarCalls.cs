using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The scalar arguments of methods that take or return spans: delegates of those alone, with usual spans.</summary>
internal static class ScalarCalls
{
    private static readonly SensingProblem Problem = SensingProblem.Create(4, 1, 1, 1);
    private static readonly MeasurementSource<double> Source = new RegeneratedMeasurements<double>(6, 1);
    private static readonly DiagonalEnvironments Scalar = DiagonalEnvironments.TwoPoint(2, 1, 3, ownDraws: true);
    private static readonly FiniteEnvironments Finite = new(1, [[1], [2], [-1]]);

    public static IReadOnlyList<(string Key, Delegate Call)> All { get; } =
    [
        ("MatrixSpan.new(data, rows, columns)", (int rows, int columns) => new MatrixSpan<double>(new double[6], rows, columns).Rows),
        ("ReadOnlyMatrixSpan.new(data, rows, columns)",
            (int rows, int columns) => new ReadOnlyMatrixSpan<float>(new float[6], rows, columns).Rows),
        ("MatrixSpan.Row(row)", (int row) => new MatrixSpan<double>(new double[6], 3, 2).Row(row).Length),
        ("MatrixSpan.get_Item(row, column)", (int row, int column) => new MatrixSpan<double>(new double[6], 3, 2)[row, column]),
        ("ReadOnlyMatrixSpan.get_Item(row, column)", (int row, int column) => new ReadOnlyMatrixSpan<double>(new double[6], 3, 2)[row, column]),
        ("RandomStream.FillGaussian(first, destination)",
            (long first) => Filled(span => new RandomStream(1, StreamPurpose.User).FillGaussian(first, span))),
        ("RandomStream.FillGaussian(first, destination, team)",
            (long first) => Filled(span => new RandomStream(1, StreamPurpose.User).FillGaussian(first, span, null))),
        ("RandomStream.FillUniform(first, destination)",
            (long first) => Filled(span => new RandomStream(1, StreamPurpose.User).FillUniform(first, span))),
        ("Wishart.FillFactor(sequence, degrees, order, factor)", (long degrees, int order) => Filled(span =>
        {
            RandomSequence sequence = new(new RandomStream(1, StreamPurpose.User));
            Wishart.FillFactor(ref sequence, degrees, order, span);
        })),
        ("RegeneratedMeasurements.CopySample(step, sample, destination)",
            (int step, long sample) => Filled(span => new RegeneratedMeasurements<double>(2, 1).CopySample(step, sample, span[..3]))),
        ("StoredMeasurements.CopySample(sample, destination)",
            (long sample) => Filled(span => new StoredMeasurements<double>(2, 5, 1).CopySample(sample, span[..3]))),
        ("MeasurementSource.Accumulate(group, matrices, results)",
            (int step, long count, double scale, int index, long firstSample, double noise, MeasurementSource<double> source) =>
            Accumulated(source ?? Source, new()
            {
                Step = step, Count = count is > 1000 and < long.MaxValue ? 3 : count, Scale = scale, Group = index, FirstSample = firstSample,
                NoiseDeviation = noise,
            })),
        ("RipError.Apply(source, samples, step, matrices, results)",
            (int step) => Filled(span => RipError.Apply(Source, 3, step, new double[21], span[..21]))),
        ("IsometryForm.new(dimension, svecRows)", (int dimension) => new IsometryForm(dimension, Data.Uniform<double>(6, 1)).Dimension),
        ("IsometryForm.OfGram(dimension, gram)",
            (int dimension) => IsometryForm.OfGram(dimension, new([2, 0, 0, 0, 2, 0, 0, 0, 2], 3, 3)).Dimension),
        ("FiniteEnvironments.CopyMatrix(index, sigma)", (int index) => Filled(span => Finite.CopyMatrix(index, span[..1]))),
        ("FiniteEnvironments.CopyLabel(index, label)", (int index) => Filled(span => Finite.CopyLabel(index, span[..1]))),
        ("StoredMeasurements.new(dimension, svecRows, seed, team, sets, order)", (int dimension, int sets, RowOrder order) =>
            new StoredMeasurements<double>(dimension, new double[30], 1, null, sets, order).SamplesPerSet),
        ("EnvironmentDistribution.CopyMatrix(index, sigma)",
            (int index, EnvironmentDistribution distribution) =>
                Filled(span => (distribution ?? Scalar).CopyMatrix(index, span[..(distribution?.Rank * distribution?.Rank ?? 4)]))),
        ("EnvironmentDistribution.CopyLabel(index, label)",
            (int index, EnvironmentDistribution distribution) =>
                Filled(span => (distribution ?? Scalar).CopyLabel(index, span[..(distribution?.LabelLength ?? 2)]))),
        ("ScalarEnvironments.CopyMatrix(index, sigma)", (int index) => Filled(span => Scalar.CopyMatrix(index, span[..4]))),
        ("ScalarEnvironments.CopyLabel(index, label)", (int index) => Filled(span => Scalar.CopyLabel(index, span[..2]))),
        ("EnvironmentSequence.Get(step, sigma, label)",
            (int step, EnvironmentOrder order) => Filled(span => new EnvironmentSequence(Finite, order, 1).Get(step, span[..1], span[1..2]))),
        ("FiniteEnvironments.new(rank, matrices, probabilities)",
            (int rank, double entry, double probability) =>
                new FiniteEnvironments(rank, [[entry], [1]], [probability, 1 - probability]).GetProbability(0)),
        ("SensingProblem.Create(dimension, invariantRank, spuriousRank, seed, layout, overlap, eigenvalues)",
            (int dimension, int invariantRank, int spuriousRank, SubspaceLayout layout, double overlap) =>
            SensingProblem.Create(dimension, invariantRank, spuriousRank, 1, layout, overlap).SignalTrace),
        ("SignalModel.AddSpurious(sigma, scale, destination)",
            (double scale) => Filled(span => new SignalModel<double>(Problem).AddSpurious([0.5], scale, span[..10]))),
        ("Trajectory.GetColumns(row)", (int row) => Recorded().GetColumns(row).Length),
        ("Trajectory.new(capacity, labelLength, columns)", (int capacity, int labelLength) => capacity > 1000 ? 0 : new Trajectory(capacity, labelLength, ["a"]).Count),
        ("TrajectoryRecorder.new(trainer, lastStep, every, columns)", (int lastStep, int every) =>
            lastStep > 1000 ? 0 : new TrajectoryRecorder<double>(Observed(), lastStep, every, new NeuronWeights<double>(Neurons)).Trajectory.Count),
        ("RankOneMeasurements.CopyInput(step, sample, destination)",
            (int step, long sample) => Filled(span => new RankOneMeasurements<double>(2, 1).CopyInput(step, sample, span[..2]))),
        ("StoredRankOneMeasurements.CopyInput(sample, destination)",
            (long sample) => Filled(span => new StoredRankOneMeasurements<double>(2, 5, 1).CopyInput(sample, span[..2]))),
        ("StoredRankOneMeasurements.new(dimension, inputs, seed, team, sets, order)",
            (int dimension, int sets, RowOrder order) => new StoredRankOneMeasurements<double>(dimension, new double[12], 1, null, sets, order).SamplesPerSet),
        ("Trajectory.GetEnvironmentLabel(row)", (int row) => Recorded().GetEnvironmentLabel(row).Length),
        ("StepSizeSchedule.Piecewise(pieces)", (int from, double stepSize) => StepSizeSchedule.Piecewise((0, 0.1), (from, stepSize)).At(100)),
        ("DynamicsRecorder.GetEnvironmentLabel(row)",
            (int row) => Recorder().GetEnvironmentLabel(row).Length),
        ("ControllerProcess.CopyRow(line, row, sigmas, destination)",
            (int row, CalibrationLine line) => Filled(span => ControllerProcess.CopyRow(line, row, new double[3], span[..4]))),
        ("ConfidenceInterval.OfMean(replicas, level)", (double level) => ConfidenceInterval.OfMean([1, 2, 4], level)),
        ("PowerLawFit.Fit(x, y, level)", (double level) => PowerLawFit.Fit([1, 2, 4], [1, 3, 2], level)),
        ("TailExponentEstimate.Hill(samples, largest, level)",
            (int largest, double level) => TailExponentEstimate.Hill([1, 2, 4, 9], largest, level)),
        ("SphereNet.new(points, radius)", (double radius) => new SphereNet(new([1, 0, 0, 1], 2, 2), radius).CoveringRadiusBound()),
        ("AnalyzedStep.new(problem, factor, stepSize, sigma, gradient)",
            (double stepSize) => new AnalyzedStep(Problem, new(new double[4], 4, 1), stepSize, [1], new double[10])),
        ("OneStepDynamics.Compute(factor, rate, sigma, gradient, populationGradient)", (double rate) => Filled(span =>
        {
            OneStepDynamics<double> dynamics = new(Problem, 1);
            dynamics.Compute(new(new double[4], 4, 1), rate, [1], new double[10], new double[10]);
            dynamics.Residual.Main.Data.CopyTo(span);
        })),
        ("ReducedPopulation.FromFactor(problem, factor)", () => ReducedPopulation.FromFactor(Problem, new(Data.Uniform<double>(4, 1), 4, 1))),
        ("ReducedPopulation.Step(sigma, rate)", (double rate) =>
        {
            ReducedPopulation reduced = ReducedPopulation.FromIdentity(Problem, 0.1);
            reduced.Step([1], rate);
            return reduced;
        }),
        .. NumericsCalls.All,
        .. TrainingCalls.All,
        .. PartCalls.All,
        .. StatementCalls.All,
    ];

    private static DynamicsRecorder<double> Recorder()
        => new(new HeteroSgd<double>(Problem, DiagonalEnvironments.TwoPoint(1, 1, 3), new PopulationMeasurements<double>(4), new() { Seed = 1 }), 2);

    private delegate void Fill(Span<double> span);

    private delegate void Count(Span<long> counts);

    private static double[] Filled(Fill fill)
    {
        double[] numbers = new double[30];
        fill(numbers);
        return numbers;
    }

    private static double[] Accumulated(MeasurementSource<double> source, SampleGroup<double> group)
    {
        double[] results = new double[21];
        source.Accumulate(in group, Data.Uniform<double>(21, 2), results);
        return results;
    }

    private static QuadraticNeurons Neurons => QuadraticNeurons.Draw(4, 1, 1, 1);

    private static HeteroSgd<double> Observed()
        => new(Neurons.Problem, DiagonalEnvironments.TwoPoint(1, 1, 3), new PopulationMeasurements<double>(4), new TrainingOptions { Seed = 1 });

    private static double Counted(long samples, Count count)
    {
        long[] counts = new long[3];
        count(counts);
        return counts.Sum() == samples && counts.All(c => c >= 0) ? 1 : double.NaN;
    }

    private static Trajectory Recorded()
    {
        Trajectory trajectory = new(1, 2);
        trajectory.Add(default, [1, 2]);
        return trajectory;
    }
}
