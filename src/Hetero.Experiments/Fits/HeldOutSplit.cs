using System.Numerics;
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
    /// <summary>Takes parts that are made already.</summary>
    public HeldOutSplit(MeasurementLayout layout, EnvironmentSamples<T>[] training, EnvironmentSamples<T>[] first, EnvironmentSamples<T>[] second)
        => (Layout, Training, First, Second) = (layout, training, first, second);

    /// <summary>Gets how the rows stand; squares have been packed.</summary>
    public MeasurementLayout Layout { get; }

    public EnvironmentSamples<T>[] Training { get; }

    /// <summary>Gets the first halves of what is held out; none where nothing is.</summary>
    public EnvironmentSamples<T>[] First { get; }

    public EnvironmentSamples<T>[] Second { get; }

    public bool HasHeldOut => First.Length > 0;

    /// <summary>Takes a data set apart: rows stay where they are, and squares are packed once.</summary>
    /// <exception cref="RecipeException">An environment has too few rows.</exception>
    public static HeldOutSplit<T> Of(DataSet<T> data, double share, ulong seed, CancellationToken cancellation = default)
    {
        int count = data.Environments.Count;
        Check(data, share);
        EnvironmentSamples<T>[] all = data.TrainingRows(cancellation);
        if (share == 0)
        {
            return new(data.TrainingLayout, [.. all], [], []);
        }

        EnvironmentSamples<T>[] training = new EnvironmentSamples<T>[count], first = new EnvironmentSamples<T>[count], second = new EnvironmentSamples<T>[count];
        for (int e = 0; e < count; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = all[e].Responses.Length, half = HalfOf(rows, share);
            int[] order = RowShuffle.Of(rows, seed, RowShuffle.HeldOut, e);
            first[e] = RowSelection.Of(all[e], order[..half]);
            second[e] = RowSelection.Of(all[e], order[half..(2 * half)]);
            training[e] = RowSelection.Of(all[e], order[(2 * half)..]);
        }

        return new(data.TrainingLayout, training, first, second);
    }

    /// <summary>The rows of each half that is held out.</summary>
    public static int HalfOf(int rows, double share) => (int)Math.Round(share * rows / 2, MidpointRounding.AwayFromZero);

    private static void Check(DataSet<T> data, double share)
    {
        for (int e = 0; e < data.Environments.Count && share > 0; e++)
        {
            int rows = data.Environments[e].Responses.Length, half = HalfOf(rows, share);
            if (half < 1 || rows - (2 * half) < 1)
            {
                string name = Shown.Of(data.Manifest.Environments[e].Name);
                throw RecipeException.Of(
                    "--held-out", Texts.Of(share), $"0, or a share that leaves two rows or more held out and one or more to train on of the {Texts.Of(rows)} of environment '{name}'");
            }
        }
    }
}
