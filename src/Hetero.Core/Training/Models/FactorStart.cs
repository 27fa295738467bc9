using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;

namespace Hetero.Core.Training;

/// <summary>The start U_0 of a d×k factor: αI, or α times a Haar-random frame. Immutable and thread-safe.</summary>
internal sealed class FactorStart
{
    private readonly int _dimension;
    private readonly int _columns;
    private readonly ulong _seed;
    private readonly double _scale;

    public FactorStart(int dimension, int columns, TrainingOptions options)
    {
        (_dimension, _columns, _seed, _scale) = (dimension, columns, options.Seed, options.InitialScale);
        bool isSquare = columns == dimension;
        Kind = options.Start ?? (isSquare ? StartKind.Identity : StartKind.Frame);
        Guard.Defined(Kind, "options.Start");
        Guard.Positive(_scale, "options.InitialScale");
        if (Kind == StartKind.Identity && !isSquare)
        {
            throw new ArgumentException(
                $"'options.Start' is {Kind} with {columns} factor columns; accepted is {Kind} for k = d = {dimension} alone, {StartKind.Frame} for any k.",
                "options.Start");
        }

        if (Kind == StartKind.Frame)
        {
            Guard.InRange(columns, 1, HaarFrame.MaxColumns(dimension), "options.FactorColumns");
        }
    }

    /// <summary>Gets the kind: the one that the options ask for; without a wish the one that fits the shape.</summary>
    public StartKind Kind { get; }

    /// <summary>Adds what the start depends on.</summary>
    public void Describe(PartDescription description)
    {
        description.Add(nameof(TrainingOptions.FactorColumns), _columns);
        description.Add(nameof(TrainingOptions.Start), Kind);
        if (Kind == StartKind.Frame)
        {
            description.AddShared(nameof(TrainingOptions.Seed), _seed);
        }

        description.Add(nameof(TrainingOptions.InitialScale), _scale);
    }

    public void Fill<T>(Span<T> factor, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Kind == StartKind.Identity)
        {
            factor.Clear();
            for (int i = 0; i < _dimension; i++)
            {
                factor[i * (_dimension + 1)] = T.CreateTruncating(_scale);
            }

            return;
        }

        double[] frame = HaarFrame.Draw(new RandomStream(_seed, StreamPurpose.Initialization), _dimension, _columns, cancellation);
        for (int i = 0; i < frame.Length; i++)
        {
            factor[i] = T.CreateTruncating(_scale * frame[i]);
        }
    }
}
