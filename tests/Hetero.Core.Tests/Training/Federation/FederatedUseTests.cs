using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Federation;

/// <summary>What a federated run refuses, shows and keeps when a round is given up.</summary>
public class FederatedUseTests
{
    private static readonly TrainingOptions Options = FederatedRuns.Options;

    [Theory]
    [InlineData("batch")]
    [InlineData("rule")]
    [InlineData("matrix")]
    public void AnExceptionInARoundLeavesTheIterate(string place)
    {
        Fault fault = new(place);
        Trainer<double> trainer = Create(fault), undisturbed = Create(new Fault(""));
        trainer.Run(2);
        undisturbed.Run(2);
        double[] before = trainer.Parameters.ToArray(), estimate = trainer.Estimate.ToArray();
        byte[] saved = Saved(trainer);

        // In the second step of the second of three clients.
        fault.After = 4;
        Assert.Equal(place, Assert.Throws<NotSupportedException>(() => trainer.Run(1)).Message);
        Assert.Equal((2, false), (trainer.Step, trainer.HasFailed));
        Assert.Equal(before, trainer.Parameters.ToArray());
        Assert.Equal(estimate, trainer.Estimate.ToArray());

        // Nor is anything of a client in what is saved.
        Assert.Equal(saved, Saved(trainer));
        trainer.Run(3);
        undisturbed.Run(3);
        Assert.True(Data.SameBits(undisturbed.Parameters, trainer.Parameters));
    }

    [Fact]
    public void ACancelledRoundIsNotMade()
    {
        using CancellationTokenSource source = new();
        Fault fault = new("batch") { Before = source.Cancel, Make = _ => new OperationCanceledException(source.Token) };
        Trainer<double> trainer = Create(fault), undisturbed = Create(new Fault(""));
        trainer.Run(1);
        byte[] saved = Saved(trainer);
        fault.After = 5;
        Assert.Equal(new TrainingOutcome(TrainingStatus.Cancelled, 1), trainer.Run(4, cancellation: source.Token));
        Assert.Equal(saved, Saved(trainer));
        trainer.Run(4);
        undisturbed.Run(5);
        Assert.True(Data.SameBits(undisturbed.Parameters, trainer.Parameters));
    }

    private static byte[] Saved(Trainer<double> trainer)
    {
        using MemoryStream stream = new();
        trainer.Save(stream);
        return stream.ToArray();
    }

