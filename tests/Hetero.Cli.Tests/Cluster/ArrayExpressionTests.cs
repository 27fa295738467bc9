using Hetero.Cli.Cluster;
using Xunit;

namespace Hetero.Cli.Tests.Cluster;

public class ArrayExpressionTests
{
    [Theory]
    [InlineData("", new int[0])]
    [InlineData("4", new[] { 4 })]
    [InlineData("1-2", new[] { 1, 2 })]
    [InlineData("1,3,7-8", new[] { 1, 3, 7, 8 })]
    [InlineData("2-5,7,9-11", new[] { 2, 3, 4, 5, 7, 9, 10, 11 })]
    public void Neighbours_are_joined(string expected, int[] numbers) => Assert.Equal(expected, ArrayExpression.Of(numbers));
}
