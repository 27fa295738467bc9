using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Observers;

/// <summary>A symmetric 4×4 matrix and a vector of 10 numbers have as many coordinates; an observer of one refuses the other.</summary>
public class ObservedSpaceTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 6, StepSize = StepSizeSchedule.Constant(0.01), InitialScale = 0.1 };

    [Fact]
    public void HeldOutDataOfVectorsRefuseAMatrix()
        => Refused(Matrices(), new HeldOutRisk<double>(Data(10, MeasurementLayout.Vector), 3), "symmetric 4×4 matrices", "vectors of 10 numbers, the space of the data held out");

    [Fact]
    public void HeldOutDataOfMatricesRefuseAVector()
        => Refused(Vectors(), new HeldOutRisk<double>(Data(4, MeasurementLayout.Svec), 3), "vectors of 10 numbers", "symmetric 4×4 matrices, the space of the data held out");

    [Fact]
    public void NeuronsRefuseAVector()
        => Refused(Vectors(), new WeightsAlone(), "vectors of 10 numbers", "symmetric 4×4 matrices, the space of the neurons");

    [Fact]
    public void WhatFitsIsObserved()
    {
        HeldOutRisk<double> risk = new(Data(10, MeasurementLayout.Vector), 3);
        Vectors().Run(3, risk);
        Assert.Equal(4, risk.Count);
        Matrices().Run(3, new WeightsAlone());
    }

    private static void Refused(Trainer<double> trainer, ITrainingObserver<double> observer, string found, string accepted)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => trainer.Run(3, observer));
        Assert.Equal("snapshot", refusal.ParamName);
        Assert.StartsWith($"'snapshot' is of {found}; accepted are iterates of {accepted}.", refusal.Message, StringComparison.Ordinal);
    }

    private static HeteroSgd<double> Matrices()
        => new(
            SensingProblem.Create(4, 1, 1, 1), DiagonalEnvironments.TwoPoint(1, 1, 2), new RegeneratedMeasurements<double>(4, 1), Options);

    private static Trainer<double> Vectors()
        => new(new FullBatch<double>(Data(10, MeasurementLayout.Vector), Options), Options, parts: new TrainingParts<double> { Model = new SquareModel<double>(10, 0.1) });

    private static MeasuredData<double> Data(int dimension, MeasurementLayout layout)
    {
        double[] rows = new double[60], responses = new double[6];
        new RandomStream(1, StreamPurpose.User).FillGaussian(0, rows);
        new RandomStream(2, StreamPurpose.User).FillGaussian(0, responses);
        return new MeasuredData<double>(dimension, [new(rows, responses)], layout);
    }

    private sealed class WeightsAlone : ITrainingObserver<double>
    {
        private readonly NeuronWeights<double> _weights = new(QuadraticNeurons.Draw(4, 1, 1, 1));
        private readonly double[] _values = new double[2];

        public void Observe(in TrainingSnapshot<double> snapshot) => _weights.Compute(in snapshot, _values);
    }
}
