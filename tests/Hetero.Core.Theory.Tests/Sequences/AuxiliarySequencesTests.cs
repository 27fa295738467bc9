using FsCheck.Fluent;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Sequences;

public class AuxiliarySequencesTests
{
    // By hand: η = 1/2, α = 1/2: R_1 = (1 − 1/8 + 1/2)/2 = 11/16; ε = 1/(64·log 2), R̄_1 = 11/16 + ε/2, R̲_1 = 11/16 − ε/2.
    [Fact]
    public void TheFirstStepIsTheFormula()
    {
        AuxiliarySequences sequences = new(0.5, 0.5, 2);
        double drift = 1 / (64 * Math.Log(2)), upper = 0.6875 + (drift / 2), lower = 0.6875 - (drift / 2);
        Assert.Equal([0.5, 0.6875, (1.5 - (0.6875 * 0.6875 / 2)) * 0.6875], sequences.Reference.ToArray());
        Assert.Equal(upper, sequences.Upper[1], 1e-15);
        Assert.Equal(lower, sequences.Lower[1], 1e-15);
        Assert.Equal((upper * (1.5 - (upper * upper / 2))) + (drift * upper), sequences.Upper[2], 1e-15);
        Assert.Equal((lower * (1.5 - (lower * lower / 2))) - (drift * upper), sequences.Lower[2], 1e-15);
    }

    // (25) is a step of Euler's method for R' = R − R³, solved by R(s)² = 1/(1 + (α⁻² − 1)e^{−2s}).
    [Fact]
    public void ForSmallStepsItIsTheLogisticCurve()
    {
        const double Alpha = 1e-3, Eta = 1e-4;
        AuxiliarySequences sequences = new(Eta, Alpha, 120_000);
        for (int t = 0; t <= 120_000; t += 5000)
        {
            double exact = 1 / Math.Sqrt(1 + (((1 / (Alpha * Alpha)) - 1) * Math.Exp(-2 * Eta * t)));
            Assert.Equal(1, sequences.Reference[t] / exact, 1e-3);
        }
    }

    [Fact]
    public void TheEntryIsTheFirstOfItsInterval()
        => Properties.Check(
            Properties.Between(1, 1000).Generator.Zip(Properties.Between(1, 1000).Generator).ToArbitrary(),
            pair =>
            {
                (double eta, double alpha) = (0.5 * pair.Item1 / 1000, Math.Pow(10, -6.0 * pair.Item2 / 1000) / 3.1);
                int bound = (int)AuxiliarySequences.EntryBound(eta, alpha);
                AuxiliarySequences sequences = new(eta, alpha, bound);
                int entry = Assert.NotNull(sequences.EntryStep);
                Assert.InRange(sequences.Reference[entry], (1.0 / 3) - eta, 1.0 / 3);
                Assert.All(sequences.Reference[..entry].ToArray(), value => Assert.True(value <= (1.0 / 3) - eta));
                PhaseSchedule phases = PhaseSchedule.Create(eta, alpha);
                Assert.Equal(entry, phases.GrowthEnd);
                Assert.Equal(Math.Log(1 / alpha) / eta, phases.ConvergenceEnd - phases.GrowthEnd, 1.0);
            });

    [Fact]
    public void WithoutAnEntryThereIsNone()
    {
        Assert.Null(new AuxiliarySequences(0.1, 0.5, 1000).EntryStep);
        Assert.Null(new AuxiliarySequences(0.1, 1e-3, 10).EntryStep);
        Assert.Equal(0, new AuxiliarySequences(0.4, 1e-3, 0).EntryStep);
    }

    [Fact]
    public void PhasesOfAChangingStepSize()
    {
        TrainingOptions options = new()
        {
            Seed = 1, InitialScale = 0.1, GradientScale = 2, StepSize = StepSizeSchedule.Piecewise((0, 0.05), (4, 0.1), (20, 0.025)),
        };
        double reference = 0.1, sum = 0;
        int t = 0;
        for (; !(reference > (1.0 / 3) - Rate(t)); t++)
        {
            reference += Rate(t) * reference * (1 - (reference * reference));
        }

        PhaseSchedule phases = PhaseSchedule.Create(options);
        Assert.Equal(t, phases.GrowthEnd);
        for (; sum < Math.Log(10); t++)
        {
            sum += Rate(t);
        }

        Assert.Equal(t, phases.ConvergenceEnd);
        Assert.Equal(TrainingPhase.Growth, phases.PhaseOf(phases.GrowthEnd));
        Assert.Equal(TrainingPhase.Convergence, phases.PhaseOf(phases.GrowthEnd + 1));
        Assert.Equal(TrainingPhase.Convergence, phases.PhaseOf(phases.ConvergenceEnd));
        Assert.Equal(TrainingPhase.Beyond, phases.PhaseOf(phases.ConvergenceEnd + 1));
        Assert.Equal(phases.GrowthEnd, PhaseSchedule.Create(options, 0).ConvergenceEnd);

        static double Rate(int t) => t < 4 ? 0.1 : t < 20 ? 0.2 : 0.05;
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => new AuxiliarySequences(0, 0.1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => new AuxiliarySequences(50, 0.5, 30));
        Assert.Throws<ArgumentOutOfRangeException>("initialScale", () => new AuxiliarySequences(0.1, 1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("lastStep", () => new AuxiliarySequences(0.1, 0.1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("initialScale", () => PhaseSchedule.Create(0.1, 0.34));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => PhaseSchedule.Create(1e-12, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => PhaseSchedule.Create(0.1, 0.1).PhaseOf(-1));
    }
}
