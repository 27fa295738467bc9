using System.Reflection;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>Whatever may take long looks at the wish to stop.</summary>
public class CancellationTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Fact]
    public void Decompositions_and_products()
    {
        double[] a = [1, 2, 3, 4], scratch = new double[1000], q = new double[4], r = new double[4];
        Ends(() => HouseholderQr.Decompose<double>(new(a, 2, 2), scratch, new(q, 2, 2), new(r, 2, 2), cancellation: Cancelled));
        foreach (WorkerTeam? team in (WorkerTeam?[])[null, new WorkerTeam(2)])
        {
            using (team)
            {
                foreach ((int rows, int columns) in ((int, int)[])[(30, 30), (20_000, 6)])
                {
                    double[] tall = Data.Uniform<double>(rows * columns), part = new double[HouseholderQr.GetScratchLength<double>(rows, columns, team)], square = new double[columns * columns];
                    Ends(() => HouseholderQr.Decompose<double>(new(tall, rows, columns), part, new(tall, rows, columns), new(square, columns, columns), team, Cancelled));
                    Ends(() => PivotedQr.Decompose<double>(new(tall, rows, columns), new(tall, rows, columns), new(square, columns, columns), new int[columns], team, Cancelled));
                    Ends(() => LeastSquares.Solve<double>(new(tall, rows, columns), new(tall.AsSpan(0, rows), rows, 1), new(new double[columns], columns, 1), new double[1], team, Cancelled));
                    Ends(() => LeastSquares.SolveMinimumNorm<double>(
                        new(tall, rows, columns), new(tall.AsSpan(0, rows), rows, 1), 0, new(new double[columns], columns, 1), new double[1], team, Cancelled));
                }

                foreach (int k in new[] { 0, 1 })
                {
                    Ends(() => TruncatedSvd.Decompose<double>(new(a, 2, 2), new(q, 2, 2), 1, new(r.AsSpan(0, 2 * k), 2, k), new double[k], new(new double[2 * k], 2, k), team, Cancelled));
                    Ends(() => TruncatedSvd.Decompose<double>(
                        new(a, 2, 2), new(q, 2, 2), 1, new double[50_000], new(r.AsSpan(0, 2 * k), 2, k), new double[k], new(new double[2 * k], 2, k), team, Cancelled));
                }

                Ends(() => Products.Multiply<double>(new(a, 2, 2), new(a, 2, 2), scratch, new(q, 2, 2), team, Cancelled));
                Ends(() => Products.MultiplyAdd<double>(new(a, 2, 2), new(a, 2, 2), scratch, new(q, 2, 2), team, Cancelled));
                Ends(() => Products.Gram<double>(new(a, 2, 2), scratch, new(q, 2, 2), team, Cancelled));
                Ends(() => Products.GramLower<double>(new(a, 2, 2), scratch, new(q, 2, 2), team, Cancelled));

                // The team is free again.
                Products.Multiply<double>(new(a, 2, 2), new(a, 2, 2), scratch, new(q, 2, 2), team);
                Assert.Equal([7, 10, 15, 22], q);
            }
        }
    }

    [Theory]
    [InlineData(SubspaceLayout.Random)]
    [InlineData(SubspaceLayout.Orthogonal)]
    public void Problems(SubspaceLayout layout)
    {
        Ends(() => SensingProblem.Create(6, 1, 2, 1, layout, cancellation: Cancelled));
        Ends(() => HaarFrame.Draw(new RandomStream(1, StreamPurpose.User), 4, 2, Cancelled));
        SensingProblem problem = SensingProblem.Create(6, 1, 2, 1, layout);
        Ends(() => new SensingProblem(problem.InvariantBasis, problem.SpuriousBasis, cancellation: Cancelled));
        Ends(() => new SignalModel<double>(problem, Cancelled));
    }

    [Fact]
    public void Stored_measurements()
        => Ends(() => new StoredMeasurements<double>(6, 10, 1, cancellation: Cancelled));

    // What every sample's own environment costs is in the products with a basis of all directions.
    [Fact]
    public void Draws_with_a_mixture()
    {
        ExactLawMeasurements<double> source = new(3, 1);
        double[] directions = Support.Data.Uniform<double>(2 * 6), residual = Support.Data.Uniform<double>(6), gradient = new double[6];
        ResidualMixture<double> mixture = new(directions, 2, 5);
        mixture.Coefficients.Fill(0.5);
        SampleGroup<double> group = new() { Step = 0, Count = 5, Scale = 0.2, Mixture = mixture };
        Assert.Throws<OperationCanceledException>(() => source.Accumulate(in group, residual, gradient, Cancelled));
        source.Accumulate(in group, residual, gradient);
    }

    // A token that one of several users of a source leaves there would end the others' calls.
    [Theory]
    [InlineData(typeof(PopulationMeasurements<double>))]
    [InlineData(typeof(ExactLawMeasurements<double>))]
    [InlineData(typeof(StoredMeasurements<double>))]
    [InlineData(typeof(SignalModel<double>))]
    public void What_several_may_use_keeps_no_wish_to_stop(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            Assert.DoesNotContain(
                type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly),
                field => field.FieldType == typeof(CancellationToken));
        }
    }

    [Fact]
    public void Trainers()
    {
        SensingProblem problem = SensingProblem.Create(6, 1, 2, 1);
        EnvironmentDistribution environments = DiagonalEnvironments.TwoPoint(2, 1, 6);
        TrainingOptions options = new() { Seed = 1, Samples = 10, StepSize = StepSizeSchedule.Constant(0.05), FactorColumns = 3 };
        ExactLawMeasurements<double> source = new(6, 1);
        Ends(() => new HeteroSgd<double>(problem, environments, source, options, null, cancellation: Cancelled));
        Ends(() => new PooledSgd<double>(problem, environments, source, options, null, cancellation: Cancelled));
        Ends(() => new PooledGd<double>(problem, environments, source, options, null, cancellation: Cancelled));
    }

    [Fact]
    public void A_step_over_a_million_environments_is_not_made()
    {
        // A second at the least for each of them together; the wish to stop comes when the step has begun.
        SensingProblem problem = SensingProblem.Create(40, 1, 20, 1);
        EnvironmentDistribution environments = DiagonalEnvironments.TwoPoint(20, 1, 6, ownDraws: true);
        TrainingOptions options = new() { Seed = 1, Samples = 10, StepSize = StepSizeSchedule.Constant(0.05) };
        PooledGd<double> trainer = new(problem, environments, new ExactLawMeasurements<double>(40, 1), options);
        double[] before = trainer.Factor.Data.ToArray();
        using CancellationTokenSource source = new();
        StopAtStart observer = new(source);
        TrainingOutcome outcome = trainer.Run(1, observer, cancellation: source.Token);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Cancelled, 0), outcome);
        Assert.Equal(before, trainer.Factor.Data.ToArray());
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(7)]
    public void Shares_of_a_long_list_go_by_largest_remainder(int count)
    {
        // Equal odds: the remainders are equal, so the first ones get one more. With a look at all of them for each it would take hours.
        FiniteEnvironments environments = new(1, [.. Enumerable.Repeat(new[] { 1.0 }, count)]);
        long[] counts = new long[count];
        EnvironmentShares.Stratify(environments, count + (count / 2), counts);
        Assert.Equal(count + (count / 2), counts.Sum());
        Assert.All(counts, value => Assert.InRange(value, 1, 2));
        Assert.Equal(counts.OrderDescending(), counts);
    }

    private static void Ends(Action work) => Assert.ThrowsAny<OperationCanceledException>(work);

    /// <summary>Asks to stop soon after the start was shown, from another thread.</summary>
    private sealed class StopAtStart(CancellationTokenSource source) : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot) => source.CancelAfter(50);
    }
}
