using Hetero.Core.Numerics;

namespace Hetero.Experiments.Fits;

/// <summary>
/// Tells differences that K blocks of rows share from chance, by their signs: where c_1, …, c_K are independent and as often c as −c, Σ_{k&lt;l} ε_kε_l⟨c_k, c_l⟩ has one law for all signs ε, and the
/// sum with equal ones is among the largest hundredth of the 2^(K−1) sums with chance 1/100 at most, whatever that law is.
/// </summary>
internal static class ChanceTest
{
    /// <summary>The fewest blocks: of seven, 64 sums have no hundredth.</summary>
    public const int LeastBlocks = 8;

    private const int Share = 100;

    /// <summary>Says whether blocks have more in common than one in a hundred by chance.</summary>
    /// <param name="products">⟨c_k, c_l⟩, K×K, row after row.</param>
    /// <param name="blocks">K, <see cref="LeastBlocks"/> to 20.</param>
    public static bool IsBeyondChance(double[] products, int blocks)
    {
        int patterns = 1 << (blocks - 1), asLarge = 0;
        double own = Sum(0);
        for (int pattern = 0; pattern < patterns && asLarge <= patterns / Share; pattern++)
        {
            asLarge += Sum(pattern) >= own ? 1 : 0;
        }

        return asLarge <= patterns / Share;

        // The k-th bit is the sign of c_k; the last block's is +.
        double Sum(int pattern)
        {
            double sum = 0;
            for (int k = 1; k < blocks; k++)
            {
                for (int l = 0; l < k; l++)
                {
                    sum += (((pattern >> k) ^ (pattern >> l)) & 1) == 0 ? products[(k * blocks) + l] : -products[(k * blocks) + l];
                }
            }

            return sum;
        }
    }

    /// <summary>Adds w⟨c_k, c_l⟩ of vectors that stand one after another.</summary>
    public static void AddProducts(ReadOnlySpan<double> vectors, int blocks, double weight, double[] products)
    {
        int length = vectors.Length / blocks;
        for (int k = 0; k < blocks; k++)
        {
            for (int l = 0; l < blocks; l++)
            {
                products[(k * blocks) + l] += weight * Reductions.Dot(vectors.Slice(k * length, length), vectors.Slice(l * length, length));
            }
        }
    }
}
