using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hetero.Core.Environments;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

/// <summary>FsCheck's attributes find the descriptions without a word; what has no arbitrary says that it is missing.</summary>
public class RegistrationTests
{
    [Property(MaxTest = 20)]
    public bool All_descriptions_are_found_by_their_types(
        ProblemDescription problem,
        EnvironmentDescription environments,
        MeasurementDescription batch,
        SubspaceDescription subspace,
        SymmetricMatrixDescription matrix)
        => problem.Create().Dimension == problem.Dimension
            && environments.Create().Rank == environments.Rank
            && batch.Create().Dimension == batch.Dimension
            && subspace.Create().Length == subspace.Dimension * subspace.Rank && matrix.Create().Length == matrix.Dimension * matrix.Dimension;

    [Property(MaxTest = 20)]
    public bool Step_sizes_and_instances_are_found_by_their_types(StepSize step, TheoryInstance instance)
        => step.Value is >= 0.003 and <= 0.3 && instance.CreateProblem().SpuriousRank == instance.SpuriousRank;

    [Fact]
    public void The_build_writes_the_attribute()
    {
        object attribute = Assert.Single(typeof(RegistrationTests).Assembly.GetCustomAttributes(typeof(PropertiesAttribute), false));
        Assert.Equal([typeof(HeteroArbitraries)], Assert.IsType<PropertiesAttribute>(attribute).Arbitrary);
    }

    [Fact]
    public void What_has_no_arbitrary_says_so()
    {
        IsNamed<ProblemDescription>("Dimension");
        IsNamed<EnvironmentDescription>("Rank");
        IsNamed<MeasurementDescription>("Dimension");
        IsNamed<SubspaceDescription>("Dimension");
        IsNamed<SymmetricMatrixDescription>("Dimension");
        IsNamed<StepSize>("Value");
    }

    // Hetero.Core knows no test framework and cannot name what is to be registered.
    [Fact]
    public void An_instance_of_the_core_says_that_it_has_no_generator()
    {
        string message = Refusal<TheoryInstance>().Message;
        Assert.StartsWith("'Dimension' is 0; accepted is at least 1. If a test framework made this description, it has no generator for it.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("FsCheck", message, StringComparison.Ordinal);
    }

    // Whoever makes a description is told at once, and by with as well.
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(5, 0, 1)]
    [InlineData(5, 1, -3)]
    public void A_shape_that_cannot_be_is_refused(int dimension, int first, int second)
    {
        string name = dimension == 0 ? "Dimension" : first == 0 ? "InvariantRank" : "SpuriousRank";
        int value = dimension == 0 ? dimension : first == 0 ? first : second;
        ArgumentOutOfRangeException[] refusals =
        [
            Assert.Throws<ArgumentOutOfRangeException>(() => new ProblemDescription(dimension, first, second, null, 1)),
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new ProblemDescription(5, 1, 1, null, 1) with { Dimension = dimension, InvariantRank = first, SpuriousRank = second }),
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new TheoryInstance { Dimension = dimension, InvariantRank = first, SpuriousRank = second }),
        ];
        Assert.All(refusals, refusal => Assert.StartsWith($"'{name}' is {value}; accepted is at least ", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Other_parts_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Samples", () => new MeasurementDescription(3, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Rank", () => new SubspaceDescription(3, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Rank", () => new SymmetricMatrixDescription(3, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Rank", () => new EnvironmentDescription(0, 1, 1, ScalarLaw.Uniform, false, 0));
        Assert.Throws<ArgumentOutOfRangeException>("Samples", () => new TheoryInstance { Samples = 0 });
        Assert.All([0, -1, double.NaN, double.PositiveInfinity], value => Assert.Throws<ArgumentOutOfRangeException>(() => new StepSize(value)));
    }

    private static ArgumentOutOfRangeException Refusal<T>()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Prop.ForAll(new Func<T, bool>(_ => true)).Check(TheoryConfig.Default.Replayed()));

    private static void IsNamed<T>(string part)
    {
        ArgumentOutOfRangeException refusal = Refusal<T>();
        Assert.StartsWith($"'{part}' is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("it has no arbitrary for it: register HeteroArbitraries, ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[Property(Arbitrary = [typeof(HeteroArbitraries)])]", refusal.Message, StringComparison.Ordinal);
    }
}
