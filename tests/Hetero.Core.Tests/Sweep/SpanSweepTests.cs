using Hetero.Core.Tests.Sweep.Cases;
using Xunit;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Every public method that takes spans, with memory that is shared, empty or of a wrong size, and numbers of any size.</summary>
public sealed class SpanSweepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(33)]
    public void SharedMemoryIsRefusedOrRight(int n) => Check(n, SharedMemoryLaw.Violations);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void WrongSizesAreRefused(int n) => Check(n, LengthLaw.Violations);

    [Fact]
    public void EmptyShapesDoNothingOrAreRefused() => Check(0, LengthLaw.EmptyViolations);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(33)]
    public void ResultsGrowWithTheirInputs(int n) => Check(n, MagnitudeLaw.Violations);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public void RowsThatLieApartChangeNothing(int n) => Check(n, MemoryLaws.RowsApart);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public void LongScratchChangesNothing(int n) => Check(n, MemoryLaws.LongScratch);

    private static void Check(int n, Func<SpanCase, System.Reflection.MethodBase, IEnumerable<string>> law)
    {
        List<string> violations = [];
        foreach (SpanCase test in AllCases.Of(n))
        {
            Assert.True(PublicSurface.Members.ContainsKey(test.Key), $"There is no public {test.Key}.");
            violations.AddRange(law(test, PublicSurface.Members[test.Key]));
        }

        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(200)));
    }
}
