using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Runs;

/// <summary>The estimate before a run is the sum of what its parts say of themselves, and that is what they allocate.</summary>
[Collection(nameof(MemoryEstimateTests))]
[CollectionDefinition(nameof(MemoryEstimateTests), DisableParallelization = true)]
public class MemoryEstimateTests
{
    // svec has 20,100 numbers: 161 kB in double precision.
    private static readonly RunRecipe Large = new() { Dimension = 200, Samples = 40, Steps = 3, StepSize = 1e-6, Spread = 1 };

    public static TheoryData<RunRecipe> Recipes()
    {
        TheoryData<RunRecipe> all = [];
        foreach (MeasurementKind measurements in Enum.GetValues<MeasurementKind>())
        {
            foreach (ModelKind model in Enum.GetValues<ModelKind>())
            {
                bool isRankOne = measurements is MeasurementKind.RankOne or MeasurementKind.StoredRankOne;
                if ((model != ModelKind.QuadraticNetwork || isRankOne) && (model == ModelKind.Gram || measurements != MeasurementKind.ExactLawFactored))
                {
                    foreach (Algorithm algorithm in Enum.GetValues<Algorithm>())
                    {
                        all.Add(Large with { Measurements = measurements, Model = model, Algorithm = algorithm });
                    }
                }
            }

            all.Add(Large with { Measurements = measurements, PooledShare = 0.5 });
            PooledSampling sampling = measurements == MeasurementKind.Population ? PooledSampling.Stratified : PooledSampling.Independent;
            all.Add(Large with { Measurements = measurements, PooledShare = 0.5, PooledSampling = sampling, Precision = Precision.Single });
            all.Add(Large with { Measurements = measurements, FactorColumns = 5, Precision = Precision.Single });
            RunRecipe mixed = Large with { Law = ScalarLaw.Uniform, SpuriousRank = 3, OwnDraws = true, PooledSampling = sampling };
            all.Add(mixed with { Measurements = measurements, Algorithm = Algorithm.PooledSgd });
            all.Add(Large with { Measurements = measurements, Law = ScalarLaw.Uniform });
        }

        foreach (UpdateKind rule in Enum.GetValues<UpdateKind>())
        {
            all.Add(Large with { Update = new() { Rule = rule } });
            UpdateRecipe wrapped = new() { Rule = rule, WeightDecay = 0.1, ClipNorm = rule is UpdateKind.SignDescent or UpdateKind.Muon ? null : 1 };
            all.Add(Large with { Update = wrapped, FactorColumns = 150, Precision = Precision.Single });
            all.Add(Large with { Update = new() { Rule = rule }, Model = ModelKind.Indefinite, FactorColumns = 100 });
            all.Add(Large with { Update = new() { Rule = rule }, Model = ModelKind.Direct });
        }

        all.Add(Large with { Update = new() { Rule = UpdateKind.Muon, Orthogonalization = Orthogonalization.Polar }, FactorColumns = 30 });
        all.Add(Large with { Measurements = MeasurementKind.Regenerated, Truncation = 1e9 });
        all.Add(Large with { Measurements = MeasurementKind.Stored, Truncation = 1e9, PooledShare = 0.5 });
        all.Add(Large with { Measurements = MeasurementKind.RankOne, Model = ModelKind.QuadraticNetwork, ShrinkageTrace = TraceKind.ResponseMean, Neurons = true });
        foreach (ObjectiveKind kind in Enum.GetValues<ObjectiveKind>())
        {
            // Gradients of four environments.
            RunRecipe asking = Large with { Algorithm = Algorithm.PooledGd, SpuriousRank = 2, OwnDraws = true, Objective = Asked(kind) };
            all.Add(asking);
            all.Add(asking with { Measurements = MeasurementKind.Population, Precision = Precision.Single });
            all.Add(asking with { Measurements = MeasurementKind.Stored, FactorColumns = 7 });
        }

        all.Add(Large with { Measurements = MeasurementKind.ExactLawFactored, Dimension = 5000, FactorColumns = 3, Threads = 2 });
        all.Add(Large with { Eigenvalues = [-1] });
        all.Add(Large with { InvariantRank = 40, SpuriousRank = 50 });
        all.Add(Large with { Measurements = MeasurementKind.Regenerated, Threads = 2 });
        all.Add(Large with { Measurements = MeasurementKind.Stored, Samples = 5000, Dimension = 20, Algorithm = Algorithm.PooledSgd, PooledSampling = PooledSampling.Independent, Steps = 2000 });
        return all;
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_estimate_is_the_sum_of_the_parts_and_what_they_allocate(RunRecipe recipe)
    {
        if (recipe.Precision == Precision.Single)
        {
            Check<float>(recipe);
        }
        else
        {
            Check<double>(recipe);
        }
    }

    // 2·dk numbers of Adam's state, dk of momentum's, and nothing of the plain step's.
    [Fact]
    public void The_state_of_the_rule_counts()
    {
        Int128 plain = MemoryEstimate.Of(Large).Matrices, numbers = 200 * 200 * sizeof(double);
        Assert.Equal(plain + (2 * numbers), MemoryEstimate.Of(Large with { Update = new() { Rule = UpdateKind.Adam } }).Matrices);
        Assert.Equal(plain + numbers, MemoryEstimate.Of(Large with { Update = new() { Rule = UpdateKind.HeavyBall } }).Matrices);
        Assert.Equal(plain, MemoryEstimate.Of(Large with { Update = new() { Rule = UpdateKind.SignDescent } }).Matrices);
    }

    // 2·46,340² numbers are more than an array holds, and no estimate of anything.
    [Fact]
    public void A_state_that_no_array_holds_is_refused_by_the_rule()
    {
        RunRecipe recipe = new() { Dimension = 46_340, Update = new() { Rule = UpdateKind.Adam } };
        Assert.Equal("update-rule", Assert.Throws<RecipeException>(() => MemoryEstimate.Of(recipe)).Option);
    }

    // What is asked for after a trainer is made, for M − A* of a step's own samples, is in its sum from then on.
    [Theory]
    [InlineData(MeasurementKind.ExactLaw)]
    [InlineData(MeasurementKind.Regenerated)]
    [InlineData(MeasurementKind.Stored)]
    [InlineData(MeasurementKind.RankOne)]
    [InlineData(MeasurementKind.StoredRankOne)]
    [InlineData(MeasurementKind.Population)]
    public void The_invariant_gradient_counts(MeasurementKind measurements)
    {
        RunRecipe recipe = Large with { Measurements = measurements, Samples = 200 };
        Allocate(recipe with { Dimension = 12 }, isAsked: true);
        (long plain, Int128 plainSum) = Allocate(recipe, isAsked: false);
        (long asked, Int128 askedSum) = Allocate(recipe, isAsked: true);
        Assert.InRange(asked - plain, (long)(askedSum - plainSum) - 20_000, (long)(askedSum - plainSum) + 20_000);

        // Five matrices of the trainer's and the batch's, and whatever the source has.
        Assert.InRange(askedSum - plainSum, 5 * sizeof(double) * 20_100, Int128.MaxValue);

        static (long Allocated, Int128 Sum) Allocate(RunRecipe recipe, bool isAsked)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Trainer<double> trainer = Runner.Create<double>(recipe).Trainer;
            if (isAsked)
            {
                trainer.RequestInvariantGradient();
            }

            Assert.Equal(TrainingStatus.Completed, trainer.Run(2).Status);
            return (GC.GetAllocatedBytesForCurrentThread() - before, trainer.BufferBytes);
        }
    }

