using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Environments;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Numerics;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

public class ArbitraryTests
{
    private const int Trials = 200;

    [Fact]
    public void Symmetric_matrices_have_their_rank()
    {
        Holds(SymmetricMatrixArbitrary.Any(), matrix => HasItsRank(matrix));
        Holds(SymmetricMatrixArbitrary.FullRank(9), matrix => matrix.Rank == matrix.Dimension && matrix.Dimension <= 9 && HasItsRank(matrix));
        Holds(SymmetricMatrixArbitrary.LowRank(9), matrix => matrix.Rank < matrix.Dimension && matrix.Dimension <= 9 && HasItsRank(matrix));
    }

    [Fact]
    public void Subspaces_have_orthonormal_bases()
        => Holds(SubspaceArbitrary.Any(), subspace =>
        {
            double[] basis = subspace.Create();
            double worst = 0;
            for (int i = 0; i < subspace.Rank; i++)
            {
                for (int j = 0; j < subspace.Rank; j++)
                {
                    double product = Enumerable.Range(0, subspace.Dimension).Sum(row => basis[(row * subspace.Rank) + i] * basis[(row * subspace.Rank) + j]);
                    worst = Math.Max(worst, Math.Abs(product - (i == j ? 1 : 0)));
                }
            }

            return worst < 1e-13;
        });

    [Fact]
    public void Problems_have_their_shape_and_overlap()
        => Holds(ProblemArbitrary.Any(), description =>
        {
            var problem = description.Create();
            ReadOnlyMatrixSpan<double> u = problem.InvariantBasis, v = problem.SpuriousBasis;
            double cosine = 0;
            for (int row = 0; row < problem.Dimension; row++)
            {
                cosine += u[row, 0] * v[row, 0];
            }

            return (problem.Dimension, problem.InvariantRank, problem.SpuriousRank) == (description.Dimension, description.InvariantRank, description.SpuriousRank)
                && (description.Overlap is not { } overlap || Math.Abs(cosine - overlap) < 1e-13);
        });

    [Fact]
    public void Measurements_have_their_shape()
        => Holds(MeasurementArbitrary.Any(5), description => description.Create() is { } source && source.Dimension == description.Dimension
            && description.Samples <= 16 * description.Dimension * (description.Dimension + 1) / 2);

    [Fact]
    public void Step_sizes_stay_in_their_range()
    {
        Holds(StepSizeArbitrary.Any(0.02, 0.07), step => step.Value is >= 0.02 and <= 0.07);
        Assert.Throws<ArgumentOutOfRangeException>(() => StepSizeArbitrary.Any(2, 1));
    }

    // Assumption 2 by its words: for which M1 and M2 on a grid do (6) and (7) hold, with moments and suprema from the law itself.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 2)]
    [InlineData(20, 0.1)]
    public void Environments_are_on_their_side_of_assumption_2(double ratio, double dominance)
    {
        Holds(EnvironmentArbitrary.InsideAssumption2(3, ratio, dominance), environments => Meets(environments, ratio, dominance));
        Holds(EnvironmentArbitrary.OutsideAssumption2(3, ratio, dominance), environments => !Meets(environments, ratio, dominance));
    }

    [Fact]
    public void Environments_of_both_sides_and_all_kinds_occur()
    {
        EnvironmentDescription[] drawn = [.. EnvironmentArbitrary.Any().Generator.Sample(300)];
        Assert.InRange(drawn.Count(environments => environments.MeetsAssumption2(1, 1)), 60, 240);
        Assert.Contains(drawn, environments => environments.OffDiagonal > 0 && environments.Rank > 1);
        Assert.Contains(drawn, environments => environments.OwnDraws && environments.Law == ScalarLaw.Uniform);
        Assert.Contains(drawn, environments => environments.Spread == 0);
        Assert.Contains(
            EnvironmentArbitrary.OutsideAssumption2().Generator.Sample(300),
            environments => environments.Bound < environments.Heterogeneity && environments.OffDiagonalSum > 0);
    }

    [Fact]
    public void A_description_makes_the_distribution_that_it_names()
    {
        EnvironmentDescription description = new(2, 1, 6, ScalarLaw.TwoPoint, OwnDraws: false, OffDiagonal: 0.5);
        EnvironmentDistribution environments = description.Create();
        double[][] all = [.. Enumerable.Range(0, environments.Count!.Value).Select(index =>
        {
            double[] sigma = new double[4];
            environments.CopyMatrix(index, sigma);
            return sigma;
        })];
        Assert.Equal(7, all.Max(sigma => Math.Abs(sigma[0])));
        Assert.Equal(0.5, all.Max(sigma => Math.Abs(sigma[1])));
        Assert.Equal((7.0, 18.0, 2.0), (description.Bound, description.Heterogeneity, description.OffDiagonalSum));
        Assert.Equal(36 / 3.0 / 2, (description with { Law = ScalarLaw.Uniform }).Heterogeneity);
    }

