using Hetero.Core.Random;

namespace Hetero.Experiments.Fits;

/// <summary>A random order of an environment's rows, which follows from the seed, the purpose, the environment and the number of rows alone.</summary>
internal static class RowShuffle
{
    /// <summary>The order by which rows are held out.</summary>
    public const int HeldOut = 0;

    /// <summary>The order in which environments' variation is told from chance.</summary>
    public const int Variation = 2;

    /// <summary>The order in which rows are dealt into folds.</summary>
    public const int Folds = 3;

    /// <summary>Returns it: row i has the i-th number of the environment's stream, by which rows are sorted.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">One of the constants here: another order for each; 1 is the order of environments in <see cref="EnvironmentVariation"/>.</param>
    /// <param name="environment">The environment.</param>
    public static int[] Of(int rows, ulong seed, int purpose, int environment)
    {
        double[] keys = new double[rows];
        new RandomStream(seed, StreamPurpose.User, purpose, environment).FillUniform(keys.AsSpan());
        int[] order = [.. Enumerable.Range(0, rows)];
        Array.Sort(keys, order);
        return order;
    }
}
