using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Data;

/// <summary>Findings by moments.</summary>
public static partial class DataCheck
{
    private const double MatteringMean = 0.05;
    private const double MatteringVariance = 1.25;
    private const double MatteringSpread = 0.1;
    private const double MatteringKurtosis = 0.3;

    // Times 1 + 4/p: of few coordinates and rows the kurtosis has a heavy tail, 5·10⁻⁵ beyond 8 deviations for p = 1.
    private const double KurtosisDeviations = 8;

    // Of χ² with 16 degrees of freedom, the fewest there are, 4·10⁻⁹.
    private const double ScaleDeviations = 10;
    private const double SmallestScale = 1e-70;

    // Fewer rows say nothing about moments.
    private const int LeastRows = 16;

    private static void AddMoments<T>(DataSet<T> data, List<DataFinding> findings, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] enough = [.. Places(data, e => data.Environments[e].Responses.Length >= LeastRows)];
        int[] few = [.. Places(data, e => data.Environments[e].Responses.Length < LeastRows)];
        if (few.Length > 0)
        {
            findings.Add(new("moments", IsProblem: false, $"{In(data, few)} there are fewer than {Texts.Of(LeastRows)} rows: their moments were not looked at.", few));
        }

        RowMoments[] moments = new RowMoments[data.Environments.Count];
        Parallel.ForEach(enough, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, e => moments[e] = RowMoments.Of(data, e, cancellation));
        int[] beyond = [.. enough.Where(e => !(moments[e].Scale is > SmallestScale and < LargestScale))];
        if (beyond.Length > 0)
        {
            findings.Add(new(
                "range",
                IsProblem: true,
                $"{In(data, beyond)} the mean square of the entries is {Short(moments[beyond[0]].Scale)}: accepted is one from {Short(SmallestScale)} to "
                    + $"{Short(LargestScale)}, whose powers can be computed with. No moments were looked at.",
                beyond));
            return;
        }

        if (enough.Length == 0)
        {
            return;
        }

        // Means, their responses', variances and correlations share it, and leave as much again to kurtosis and scale, which take far less.
        double level = FalseAlarmRate / (5 * enough.Length);
        int[] centered = [.. enough.Except(AddMeans(data, findings, enough, moments, level))];

