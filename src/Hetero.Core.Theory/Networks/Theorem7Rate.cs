using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// The o(1) of (125) at m = ∞: ‖UUᵀ − A*‖_F/‖A*‖_F is ∝ d^−β with β near ½, the order of the inner products of neurons drawn from N(0, I/d), as the
/// theorem's proof claims, and √2·|a_1ᵀa_2|·|x| for large d, x a product of the environments alone.
/// </summary>
/// <remarks>
/// <para>At U = a_1·wᵀ with ‖w‖ = 1 a step of rate r = 2η/(1 + ηs) adds rs·(a_1ᵀa_2) along a_2, of either sign, to what the variant neuron's own factor
/// multiplies. To first order U = (a_1 + (a_1ᵀa_2)x·a_2)wᵀ with x ← (1 − r + rs)x + rs, and the error is √2·|a_1ᵀa_2|·|x|. No number of samples helps;
/// at finite m √(d/m) comes in addition (T7).</para>
/// <para>Each run has the same a_1ᵀa_2·√d and environments at every d, so that its slope is free of their luck. The medians of slopes and ratios have
/// intervals at 1 − 10⁻⁶ between two order statistics, so a β outside [0.45, 0.55] passes by chance in at most 2·10⁻⁶ of the series. In
/// 20 series the far ends were within 0.024 and 0.0005, with deviations of 0.003 and 4·10⁻⁵: the limits are more than eight of them away.</para>
/// </remarks>
public sealed class Theorem7Rate : TheoryCheck
{
    private const int Steps = 300;
    private const int Runs = 401;

    private static readonly int[] Dimensions = [1 << 6, 1 << 10, 1 << 14, 1 << 18, 1 << 22];

    private static readonly StatementInfo Facts = new()
    {
        Id = "T7-rate",
        Statement = "two-layer network at m = ∞, Algorithm 4 with HeteroSGD: ‖Σ u_ju_jᵀ − A*‖_F/‖A*‖_F ∝ d^−β with β in [0.45, 0.55], and √2·|a_1ᵀa_2|·|x| for large d",
        Equations = "(125)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "The neurons' inner products are of the order 1/√d, and the error with them: what o(1) is as d → ∞. Medians over runs, from each d to the next; "
            + "x ← (1 − r + rs)x + rs with r = 2η/(1 + ηs). r1 = r2 = 1, weights 0.5 ± 4, α = d⁻², d = 2⁶, 2¹⁰, …, 2²².",
        ControlStatement = "the same with the mean of the environments in each step, as PooledSGD sees them",
        DefaultTrials = 1,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, NetworkSetting.Spread);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0);

    private static CheckResult Check(TheoryInstance instance, double spread)
    {
        double[][] errors = [.. Dimensions.Select(_ => new double[Runs])];
        double[] ratios = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            double[] weights = Weights(instance, run, spread);
            for (int i = 0; i < Dimensions.Length; i++)
            {
                RandomSequence random = new(instance.Stream(0, run));
                NeuronPair neurons = NeuronPair.Draw(ref random, Dimensions[i], Scale(Dimensions[i]));
                errors[i][run] = weights.All(weight => neurons.Step(weight, NetworkSetting.StepSize)) ? neurons.Error : double.PositiveInfinity;
                ratios[run] = errors[i][run] / (Math.Sqrt(2) * Math.Abs(neurons.InnerProduct * Response(weights)));
            }
        }

        List<Inequality> claims = [];
        List<string> found = [];
        for (int i = 1; i < Dimensions.Length; i++)
        {
            double span = Math.Log((double)Dimensions[i] / Dimensions[i - 1]);
            ConfidenceInterval exponent = ErrorScaling.MedianOf([.. errors[i - 1].Zip(errors[i], (near, far) => Slope(near, far) / span)]);
            claims.Add(Inequality.AtMost($"|β − ½| ≤ 0.05 from d = {Dimensions[i - 1]} to {Dimensions[i]}, the farther end of its interval", Farther(exponent, 0.5), 0.05));
            found.Add(FormattableString.Invariant($"{exponent.Estimate:G4} in [{exponent.Lower:G4}, {exponent.Upper:G4}]"));
        }

        ConfidenceInterval ratio = ErrorScaling.MedianOf(ratios);
        claims.Add(Inequality.AtMost($"d = {Dimensions[^1]}: |median error over √2·|a_1ᵀa_2|·|x| − 1| ≤ 0.01, the farther end of its interval", Farther(ratio, 1), 0.01));
        string scaled = string.Join(
            ", ", Dimensions.Zip(errors, (dimension, all) => FormattableString.Invariant($"{TrainedRun.Median(all) * Math.Sqrt(dimension):G4}")));
        return CheckResult.Judge(Facts.Id, [.. Dimensions.SelectMany(dimension => NetworkSetting.Hypotheses(dimension, 1, Scale(dimension)))], claims) with
        {
            Note = FormattableString.Invariant($"β = {string.Join(", ", found)}; median error times √d {scaled}; over its first order {ratio.Estimate:G4}"),
        };
    }

    private static double[] Weights(TheoryInstance instance, int run, double spread)
    {
        double[] weights = new double[Steps];
        RandomSequence random = new(instance.Stream(1, run));
        for (int step = 0; step < Steps; step++)
        {
            weights[step] = NetworkSetting.Mean + (random.NextBelow(2) == 0 ? spread : -spread);
        }

        return weights;
    }

    /// <summary>x: what is left along a_2 for each unit of a_1ᵀa_2. Where it began is forgotten, as the variant neuron's weight is.</summary>
    private static double Response(double[] weights)
    {
        double response = 0;
        foreach (double weight in weights)
        {
            double rate = 2 * NetworkSetting.StepSize / (1 + (NetworkSetting.StepSize * weight));
            response += rate * ((weight * (1 + response)) - response);
        }

        return response;
    }

    // A run that diverged at both ends has no slope; it counts as one far off.
    private static double Slope(double near, double far) => double.IsFinite(near / far) ? Math.Log(near / far) : double.PositiveInfinity;

    private static double Farther(ConfidenceInterval interval, double value) => Math.Max(Math.Abs(interval.Lower - value), Math.Abs(interval.Upper - value));

    // α = d⁻²: what is left of the start off the neurons, α·√d, is far below 1/√d.
    private static double Scale(int dimension) => Math.Pow(dimension, -2);
}
