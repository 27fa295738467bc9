using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Each fault of an update rule is found by its sentence, and the library's own rules have none.</summary>
public class UpdateRuleFaultTests
{
    [Theory]
    [InlineData("field", "A second run has other bits than the first")]
    [InlineData("field, cleared at step 0", "Two runs that take turns disturb each other")]
    [InlineData("random", "A second run has other bits than the first")]
    [InlineData("scratch", "A step depends on what the scratch memory held before")]
    [InlineData("too little state", "throws")]
    [InlineData("negative state", "StateLength is -1")]
    [InlineData("divides by the norm", "With directions of zeros the parameters are not finite")]
    [InlineData("grows", "After 6 steps with directions N(0, 1) the parameters are not finite")]
    [InlineData("allocates", "Apply allocates")]
    public void EachFaultIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfUpdateRule(new Broken(fault)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void TheSameRuleWithoutFaultsHasNone() => Assert.Empty(PartChecks.FaultsOfUpdateRule(new Broken("none")));

    [Fact]
    public void TheLibrarysRulesHaveNone()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => Assert.All<UpdateRule<T>>(
                [
                    new Sgd<T>(), new HeavyBall<T>(0.9), new Nesterov<T>(0.9), new Adam<T>(), new SignDescent<T>(), new SignDescent<T>(0.5), new Muon<T>(),
                    new Muon<T>(0.5, Orthogonalization.Polar), new DecoupledWeightDecay<T>(new Adam<T>(), 0.1), new ClippedDirection<T>(new HeavyBall<T>(0.5), 0.1),
                ],
                rule => Assert.Empty(PartChecks.FaultsOfUpdateRule(rule)));
    }

    /// <summary>A velocity in the state, through a copy in the scratch memory, with one fault.</summary>
    private sealed class Broken(string fault) : UpdateRule<double>
    {
        private double _kept;

        public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => fault switch
        {
            "negative state" => -1,
            "too little state" => CountOf(shapes) - 1,
            _ => CountOf(shapes),
        };

        public override int ScratchLength(ReadOnlySpan<MatrixShape> shapes) => 1;

        public override void Apply(in UpdateStep<double> step)
        {
            double norm = fault == "divides by the norm" ? Numbers.Norm(step.Direction) : 1;
            _kept = fault == "field, cleared at step 0" && step.Step == 0 ? 0 : _kept;
            for (int i = 0; i < step.Parameters.Length; i++)
            {
                step.Scratch[0] = fault == "scratch" && i == 0 ? step.Scratch[0] : 0.5 * step.State[i];
                step.State[i] = step.Scratch[0] + step.Direction[i];
                step.Parameters[i] -= step.StepSize * (step.State[i] / norm);
            }

            if (fault.StartsWith("field", StringComparison.Ordinal))
            {
                _kept += step.Direction[0];
                step.Parameters[0] += _kept;
            }

            step.Parameters[0] += fault switch
            {
                "random" => System.Random.Shared.NextDouble(),
                "allocates" => (Kept.Array = new double[2])[1],
                "grows" => double.MaxValue,
                _ => 0,
            };
        }

        public override void Describe(PartDescription description) => description.Add("updateRule", "broken");

        private static class Numbers
        {
            public static double Norm(ReadOnlySpan<double> direction)
            {
                double sum = 0;
                foreach (double entry in direction)
                {
                    sum += entry * entry;
                }

                return Math.Sqrt(sum);
            }
        }
    }
}
