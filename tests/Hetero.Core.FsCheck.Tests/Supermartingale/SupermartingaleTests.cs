using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>
/// Lemma 7 for any law: from t = k on |X_{k,t}|^{1−γ} of (40) is a supermartingale for the step sizes of the exact set and for no others. The
/// conditional expectations are finite sums over the next environment, or the antiderivative of |x|^{1−γ} for the uniform law: nothing is
/// simulated, and a failure on any seed is a fault.
/// </summary>
[DailySeed(200, Arbitrary = [typeof(SupermartingaleArbitraries)])]
public class SupermartingaleTests
{
    private const double RoundOff = 4e-15;

    [Property]
    public Property A_step_lowers_the_expectation_exactly_inside_the_set(PathCase given)
    {
        double? found = given.StepSize;
        return new Action(() => Check(found!.Value)).When(found is not null);

        void Check(double stepSize)
        {
            CalibrationLine line = PathCase.Line(stepSize, given.Steps, given.IsRising);
            double[] path = given.CreatePath(), row = new double[given.Steps + 1];
            ControllerProcess.CopyRow(line, given.Row, path, row);
            double library = MultiplierGrowth.Moment(EntryLaw.Of(given.Law.Create()).Shifted(2), stepSize, given.Power);
            for (int t = given.Row; t < given.Steps && row[t] != 0; t++)
            {
                double next = given.Law.MomentOf(sigma => Next(line, given.Row, path, t, sigma), given.Power);
                double ratio = next / Math.Pow(Math.Abs(row[t]), given.Power);
                Assert.Equal(library, ratio, 1e-9 * library);
                Assert.True(given.Place.IsInside ? ratio <= 1 + 1e-12 : ratio > 1 - 1e-12, $"η = {stepSize}, t = {t}: the ratio is {ratio:R}");
            }
        }
    }

    // Before k the row is L_t, which does not depend on the environments and does not fall: there it is no supermartingale unless L_t stays.
    [Property]
    public Property Before_its_row_the_process_is_the_line(PathCase given)
    {
        double? found = given.StepSize;
        return new Action(() => Check(found!.Value)).When(found is not null && given.Row > 0);

        void Check(double stepSize)
        {
            CalibrationLine line = PathCase.Line(stepSize, given.Steps, given.IsRising);
            double[] path = given.CreatePath();
            double reference = PathCase.InitialScale;
            for (int t = 0; t < given.Row; t++)
            {
                double present = Math.Max(PathCase.InitialScale, given.IsRising ? 0.99 * reference : 0);
                reference *= 1 + stepSize - (stepSize * reference * reference);
                double next = Math.Max(PathCase.InitialScale, given.IsRising ? 0.99 * reference : 0);
                foreach (double sigma in given.Law.Values)
                {
                    Assert.Equal(next, Next(line, given.Row, path, t, sigma), 1e-12);
                }

                Assert.True(next > present || next == PathCase.InitialScale);
            }
        }
    }

    // Just inside every end of the set the moment is below 1, just outside it is above.
    [Property]
    public void Every_end_of_the_set_is_a_threshold(LawCase law, StepSizePlace place)
    {
        double power = place.Share;
        IReadOnlyList<StepSizeInterval> set = StepSizeSets.Supermartingale(EntryLaw.Of(law.Create()).Shifted(2), power);
        for (int i = 0; i < set.Count; i++)
        {
            (double lower, double upper) = (set[i].Lower, set[i].Upper);
            double before = i == 0 ? 0 : set[i - 1].Upper, after = i == set.Count - 1 ? double.PositiveInfinity : set[i + 1].Lower;
            if (lower > 0)
            {
                IsBelow(Towards(lower, upper));
                IsAbove(Towards(lower, before));
            }

            if (double.IsFinite(upper))
            {
                IsBelow(Towards(upper, lower));
                IsAbove(Towards(upper, after));
            }
        }

        // Where there is no set, there is no such step size.
        for (double eta = 1e-4; set.Count == 0 && eta < 10; eta *= 1.5)
        {
            IsAbove(eta);
        }

        void IsBelow(double eta) => Assert.True(law.Moment(eta, 2, power) <= 1 + RoundOff, Describe(eta));
        void IsAbove(double eta) => Assert.True(law.Moment(eta, 2, power) > 1 - RoundOff, Describe(eta));
        string Describe(double eta) => $"1−γ = {power}: E = {law.Moment(eta, 2, power):R} at η = {eta:R}, the set is {string.Join(", ", set)}";
    }

    // (42)–(46): Theorem 2's window (24/M2, 1/(64·M1)) lies inside the set for 1 − γ = 2/3, whatever the law. The values are stretched until the
    // window opens.
    [Property]
    public Property The_window_of_theorem_2_is_inside_the_set(LawCase law, StepSizePlace place)
    {
        // A list's places are moved to the mean 0 first, or its mean would grow with its spread, and no window open.
        double centre = law.Kind == LawKind.Listed
            ? law.Places.Zip(law.Weights, (x, weight) => x * weight).Sum() / law.Weights.Sum()
            : 0;
        LawCase wide = law with { Mean = law.Mean / 100, Spread = 1000 * law.Spread, Places = [.. law.Places.Select(x => x - centre)] };
        SpuriousRegularity regularity = SpuriousRegularity.Of(wide.Create());
        return new Action(Check).When(!regularity.IsWindowEmpty);

        void Check()
        {
            // The mean of the two ends is that of a uniform law, too, and its variance a third of theirs.
            double mean = wide.Values.Zip(wide.Probabilities, (x, p) => x * p).Sum();
            double square = wide.Values.Zip(wide.Probabilities, (x, p) => (x - mean) * (x - mean) * p).Sum();
            double variance = wide.Kind == LawKind.Uniform ? square / 3 : square;
            double lower = 24 * (1 + Math.Abs(mean)) / variance, upper = 1 / (64 * wide.Values.Max(Math.Abs));
            double eta = lower * Math.Pow(upper / lower, place.Share);
            Assert.Equal(lower, regularity.Window.Lower, 1e-9 * lower);
            Assert.Equal(upper, regularity.Window.Upper, 1e-9 * upper);
            Assert.True(wide.Moment(eta, 2, 2.0 / 3) <= 1);
            Assert.Contains(StepSizeSets.Supermartingale(EntryLaw.Of(wide.Create()).Shifted(2), 2.0 / 3), interval => interval.Contains(eta));
        }
    }

    /// <summary>X_{k,t+1} if the environment of step t is another one.</summary>
    private static double Next(CalibrationLine line, int row, double[] path, int t, double sigma)
    {
        double[] values = new double[t + 2];
        ControllerProcess.CopyRow(line, row, [.. path[..t], sigma], values);
        return values[t + 1];
    }

    /// <summary>A thousandth of the end towards another point, or half the way if that is nearer.</summary>
    private static double Towards(double end, double other)
        => double.IsInfinity(other) ? end * 1.001 : end + (Math.Sign(other - end) * Math.Min(1e-3 * end, Math.Abs(other - end) / 2));
}