    // Shrinking to the end from a property that is always false: what is simplest, and that it ends.
    [Fact]
    public void Everything_shrinks_to_its_simplest()
    {
        Assert.Equal(new SymmetricMatrixDescription(1, 1, 0), Simplest(SymmetricMatrixArbitrary.Any()));
        Assert.Equal(new SymmetricMatrixDescription(2, 1, 0), Simplest(SymmetricMatrixArbitrary.LowRank()));
        Assert.Equal(new SubspaceDescription(1, 1, 0), Simplest(SubspaceArbitrary.Any()));
        Assert.Equal(new ProblemDescription(2, 1, 1, 0, 0), Simplest(ProblemArbitrary.Any()));
        Assert.Equal(new MeasurementDescription(1, 1, 0), Simplest(MeasurementArbitrary.Any()));
        Assert.Equal(new EnvironmentDescription(1, 0, 0, ScalarLaw.TwoPoint, false, 0), Simplest(EnvironmentArbitrary.OutsideAssumption2()));
        Assert.Contains(Simplest(StepSizeArbitrary.Any()).Value, new[] { 0.01, 0.1 });

        EnvironmentDescription inside = Simplest(EnvironmentArbitrary.InsideAssumption2());
        Assert.Equal(new EnvironmentDescription(1, 0, inside.Spread, ScalarLaw.TwoPoint, false, 0), inside);
        Assert.Equal(10, inside.Spread, 9.0);
    }

    [Fact]
    public void Ranks_that_matter_keep_full_rank_full()
    {
        SymmetricMatrixDescription shrunk = Outcomes.Shrunk<SymmetricMatrixDescription>(
            Prop.ForAll(SymmetricMatrixArbitrary.FullRank(), matrix => matrix.Rank < 4));
        Assert.Equal((4, 4), (shrunk.Dimension, shrunk.Rank));
    }

    // FsCheck finds arbitraries by the methods of a type, or else makes records of any numbers, which could not be created; this is what an attribute of its test framework packages does with it.
    [Fact]
    public void Fscheck_finds_all_by_type()
    {
        IArbMap map = ArbMap.Default.Merge<HeteroArbitraries>();
        Assert.All(map.ArbFor<SymmetricMatrixDescription>().Generator.Sample(50), matrix => matrix.Create());
        Assert.All(map.ArbFor<SubspaceDescription>().Generator.Sample(50), subspace => subspace.Create());
        Assert.All(map.ArbFor<ProblemDescription>().Generator.Sample(50), problem => problem.Create());
        Assert.All(map.ArbFor<EnvironmentDescription>().Generator.Sample(50), environments => environments.Create());
        Assert.All(map.ArbFor<MeasurementDescription>().Generator.Sample(50), measurements => measurements.Create());
        Assert.All(map.ArbFor<StepSize>().Generator.Sample(100), step => Assert.InRange(step.Value, 0.003, 0.3));
        Assert.All(map.ArbFor<TheoryInstance>().Generator.Sample(100), instance => Assert.InRange(instance.Dimension, 2, 12));
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Contains("'maxDimension' is 0", Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricMatrixArbitrary.Any(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricMatrixArbitrary.LowRank(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubspaceArbitrary.Any(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProblemArbitrary.Any(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementArbitrary.Any(101));
        Assert.Contains("'ratio' is NaN", Assert.Throws<ArgumentOutOfRangeException>(() => EnvironmentArbitrary.InsideAssumption2(1, double.NaN)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => EnvironmentArbitrary.OutsideAssumption2(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepSizeArbitrary.Any(0));
    }

    /// <summary>Every case and every candidate of its first shrinking step.</summary>
    private static void Holds<T>(Arbitrary<T> cases, Func<T, bool> property)
        => Prop.ForAll(cases.Generator.ToArbitrary(), drawn => property(drawn) && cases.Shrinker(drawn).All(property))
            .Check(TheoryConfig.Default.WithMaxTest(Trials).Replayed());

    private static T Simplest<T>(Arbitrary<T> cases) => Outcomes.Shrunk<T>(Prop.ForAll(cases, _ => false));

    private static bool HasItsRank(SymmetricMatrixDescription description)
    {
        double[] entries = description.Create();
        int d = description.Dimension;
        ReadOnlyMatrixSpan<double> matrix = new(entries, d, d);
        double[] values = new double[d];
        SymmetricEigen.Decompose(matrix, new double[SymmetricEigen.GetValuesScratchLength<double>(d)], values);
        double largest = values.Max(Math.Abs);
        bool isSymmetric = Enumerable.Range(0, d * d).All(index => entries[index] == entries[(index % d * d) + (index / d)]);
        return isSymmetric && values.Count(value => Math.Abs(value) > 1e-12 * largest) == description.Rank;
    }

    private static bool Meets(EnvironmentDescription environments, double ratio, double dominance)
    {
        double sup = Math.Max(Math.Abs(environments.Mean - environments.Spread), Math.Abs(environments.Mean + environments.Spread));
        double variance = environments.Law == ScalarLaw.TwoPoint
            ? ((environments.Mean + environments.Spread) * (environments.Mean + environments.Spread) / 2)
                + ((environments.Mean - environments.Spread) * (environments.Mean - environments.Spread) / 2) - (environments.Mean * environments.Mean)
            : 4 * environments.Spread * environments.Spread / 12;
        double row = environments.Rank == 1 ? 0 : (environments.Rank - 1) * environments.OffDiagonal;

        // M1 just above its bound, and M2 between M1/C0 and its own bound.
        double m1 = sup * (1 + 1e-9), low = m1 / ratio, high = variance / (1 + Math.Abs(environments.Mean));
        return Enumerable.Range(1, 2000).Select(k => low + ((high - low) * k / 1_000_000.0))
            .Any(m2 => m2 > low && m2 < high && environments.Rank * environments.Rank * row <= dominance / Math.Pow(m2, 1.5));
    }
}
