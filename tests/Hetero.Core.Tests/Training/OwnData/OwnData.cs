using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Training;

/// <summary>Made-up data: square symmetric X with entries in (−1, 1), or xxᵀ of such inputs, their svec, and responses of some known matrix of each environment, or of none.</summary>
internal sealed class OwnData
{
    private OwnData(int dimension, int[] rows, int seed, bool isRankOne = false)
    {
        Dimension = dimension;
        for (int e = 0; e < rows.Length; e++)
        {
            double[] target = Symmetric(dimension, (1000 * seed) + (100 * e) + 7);
            int first = (100_000 * (seed + 1)) + (10_000 * e);
            double[][] inputs = [.. Enumerable.Range(0, isRankOne ? rows[e] : 0).Select(i => Data.Uniform<double>(dimension, first + i))];
            double[][] squares = isRankOne ? [.. inputs.Select(x => x.SelectMany(a => x.Select(b => a * b)).ToArray())]
                : [.. Enumerable.Range(0, rows[e]).Select(i => Symmetric(dimension, first + i))];
            Inputs.Add(inputs);
            double[] noise = Data.Uniform<double>(rows[e], seed + e + 31);
            Squares.Add(squares);
            Responses.Add([.. squares.Select((x, i) => x.Zip(target, (a, b) => a * b).Sum() + (0.1 * noise[i]))]);
        }
    }

    public int Dimension { get; }

    /// <summary>Gets the matrices X_i of each environment, d×d.</summary>
    public List<double[][]> Squares { get; } = [];

    /// <summary>Gets the inputs x_i of each environment where X_i = x_ix_iᵀ; else none.</summary>
    public List<double[][]> Inputs { get; } = [];

    /// <summary>Gets the responses of each environment.</summary>
    public List<double[]> Responses { get; } = [];

    public static OwnData Make(int dimension, int seed, params int[] rows) => new(dimension, rows, seed);

    /// <summary>The same of X = xxᵀ.</summary>
    public static OwnData MakeRankOne(int dimension, int seed, params int[] rows) => new(dimension, rows, seed, isRankOne: true);

    /// <summary>Data that a layout can hold.</summary>
    public static OwnData Make(MeasurementLayout layout, int dimension, int seed, params int[] rows)
        => layout == MeasurementLayout.RankOne ? MakeRankOne(dimension, seed, rows) : Make(dimension, seed, rows);

    /// <summary>A symmetric d×d matrix.</summary>
    public static double[] Symmetric(int dimension, int seed) => Matrices.Mirrored(Data.Uniform<double>(dimension * dimension, seed), dimension);

    /// <summary>svec, plainly: the lower triangle row after row, off the diagonal times √2.</summary>
    public static double[] Svec(double[] square, int dimension)
        => [.. Enumerable.Range(0, dimension).SelectMany(
            i => Enumerable.Range(0, i + 1).Select(j => i == j ? square[(i * dimension) + j] : Math.Sqrt(2) * square[(i * dimension) + j]))];

    /// <summary>The samples of every environment in a layout.</summary>
    public EnvironmentSamples<T>[] Samples<T>(MeasurementLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. Squares.Select((squares, e) => new EnvironmentSamples<T>(
            Of<T>(layout == MeasurementLayout.RankOne ? Inputs[e].SelectMany(x => x) : squares.SelectMany(x => layout == MeasurementLayout.Square ? x : Svec(x, Dimension))),
            Of<T>(Responses[e])))];

    public MeasuredData<T> Measured<T>(
        double[]? probabilities = null,
        RowOrder order = RowOrder.Shuffled,
        ulong seed = 0,
        MeasurementLayout layout = MeasurementLayout.Square,
        WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(Dimension, Samples<T>(layout), layout, probabilities, order, seed, team);

    /// <summary>Σ w·(⟨X, M⟩ − y)X over some samples, entry by entry.</summary>
    public double[] Gradient(double[] matrix, IEnumerable<(int Environment, long Row, double Weight)> samples)
    {
        double[] gradient = new double[matrix.Length];
        foreach ((int environment, long row, double weight) in samples)
        {
            double[] x = Squares[environment][row];
            double residual = -Responses[environment][row];
            for (int i = 0; i < x.Length; i++)
            {
                residual += x[i] * matrix[i];
            }

            for (int i = 0; i < x.Length; i++)
            {
                gradient[i] += weight * residual * x[i];
            }
        }

        return gradient;
    }

    private static T[] Of<T>(IEnumerable<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. values.Select(T.CreateTruncating)];
}
