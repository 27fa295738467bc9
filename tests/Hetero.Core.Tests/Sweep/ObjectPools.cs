using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Sweep;

/// <summary>The objects that the sweep passes, or calls methods of.</summary>
internal static class ObjectPools
{
    /// <summary>Descriptions of what cannot be made.</summary>
    public static readonly TheoryInstance[] BadInstances =
    [
        new() { Columns = -1 }, new() { Spread = double.NaN, SpuriousRank = 50 }, new() { Dimension = int.MaxValue },
    ];

    private static readonly AnalysisConstants Constants = new()
    {
        Bound = 7, Heterogeneity = 18, RipConstant = 0.1, InitialScale = 0.01, ViolationProbability = 0.1,
    };

    private static readonly Inequality[] Inequalities = [Inequality.AtMost("x", 1, 2), Inequality.Below("y", double.NaN, 2)];
    private static readonly TrainingOptions Few = new() { Seed = 1, Samples = 2 };
    private static readonly SensingProblem Problem = SensingProblem.Create(6, 1, 2, 1);
    private static readonly DiagonalEnvironments TwoPoint = DiagonalEnvironments.TwoPoint(2, 1, 6);
    private static readonly EnvironmentDistribution[] Distributions =
    [
        TwoPoint, DiagonalEnvironments.Uniform(2, 1, 6, ownDraws: true), DiagonalEnvironments.TwoPoint(1, 1, 3),
        new OffDiagonalEnvironments(TwoPoint, 0.5), new FiniteEnvironments(2, [[1, 0, 0, -1], [2, 1, 1, 3]], [0.25, 0.75]),
        DiagonalEnvironments.TwoPoint(2, 1e200, 1e200), DiagonalEnvironments.Uniform(2, 0, 1e-200), DiagonalEnvironments.TwoPoint(2, 0, 0),
    ];

