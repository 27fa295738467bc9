using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A part of one's own that throws in the middle of a step: the trainer is as it was before the step, or refuses to go on until it is restored.</summary>
public class FailedStepTests
{
    private const int D = 3;
    private static readonly TrainingOptions Options = new()
    {
        Seed = 1, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(0.05), InitialScale = 0.1,
    };

    /// <summary>Where the exception comes from; those after the direction leave a half-made iterate.</summary>
    public static TheoryData<string, bool> Places() => new() { { "batch", false }, { "direction", false }, { "rule", true }, { "matrix", true } };

    [Theory]
    [MemberData(nameof(Places))]
    public void AnExceptionLeavesTheStepBeforeOrATrainerThatRefuses(string place, bool fails)
    {
        Faults faults = new();
        Trainer<double> trainer = Create(faults), undisturbed = Create(new Faults());
        trainer.Run(2);
        undisturbed.Run(2);
        MemoryStream saved = SavedRun.Of(trainer);
        double[] before = trainer.Parameters.ToArray(), estimate = trainer.Estimate.ToArray();
        faults.Place = place;
        Assert.Equal(place, Assert.Throws<NotSupportedException>(() => trainer.Run(4)).Message);
        Assert.Equal((2, fails), (trainer.Step, trainer.HasFailed));
        faults.Place = "";
        if (fails)
        {
            Action[] uses =
            [
                () => trainer.Run(1), () => trainer.Advance(), () => trainer.Save(new MemoryStream()), () => _ = trainer.Parameters, () => _ = trainer.Factor, () => _ = trainer.Estimate,
                () => trainer.CopyEstimate(new MatrixSpan<double>(new double[D * D], D, D)),
            ];
            Assert.All(uses, use =>
            {
                string message = Assert.Throws<InvalidOperationException>(use).Message;
                Assert.Contains("step 2", message, StringComparison.Ordinal);
                Assert.Contains("restore", message, StringComparison.Ordinal);
            });
            trainer.Restore(saved);
            Assert.False(trainer.HasFailed);
        }

        Assert.Equal(before, trainer.Parameters.ToArray());
        Assert.Equal(estimate, trainer.Estimate.ToArray());
        trainer.Run(4);
        undisturbed.Run(4);
        Assert.True(Data.SameBits(undisturbed.Parameters, trainer.Parameters));
        Assert.True(Data.SameBits(undisturbed.Estimate, trainer.Estimate));
    }

    // A rule has no token to obey: its exception is no wish of the caller's, whatever its type.
    [Fact]
    public void ARuleThatGivesUpIsNoCancelledRun()
    {
        using CancellationTokenSource source = new();
        Faults faults = new() { Place = "rule", Make = _ => new OperationCanceledException(source.Token), Before = source.Cancel };
        Trainer<double> trainer = Create(faults);
        Assert.Throws<OperationCanceledException>(() => trainer.Run(4, cancellation: source.Token));
        Assert.True(trainer.HasFailed);
    }

    // A matrix that cannot be made of restored parameters leaves others than those before, too.
    [Fact]
    public void ARestoredStateWithoutItsMatrixIsRefused()
    {
        Faults faults = new();
        Trainer<double> trainer = Create(faults);
        MemoryStream saved = SavedRun.Of(trainer);
        trainer.Run(3);
        faults.Place = "matrix";
        Assert.Throws<NotSupportedException>(() => trainer.Restore(saved));
        Assert.True(trainer.HasFailed);
        Assert.Throws<InvalidOperationException>(() => trainer.Run(1));
    }

    [Theory]
    [InlineData(1e7, true)]
    [InlineData(double.NaN, false)]
    [InlineData(1e170, true)]
    public void TheEstimateOfADivergedRunIsThatOfItsParameters(double jump, bool isFinite)
    {
        Faults faults = new() { Jump = jump };
        Trainer<double> trainer = Create(faults);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Diverged, 1), trainer.Run(5));
        Assert.Equal(1, trainer.Step);
        AssertAgrees(trainer);
        Trainer<double> restored = Create(new Faults());
        restored.Restore(SavedRun.Of(trainer));
        Assert.True(restored.HasDiverged);
        AssertAgrees(restored);

        void AssertAgrees(Trainer<double> diverged)
        {
            Assert.Equal(jump, diverged.Parameters[0]);
            double[] estimate = diverged.Estimate.ToArray();
            Assert.Equal(isFinite ? jump * jump : double.NaN, estimate[0]);
            Assert.Equal(isFinite, estimate.All(entry => !double.IsNaN(entry)));
        }
    }

    private static Trainer<double> Create(Faults faults)
    {
        OwnData data = OwnData.Make(D, 1, 4, 5);
        return new Trainer<double>(
            new Disturbed(new HeteroBatch<double>(data.Measured<double>(), Options), faults),
            Options,
            parts: new() { Model = new DisturbedModel(new GramModel<double>(D, Options), faults), UpdateRule = new DisturbedRule(faults) });
    }

    private sealed class Faults
    {
        public string Place { get; set; } = "";

        public Func<string, Exception> Make { get; init; } = place => new NotSupportedException(place);

        public Action Before { get; init; } = () => { };

        public double? Jump { get; init; }

        public void At(string place)
        {
            if (Place == place)
            {
                Before();
                throw Make(place);
            }
        }
    }

    private sealed class Disturbed(Batch<double> batch, Faults faults) : Batch<double>(D)
    {
        public override TrainingOptions? Options => batch.Options;

        public override string Algorithm => "disturbed";

        public override void ComputeGradient(in BatchStep<double> step)
        {
            batch.ComputeGradient(in step);
            faults.At("batch");
        }

        public override void Describe(PartDescription description) => batch.Describe(description);
    }

    private sealed class DisturbedModel(Model<double> model, Faults faults) : Model<double>(D, new MatrixShape(D, D))
    {
        public override TrainingOptions? Options => model.Options;

        public override void Start(Span<double> parameters, CancellationToken cancellation = default) => model.Start(parameters, cancellation);

        public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default)
        {
            svec[0] = -1;
            faults.At("matrix");
            model.CopyMatrix(parameters, svec, cancellation);
        }

        public override void PullBack(
            ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default)
        {
            model.PullBack(parameters, gradient, direction, cancellation);
            faults.At("direction");
        }

        public override void Describe(PartDescription description) => model.Describe(description);
    }

    /// <summary>Heavy ball, entry after entry.</summary>
    private sealed class DisturbedRule(Faults faults) : UpdateRule<double>
    {
        public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => CountOf(shapes);

        public override void Apply(in UpdateStep<double> step)
        {
            for (int i = 0; i < step.Parameters.Length; i++)
            {
                step.State[i] = (0.5 * step.State[i]) + step.Direction[i];
                step.Parameters[i] -= step.StepSize * step.State[i];
                if (i == 3)
                {
                    faults.At("rule");
                }
            }

            step.Parameters[0] = faults.Jump ?? step.Parameters[0];
            if (faults.Jump is not null)
            {
                step.Parameters[1..].Clear();
            }
        }

        public override void Describe(PartDescription description) => description.Add("updateRule", "disturbed");
    }
}
