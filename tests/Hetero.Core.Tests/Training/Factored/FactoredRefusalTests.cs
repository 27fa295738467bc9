using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Factored;

/// <summary>What needs G or M itself says so before a run without them, and is refused with both names.</summary>
public class FactoredRefusalTests
{
    private const int D = 6;
    private static readonly SensingProblem Problem = SensingProblem.Create(D, 1, 1, 1);
    private static readonly EnvironmentDistribution Law = DiagonalEnvironments.TwoPoint(1, 1, 2);
    private static readonly TrainingOptions Options = new() { Seed = 1, FactorColumns = 2 };

    private static HeteroSgd<double> Trainer => new(Problem, Law, new FactoredPopulationMeasurements<double>(D), Options);

    [Fact]
    public void ObserversThatNeedMatrices()
    {
        HeteroSgd<double> trainer = Trainer;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => trainer.Run(1, new Looking()));
        Assert.Equal("observer", refusal.ParamName);
        Assert.StartsWith(
            "'observer' is Looking, which needs SnapshotParts.Estimate, Gradient of HeteroSGD on symmetric 6×6 matrices in factored form, where no d×d matrix is made; accepted are",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(0, trainer.Step);
        CompositeObserver<double> held = new(new HeldOutRisk<double>(Parts.Data<double>(D), 1));
        Assert.Contains("'observer' is CompositeObserver`1, which needs SnapshotParts.Estimate of HeteroSGD", Message(() => trainer.Run(1, held)), StringComparison.Ordinal);

        // Nobody is refused where there are matrices.
        new HeteroSgd<double>(Problem, Law, new PopulationMeasurements<double>(D), Options).Run(1, new Looking());
    }

