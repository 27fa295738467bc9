using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Sensing;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Data;

/// <summary>
/// Looks at a data set before it is trained on: whether squares are symmetric, responses vary, rows repeat within an environment or in several, and
/// whether measurements have the moments of
/// Gaussian ones, E[⟨X, D⟩X] = c²·D with mean 0 and kurtosis 3; the scale c² says what a step size means.
/// </summary>
/// <remarks>
/// Of Gaussian measurements of any scale at most one data set in ten thousand has a finding by moments
/// (<see cref="FalseAlarmRate"/>): the laws of means (Student's, of responses too), of variances and of the gradient of a
/// residual (χ²) are known, the kurtosis must be beyond 8(1 + 4/p) standard deviations and the scale beyond 10, and the level is shared among all comparisons. A deviation
/// must also be one that matters: a mean of
/// 0.05 standard deviations, variances that differ by a quarter, a kurtosis outside 2.7 to 3.3.
/// Variances and gradients must also be beyond what rows with their own fourth moments leave to chance. What repeats is compared bit for bit, so that it is no matter of chance. Thread-safe: no state.
/// </remarks>
public static partial class DataCheck
{
    /// <summary>The probability that data of Gaussian measurements have a finding by their moments, at most.</summary>
    public const double FalseAlarmRate = 1e-4;

    private const double LargestScale = 1e70;