    [Fact]
    public void ASnapshotIsOfARound()
    {
        Shown shown = new();
        Trainer<double> many = FederatedRuns.Create<double>("exact-law", new(3, 2)), one = FederatedRuns.Create<double>("exact-law", new(1, 4));
        many.Run(3, shown);
        Assert.Equal([(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0)], shown.Of);
        Assert.Equal([0, 0.05, 0.02, 0.02], shown.Rates);
        Assert.Equal(new FederatedRounds(3, 2), many.Rounds);
        Assert.False(many.HasResidualMean);

        // A single client's environment is known.
        Shown single = new();
        one.Run(2, single);
        Assert.Equal([(0, 0, 0), (1, 4, 0), (2, 4, 0)], single.Of);

        foreach (Trainer<double> trainer in new[] { many, one })
        {
            Assert.Contains("needs the gradient of a step", Assert.Throws<ArgumentException>("observer", () => trainer.Run(1, new NeedsGradient())).Message, StringComparison.Ordinal);
            Assert.Contains("federated round", Assert.Throws<InvalidOperationException>(trainer.RequestInvariantGradient).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SamplesLeftOutAreThoseOfAllClients()
    {
        TrainingOptions truncated = Options with { TruncationLevel = 1e-12, StepSize = StepSizeSchedule.Constant(1e-9) };
        Shown federated = new(), plain = new();
        FederatedRuns.Create<double>("regenerated", new(3, 2), options: truncated).Run(1, federated);
        FederatedRuns.Plain<double>("regenerated", new(3, 2), truncated).Run(1, plain);

        // About half of the twelve predictions of a step are above 0.
        Assert.InRange(plain.LeftOut[1], 2, 10);
        Assert.InRange(federated.LeftOut[1], 20, 52);
    }

    [Fact]
    public void OtherRoundsAreAnotherRun()
    {
        MemoryStream saved = SavedRun.Of(FederatedRuns.Create<double>("population", FederatedRuns.Rounds));
        foreach ((FederatedRounds other, string name) in new[]
        {
            (new FederatedRounds(4, 2), "clients"), (new FederatedRounds(3, 4), "localSteps"), (FederatedRuns.Distinct, nameof(EnvironmentOrder.Distinct)),
        })
        {
            saved.Position = 0;
            Assert.Equal(name, Assert.Throws<RunMismatchException>(() => FederatedRuns.Create<double>("population", other).Restore(saved)).Name);
        }

        saved.Position = 0;
        Assert.Throws<RunMismatchException>(() => FederatedRuns.Plain<double>("population", FederatedRuns.Rounds, Options).Restore(saved));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("clients", Assert.Throws<ArgumentOutOfRangeException>(() => new FederatedRounds(0, 1)).ParamName);
        Assert.Equal("localSteps", Assert.Throws<ArgumentOutOfRangeException>(() => new FederatedRounds(1, 0)).ParamName);
        Assert.Equal("localSteps", Assert.Throws<ArgumentOutOfRangeException>(() => new FederatedRounds(1 << 16, 1 << 15)).ParamName);
        Assert.Equal("participation", Assert.Throws<ArgumentOutOfRangeException>(() => new FederatedRounds(1, 1, (ClientParticipation)2)).ParamName);
        Refused(
            "options.EnvironmentOrder",
            "is Cyclic; accepted with federated rounds",
            () => FederatedRuns.Create<double>("population", new(2, 1), options: Options with { EnvironmentOrder = EnvironmentOrder.Cyclic }));
        Refused("options.EnvironmentOrder", "at most 4 different environments", () => FederatedRuns.Create<double>("population", new(5, 1, ClientParticipation.Distinct)));
        Refused("parts.Rounds", "accepted are the same", () => new FederatedSgd<double>(
            Runs.Problem(), FederatedRuns.Law, new PopulationMeasurements<double>(7), Options, new(2, 1), parts: new() { Rounds = new(2, 2) }));

        // Steps of the batch are counted by an int.
        FederatedSgd<double> large = FederatedRuns.Create<double>("population", new(1 << 15, 1 << 14));
        Refused("steps", "3", () => large.Run(4));
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 0), large.Run(0));
    }

    // A batch of one's own order, with the part alone: each local step sees an environment of its own.
    [Fact]
    public void TheRoundsAreAPartOfAnyTrainer()
    {
        TrainingOptions options = Options with { StepSize = StepSizeSchedule.Constant(0.05) };
        FederatedRounds rounds = new(2, 3);
        Trainer<double> mixed = new HeteroSgd<double>(Runs.Problem(), FederatedRuns.Law, new PopulationMeasurements<double>(7), options, parts: new() { Rounds = rounds });
        Trainer<double> pooled = new PooledSgd<double>(Runs.Problem(), FederatedRuns.Law, new PopulationMeasurements<double>(7), options, parts: new() { Rounds = rounds });
        Trainer<double> plain = new PooledSgd<double>(Runs.Problem(), FederatedRuns.Law, new PopulationMeasurements<double>(7), options);
        mixed.Run(2);
        pooled.Run(2);
        plain.Run(6);

        // Clients of all environments are all the same at m = ∞: three steps of one of them.
        Assert.Equal(0, pooled.Parameters.ToArray().Zip(plain.Parameters.ToArray(), (a, b) => Math.Abs(a - b)).Max(), 1e-15);
        Assert.False(Data.SameBits(mixed.Parameters, FederatedSgdAfterTwo()));

        ReadOnlySpan<double> FederatedSgdAfterTwo()
        {
            FederatedSgd<double> trainer = FederatedRuns.Create<double>("population", rounds, options: options);
            trainer.Run(2);
            return trainer.Parameters;
        }
    }

    private static void Refused(string name, string text, Action action)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ArgumentException refused = Assert.ThrowsAny<ArgumentException>(action);
        Assert.Equal(name, refused.ParamName);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    private static Trainer<double> Create(Fault fault)
    {
        TrainingOptions options = Options with { EnvironmentOrder = EnvironmentOrder.Blocks(2), FactorColumns = null };
        HeteroBatch<double> batch = new(new SignalModel<double>(Runs.Problem()), FederatedRuns.Law, new ExactLawMeasurements<double>(7, 1), options);
        return new(
            new Disturbed(batch, fault),
            options,
            parts: new() { Model = new DisturbedModel(options, fault), UpdateRule = new DisturbedRule(fault), Rounds = new(3, 2) });
    }

    private sealed class Fault(string place)
    {
        public int After { get; set; } = int.MaxValue;

        public Action Before { get; init; } = () => { };

        public Func<string, Exception> Make { get; init; } = text => new NotSupportedException(text);

        public void At(string where)
        {
            if (where == place && After < int.MaxValue && --After == 0)
            {
                After = int.MaxValue;
                Before();
                throw Make(place);
            }
        }
    }

    private sealed class Disturbed(HeteroBatch<double> batch, Fault fault) : Batch<double>(7)
    {
        public override string Algorithm => "disturbed";

        public override TrainingOptions? Options => batch.Options;

        public override bool HasPopulationGradient => batch.HasPopulationGradient;

        public override void ComputeGradient(in BatchStep<double> step)
        {
            batch.ComputeGradient(in step);
            fault.At("batch");
        }

        public override void Describe(PartDescription description) => batch.Describe(description);
    }

    private sealed class DisturbedModel(TrainingOptions options, Fault fault) : Model<double>(7, new MatrixShape(7, 7))
    {
        private readonly GramModel<double> _model = new(7, options);

        public override TrainingOptions? Options => options;

        public override void Start(Span<double> parameters, CancellationToken cancellation = default) => _model.Start(parameters, cancellation);

        public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default)
        {
            svec.Fill(-1);
            fault.At("matrix");
            _model.CopyMatrix(parameters, svec, cancellation);
        }

        public override void PullBack(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default)
            => _model.PullBack(parameters, gradient, direction, cancellation);

        public override void Describe(PartDescription description) => _model.Describe(description);
    }

