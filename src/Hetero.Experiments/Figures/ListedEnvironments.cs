using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// How many environments are enough: lists of E environments, drawn once from a law and trained on at m = ∞, succeed where the exponent of the list is below 0; the probability of that against E, and
/// E₉₅ ≈ (1.645·sd/λ)² of the law. Bounded laws, and laws with heavy tails.
/// </summary>
/// <param name="largestCount">The largest E of the lists that are not trained on.</param>
/// <param name="steps">The steps of the runs; fewer than the figure's are for tests.</param>
internal sealed class ListedEnvironments(int largestCount = 2000, int steps = 4000) : Figure<ListGroup[]>
{
    internal const double StepSize = 0.05, Level = 0.95;

    private const int ListsPerSeed = 20;
    private const double Start = 1e-3;

    public override string Name => "environments";

    public override string Description => "how many listed environments are enough: success against their number for several laws, predicted and trained at m = ∞";

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, ListGroup[] Data) Compute(FigureRequest request)
    {
        ListLaw[] laws = Laws();
        int[] counts = Counts();
        ListGroup[] groups = new ListGroup[laws.Length];
        for (int i = 0; i < laws.Length; i++)
        {
            ListLaw law = laws[i];
            double[] successes = Successes(law, counts, ListsPerSeed * request.Seeds, request, i);
            groups[i] = new(law, counts, successes, [.. TrainedCounts(law).Select(count => Train(law, count, request, i))]);
            request.Progress?.Report((i + 1.0) / laws.Length);
        }

        FigureNumbers numbers = new()
        {
            Table = CreateTable(groups),
            Verdicts = [.. Judge(groups)],
            Constants = [("step-size", StepSize), ("spurious-mean", 1), ("steps", steps), ("init-scale", Start), ("lists", ListsPerSeed * request.Seeds)],
        };
        return (numbers, groups);
    }

    /// <summary>The laws, all of mean or middle 1.</summary>
    internal static ListLaw[] Laws() =>
    [
        ListLaw.Of("two points, M = 8", EntryLaw.TwoPoint(1, 8), StepSize),
        ListLaw.Of("two points, M = 12", EntryLaw.TwoPoint(1, 12), StepSize),
        ListLaw.Of("uniform, M = 14", EntryLaw.Uniform(1, 14), StepSize),
        ListLaw.Student("Student's t, 3 degrees, scale 8", 3, 1, 8, StepSize),
        ListLaw.Student("Cauchy, scale 8", 1, 1, 8, StepSize),
    ];

    /// <summary>The first and the last E at which lists of two values pass the level: a binomial law goes up and down by steps.</summary>
    internal static (int First, int Last) Passing(EntryLaw law)
    {
        double[] own = [.. Enumerable.Range(1, 4000).Select(count => ListStability.Probability(law, StepSize, count))];
        return (Array.FindIndex(own, probability => probability >= Level) + 1, Array.FindLastIndex(own, probability => probability < Level) + 2);
    }

    private int[] Counts() => [.. Enumerable.Range(0, 36).Select(i => (int)Math.Round(5 * Math.Pow(2, i / 4.0))).TakeWhile(count => count <= largestCount)];

    /// <summary>What is trained on: a quarter, once and twice E₉₅; a hundred where there is none.</summary>
    private static int[] TrainedCounts(ListLaw law)
    {
        if (law.Entries is null)
        {
            return [100];
        }

        double enough = ListStability.Count(law.Exponent, law.Deviation, Level);
        return [(int)Math.Round(enough / 4), (int)Math.Round(enough), (int)Math.Round(2 * enough)];
    }

    // The lists of one law lie in a stream of their own, list l at step l.
    private static RandomStream List(FigureRequest request, int law, int list) => new(request.Seed, StreamPurpose.User, list, law + 1);

    private static double[] Successes(ListLaw law, int[] counts, int lists, FigureRequest request, int index)
    {
        int[][] below = new int[lists][];
        request.InParallel(
            lists,
            list =>
            {
                RandomStream stream = List(request, index, list);
                below[list] = new int[counts.Length];
                double sum = 0;
                for (int e = 0, next = 0; next < counts.Length; e++)
                {
                    sum += Math.Log(Math.Abs(1 + (StepSize * law.Draw(stream, e))));
                    if (e + 1 == counts[next])
                    {
                        below[list][next++] = sum < 0 ? 1 : 0;
                    }
                }
            });
        return [.. counts.Select((_, i) => below.Average(own => own[i]))];
    }

    private (int Count, double Success, double Diverged) Train(ListLaw law, int count, FigureRequest request, int index)
    {
        double[] late = new double[request.Seeds];
        request.InParallel(
            request.Seeds,
            i =>
            {
                RandomStream stream = List(request, index, i);
                FiniteEnvironments list = new(1, [.. Enumerable.Range(0, count).Select(e => new[] { law.Draw(stream, e) })]);
                ReducedPopulation reduced = ReducedPopulation.FromIdentity(AxesProblem.Of(2), Start);
                TrainingOptions options = new() { Seed = request.Seed + (ulong)i, StepSize = StepSizeSchedule.Constant(StepSize) };
                double sum = 0;
                reduced.RunHetero(list, options, steps, step => sum += step > steps / 2 ? reduced.SpuriousShare : 0);
                late[i] = sum / (steps - (steps / 2));
            });
        return (count, late.Average(share => share < MomentumCase.Gone ? 1.0 : 0), late.Average(share => double.IsFinite(share) ? 0.0 : 1));
    }

    /// <summary>The predicted probability: exact for two values, else by the central limit theorem.</summary>
    internal static double Predicted(ListLaw law, int count) => law.Entries is { Values.Length: 2 } two
        ? ListStability.Probability(two, StepSize, count)
        : Normal(-law.Exponent * Math.Sqrt(count) / law.Deviation);

    /// <summary>The normal law below z, from its quantiles.</summary>
    private static double Normal(double z)
    {
        double low = 1e-99, high = 0.5;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = TailQuantile.Normal(middle) > Math.Abs(z) ? (middle, high) : (low, middle);
        }

        return z < 0 ? high : 1 - high;
    }

    /// <summary>E₉₅ from lists: the slope of the normal quantile of their success in √E, where it is between 0.75 and 0.99; null where it never is.</summary>
    internal static double? MeasuredCount(ListGroup group)
    {
        double[] slopes =
        [
            .. Enumerable.Range(0, group.Counts.Length)
                .Where(i => group.Successes[i] is > 0.75 and < 0.99)
                .Select(i => TailQuantile.Normal(1 - group.Successes[i]) / Math.Sqrt(group.Counts[i])),
        ];
        return slopes.Length == 0 ? null : Math.Pow(TailQuantile.Normal(1 - Level) / slopes.Average(), 2);
    }

    private static CsvTable CreateTable(ListGroup[] groups)
    {
        CsvTable table = new("environments", "exponent", "deviation", "count", "predicted", "lists", "trained", "diverged");
        foreach (ListGroup group in groups)
        {
            foreach (int count in group.Counts.Concat(group.Trained.Select(own => own.Count)).Distinct().Order())
            {
                int place = Array.IndexOf(group.Counts, count);
                (int Count, double Success, double Diverged)[] trained = [.. group.Trained.Where(own => own.Count == count)];
                table.Add(
                    group.Law.Name,
                    CsvTable.Cell(Math.Round(group.Law.Exponent, 6)),
                    CsvTable.Cell(Math.Round(group.Law.Deviation, 6)),
                    Texts.Of(count),
                    CsvTable.Cell(Math.Round(Predicted(group.Law, count), 6)),
                    CsvTable.Cell(place < 0 ? null : group.Successes[place]),
                    CsvTable.Cell(trained.Length == 0 ? null : trained[0].Success),
                    CsvTable.Cell(trained.Length == 0 ? null : trained[0].Diverged));
            }
        }

        return table;
    }

    /// <summary>What must be seen.</summary>
    internal static IEnumerable<Verdict> Judge(ListGroup[] groups)
    {
        foreach (ListGroup group in groups)
        {
            ListLaw law = group.Law;
            string exponent = string.Create(CultureInfo.InvariantCulture, $"{law.Name}, λ = {law.Exponent:0.0000}");
            if (law.Exponent >= 0)
            {
                yield return Verdict.Below($"{exponent}: share of lists of {group.Counts[^1]} that succeed", group.Successes[^1], 0.02);
                yield return Verdict.Information($"{exponent}: share of runs on {group.Trained[0].Count} environments that succeed", group.Trained[0].Success, "fewer, the longer the list");
                continue;
            }

            double enough = ListStability.Count(law.Exponent, law.Deviation, Level);
            if (law.Entries is { Values.Length: 2 } two)
            {
                (int first, int last) = Passing(two);
                string quantity = string.Create(CultureInfo.InvariantCulture, $"{exponent}: exact E₉₅, {first} to {last}, its middle over (1.645·sd/λ)² = {enough:0}");
                double ratio = (first + last) / (2 * enough);
                yield return enough > 100 ? Verdict.Between(quantity, ratio, 0.9, 1.1) : Verdict.Information(quantity, ratio, "1, coarsely: below 100 a list is too short for the central limit");
            }
            else
            {
                yield return Verdict.Between(
                    string.Create(CultureInfo.InvariantCulture, $"{exponent}: E₉₅ of lists over (1.645·sd/λ)² = {enough:0}"), (MeasuredCount(group) ?? double.NaN) / enough, 0.9, 1.1);
            }

            foreach ((int count, double success, double diverged) in group.Trained)
            {
                string quantity = string.Create(
                    CultureInfo.InvariantCulture, $"{exponent}: share of runs on {count} environments that succeed less the predicted {Predicted(law, count):0.000}");
                double distance = success - Predicted(law, count);
                yield return law.Entries is null ? Verdict.Information(quantity, distance, "below 0: large s make runs diverge") : Verdict.Between(quantity, distance, -0.1, 0.1);
                if (law.Entries is null)
                {
                    yield return Verdict.Information($"{exponent}: share of runs on {count} environments that diverged", diverged, "some");
                }
            }
        }
    }
}