    /// <summary>Looks at a data set.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="data">The data, whose shapes and numbers were checked when they were opened.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The findings; none for data that are as training assumes, of scale 1, with more rows than unknowns.</returns>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static IReadOnlyList<DataFinding> Find<T>(DataSet<T> data, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        List<DataFinding> findings = [];
        AddRows(data, findings);
        AddSymmetry(data, findings);
        AddConstant(data, findings);
        RowRepeats repeats = RowRepeats.In(data, cancellation);
        AddRepeats(repeats, findings);
        AddMoments(data, findings, cancellation);
        return findings;
    }

    private static void AddRows<T>(DataSet<T> data, List<DataFinding> findings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Manifest.Dimension == 1)
        {
            findings.Add(new("dimension", IsProblem: true, "The dimension is 1, which no fit takes: below 2 there are no directions to tell apart.", []));
        }

        int[] same = [.. Places(data, e => data.Manifest.Environments.Count(other => other.Name == data.Manifest.Environments[e].Name) > 1)];
        if (same.Length > 0)
        {
            findings.Add(new(
                "names",
                IsProblem: false,
                $"{Texts.Of(same.Length)} environments share a name with another, such as '{Shown.Of(data.Manifest.Environments[same[0]].Name)}': "
                + "what is said of one may be of the other, and predictions have numbers in place of names.",
                same));
        }

        if (data.Environments.Count == 1)
        {
            findings.Add(new("environments", IsProblem: false, "There is one environment: nothing in it tells what stays the same in others.", [0]));
        }

        long unknowns = data.Manifest.Layout == MeasurementLayout.Vector ? data.Manifest.Dimension : (long)data.Manifest.Dimension * (data.Manifest.Dimension + 1) / 2;
        int[] few = [.. Places(data, e => data.Environments[e].Responses.Length < unknowns)];
        if (few.Length > 0)
        {
            findings.Add(new(
                "rows",
                IsProblem: false,
                $"{In(data, few)} there are fewer rows than the {Texts.Of(unknowns)} unknowns: least squares of one environment do not determine them, so that more than its data decides.",
                few));
        }
    }

    private static void AddSymmetry<T>(DataSet<T> data, List<DataFinding> findings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.AsymmetricMatrices > 0)
        {
            long all = data.Environments.Sum(environment => (long)environment.Responses.Length);
            findings.Add(new(
                "symmetry",
                IsProblem: false,
                $"{Texts.Of(data.AsymmetricMatrices)} of {Texts.Of(all)} matrices are not symmetric, by up to {Short(data.LargestAsymmetry)} of their largest entry: their symmetric part counts, "
                    + "(X + X^T)/2, all that <X, M> sees of X, and what is found below is found in it.",
                []));
        }
    }

    private static void AddConstant<T>(DataSet<T> data, List<DataFinding> findings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] constant = [.. Places(data, e => IsConstant(data.Environments[e].Responses.Span))];
        if (constant.Length > 0)
        {
            findings.Add(new("constant", IsProblem: true, $"{In(data, constant)} all responses are the same number: they say nothing about what is measured.", constant));
        }

        int[] large = [.. Places(data, e => double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude(data.Environments[e].Responses.Span))) > LargestScale)];
        if (large.Length > 0)
        {
            double largest = large.Max(e => double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude(data.Environments[e].Responses.Span))));
            findings.Add(new(
                "range",
                IsProblem: true,
                $"{In(data, large)} responses are as large as {Short(largest)}: accepted are numbers up to {Short(LargestScale)}, whose powers can be computed with.",
                large));
        }

        AddOutliers(data, findings);
        int[] zero = [.. Places(data, e => HasZeroRow(new DataRows<T>(data, e)))];
        if (zero.Length > 0)
        {
            findings.Add(new("zero", IsProblem: true, $"{In(data, zero)} some measurements are 0 in all entries: no step learns from them.", zero));
        }
    }

    private static void AddOutliers<T>(DataSet<T> data, List<DataFinding> findings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ResponseOutliers[] found = [.. data.Environments.Select(environment => environment.Responses.IsEmpty ? default : ResponseOutliers.In(environment.Responses.Span))];
        int[] where = [.. Places(data, e => found[e].Count > 0)];
        if (where.Length > 0)
        {
            ResponseOutliers first = found[where[0]];
            string name = Shown.Of(data.Manifest.Environments[where[0]].Name);
            findings.Add(new(
                "outliers",
                IsProblem: true,
                $"{In(data, where)} {Counted(where.Sum(e => (long)found[e].Count), "response is", "responses are")} far from all others, more than a hundred median deviations, "
                + $"such as {Short(first.Value)} in row {Texts.Of(first.Row)} (counted from 0) of '{name}' at a median of {Short(first.Median)}: "
                + "squares make few such rows decide; look at them, and take them out if they are faults.",
                where));
        }
    }

    private static string Counted(long count, string one, string several) => $"{Texts.Of(count)} {(count == 1 ? one : several)}";

    private static void AddRepeats(RowRepeats repeats, List<DataFinding> findings)
    {
        if (repeats.Within is { Count: > 0 } within)
        {
            string others = within.DifferentResponses == 0 ? "with the same response" : $"{Texts.Of(within.DifferentResponses)} of them with another response";
            bool isCopy = within.DifferentResponses < within.Count;
            findings.Add(new(
                "duplicates",
                isCopy,
                $"{Counted(within.Count, "row repeats", "rows repeat")} an earlier one of {(within.Count == 1 ? "its" : "their")} environment, {others}, the first of them {within.First}: "
                + (isCopy ? "a held-out part is not independent of the rest, and the rows weigh more than others."
                    : "a measurement that is made again is no fault, but hold out all rows of it together."),
                within.Environments));
        }

        if (repeats.Between is { Count: > 0 } between)
        {
            bool isLeak = between.DifferentResponses < between.Count;
            findings.Add(new(
                "leakage",
                isLeak,
                isLeak
                    ? $"{Counted(between.Count - between.DifferentResponses, "row stands", "rows stand")} with the same response in an earlier environment too, the first of them {between.First}: "
                        + "environments that share rows vary less than they seem to, and one held out is not new."
                    : $"{Counted(between.Count, "measurement was", "measurements were")} used in an earlier environment too, with other responses, the first of them {between.First}: "
                        + "a common design is no fault, but hold out whole rows of it.",
                between.Environments));
        }
    }

    private static bool IsConstant<T>(ReadOnlySpan<T> responses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => responses.Length > 1 && !responses[1..].ContainsAnyExcept(responses[0]);

    private static bool HasZeroRow<T>(DataRows<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (!rows.Row(i).ContainsAnyExcept(T.Zero))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<int> Places<T>(DataSet<T> data, Func<int, bool> isSo)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Enumerable.Range(0, data.Environments.Count).Where(isSo);

    private static string In<T>(DataSet<T> data, int[] environments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string first = $"'{Shown.Of(data.Manifest.Environments[environments[0]].Name, 60)}'";
        return environments.Length == data.Environments.Count && environments.Length > 1 ? "In all environments"
            : environments.Length == 1 ? $"In environment {first}"
            : $"In {Texts.Of(environments.Length)} of {Texts.Of(data.Environments.Count)} environments, {first} first,";
    }

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
