using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>How δ_s lies between what is computed of it, and how it depends on s, on m and on the basis.</summary>
/// <remarks>
/// On m: δ_s of a part of the measurements may be below that of all. But H of m + 1 measurements is the mean of the H of its m + 1 parts of m,
/// and δ_s = max |⟨M, (H − I)M⟩| is convex in H; so δ_s of all is at most the mean of its parts', and for measurements drawn independently from
/// one law E δ_s falls with m.
/// </remarks>
[DailySeed(60, Arbitrary = [typeof(IsometryArbitraries)])]
public class RipOrderTests
{
    private const double RoundOff = 1e-11;
    private const string Pinned = "20240301,421";

    [Property]
    public void What_a_search_finds_the_constant_and_that_of_full_rank_are_in_this_order(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        IReadOnlyList<RipConstant> found = RipConstants.LowerBounds(form, given.Dimension, given.Seed);
        double full = RipConstants.Exact(form).Delta;
        Assert.Equal(Math.Abs(given.Isometry.Theta), full, RoundOff);
        for (int s = 1; s <= given.Dimension; s++)
        {
            double exact = given.Delta(s);
            Assert.InRange(found[s - 1].Delta, -RoundOff, exact + RoundOff);
            Assert.InRange(exact, 0, full + RoundOff);
        }
    }

    // d = 2 and s = 1: M = ±uuᵀ, and the angle of u is searched without the library.
    [Property]
    public void A_scan_of_all_directions_lies_between_the_same_two(MeasurementDescription batch)
    {
        StoredMeasurements<double> measurements = (batch with { Dimension = 2 }).Create();
        IsometryForm form = IsometryForm.Of(measurements);
        double scanned = PlainScan.Delta(PlainScan.Rows(measurements)), scale = 1e-9 * (1 + scanned);
        Assert.InRange(scanned, RipConstants.LowerBound(form, 1, batch.Seed).Delta - scale, RipConstants.Exact(form).Delta + scale);
    }

    // A search may stop short of the constant, so these two, and they alone, have a pinned seed.
    [Property(Replay = Pinned)]
    public void The_search_finds_the_constant(IsometryCase given)
    {
        IReadOnlyList<RipConstant> found = RipConstants.LowerBounds(given.Isometry.CreateForm(), given.Dimension, given.Seed);
        Assert.All(found, bound => Assert.InRange(bound.Delta, 0.999 * given.Delta(bound.Rank), given.Delta(bound.Rank) + RoundOff));
    }

    [Property(Replay = Pinned)]
    public void The_search_finds_what_a_scan_of_all_directions_finds(MeasurementDescription batch)
    {
        StoredMeasurements<double> measurements = (batch with { Dimension = 2 }).Create();
        double scanned = PlainScan.Delta(PlainScan.Rows(measurements));
        Assert.Equal(scanned, RipConstants.LowerBound(IsometryForm.Of(measurements), 1, batch.Seed).Delta, 1e-7 * (1 + scanned));
    }

    // Where one eigenvector W of H differs, the search starts at W cut off to rank s, which attains δ_s: it has to find each of these growing numbers.
    [Property]
    public void The_constant_grows_with_the_rank(IsometryCase given)
    {
        KnownIsometry spike = given.Isometry with { Kind = IsometryKind.Spike };
        IReadOnlyList<RipConstant> found = RipConstants.LowerBounds(spike.CreateForm(), spike.Dimension, given.Seed);
        for (int s = 1; s <= spike.Dimension; s++)
        {
            Assert.Equal(spike.Delta(s), found[s - 1].Delta, 1e-9);
            Assert.True(s == 1 || s > spike.Rank || spike.Delta(s) > spike.Delta(s - 1));
        }
    }

    [Property]
    public void No_bound_is_below_that_of_a_lower_rank(MeasurementDescription batch)
    {
        IReadOnlyList<RipConstant> found = RipConstants.LowerBounds(IsometryForm.Of(batch.Create()), batch.Dimension, batch.Seed);
        for (int s = 1; s < found.Count; s++)
        {
            Assert.InRange(found[s - 1].Delta, 0, found[s].Delta + RoundOff);
            Assert.InRange(found[s].Smallest.Ratio, 0, found[s - 1].Smallest.Ratio + RoundOff);
            Assert.InRange(found[s - 1].Largest.Ratio, 0, found[s].Largest.Ratio + RoundOff);
        }
    }

    [Property]
    public void The_constant_of_all_is_at_most_the_mean_of_those_of_all_but_one(MeasurementDescription batch)
    {
        int m = Math.Clamp(batch.Samples, 2, 12), p = Svec.Length(batch.Dimension);
        double[][] rows = PlainScan.Rows(new StoredMeasurements<double>(batch.Dimension, m, batch.Seed));
        double parts = Enumerable.Range(0, m).Average(left => Full([.. rows.Where((_, index) => index != left)]));
        Assert.InRange(Full(rows), 0, parts + RoundOff);
        Assert.Equal(Full(rows), Full([.. rows, .. rows]), RoundOff * m * p);
        if (batch.Dimension == 2)
        {
            double rankOne = Enumerable.Range(0, m).Average(left => PlainScan.Delta([.. rows.Where((_, index) => index != left)]));
            Assert.InRange(RipConstants.LowerBound(Form(rows), 1, batch.Seed).Delta, 0, rankOne + 1e-9);
        }
    }

    // X_i → QX_iQᵀ takes M to QMQᵀ, of the same rank: every ratio, and so every δ_s, stays.
    [Property]
    public void Rotations_change_nothing(MeasurementDescription batch)
    {
        int d = batch.Dimension, m = Math.Min(batch.Samples, 60);
        Matrix q = PlainFrame.Draw(d, d, batch.Seed);
        double[][] rows = PlainScan.Rows(new StoredMeasurements<double>(d, m, batch.Seed));
        double[][] rotated = [.. rows.Select(Rotate)];
        IsometryForm form = Form(rows), turned = Form(rotated);
        double scale = RoundOff * (1 + RipConstants.Exact(form).Largest.Ratio);
        Assert.Equal(RipConstants.Exact(form).Delta, RipConstants.Exact(turned).Delta, scale);
        foreach (RipConstant found in RipConstants.LowerBounds(form, d, batch.Seed))
        {
            Assert.Equal(found.Smallest.Ratio, turned.Ratio(Rotate(found.Smallest.SvecForm.ToArray())), scale);
            Assert.Equal(found.Largest.Ratio, turned.Ratio(Rotate(found.Largest.SvecForm.ToArray())), scale);
        }

        if (d == 2)
        {
            Assert.Equal(PlainScan.Delta(rows), PlainScan.Delta(rotated), 1e-9 * (1 + PlainScan.Delta(rows)));
        }

        double[] Rotate(double[] svec) => (q * Matrix.OfSvec(svec, d) * q.T).ToSvec();
    }

    private static double Full(double[][] rows) => RipConstants.Exact(Form(rows)).Delta;

    private static IsometryForm Form(double[][] rows)
    {
        int p = rows[0].Length, d = 0;
        while (Svec.Length(d) < p)
        {
            d++;
        }

        return new IsometryForm(d, rows.SelectMany(row => row).ToArray());
    }
}
