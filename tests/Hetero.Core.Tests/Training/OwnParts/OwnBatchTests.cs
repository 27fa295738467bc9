using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A batch that a user writes: matrix completion, where every step shows some entries of a matrix.</summary>
public class OwnBatchTests
{
    private const int D = 6, Shown = 8;

    /// <summary>Every step shows the entries (i, j), j ≤ i, of a walk through the lower triangle; the gradient of ½Σ (M_ij − A_ij)².</summary>
    private sealed class CompletionBatch(double[] target, int stride) : Batch<double>(D)
    {
        public override string Algorithm => "Completion";

        public static int EntryOf(int step, int i, int stride) => ((step * Shown) + (stride * i)) % (D * (D + 1) / 2);

        public override void ComputeGradient(in BatchStep<double> step)
        {
            for (int i = 0; i < Shown; i++)
            {
                int entry = EntryOf(step.Step, i, stride);
                step.Gradient[entry] += step.Product[entry] - target[entry];
            }
        }

        public override void Describe(PartDescription description)
        {
            description.Add("stride", stride);
            description.Add<double>("target", target);
        }
    }

    private static readonly double[] Target = OwnData.Svec(PlainMatrix.Gram(Matrices.Orthonormal(D, 2, 3), D), D);
    private static readonly TrainingOptions Options = new()
    {
        Seed = 1, InitialScale = 0.5, FactorColumns = 2, StepSize = StepSizeSchedule.Constant(0.1),
    };

    [Fact]
    public void TrainingIsThePlainLoop()
    {
        foreach (string rule in Rules.Names)
        {
            Trainer<double> trainer = new(new CompletionBatch(Target, 1), Options, parts: new() { UpdateRule = Rules.Create<double>(rule) });
            double[] plain = trainer.Parameters.ToArray();
            double[][] memory = [new double[plain.Length], new double[plain.Length]];
            for (int step = 0; step < 6; step++)
            {
                double[] matrix = OwnData.Svec(PlainMatrix.Gram(plain, D), D), gradient = new double[Target.Length], square = new double[D * D];
                for (int i = 0; i < Shown; i++)
                {
                    int entry = CompletionBatch.EntryOf(step, i, 1);
                    gradient[entry] += matrix[entry] - Target[entry];
                }

                Svec.Unpack<double>(gradient, new(square, D, D));
                Rules.Plain(rule)(step, 0.1, plain, PlainMatrix.Times(square, plain, D, D, 2), memory, [new(D, 2)]);
            }

            Assert.Equal(TrainingStatus.Completed, trainer.Run(6).Status);
            Assert.InRange(PlainMatrix.Distance(trainer.Parameters.ToArray(), plain), 0, 1e-11);
        }
    }

    [Fact]
    public void ItFindsTheMatrix()
    {
        Trainer<double> trainer = new(new CompletionBatch(Target, 1), Options with { StepSize = StepSizeSchedule.Constant(0.2) });
        trainer.Run(3000);
        Assert.InRange(PlainMatrix.Distance(trainer.Estimate.ToArray(), Target), 0, 1e-6);
    }

    [Fact]
    public void WhatItDoesNotKnowIsSaid()
    {
        Trainer<double> trainer = new(new CompletionBatch(Target, 1), Options);
        Assert.Equal("Completion", trainer.Algorithm);
        Assert.False(trainer.HasSignals);
        Assert.Throws<InvalidOperationException>(() => trainer.Signals);
        Assert.Throws<InvalidOperationException>(() => trainer.Environments);
        Empty empty = new();
        Assert.Equal(TrainingStatus.Completed, trainer.Run(2, empty).Status);
        Assert.True(empty.Was);
    }

    [Fact]
    public void ARunIsHeldAgainstIts()
    {
        Trainer<double> whole = new(new CompletionBatch(Target, 1), Options), first = new(new CompletionBatch(Target, 1), Options);
        whole.Run(7);
        first.Run(3);
        using MemoryStream stream = new();
        first.Save(stream);
        stream.Position = 0;
        Trainer<double> second = new(new CompletionBatch(Target, 1), Options);
        second.Restore(stream);
        second.Run(4);
        Assert.True(Data.SameBits(whole.Parameters, second.Parameters));
        stream.Position = 0;
        Trainer<double> other = new(new CompletionBatch(Target, 2), Options);
        Assert.Equal("stride", Assert.Throws<RunMismatchException>(() => other.Restore(stream)).Name);
    }

    private sealed class Empty : ITrainingObserver<double>
    {
        public bool Was { get; private set; } = true;

        public void Observe(in TrainingSnapshot<double> snapshot)
            => Was &= snapshot.PopulationGradient.IsEmpty && snapshot.Environment.IsEmpty && snapshot.EnvironmentLabel.IsEmpty && snapshot.PopulationSigma.IsEmpty;
    }
}
