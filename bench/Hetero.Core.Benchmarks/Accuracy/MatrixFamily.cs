namespace Hetero.Core.Benchmarks.Accuracy;

/// <summary>Matrices of one kind in several sizes.</summary>
/// <param name="Name">What the table calls them.</param>
/// <param name="Seeds">How many there are of a size; 1 where chance has no say.</param>
/// <param name="Create">Makes one of n rows, row after row, from a seed; symmetric if that is asked for.</param>
internal sealed record MatrixFamily(string Name, int Seeds, Func<int, int, bool, double[]> Create)
{
    /// <summary>Gets the sizes: below, at and above the block sizes, and none of them in favour of anybody.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [5, 10, 17, 20, 33, 40, 64, 100, 150, 200];

    /// <summary>Returns all matrices of the family.</summary>
    /// <param name="isSymmetric">Whether they have to be symmetric.</param>
    public IEnumerable<(int Size, double[] Matrix)> Matrices(bool isSymmetric)
        => from n in Sizes from seed in Enumerable.Range(1, Seeds) select (n, Create(n, seed, isSymmetric));
}
