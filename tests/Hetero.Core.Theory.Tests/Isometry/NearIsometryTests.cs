using System.Globalization;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Isometry;
using Xunit;

namespace Hetero.Core.Theory.Tests.Isometry;

/// <summary>What the checks of the dynamics are made from: measurements of a given δ, constructed steps, simulated runs.</summary>
public class NearIsometryTests
{
    [Fact]
    public void TheFullRankConstantIsTheGivenOne()
        => Properties.Check(
            Properties.Between(1, 9),
            d =>
            {
                foreach (double delta in new[] { 1e-9, 1e-4, 0.3, 0.9 })
                {
                    TheoryInstance instance = new() { Dimension = d, Seed = (ulong)d };
                    Matrix perturbation = NearIsometry.Random(instance, 1);
                    StoredMeasurements<double> measurements = NearIsometry.Create(d, perturbation, delta);
                    Assert.Equal(delta, NearIsometry.FullRankConstant(measurements, measurements.SamplesPerSet), 1e-13);

                    // (1/m) Σ ⟨X_i, M⟩X_i against a plain sum over the measurements.
                    double[] matrix = Data.Uniform<double>(Svec.Length(d), d), sum = new double[matrix.Length], row = new double[matrix.Length];
                    for (int i = 0; i < measurements.SamplesPerSet; i++)
                    {
                        measurements.CopySample(i, row);
                        double product = row.Zip(matrix, (x, y) => x * y).Sum() / measurements.SamplesPerSet;
                        for (int j = 0; j < sum.Length; j++)
                        {
                            sum[j] += product * row[j];
                        }
                    }

                    double[] applied = NearIsometry.Apply(measurements, measurements.SamplesPerSet, matrix);
                    double[] expected = (perturbation * new Matrix(matrix, matrix.Length, 1)).Entries;
                    for (int j = 0; j < sum.Length; j++)
                    {
                        Assert.Equal(sum[j], applied[j], 1e-12);
                        Assert.Equal(matrix[j] + (delta * expected[j]), applied[j], 1e-12);
                    }
                }
            },
            trials: 9);

    // A constructed step lies where it was asked to: the lemmas' own hypotheses hold on it, close to their limits.
    [Fact]
    public void ConstructedStepsSatisfyTheHypotheses()
    {
        int nearEnds = 0;
        for (int trial = 0; trial < 50; trial++)
        {
            TheoryInstance instance = ConstructedStep.Adapt(TheoryInstance.Draw(3, trial));
            ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Growth);
            AllHold(Lemma14.SizeHypotheses(made.Step, made.Constants, made.Line, made.Time));
            (double smallest, double largest) = AnalyzedStep.SingularValues(made.Step.Invariant);
            nearEnds += Math.Abs(largest - made.Line.Sequences.Upper[made.Time]) < 1e-9 ? 1 : 0;
            Assert.True(made.Step.Overlap <= made.Constants.RipConstant / 2);
            made = ConstructedStep.Create(instance, ConstructedState.Any);
            AllHold(Lemma10.NormHypotheses(StateSizes.Of(made.Step), made.Constants, made.Line, made.Time));
        }

        Assert.InRange(nearEnds, 25, 50);

        static void AllHold(IEnumerable<Inequality> hypotheses) => Assert.All(hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
    }

    // Theorem 4's first claim along whole runs: every step of phase 1 meets Lemma 14's hypotheses unless an oscillation carries Q_t beyond them.
    [Fact]
    public void RunsFollowLemma14ThroughPhase1()
    {
        int met = 0, all = 0;
        for (int trial = 0; trial < 10; trial++)
        {
            Lemma14Run check = new();
            CheckResult result = check.Check(check.Adapt(TheoryInstance.Draw(5, trial)));
            Assert.Equal((Verdict.Holds, 1, 1), (result.Verdict, result.Trials, result.HypothesesMet));
            string[] words = result.Note.Split(' ');
            met += int.Parse(words[0], CultureInfo.InvariantCulture);
            all += int.Parse(words[2], CultureInfo.InvariantCulture);
        }

        Assert.True(met > 0.9 * all, $"{met} of {all} steps meet the hypotheses.");
    }
}