    private static ObjectiveRecipe Asked(ObjectiveKind kind) => new() { Kind = kind, Penalty = ObjectiveRecipe.HasPenalty(kind) ? 1e-6 : null };

    private static void Check<T>(RunRecipe recipe)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        // What is made once for all runs is made by this one.
        Runner.Create<T>(recipe with { Dimension = 12, InvariantRank = 1, SpuriousRank = recipe.SpuriousRank < 4 ? recipe.SpuriousRank : 1, FactorColumns = null, Samples = 20 }).Record();
        using Hetero.Core.Numerics.WorkerTeam? team = recipe.Threads > 1 ? new(recipe.Threads) : null;
        MemoryEstimate estimate = MemoryEstimate.Of(recipe);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecipeTrainer<T> run = Runner.Create<T>(recipe, team);
        TrajectoryRecorder<T> recorder = new(run.Trainer, recipe.Steps, recipe.Every);
        Assert.Equal(TrainingStatus.Completed, run.Trainer.Run(recipe.Steps, recorder).Status);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Columns beside a trajectory's own are counted with its rows.
        Int128 rows = Trajectory.RequiredBytes(recipe.Steps + 2, run.Trainer.Environments.LabelLength);
        Assert.Equal(estimate.Measurements + estimate.Matrices, run.Trainer.BufferBytes + recorder.BufferBytes(run.Trainer.Sizes) - rows);

        // A problem is drawn through a few copies of its bases, and the start of a factor through those of its frame, each with the scratch of its decomposition;
        // objects and small arrays take the rest.
        int ranks = recipe.InvariantRank + recipe.SpuriousRank, frame = recipe.Columns < recipe.Dimension ? recipe.Columns : 0;
        long scratch = new[] { recipe.InvariantRank, recipe.SpuriousRank, frame }.Sum(columns => (long)Core.Numerics.HouseholderQr.GetScratchLength<double>(recipe.Dimension, columns));
        long drawn = sizeof(double) * ((3L * recipe.Dimension * (ranks + frame)) + scratch);
        long sum = (long)(estimate.Measurements + estimate.Matrices + rows);
        Assert.InRange(allocated, sum, sum + drawn + 60_000);
    }
}
