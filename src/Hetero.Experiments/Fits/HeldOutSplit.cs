using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>
/// The rows of each environment, taken apart: those to train on, and two halves of those that are held out. Which they are follows from the seed, the environment and the number of rows
/// alone; the halves have no row in common, so that what is measured on one is independent of the other.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class HeldOutSplit<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private HeldOutSplit(MeasurementLayout layout, EnvironmentSamples<T>[] training, EnvironmentSamples<T>[] first, EnvironmentSamples<T>[] second)
        => (Layout, Training, First, Second) = (layout, training, first, second);

    /// <summary>Gets how the rows stand in memory; squares have been packed.</summary>
    public MeasurementLayout Layout { get; }

    public EnvironmentSamples<T>[] Training { get; }

    /// <summary>Gets the first halves of what is held out; none where nothing is.</summary>
    public EnvironmentSamples<T>[] First { get; }

    public EnvironmentSamples<T>[] Second { get; }

    public bool HasHeldOut => First.Length > 0;

    /// <summary>Takes a data set apart; the rows are copied, unless none is held out.</summary>
    /// <exception cref="RecipeException">An environment has too few rows.</exception>
    public static HeldOutSplit<T> Of(DataSet<T> data, double share, ulong seed, CancellationToken cancellation = default)
    {
        int count = data.Environments.Count;
        bool isSquare = data.Manifest.Layout == MeasurementLayout.Square;
        if (share == 0)
        {
            return new(data.Manifest.Layout, [.. data.Environments], [], []);
        }

        EnvironmentSamples<T>[] training = new EnvironmentSamples<T>[count], first = new EnvironmentSamples<T>[count], second = new EnvironmentSamples<T>[count];
        for (int e = 0; e < count; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = data.Environments[e].Responses.Length;
            int half = (int)Math.Round(share * rows / 2, MidpointRounding.AwayFromZero);
            if (half < 1 || rows - (2 * half) < 1)
            {
                string name = Shown.Of(data.Manifest.Environments[e].Name);
                throw RecipeException.Of(
                    "--held-out", Texts.Of(share), $"0, or a share that leaves two rows or more held out and one or more to train on of the {Texts.Of(rows)} of environment '{name}'");
            }

            int[] order = Order(rows, seed, e);
            first[e] = Take(order[..half]);
            second[e] = Take(order[half..(2 * half)]);
            training[e] = Take(order[(2 * half)..]);

            EnvironmentSamples<T> Take(int[] chosen)
            {
                Array.Sort(chosen);
                return Copy(data.Environments[e], chosen, isSquare ? data.Manifest.Dimension : 0);
            }
        }

        return new(isSquare ? MeasurementLayout.Svec : data.Manifest.Layout, training, first, second);
    }

    /// <summary>The bytes that the copies take.</summary>
    public static Int128 BytesOf(DataSet<T> data, double share)
    {
        bool isSquare = data.Manifest.Layout == MeasurementLayout.Square;
        return share == 0 && !isSquare
            ? 0
            : data.Environments.Aggregate((Int128)0, (sum, rows) => sum + ((Int128)Unsafe.SizeOf<T>()
                * (rows.Responses.Length + (isSquare ? (long)rows.Responses.Length * Svec.Length(data.Manifest.Dimension) : rows.Measurements.Length))));
    }

    /// <summary>A random order of rows: row i has the i-th number of the environment's stream, by which they are sorted.</summary>
    private static int[] Order(int rows, ulong seed, int environment)
    {
        double[] keys = new double[rows];
        new RandomStream(seed, StreamPurpose.User, 0, environment).FillUniform(keys.AsSpan());
        int[] order = [.. Enumerable.Range(0, rows)];
        Array.Sort(keys, order);
        return order;
    }

    private static EnvironmentSamples<T> Copy(EnvironmentSamples<T> all, int[] chosen, int square)
    {
        int width = all.Measurements.Length / all.Responses.Length, kept = square > 0 ? Svec.Length(square) : width;
        T[] measurements = new T[(long)chosen.Length * kept], responses = new T[chosen.Length];
        ReadOnlySpan<T> from = all.Measurements.Span, y = all.Responses.Span;
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<T> row = from.Slice(chosen[i] * width, width);
            Span<T> to = measurements.AsSpan(i * kept, kept);
            if (square > 0)
            {
                Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(row, square, square), to);
            }
            else
            {
                row.CopyTo(to);
            }

            responses[i] = y[chosen[i]];
        }

        return new(measurements, responses);
    }
}
