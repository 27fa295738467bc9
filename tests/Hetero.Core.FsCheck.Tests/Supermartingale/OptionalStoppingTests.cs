using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory.Sequences;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>
/// Optional stopping, (48): started on the line, the chance that X^{2/3} reaches the barrier p^{−1.5}r2^{1.5}·L_t before it falls below L_t is at
/// most p/r2. All paths of a finite law are walked through, and the first two steps of a uniform one are integrated: the probabilities are exact,
/// and a failure on any seed is a fault.
/// </summary>
[DailySeed(200, Arbitrary = [typeof(SupermartingaleArbitraries)])]
public class OptionalStoppingTests
{
    private const double Power = ExcursionCase.Power;

    // E X_{τ∧T}^p − X_0^p = (E|1 + ηs + 2η|^p − 1)·Σ_{t<T} E[X_t^p; τ > t], and so on either side of the threshold the sign is that of the bracket.
    [Property]
    public Property A_finite_law_stays_below_the_bound_and_stops_with_the_sign_of_the_moment(ExcursionCase given)
    {
        double? found = given.StepSize;
        return new Action(() => Check(found!.Value)).When(found is not null && given.Law.Kind != LawKind.Uniform);

        void Check(double stepSize)
        {
            (double reached, double stopped, double running) = Walk(given, stepSize);
            double start = Math.Pow(PathCase.InitialScale, Power), excess = given.Law.Moment(stepSize, 2, Power) - 1;
            Assert.Equal(excess * running, stopped - start, 1e-11 * (stopped + start));
            Assert.True(given.Place.IsInside ? stopped <= start * (1 + 1e-12) : stopped > start * (1 - 1e-12));
            Assert.True(!given.Place.IsInside || reached <= (given.Violation / given.SpuriousRank) + 1e-12, $"η = {stepSize}: P = {reached}");
        }
    }

    // P = P(m1 ≥ B) + P(1 ≤ m1 < B, m1·m2 ≥ B), m uniform on [a, b]: the second part is ∫ (b − B/x)⁺ dx/(b − a)² over that range.
    [Property]
    public Property Two_steps_of_a_uniform_law_stay_below_the_bound(ExcursionCase given)
    {
        LawCase law = given.Law with { Kind = LawKind.Uniform, Places = [], Weights = [] };
        double? found = (given with { Law = law, Place = given.Place with { IsInside = true } }).StepSize;
        return new Action(() => Check(found!.Value)).When(found is not null);

        void Check(double stepSize)
        {
            double barrier = ControllerProcess.GetBarrierFactor(given.Violation, given.SpuriousRank);
            double a = ControllerProcess.Multiplier(stepSize, law.Mean - law.Spread);
            double b = ControllerProcess.Multiplier(stepSize, law.Mean + law.Spread), width = b - a;
            double low = Math.Max(Math.Max(1, a), barrier / b), high = Math.Min(barrier, b);
            double first = Math.Max(0, b - Math.Max(a, barrier)) / width;
            double second = high <= low ? 0 : ((b * (high - low)) - (barrier * Math.Log(high / low))) / (width * width);
            Assert.InRange(first + second, 0, (given.Violation / given.SpuriousRank) + 1e-12);
        }
    }

    // At s = mean ± (2 + √2)(mean + 2) and 1 + ηs + 2η = 0 for the lower s the moment is ½·(2√2)^{2/3} = 1. One step decides, and with the
    // barrier just below 2√2, p/r2 = ½, (48) is an equality; just above it nothing is reached.
    [Property]
    public void The_bound_is_attained(LawCase law)
    {
        double drift = Math.Abs(law.Mean) + 0.5, spread = (2 + Math.Sqrt(2)) * drift, stepSize = 1 / (spread - drift);
        LawCase sharp = new(LawKind.TwoPoint, drift - 2, spread, [], []);

        // What round-off leaves of the lower factor is about 1e-16, to the power 2/3.
        Assert.Equal(1, sharp.Moment(stepSize, 2, Power), 1e-9);
        for (int rank = 1; rank <= 3; rank++)
        {
            ExcursionCase given = new(sharp, new StepSizePlace(true, 0.5), 0.5 * rank * (1 + 1e-9), rank, 1, IsRising: false);
            Assert.Equal(0.5, Walk(given, stepSize).Reached, 1e-12);
            Assert.Equal(0, Walk(given with { Violation = 0.5 * rank * (1 - 1e-9) }, stepSize).Reached);
        }
    }

    /// <summary>
    /// P(τ^1 &lt; τ^0, τ^1 ≤ T), E|X_{τ∧T}|^p and Σ_{t&lt;T} E[|X_t|^p; τ > t] over all paths of a finite law, with the controller itself.
    /// </summary>
    private static (double Reached, double Stopped, double Running) Walk(ExcursionCase given, double stepSize)
    {
        double[] values = given.Law.Values, probabilities = given.Law.Probabilities;
        int steps = Math.Min(given.Steps, (int)(7 / Math.Log(values.Length)));
        ControllerProcess controller = new(PathCase.Line(stepSize, steps, given.IsRising), given.Violation, given.SpuriousRank);
        double reached = 0, stopped = 0, running = 0;
        int[] path = new int[steps];
        do
        {
            controller.Reset();
            double probability = path.Aggregate(1.0, (product, index) => product * probabilities[index]), x = PathCase.InitialScale;
            for (int t = 0; t < steps && controller.AbsorptionStep is null && controller.Row == 0; t++)
            {
                running += probability * Math.Pow(Math.Abs(x), Power);
                x *= 1 + (stepSize * (values[path[t]] + 2));
                controller.Advance(values[path[t]]);
                Assert.True(controller.Row != 0 || Math.Abs(controller.Value - x) <= 1e-12 * x);
            }

            reached += controller.AbsorptionStep is not null && controller.Row == 0 ? probability : 0;
            stopped += probability * Math.Pow(Math.Abs(x), Power);
        }
        while (Next(path, values.Length));

        return (reached, stopped, running);
    }

    /// <summary>The next path in the order of numbers; false after the last.</summary>
    private static bool Next(int[] path, int count)
    {
        for (int i = path.Length - 1; i >= 0; i--)
        {
            if (++path[i] < count)
            {
                return true;
            }

            path[i] = 0;
        }

        return false;
    }
}
