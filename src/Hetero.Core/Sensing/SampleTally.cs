using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>What a range of samples adds to a <see cref="PredictionPass{T}"/>: made range by range, added in their order.</summary>
internal struct SampleTally
{
    public double Responses;
    public long LeftOut;

    /// <summary>
    /// Takes the coefficients c_i = ŷ_i − y_i of some samples and their predictions: sums y_i = ŷ_i − c_i, and writes 1 for the samples that stay and 0 for those that are left out.
    /// </summary>
    public void Take<T>(ReadOnlySpan<T> predictions, ReadOnlySpan<T> coefficients, T level, Span<T> stays)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < predictions.Length; i++)
        {
            Responses += double.CreateTruncating(predictions[i]) - double.CreateTruncating(coefficients[i]);
            bool isOut = predictions[i] > level;
            LeftOut += isOut ? 1 : 0;
            stays[i] = isOut ? T.Zero : T.One;
        }
    }

    /// <summary>Leaves samples out of a sum: their coefficients become 0, whatever they are.</summary>
    public static void Drop<T>(ReadOnlySpan<T> stays, Span<T> coefficients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = stays[i] == T.Zero ? T.Zero : coefficients[i];
        }
    }

    /// <summary>Adds the tallies of a group's ranges to its pass, if it has one.</summary>
    public static void AddAll<T>(in SampleGroup<T> group, ReadOnlySpan<SampleTally> tallies)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (group.IsBare || group.Predictions is not { } pass)
        {
            return;
        }

        SampleTally all = default;
        foreach (SampleTally tally in tallies)
        {
            all.Responses += tally.Responses;
            all.LeftOut += tally.LeftOut;
        }

        pass.Add(group.Scale * all.Responses, group.Count, all.LeftOut);
    }
}