    [Fact]
    public void ModelsAndObjectives()
    {
        PanelMeasurements<double> source = new FactoredPopulationMeasurements<double>(D);
        string direct = Message(() => new HeteroSgd<double>(Problem, Law, source, Options, parts: new() { Model = new DirectModel<double>(D, new() { Seed = 1 }) }));
        Assert.Contains("estimates symmetric 6×6 matrices; accepted is a model of symmetric 6×6 matrices in factored form", direct, StringComparison.Ordinal);
        string other = Message(() => new HeteroSgd<double>(Problem, Law, source, Options, parts: new() { Model = new Other() }));
        Assert.Contains("'parts.Model' is Other for symmetric 6×6 matrices in factored form; accepted is a factor U", other, StringComparison.Ordinal);
        string objective = Message(() => new PooledGd<double>(Problem, Law, source, Options, objective: new Parts.Squares<double>()));
        Assert.Contains("Squares`1, which needs the gradient of each environment, with FactoredPopulationMeasurements`1", objective, StringComparison.Ordinal);
        Assert.Contains("'space' is that of vectors", Message(() => new GramModel<double>(EstimateSpace.Vectors(3), Options)), StringComparison.Ordinal);
        Assert.Contains("FactoredPopulationMeasurements", Message(() => new HeteroSgd<double>(Problem, Law, source, Options with { TruncationLevel = 1 })), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatHasNoCoordinates()
    {
        HeteroSgd<double> trainer = Trainer;
        Assert.Throws<InvalidOperationException>(() => trainer.Estimate.Length);
        Assert.Throws<InvalidOperationException>(() => trainer.CopyEstimate(new MatrixSpan<double>(new double[D * D], D, D)));
        Assert.Throws<InvalidOperationException>(() => trainer.Signals.Signal.Length);
        Assert.Throws<InvalidOperationException>(() => trainer.Signals.AddSpurious([1.0], 1, new double[21]));
        GramModel<double> model = Assert.IsType<GramModel<double>>(trainer.Model);
        Assert.Throws<InvalidOperationException>(() => model.CopyMatrix(new double[12], new double[21]));
        Assert.Throws<InvalidOperationException>(() => model.PullBack(new double[12], new double[21], new double[12]));
        string signals = Message(() => new HeteroBatch<double>(trainer.Signals, Law, new PopulationMeasurements<double>(D), Options));
        Assert.Contains("accepted are signals with svec", signals, StringComparison.Ordinal);
    }

    [Fact]
    public void SourcesAreAskedForWhatTheyGive()
    {
        SampleGroup<double> group = new() { Step = 0, Count = 1, Scale = 1 };
        Assert.Throws<NotSupportedException>(() => new FactoredPopulationMeasurements<double>(D).Accumulate(in group, new double[21], new double[21]));
        Assert.Throws<NotSupportedException>(() => Accumulate(new PopulationMeasurements<double>(D), new double[12], new double[12]));
        Assert.Equal("residual.Factor", Name(Accumulating(new double[10], new double[12])));
        Assert.Equal("residual.Factor", Name(Accumulating([double.NaN, .. new double[11]], new double[12])));
        Assert.Equal("residual.Sigma", Name(Accumulating(new double[12], new double[12], [1.0, 2])));
        Assert.Equal("residual.Sigma", Name(Accumulating(new double[12], new double[12], [double.NaN])));
        Assert.Equal("result", Name(Accumulating(new double[12], new double[18])));
        Assert.Equal("residual.InvariantBasis", Name(Accumulating(new double[12], new double[12], basis: [double.NaN, .. new double[5]])));
        string silent = Assert.Throws<NotSupportedException>(() => Accumulate(new Silent(), new double[12], new double[12])).Message;
        Assert.Contains("'Silent' measures symmetric 6×6 matrices in factored form, and does not say how", silent, StringComparison.Ordinal);
        double[] shared = new double[24];
        Assert.Throws<ArgumentException>(() => Accumulate(new FactoredPopulationMeasurements<double>(D), shared.AsMemory(6, 12), shared.AsMemory(0, 12)));
        Accumulating(new double[12], new double[24])();
    }

    private static Action Accumulating(double[] factor, double[] result, double[]? sigma = null, double[]? basis = null)
        => () => Accumulate(new FactoredPopulationMeasurements<double>(D), factor, result, sigma, basis);

    private static void Accumulate(MeasurementSource<double> source, Memory<double> factor, Memory<double> result, double[]? sigma = null, double[]? basis = null)
    {
        SampleGroup<double> group = new() { Step = 0, Count = 1, Scale = 1 };
        FactoredResidual<double> residual = new()
        {
            Factor = new ReadOnlyMatrixSpan<double>(factor.Span, factor.Length / 2, 2),
            InvariantBasis = basis is null ? Problem.InvariantBasis : new ReadOnlyMatrixSpan<double>(basis, D, 1),
            Eigenvalues = Problem.Eigenvalues,
            SpuriousBasis = Problem.SpuriousBasis,
            Sigma = sigma ?? [1.0],
        };
        source.AccumulatePanel(in group, in residual, new MatrixSpan<double>(result.Span, D, result.Length / D));
    }

    private static string Name(Action action) => Assert.ThrowsAny<ArgumentException>(action).ParamName!;

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static string Message(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    /// <summary>An observer that says nothing of what it needs.</summary>
    private sealed class Looking : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot) => Assert.Equal(21, snapshot.Product.Length);
    }

    /// <summary>A source that says what it measures and not how.</summary>
    private sealed class Silent() : MeasurementSource<double>(EstimateSpace.FactoredMatrices(D))
    {
        public override bool IsOperator => false;

        public override void Describe(PartDescription description, long batchSize) => description.Add("kind", "silent");

        protected override void AccumulateCore(
            in SampleGroup<double> group, ReadOnlySpan<double> matrices, Span<double> results, int count, CancellationToken cancellation) => throw new NotSupportedException();
    }

    /// <summary>A model of factored matrices without a factor U.</summary>
    private sealed class Other() : Model<double>(EstimateSpace.FactoredMatrices(D), new MatrixShape(D, 1))
    {
        public override void Start(Span<double> parameters, CancellationToken cancellation = default) => parameters.Clear();

        public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override void PullBack(
            ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override void Describe(PartDescription description) => description.Add("model", "other");
    }
}