    private sealed class DisturbedRule(Fault fault) : UpdateRule<double>
    {
        private readonly HeavyBall<double> _rule = new(0.5);

        public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => _rule.StateLength(shapes);

        public override void Apply(in UpdateStep<double> step)
        {
            _rule.Apply(in step);
            fault.At("rule");
        }

        public override void Describe(PartDescription description) => _rule.Describe(description);
    }

    /// <summary>Notes the lengths of what a snapshot shows of the step before it.</summary>
    private sealed class Shown : ITrainingObserver<double>
    {
        public SnapshotParts Needs => SnapshotParts.Estimate;

        public List<(int Step, int Environment, int Gradient)> Of { get; } = [];

        public List<double> Rates { get; } = [];

        public List<long> LeftOut { get; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            int gradients = snapshot.Gradient.Length + snapshot.PopulationGradient.Length + snapshot.InvariantGradient.Length + snapshot.PopulationSigma.Length;
            Assert.Equal(snapshot.Environment.IsEmpty, snapshot.EnvironmentLabel.IsEmpty);
            Of.Add((snapshot.Step, snapshot.Environment.Length, gradients));
            Rates.Add(snapshot.Rate);
            LeftOut.Add(snapshot.SamplesLeftOut);
        }
    }

    private sealed class NeedsGradient : ITrainingObserver<double>
    {
        public SnapshotParts Needs => SnapshotParts.Gradient;

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
        }
    }
}
