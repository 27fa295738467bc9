using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// The o(1) of (125) at m = ∞: the median of ‖UUᵀ − A*‖_F/‖A*‖_F is ∝ d^−β with β near ½, the order of the inner products of neurons drawn from N(0,
/// I/d), as the theorem's proof claims.
/// </summary>
/// <remarks>
/// <para>Why ½: at U = a_1·wᵀ a step adds 2ηs·(a_1ᵀa_2) along a_2, of either sign, to what the variant neuron's own factor multiplies: its part of U
/// stays in proportion to a_1ᵀa_2 ~ 1/√d, and enters the error twice. No number
/// of samples helps; at finite m √(d/m) comes in addition (T7).</para>
/// <para>Each median has an interval at 1 − 10⁻⁶ between two order statistics, so a β outside [0.4, 0.6] passes by chance in at most 2·10⁻⁶ of the
/// series.</para>
/// </remarks>
public sealed class Theorem7Rate : TheoryCheck
{
    private const int Low = 64;
    private const int High = 1 << 20;
    private const int Steps = 300;
    private const int Runs = 1001;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T7-rate",
        Statement = "two-layer network at m = ∞, Algorithm 4 with HeteroSGD: the median of ‖Σ u_ju_jᵀ − A*‖_F/‖A*‖_F ∝ d^−β with β in [0.4, 0.6]",
        Equations = "(125)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "The neurons' inner products are of the order 1/√d, and the error with them: what o(1) is as d → ∞. "
            + "r1 = r2 = 1, weights 0.5 ± 4, α = d⁻², from d = 64 to 2²⁰.",
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
        ConfidenceInterval low = Median(instance, 0, Low, spread), high = Median(instance, 1, High, spread);
        double span = Math.Log((double)High / Low);
        double least = Math.Log(low.Lower / high.Upper) / span, most = Math.Log(low.Upper / high.Lower) / span;
        return CheckResult.Judge(
            Facts.Id,
            [.. NetworkSetting.Hypotheses(Low, Scale(Low)), .. NetworkSetting.Hypotheses(High, Scale(High))],
            Inequality.AtLeast("β ≥ 0.4, lower end of its interval", least, 0.4),
            Inequality.AtMost("β ≤ 0.6, upper end of its interval", most, 0.6)) with
        {
            Note = FormattableString.Invariant(
                $"β = {Math.Log(low.Estimate / high.Estimate) / span:G4} in [{least:G4}, {most:G4}]; ")
                + FormattableString.Invariant($"median error times √d {low.Estimate * Math.Sqrt(Low):G4} and {high.Estimate * Math.Sqrt(High):G4}"),
        };
    }

    // α = d⁻²: what is left of the start off the neurons, α·√d, is far below 1/√d.
    private static double Scale(int dimension) => Math.Pow(dimension, -2);

    private static ConfidenceInterval Median(TheoryInstance instance, int index, int dimension, double spread)
    {
        double[] errors = new double[Runs];
        RandomSequence random = new(instance.Stream(index));
        for (int run = 0; run < Runs; run++)
        {
            NeuronPair neurons = NeuronPair.Draw(ref random, dimension, Scale(dimension));
            bool isThere = true;
            for (int step = 0; isThere && step < Steps; step++)
            {
                isThere = neurons.Step(NetworkSetting.Mean + (random.NextBelow(2) == 0 ? spread : -spread), NetworkSetting.StepSize);
            }

            errors[run] = isThere ? neurons.Error : double.PositiveInfinity;
        }

        return ErrorScaling.MedianOf(errors);
    }
}
