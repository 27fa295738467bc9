using System.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;

namespace Hetero.Core.Training;

/// <summary>Fills a factor with the start of training.</summary>
internal static class TrainingStart
{
    /// <summary>The start that the options ask for; without a wish the one that fits the factor.</summary>
    public static StartKind KindOf(TrainingOptions options, bool isSquare) => options.Start ?? (isSquare ? StartKind.Identity : StartKind.Frame);

    public static void Fill<T>(Factor<T> factor, TrainingOptions options, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSquare = factor.Columns == factor.Dimension;
        StartKind start = KindOf(options, isSquare);
        Guard.Defined(start, "options.Start");
        if (start == StartKind.Identity)
        {
            if (!isSquare)
            {
                throw new ArgumentException(
                    $"'options.Start' is {start} with {factor.Columns} factor columns; accepted is {start} for k = d = {factor.Dimension} alone, "
                    + $"{StartKind.Frame} for any k.",
                    "options.Start");
            }

            factor.Parameters.AsSpan().Clear();
            for (int i = 0; i < factor.Dimension; i++)
            {
                factor.Parameters[i * (factor.Dimension + 1)] = T.CreateTruncating(options.InitialScale);
            }

            return;
        }

        Guard.InRange(factor.Columns, 1, HaarFrame.MaxColumns(factor.Dimension), "options.FactorColumns");
        double[] frame = HaarFrame.Draw(
            new RandomStream(options.Seed, StreamPurpose.Initialization), factor.Dimension, factor.Columns, cancellation);
        for (int i = 0; i < frame.Length; i++)
        {
            factor.Parameters[i] = T.CreateTruncating(options.InitialScale * frame[i]);
        }
    }
}
