using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>Every planted defect is found by its name, in its environment, and data without one are quiet.</summary>
public class DataCheckTests
{
    private const int D = 6, Samples = 2000;

    public static TheoryData<MeasurementLayout> Layouts => [MeasurementLayout.Svec, MeasurementLayout.Square, MeasurementLayout.RankOne];

    // At most one set in 10⁴ is not quiet: of 60 sets one with odds of 0.6 %, were all comparisons at their limits; those that matter by size as well are rarer by far.
    [Theory]
    [MemberData(nameof(Layouts))]
    public void Clean_data_are_quiet(MeasurementLayout layout)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Assert.Empty(Find(layout, seed: seed));
        }
    }

    // Few rows have wide laws, and 16 of them the widest; long rows many comparisons. Rows below the unknowns are worth a note.
    [Theory]
    [InlineData(2, 16)]
    [InlineData(3, 20)]
    [InlineData(12, 100)]
    [InlineData(30, 17)]
    public void Few_rows_are_quiet(int dimension, int samples)
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            Assert.All(Find(MeasurementLayout.Svec, seed, dimension, samples), finding => Assert.Equal("rows", finding.Check));
            Assert.All(Find(MeasurementLayout.RankOne, seed, dimension, samples), finding => Assert.Equal("rows", finding.Check));
        }
    }

    [Fact]
    public void Scale_is_a_note_that_says_what_the_step_size_means()
    {
        DataFinding matrices = Assert.Single(Find(MeasurementLayout.Svec, change: (_, row) => Multiply(row, 3)));
        Assert.False(matrices.IsProblem);
        Assert.Equal([0, 1, 2], matrices.Environments);
        Assert.Matches(
            @"The scale c\^2 of the entries is (8\.9|9|9\.0)\d?: E\[<X, D>X\] = c\^2\*D, so that a step size eta acts like c\^2\*eta; to keep its usual meaning, divide eta by (8\.9|9|9\.0)\d?, or",
            matrices.Text);
        DataFinding inputs = Assert.Single(Find(MeasurementLayout.RankOne, change: (_, row) => Multiply(row, 2)));
        Assert.Matches(@"of the entries is (3\.9|4|4\.0)\d?: .* acts like c\^4\*eta; .*divide eta by (1[56]|16)(\.\d)?,", inputs.Text);
    }

    [Fact]
    public void Another_scale_in_one_environment_is_a_problem()
    {
        DataFinding finding = Assert.Single(Find(MeasurementLayout.Square, change: (e, row) => Multiply(row, e == 1 ? 2 : 1)));
        Assert.True(finding.IsProblem);
        Assert.Equal("scale", finding.Check);
        Assert.Equal([1], finding.Environments);
        Assert.Contains("different in each environment", finding.Text, StringComparison.Ordinal);
    }

    // Of 16 rows of 3 numbers a scale is off by a fifth and environments often differ by more than a quarter: held against what they have in common, not against 1, that is chance (10 deviations).
    [Fact]
    public void Few_rows_of_one_scale_are_not_said_to_have_several()
    {
        int differing = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            List<double> scales = [0, 0, 0];
            DataFinding finding = Assert.Single(
                Find(MeasurementLayout.Svec, seed, dimension: 2, samples: 16, change: (e, row) =>
                {
                    Multiply(row, 5);
                    scales[e] += row.Sum(x => x * x) / 48;
                }),
                found => found.Check == "scale");
            Assert.False(finding.IsProblem);
            differing += scales.Max() > 1.25 * scales.Min() ? 1 : 0;
        }

        Assert.InRange(differing, 20, 40);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_mean(MeasurementLayout layout)
        => Planted("mean", layout, (e, row) =>
        {
            // An entry of the diagonal in each layout.
            row[layout == MeasurementLayout.Square ? D + 1 : 2] += e == 2 ? 0.5 : 0;
        });

    [Fact]
    public void Unequal_variances()
    {
        Planted("variance", MeasurementLayout.Svec, (e, row) => row[4] *= e == 2 ? 1.5 : 1);
        Planted("variance", MeasurementLayout.RankOne, (e, row) => row[4] *= e == 2 ? 0.8 : 1);

        // The usual one: symmetric squares whose entries all have variance 1.
        IReadOnlyList<DataFinding> findings = Find(MeasurementLayout.Square, change: (_, row) =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] *= i / D != i % D ? Math.Sqrt(2) : 1;
            }
        });
        Assert.Equal([("variance", true), ("scale", false)], findings.Select(finding => (finding.Check, finding.IsProblem)));
        Assert.Equal([0, 1, 2], findings[0].Environments);
        Assert.Contains("half the variance", findings[0].Text, StringComparison.Ordinal);
    }

    // Each entry of variance 1, all of them with a correlation of 0.3.
    [Theory]
    [MemberData(nameof(Layouts))]
    public void Correlated_entries(MeasurementLayout layout)
    {
        double[] common = new double[Samples];
        new RandomStream(99, StreamPurpose.User).FillGaussian<double>(0, common);
        int at = 0;
        Planted("correlation", layout, (e, row) =>
        {
            double shared = e == 2 ? common[at++] : 0;
            for (int i = 0; i < row.Length && e == 2; i++)
            {
                double unit = layout == MeasurementLayout.Square && i / D != i % D ? Math.Sqrt(0.5) : 1;
                row[i] = (Math.Sqrt(0.7) * row[i]) + (Math.Sqrt(0.3) * unit * shared);
            }
        });
    }

    // ±1 in the place of Gaussian entries, with a little more so that no row comes twice: the mean of a gradient stays, where X is no xxᵀ.
    [Theory]
    [InlineData(MeasurementLayout.Svec, false)]
    [InlineData(MeasurementLayout.RankOne, true)]
    public void Signs_have_another_kurtosis(MeasurementLayout layout, bool isProblem)
    {
        DataFinding finding = Assert.Single(Find(layout, change: (e, row) =>
        {
            for (int i = 0; i < row.Length && e == 2; i++)
            {
                row[i] = Math.Sign(row[i]) + (1e-3 * row[i]);
            }
        }));
        Assert.Equal(("kurtosis", isProblem), (finding.Check, finding.IsProblem));
        Assert.Equal([2], finding.Environments);
        Assert.Contains("kurtosis is 1,", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_responses_zero_rows_and_sizes_beyond_powers()
    {
        DataFinding constant = Assert.Single(Find(MeasurementLayout.Svec, responses: (e, _, y) => e == 1 ? 7 : y));
        Assert.Equal(("constant", true), (constant.Check, constant.IsProblem));
        Assert.Equal([1], constant.Environments);
        int zeroed = 0;
        DataFinding zero = Assert.Single(Find(MeasurementLayout.Svec, change: (e, row) => Multiply(row, e == 0 && zeroed++ == 3 ? 0 : 1)));
        Assert.Equal(("zero", true), (zero.Check, zero.IsProblem));
        DataFinding large = Assert.Single(Find(MeasurementLayout.Svec, responses: (e, _, y) => e == 2 ? y * 1e200 : y));
        Assert.Equal(("range", true), (large.Check, large.IsProblem));
        Assert.Equal([2], large.Environments);
        foreach (double size in new[] { 1e80, 1e-80 })
        {
            DataFinding range = Assert.Single(Find(MeasurementLayout.Svec, change: (e, row) => Multiply(row, e == 1 ? size : 1)));
            Assert.Equal(("range", true), (range.Check, range.IsProblem));
            Assert.Equal([1], range.Environments);
        }
    }

    [Fact]
    public void Repeated_rows_within_and_between()
    {
        // Row 7 of the last environment is its row 5, with either response; row 9 of the middle one is row 1 of the first, likewise.
        foreach (bool isSame in new[] { true, false })
        {
            DataFinding within = Assert.Single(Find(MeasurementLayout.Svec, copies: [((2, 5), (2, 7), isSame)]));
            Assert.Equal(("duplicates", isSame), (within.Check, within.IsProblem));
            Assert.Equal([2], within.Environments);
            Assert.Contains("1 row repeats an earlier one of its environment", within.Text, StringComparison.Ordinal);
            string responses = isSame ? "with the same response" : "1 of them with another response";
            Assert.Contains($"{responses}, the first of them row 7 of 's = 2', which is row 5 of 's = 2'", within.Text, StringComparison.Ordinal);
            DataFinding between = Assert.Single(Find(MeasurementLayout.Square, copies: [((0, 1), (1, 9), isSame)]));
            Assert.Equal(("leakage", isSame), (between.Check, between.IsProblem));
            Assert.Equal([1], between.Environments);
            Assert.Contains("the first of them row 9 of 's = -1', which is row 1 of 's = -3'", between.Text, StringComparison.Ordinal);
        }

        // One row in all environments and twice in the last: two leaks, one duplicate.
        IReadOnlyList<DataFinding> both = Find(MeasurementLayout.RankOne, copies: [((0, 4), (1, 4), true), ((0, 4), (2, 4), true), ((0, 4), (2, 6), true)]);
        Assert.Equal(["duplicates", "leakage"], both.Select(finding => finding.Check));
        Assert.Contains("1 row repeats", both[0].Text, StringComparison.Ordinal);
        Assert.Contains("3 rows stand with the same response", both[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_that_are_not_symmetric()
    {
        int changed = 0;
        DataFinding finding = Assert.Single(Find(MeasurementLayout.Square, change: (_, row) => row[1] += changed++ < 5 ? 1e-3 : 0));
        Assert.Equal(("symmetry", false), (finding.Check, finding.IsProblem));
        Assert.Matches("5 of 6000 matrices are not symmetric, by up to 0[.]000[0-9]+ of their largest entry", finding.Text);

        // What rounding leaves of L·Z·Lᵀ, in single precision too.
        Assert.Empty(Find(MeasurementLayout.Square, change: (_, row) => row[1] *= 1 + 1e-7));
    }

    // Entries of X = (xxᵀ − I)/√2 have variance 1 (as svec) and are uncorrelated, but not independent, and of kurtosis 15 on the diagonal: E[⟨X, D⟩X] = D, and chance is wider than of Gaussian ones.
    [Fact]
    public void Uncorrelated_features_with_heavy_tails_are_no_problem()
    {
        const int Dimension = 12;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            int at = 0;
            IReadOnlyList<DataFinding> findings = Find(MeasurementLayout.Svec, seed, Dimension, samples: 800, change: (_, row) =>
            {
                double[] x = new double[Dimension];
                new RandomStream(seed, StreamPurpose.User, 0, at++).FillGaussian<double>(0, x);
                for (int i = 0, place = 0; i < Dimension; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        row[place++] = i == j ? ((x[i] * x[i]) - 1) / Math.Sqrt(2) : x[i] * x[j];
                    }
                }
            });
            Assert.DoesNotContain(findings, finding => finding.IsProblem);
        }
    }

    [Fact]
    public void A_constant_in_responses_is_a_problem_where_no_estimate_explains_it()
    {
        foreach (MeasurementLayout layout in new[] { MeasurementLayout.Svec, MeasurementLayout.Square })
        {
            DataFinding finding = Assert.Single(Find(layout, responses: (e, _, y) => y + (e == 1 ? 10 : 0)));
            Assert.Equal(("response-mean", true), (finding.Check, finding.IsProblem));
            Assert.Equal([1], finding.Environments);
        }

        // tr(M), of inputs xxᵀ.
        Assert.Empty(Find(MeasurementLayout.RankOne, responses: (_, _, y) => y + 10));
    }

    [Fact]
    public void A_response_far_from_all_others_is_a_problem_and_one_of_a_heavy_tail_is_none()
    {
        DataFinding finding = Assert.Single(Find(MeasurementLayout.Svec, responses: (e, i, y) => e == 1 && i == 17 ? 1e5 : y), one => one.Check == "outliers");
        Assert.True(finding.IsProblem);
        Assert.Equal([1], finding.Environments);
        Assert.Contains("1 response is far from all others", finding.Text, StringComparison.Ordinal);
        Assert.Contains("in row 17 (counted from 0) of 's = -1'", finding.Text, StringComparison.Ordinal);
        Assert.Contains(
            "2 responses are far",
            Assert.Single(Find(MeasurementLayout.Svec, responses: (e, i, y) => e == 1 && i is 17 or 18 ? 1e5 : y), one => one.Check == "outliers").Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Find(MeasurementLayout.Svec, responses: (e, i, y) => e == 1 && i == 17 ? 20 : y), one => one.Check == "outliers");
        Assert.DoesNotContain(Find(MeasurementLayout.RankOne), one => one.Check == "outliers");
    }

    [Fact]
    public void One_name_of_two_environments_is_a_note()
    {
        DataFinding names = Assert.Single(Find(MeasurementLayout.Svec, values: [-3, 2, 2]), one => one.Check == "names");
        Assert.False(names.IsProblem);
        Assert.Equal([1, 2], names.Environments);
        Assert.Contains("'s = 2'", names.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_of_one_environment_does_not_hide_one_of_another()
    {
        IReadOnlyList<DataFinding> findings = Find(MeasurementLayout.Svec, change: (e, row) =>
        {
            row[4] *= e == 2 ? 1.5 : 1;
            row[3] = e == 1 ? (0.6 * row[3]) + (0.8 * row[0]) : row[3];
        });
        Assert.Equal([("variance", 2), ("correlation", 1)], findings.Select(finding => (finding.Check, Assert.Single(finding.Environments))));
    }

    [Fact]
    public void A_mean_is_told_in_standard_deviations_and_nothing_else_of_its_environment()
    {
        DataFinding finding = Planted("mean", MeasurementLayout.Svec, (e, row) => row[2] += e == 2 ? 100 : 0);
        Assert.Matches("an entry's is (9[5-9]|10[0-5])([.][0-9])? of its standard deviation", finding.Text);
        Assert.Matches(
            @"an entry's is 1[.]\d\dE[+]09 of its standard deviation", Planted("mean", MeasurementLayout.Svec, (e, row) => row[2] += e == 2 ? 1.7e9 : 0).Text);
        Assert.Contains("an entry's is the same in each of them", Planted("mean", MeasurementLayout.Svec, (e, row) => row[2] = e == 2 ? 1 : row[2]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_environment_of_few_rows_is_worth_notes()
    {
        IReadOnlyList<DataFinding> findings = Find(MeasurementLayout.Svec, samples: 15, values: [1]);
        Assert.Equal(["environments", "rows", "moments"], findings.Select(finding => finding.Check));
        Assert.DoesNotContain(findings, finding => finding.IsProblem);
    }

    /// <summary>A defect in the last environment that is found there, alone.</summary>
    private static DataFinding Planted(string check, MeasurementLayout layout, Action<int, double[]> change)
    {
        DataFinding finding = Assert.Single(Find(layout, change: change));
        Assert.Equal((check, true), (finding.Check, finding.IsProblem));
        Assert.Equal([2], finding.Environments);
        Assert.StartsWith("In environment 's = 2' ", finding.Text, StringComparison.Ordinal);
        return finding;
    }

    private static void Multiply(double[] row, double factor)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= factor;
        }
    }

    private static IReadOnlyList<DataFinding> Find(
        MeasurementLayout layout,
        ulong seed = 1,
        int dimension = D,
        int samples = Samples,
        double[]? values = null,
        Action<int, double[]>? change = null,
        Func<int, int, double, double>? responses = null,
        ((int Environment, int Row) From, (int Environment, int Row) To, bool WithResponse)[]? copies = null)
    {
        values ??= [-3, -1, 2];
        RunRecipe recipe = new() { Dimension = dimension, Orthogonal = true, Seed = seed, Environments = new EnvironmentRecipe { List = [.. values.Select(s => new ListedEnvironment([s]))] } };
        DataGenerator generator = new(recipe, layout: layout);
        using DataFolder folder = new();
        List<(double[] X, double[] Y)> all = [];
        for (int e = 0; e < values.Length; e++)
        {
            double[] x = new double[samples * generator.RowLength], y = new double[samples];
            generator.Fill<double>(e, 0, x, y);
            for (int i = 0; i < samples; i++)
            {
                double[] row = x[(i * generator.RowLength)..((i + 1) * generator.RowLength)];
                change?.Invoke(e, row);
                row.CopyTo(x, i * generator.RowLength);
                y[i] = responses?.Invoke(e, i, y[i]) ?? y[i];
            }

            all.Add((x, y));
        }

        foreach (((int Environment, int Row) from, (int Environment, int Row) to, bool withResponse) in copies ?? [])
        {
            int p = generator.RowLength;
            all[from.Environment].X.AsSpan(from.Row * p, p).CopyTo(all[to.Environment].X.AsSpan(to.Row * p, p));
            all[to.Environment].Y[to.Row] = withResponse ? all[from.Environment].Y[from.Row] : all[to.Environment].Y[to.Row];
        }

        for (int e = 0; e < values.Length; e++)
        {
            folder.Write($"x{e}.npy", all[e].X, DataShape.OfMeasurements(layout, samples, dimension));
            folder.Write($"y{e}.npy", all[e].Y, samples);
        }

        folder.Write("data.json", DataManifestJson.ToText(new DataManifest
        {
            Dimension = dimension,
            Layout = layout,
            Environments = [.. values.Select((s, e) => new DataEnvironment($"s = {s}", $"x{e}.npy", $"y{e}.npy"))],
        }));
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        return DataCheck.Find(data);
    }
}