    /// <summary>Gets the objects of a type, made anew: a call may change them.</summary>
    public static IReadOnlyDictionary<Type, Func<object[]>> All { get; }
        = new Dictionary<Type, Func<object[]>>(OfElement<double>().Concat(OfElement<float>()))
        {
            [typeof(QuadraticNeurons)] = () => [QuadraticNeurons.Draw(6, 1, 2, 1)],
            [typeof(IReadOnlyList<string>)] = () => [Array.Empty<string>(), new[] { "a", "b" }],
            [typeof(SensingProblem)] = () => [Problem, SensingProblem.Create(3, 2, 1, 5, SubspaceLayout.Orthogonal)],
            [typeof(EnvironmentDistribution)] = () => Distributions,
            [typeof(DiagonalEnvironments)] = () => [TwoPoint, DiagonalEnvironments.Uniform(1, 0, 1)],
            [typeof(ScalarEnvironments)] = () => [TwoPoint],
            [typeof(OffDiagonalEnvironments)] = () => [Distributions[3]],
            [typeof(FiniteEnvironments)] = () => [Distributions[4]],
            [typeof(FunctionEnvironments)] = () => [Parts.Law(2)],
            [typeof(EnvironmentRecipe)] = () =>
                [new EnvironmentRecipe(), new EnvironmentRecipe { Law = ScalarLaw.Uniform, OwnDraws = true, OffDiagonal = 0.5 }, new EnvironmentRecipe { List = [new([1])] }],
            [typeof(ProblemRecipe)] = () => [new ProblemRecipe { Dimension = 4 }, new ProblemRecipe { Dimension = 4, Orthogonal = true, Eigenvalues = [2] }],
            [typeof(GramMeasurements)] = () => [new GramMeasurements(3, 5, 1)],
            [typeof(PartDescription)] = () => [new PartDescription()],
            [typeof(LabelNoise)] = () => [new LabelNoise { Deviation = 1 }, new LabelNoise { Deviation = double.NaN, Law = LabelNoiseLaw.Signs, IsOnOneSample = true }],
            [typeof(Enum)] = () => [RowOrder.InTurn],
            [typeof(Func<int, double>)] = () => [(Func<int, double>)(step => 1.0 / (1 + step))],
            [typeof(EnvironmentOrder)] = () =>
                [EnvironmentOrder.Independent, EnvironmentOrder.Cyclic, EnvironmentOrder.Shuffled, EnvironmentOrder.Blocks(3), EnvironmentOrder.DistinctBlocks(3, 2)],
            [typeof(EnvironmentSequence)] = () => [new EnvironmentSequence(TwoPoint, EnvironmentOrder.Shuffled, 1)],
            [typeof(RandomStream)] = () => [new RandomStream(1, StreamPurpose.User), default(RandomStream)],
            [typeof(RandomSequence)] = () => [new RandomSequence(new RandomStream(1, StreamPurpose.User))],
            [typeof(WorkerTeam)] = () => [new WorkerTeam(1)],
            [typeof(TrainingOptions)] = () =>
            [
                new TrainingOptions { Seed = 1 },
            new TrainingOptions { Seed = 2, Samples = 9, FactorColumns = 2, EnvironmentOrder = EnvironmentOrder.Cyclic, PooledShare = 0.5 },
        ],
            [typeof(StepSizeSchedule)] = () => [StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2))],
            [typeof(Trajectory)] = () => [new Trajectory(2, 1)],
            [typeof(IsometryForm)] = () => [new IsometryForm(2, Support.Data.Uniform<double>(12, 3))],
            [typeof(EntryLaw)] = () =>
            [
                EntryLaw.TwoPoint(1, 6), EntryLaw.Uniform(1, 6), EntryLaw.Uniform(-3, 1), EntryLaw.TwoPoint(0, 1e200),
            EntryLaw.Uniform(1e200, 1e200), EntryLaw.TwoPoint(-1e-200, 1e-200), EntryLaw.TwoPoint(0, 0), EntryLaw.Discrete([-1], [1]),
        ],
            [typeof(AuxiliarySequences)] = () => [new AuxiliarySequences(0.1, 0.01, 20)],
            [typeof(CalibrationLine)] = () => [Line()],
            [typeof(ControllerProcess)] = () => [new ControllerProcess(Line(), 0.1, 1)],
            [typeof(PhaseSchedule)] = () => [PhaseSchedule.Create(0.1, 0.01)],
            [typeof(ReducedPopulation)] = () => [ReducedPopulation.FromIdentity(Problem, 0.1)],
            [typeof(ConfidenceInterval)] = () => [new ConfidenceInterval(0, -1, 1, 0.9)],
            [typeof(StepSizeInterval)] = () => [new StepSizeInterval(0, 1)],
            [typeof(TheoryInstance)] = () => [new TheoryInstance { Dimension = 3 }, .. BadInstances],
            [typeof(TheoremSetting)] = () => [new TheoremSetting(Problem, TwoPoint, 0.1, 0.1, 0.01)],
            [typeof(ImpliedConstant)] = () => [new ImpliedConstant("C", 1, true), new ImpliedConstant("C", double.NaN, true)],
            [typeof(SphereNet)] = () => [SphereNet.Create(2, 0.5), SphereNet.Create(3, 0.8)],
            [typeof(TheoremConstants)] = () => [new TheoremConstants(), new TheoremConstants { RankConstant = 0 }],
            [typeof(AnalyzedStep)] = () => [Step(), new AnalyzedStep(Problem, new(new double[12], 6, 2), 1e100, new double[4], new double[21])],
            [typeof(AnalysisConstants)] = () => [Constants, Constants with { ViolationProbability = 1e-300 }, Constants with { Bound = double.NaN }],
            [typeof(HeteroSgd<double>)] = () => [Run<double>()],
            [typeof(IReadOnlyList<AnalyzedStep>)] = () => [new[] { Step(), Step() }, Array.Empty<AnalyzedStep>()],
            [typeof(IReadOnlyList<double>)] = () => [new[] { 0.1, 0.05 }, Array.Empty<double>(), new[] { double.NaN, 1 }, new[] { -1.0, 1e300 }],
            [typeof(IReadOnlyList<TheoryCheck>)] = () => [new[] { TheoryCatalog.Find("L5")[0] }, Array.Empty<TheoryCheck>()],
            [typeof(TheoryParameters)] = () => [new TheoryParameters(), new TheoryParameters { Dimension = -1 }, new TheoryParameters { StepSize = double.NaN }],
            [typeof(IReadOnlyList<Inequality>)] = () => [Inequalities, Array.Empty<Inequality>()],
            [typeof(IReadOnlyList<CheckResult>)] = () => [new[] { CheckResult.Judge("L5", Inequalities, Inequalities) }, Array.Empty<CheckResult>()],
            [typeof(Stream)] = () => [Stream.Null, new MemoryStream()],
            [typeof(TextWriter)] = () => [TextWriter.Null],
            [typeof(Func<TrainingOptions, PooledSgd<double>>)] = () =>
            [
                (Func<TrainingOptions, PooledSgd<double>>)(options => new(Problem, TwoPoint, new ExactLawMeasurements<double>(6, 1), options)),
        ],
            [typeof(CheckResult)] = () => [CheckResult.Judge("L5", [], Inequality.AtMost("x", 1, 2))],
            // The first dozen: others take long, or are swept by what they call.
            [typeof(TheoryCheck)] = () => [.. TheoryCatalog.All.Where(check => check.Id[0] == 'L').Take(12)],
            [typeof(CancellationToken)] = () => [CancellationToken.None],

            // Nobody listens.
            [typeof(Action<int>)] = () => [],
            [typeof(IProgress<int>)] = () => [],
            [typeof(Func<TheoryInstance, TheoryInstance>)] = () =>
            [
                (Func<TheoryInstance, TheoryInstance>)(instance => instance), (Func<TheoryInstance, TheoryInstance>)(instance => instance with { Spread = 9 }),
            (Func<TheoryInstance, TheoryInstance>)(instance => instance with { Dimension = 0 }),
        ],
            [typeof(EstimateSpace)] = () => [EstimateSpace.Matrices(3), EstimateSpace.FactoredMatrices(3), EstimateSpace.Vectors(3), default(EstimateSpace)],
            [typeof(Func<double, EntryLaw>)] = () => [(Func<double, EntryLaw>)(spread => EntryLaw.Uniform(1, Math.Min(Math.Abs(spread), 1e300)))],
        };

    private static Dictionary<Type, Func<object[]>> OfElement<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            [typeof(DynamicsRecorder<T>)] = () => [new DynamicsRecorder<T>(Run<T>(), 2)],
            [typeof(AdaptiveSubspace<T>)] = () => [new AdaptiveSubspace<T>(Run<T>())],
            [typeof(ITrainingObserver<T>)] = () => [],
            [typeof(MeasurementSource<T>)] = () =>
            [
                new PopulationMeasurements<T>(6), new ExactLawMeasurements<T>(6, 1), new RegeneratedMeasurements<T>(6, 1),
            new StoredMeasurements<T>(6, 9, 1), new RankOneMeasurements<T>(6, 1), new StoredRankOneMeasurements<T>(6, 9, 1),
        ],
            [typeof(MeasuredData<T>)] = () => [Parts.Data<T>(6), Parts.Data<T>(6, order: RowOrder.WithReplacement)],
            [typeof(RowMeasurements<T>)] = () => [new Parts.Rows<T>(6)],
            [typeof(ExactLawMeasurements<T>)] = () => [new ExactLawMeasurements<T>(6, 1)],
            [typeof(FactoredExactLawMeasurements<T>)] = () => [new FactoredExactLawMeasurements<T>(6, 1)],
            [typeof(FactoredPopulationMeasurements<T>)] = () => [new FactoredPopulationMeasurements<T>(6)],
            [typeof(PopulationMeasurements<T>)] = () => [new PopulationMeasurements<T>(6)],
            [typeof(Model<T>)] = () => [Gram<T>(), .. Parts.VectorModels<T>(3)],
            [typeof(SquareModel<T>)] = () => [Parts.VectorModels<T>(3)[0]],
            [typeof(SquareDifferenceModel<T>)] = () => [Parts.VectorModels<T>(3)[1]],
            [typeof(GramModel<T>)] = () => [Gram<T>()],
            [typeof(IndefiniteModel<T>)] = () => [new IndefiniteModel<T>(6, Few)],
            [typeof(DirectModel<T>)] = () => [new DirectModel<T>(6, new TrainingOptions { Seed = 1 })],
            [typeof(TrainingParts<T>)] = () => [new TrainingParts<T> { UpdateRule = new Adam<T>() }, new TrainingParts<T> { Model = new GramModel<T>(3, Few) }],
            [typeof(Objective<T>)] = () => [new Parts.Squares<T>(), .. Parts.Objectives<T>()],
            [typeof(UpdateRule<T>)] = () => [.. Parts.Rules<T>().Select(rule => rule.Rule)],
            [typeof(Sgd<T>)] = () => RulesOf<T, Sgd<T>>(),
            [typeof(NoisyDirection<T>)] = () => RulesOf<T, NoisyDirection<T>>(),
            [typeof(HeavyBall<T>)] = () => RulesOf<T, HeavyBall<T>>(),
            [typeof(Nesterov<T>)] = () => RulesOf<T, Nesterov<T>>(),
            [typeof(Adam<T>)] = () => RulesOf<T, Adam<T>>(),
            [typeof(SignDescent<T>)] = () => RulesOf<T, SignDescent<T>>(),
            [typeof(Muon<T>)] = () => RulesOf<T, Muon<T>>(),
            [typeof(Shrinkage<T>)] = () => RulesOf<T, Shrinkage<T>>(),
            [typeof(RankOneMeasurements<T>)] = () => [new RankOneMeasurements<T>(6, 1)],
            [typeof(StoredRankOneMeasurements<T>)] = () => [new StoredRankOneMeasurements<T>(6, 9, 1)],
            [typeof(NeuronWeights<T>)] = () => [new NeuronWeights<T>(QuadraticNeurons.Draw(6, 1, 2, 1))],
            [typeof(ITrajectoryColumns<T>)] = () => [],
            [typeof(DecoupledWeightDecay<T>)] = () => RulesOf<T, DecoupledWeightDecay<T>>(),
            [typeof(ClippedDirection<T>)] = () => RulesOf<T, ClippedDirection<T>>(),
            [typeof(Batch<T>)] = () => [.. Parts.OwnBatches(Parts.Data<T>(6), Few)],
            [typeof(HeteroBatch<T>)] = () => [new HeteroBatch<T>(Parts.Data<T>(6), Few)],
            [typeof(PooledBatch<T>)] = () => [new PooledBatch<T>(Parts.Data<T>(6), Few)],
            [typeof(FullBatch<T>)] = () => [new FullBatch<T>(Parts.Data<T>(6), Few)],
            [typeof(MiniBatchNoise<T>)] = () => [Parts.Noisy<T>(6)],
            [typeof(StoredMeasurements<T>)] = () => [new StoredMeasurements<T>(3, 4, 1)],
            [typeof(RegeneratedMeasurements<T>)] = () => [new RegeneratedMeasurements<T>(3, 1)],
            [typeof(SignalModel<T>)] = () => [new SignalModel<T>(Problem)],
            [typeof(Trainer<T>)] = () => [Run<T>()],
            [typeof(PooledSgd<T>)] = () => [new PooledSgd<T>(Problem, TwoPoint, new PopulationMeasurements<T>(6), new TrainingOptions { Seed = 1 })],
            [typeof(PooledGd<T>)] = () => [new PooledGd<T>(Problem, TwoPoint, new PopulationMeasurements<T>(6), new TrainingOptions { Seed = 1 })],
        };

    private static AnalyzedStep Step()
        => new(Problem, new(Support.Data.Uniform<double>(12, 1), 6, 2), 0.05, [1, 0, 0, 1], Support.Data.Uniform<double>(21, 2));

    private static HeteroSgd<T> Run<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(Problem, TwoPoint, new PopulationMeasurements<T>(6), new TrainingOptions { Seed = 1 });

    private static GramModel<T> Gram<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(6, new TrainingOptions { Seed = 1 });

    private static object[] RulesOf<T, TRule>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : UpdateRule<T>
        => [.. Parts.Rules<T>().Select(rule => rule.Rule).OfType<TRule>()];

    private static CalibrationLine Line() => new(new AuxiliarySequences(0.1, 0.01, 20), 2, 0.01, 1, 1);
}