        // Moments about 0 say nothing where the mean is not 0.
        if (centered.Length > 0)
        {
            AddResponseMeans(data, findings, centered, level);
            AddVariances(data, findings, centered, moments, level);
            AddKurtosis(data, findings, centered, moments);
            AddScale(data, findings, centered, moments);
        }
    }

    private static int[] AddMeans<T>(DataSet<T> data, List<DataFinding> findings, int[] enough, RowMoments[] moments, double level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] off = [.. enough.Where(e => moments[e].LargestMean > MatteringMean && moments[e].LargestT > TailQuantile.StudentT(level / (2 * moments[e].Length), moments[e].Rows - 1))];
        if (off.Length > 0)
        {
            double largest = off.Max(e => moments[e].LargestMean);
            findings.Add(new(
                "mean",
                IsProblem: true,
                $"{In(data, off)} measurements do not have mean 0: an entry's is {(double.IsFinite(largest) ? $"{Short(largest)} of its standard deviation" : "the same in each of them")}. "
                + "Take the mean off, and from the responses what belongs to it, or the common part of all X is learned before what tells them apart. Variances and scale can be told only then.",
                off));
        }

        return off;
    }

    /// <summary>Of centered measurements y = ⟨X, M⟩ + ξ has mean 0, whatever M is; of inputs xxᵀ it has tr(M).</summary>
    private static void AddResponseMeans<T>(DataSet<T> data, List<DataFinding> findings, int[] centered, double level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Manifest.Layout == MeasurementLayout.RankOne)
        {
            return;
        }

        double[] means = new double[data.Environments.Count];
        int[] off =
        [
            .. centered.Where(e =>
            {
                ReadOnlySpan<T> responses = data.Environments[e].Responses.Span;
                means[e] = MeanInDeviations(responses);
                return means[e] > MatteringMean && means[e] * Math.Sqrt(responses.Length) > TailQuantile.StudentT(level / 2, responses.Length - 1);
            }),
        ];
        if (off.Length > 0)
        {
            findings.Add(new(
                "response-mean",
                IsProblem: true,
                $"{In(data, off)} responses do not have mean 0: it is up to {Short(off.Max(e => means[e]))} of their standard deviation. Of measurements with mean 0 no estimate explains it, "
                + "and it counts as noise. Take each environment's own mean off its responses.",
                off));
        }
    }

    /// <summary>|mean|/deviation; 0 of equal numbers, which are found by themselves.</summary>
    private static double MeanInDeviations<T>(ReadOnlySpan<T> responses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude(responses))), sum = 0, squares = 0;
        if (largest == 0)
        {
            return 0;
        }

        foreach (T response in responses)
        {
            sum += double.CreateTruncating(response) / largest;
        }

        double mean = sum / responses.Length;
        foreach (T response in responses)
        {
            double off = (double.CreateTruncating(response) / largest) - mean;
            squares += off * off;
        }

        return squares == 0 ? 0 : Math.Abs(mean) / Math.Sqrt(squares / (responses.Length - 1));
    }

    private static void AddVariances<T>(DataSet<T> data, List<DataFinding> findings, int[] enough, RowMoments[] moments, double level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] unequal = [.. enough.Where(e => HasUnequalVariances(moments[e], level))];
        bool isMatrix = data.Manifest.Layout is MeasurementLayout.Svec or MeasurementLayout.Square;
        if (unequal.Length > 0)
        {
            int worst = unequal.MaxBy(e => moments[e].Variances.Max() / Math.Max(moments[e].Variances.Min(), double.Epsilon));
            findings.Add(new(
                "variance",
                IsProblem: true,
                $"{In(data, unequal)} the entries have unequal variances, from {Short(moments[worst].Variances.Min())} to {Short(moments[worst].Variances.Max())} times their mean: "
                + "E[<X, D>X] is not a multiple of D, so that directions are learned at unequal rates."
                + $"{(isMatrix ? " Entries off the diagonal of a symmetric X should have half the variance of those on it (as svec, the same)." : "")} "
                + "Whether they are correlated there was not looked at.",
                unequal));
        }

        int[] skewed = [.. enough.Except(unequal).Where(e => IsCorrelated(moments[e], level))];
        if (skewed.Length > 0)
        {
            double spread = skewed.Max(e => moments[e].Gradients.Max(gradient => gradient.Spread(moments[e].Scale, moments[e].Rows)));
            findings.Add(new(
                "correlation",
                IsProblem: true,
                $"{In(data, skewed)} the entries are correlated: the gradient of a residual D is not a multiple of D; "
                + $"the eigenvalues of E[X X^T] (of the entries) spread by about {Short(spread)} of their mean. "
                + "Whiten the measurements in a way that keeps ranks (docs/own-data.md), or expect directions to be learned at unequal rates.",
                skewed));
        }
    }

    private static void AddKurtosis<T>(DataSet<T> data, List<DataFinding> findings, int[] enough, RowMoments[] moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] other =
        [
            .. enough.Where(e =>
            {
                double expected = 3.0 * moments[e].Rows / (moments[e].Rows + 2), off = Math.Abs(moments[e].Kurtosis - expected);
                return off > MatteringKurtosis && off > KurtosisDeviations * (1 + (4.0 / moments[e].Length)) * Math.Sqrt(24 / ((double)moments[e].Rows * moments[e].Length));
            }),
        ];
        if (other.Length > 0)
        {
            bool isRankOne = data.Manifest.Layout == MeasurementLayout.RankOne;
            double kurtosis = moments[other.MaxBy(e => Math.Abs(moments[e].Kurtosis - 3))].Kurtosis;
            findings.Add(new(
                "kurtosis",
                isRankOne,
                $"{In(data, other)} the entries' kurtosis is {Short(kurtosis)}, not the 3 of a Gaussian: "
                + (isRankOne
                    ? "the mean of <xx^T, D>xx^T then has a diagonal part beside 2D + tr(D)I, which no shrinkage takes off."
                    : "the mean of a gradient does not depend on it, but its noise does, and tails that are heavy make single rows count for many."),
                other));
        }
    }

    private static void AddScale<T>(DataSet<T> data, List<DataFinding> findings, int[] enough, RowMoments[] moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond 10 standard deviations of the mean square of so many Gaussian numbers, and by a tenth.
        int[] other = [.. enough.Where(e => Math.Abs(moments[e].Scale - 1) is var off && off > 0.1 && off > ScaleDeviations * Math.Sqrt(2 / ((double)moments[e].Rows * moments[e].Length)))];
        if (other.Length == 0)
        {
            return;
        }

        double low = enough.Min(e => moments[e].Scale), high = enough.Max(e => moments[e].Scale);
        double common = enough.Sum(e => moments[e].Scale * moments[e].Rows) / enough.Sum(e => (double)moments[e].Rows);
        bool differ = high > MatteringVariance * low
            && enough.Any(e => Math.Abs((moments[e].Scale / common) - 1) > ScaleDeviations * Math.Sqrt(2 / ((double)moments[e].Rows * moments[e].Length)));
        bool isRankOne = data.Manifest.Layout == MeasurementLayout.RankOne;
        string power = isRankOne ? "c^4" : "c^2", mean = isRankOne ? "c^4*(2D + tr(D)*I)" : "c^2*D", divided = isRankOne ? "inputs by c and responses by c^2" : "measurements and responses by c";
        (double lowStep, double highStep) = isRankOne ? (low * low, high * high) : (low, high);
        findings.Add(new(
            "scale",
            IsProblem: differ,
            differ
                ? $"The scale c^2 of the entries is from {Short(low)} to {Short(high)}, different in each environment: "
                    + $"a step size eta acts like {power}*eta, {Short(lowStep)} to {Short(highStep)} times eta, so that "
                    + $"environments of large entries move the estimate more. Divide {divided}, each environment's own."
                : $"The scale c^2 of the entries is {Short(Math.Sqrt(low * high))}: E[<X, D>X] = {mean}, so that a step size eta acts like {power}*eta; to keep its usual meaning, "
                    + $"divide eta by {Short(Math.Sqrt(lowStep * highStep))}, or {divided}, c = {Short(Math.Sqrt(Math.Sqrt(low * high)))}.",
            other));
    }

    /// <summary>Beyond the law of Gaussian entries, and beyond what the fourth moment of an entry leaves to chance.</summary>
    private static bool HasUnequalVariances(RowMoments moments, double level)
    {
        double tail = level / (2 * moments.Length), rows = moments.Rows;
        double upper = TailQuantile.ChiSquaredUpper(tail, rows), lower = TailQuantile.ChiSquaredLower(tail, rows), deviations = TailQuantile.Normal(tail);
        for (int j = 0; j < moments.Length; j++)
        {
            double variance = moments.Variances[j], error = variance * Math.Sqrt(Math.Max(0, moments.Kurtoses[j] - 1) / rows);
            bool isLarge = variance > MatteringVariance && variance * rows > upper, isSmall = variance < 1 / MatteringVariance && variance * rows < lower;
            if ((isLarge || isSmall) && Math.Abs(variance - 1) > deviations * error)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCorrelated(RowMoments moments, double level)
        => moments.Length > 1 && TailQuantile.ChiSquaredUpper(level / moments.Gradients.Length, moments.Length - 1) is var limit
            && moments.Gradients.Any(gradient => gradient.IsBeyondChance(moments.Scale, limit) && gradient.Spread(moments.Scale, moments.Rows) > MatteringSpread);
}
