using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Numbers of a rule that its precision rounds to 0 or to infinity, or loses on the way: refused, or right.</summary>
public class RuleNumberTests
{
    [Fact]
    public void WhatThePrecisionCannotHoldIsRefused()
    {
        Refused("decay", () => new DecoupledWeightDecay<float>(new Sgd<float>(), 1e-60));
        Refused("decay", () => new DecoupledWeightDecay<float>(new Sgd<float>(), 1e60));
        Refused("decay", () => new DecoupledWeightDecay<double>(new Sgd<double>(), double.Epsilon));
        Refused("largestNorm", () => new ClippedDirection<float>(new Sgd<float>(), 1e-60));
        Refused("largestNorm", () => new ClippedDirection<float>(new Sgd<float>(), 1e60));
        Refused("momentum", () => new HeavyBall<float>(1e-60));
        Refused("momentum", () => new Nesterov<float>(1e-60));
        Refused("momentum", () => new SignDescent<float>(1e-60));
        Refused("momentum", () => new Muon<float>(1e-60));
        Refused("firstDecay", () => new Adam<float>(firstDecay: 1e-60));
        Refused("secondDecay", () => new Adam<float>(secondDecay: 1e-60));
        Refused("epsilon", () => new Adam<float>(epsilon: 1e-19));
        Refused("epsilon", () => new Adam<double>(epsilon: 1e-160));
        _ = new Adam<float>(epsilon: 3.5e-18);
        _ = new Adam<double>(epsilon: 5e-153);
        _ = new DecoupledWeightDecay<float>(new HeavyBall<float>(0), 0);
        _ = new DecoupledWeightDecay<double>(new HeavyBall<double>(1e-60), 1e60);

        static void Refused(string name, Func<object> create)
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(create);
            Assert.Equal(name, refusal.ParamName);
            Assert.Contains("accepted is from", refusal.Message, StringComparison.Ordinal);
        }
    }

    // Adam's first step is η·D/(|D| + ε): with any ε that is accepted never above η, and within the round-off of |D| + ε where |D| is lost against ε.
    [Fact]
    public void AdamNeverGoesFurtherThanItsStepSize()
    {
        Check<float>(1e-8, 1e-30f, 1e-25f, 1e-21f, 1e-19f, 1e-12f);
        Check<float>(3.5e-18, 1e-30f, 1e-25f, 1e-21f, 1e-19f, 3e-18f, 1e-12f);
        Check<double>(1e-8, 1e-300, 1e-170, 1e-155, 1e-100);
        Check<double>(1.5e-152, 1e-300, 1e-170, 1e-155, 1e-100);

        static void Check<T>(double epsilon, params T[] sizes)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T[] parameters = new T[sizes.Length];
            new Adam<T>(epsilon: epsilon).Apply(new UpdateStep<T>
            {
                Step = 0, StepSize = T.One, Parameters = parameters, Direction = [.. sizes], State = new T[2 * sizes.Length], Shapes = [new MatrixShape(1, sizes.Length)],
            });
            for (int i = 0; i < sizes.Length; i++)
            {
                double exact = -double.CreateChecked(sizes[i]) / (double.CreateChecked(sizes[i]) + epsilon), found = double.CreateChecked(parameters[i]);

                // Where |D| is below √(least/(1 − β2)), its square has lost digits: then |D| + ε is off by |D| at most, and |D| is below ε.
                double least = Math.Sqrt((typeof(T) == typeof(float) ? 1.17549435E-38 : 2.2250738585072014E-308) / 1e-3);
                double lost = double.CreateChecked(sizes[i]) < least ? double.CreateChecked(sizes[i]) / epsilon : 0;
                Assert.InRange(found / exact, 1 - lost - 1e-5, 1 + lost + 1e-5);
                Assert.InRange(Math.Abs(found), 0, 1 + 1e-5);
            }
        }
    }

    // b is (1 − β2)·D² in the first step: it is in range long after D² and b̂ = D² are not.
    [Fact]
    public void ASquareBeyondTheRangeIsNoStepOfZero()
    {
        Check<float>(1.8e19f, 3e19f);
        Check<double>(1.3e154, 2e154);

        static void Check<T>(T inside, T outside)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T[] parameters = [T.Zero, T.Zero];
            new Adam<T>().Apply(new UpdateStep<T>
            {
                Step = 0, StepSize = T.One, Parameters = parameters, Direction = [inside, outside], State = new T[4], Shapes = [new MatrixShape(1, 2)],
            });
            Assert.InRange(double.CreateChecked(parameters[0]), -1 - 1e-5, -1 + 1e-5);
            Assert.True(T.IsNaN(parameters[1]), $"{parameters[1]}");
        }
    }

    // 1 − ηλ itself has no digits for it: 1 − 1e-7 is 1 − 1.19e-7 in float precision. Expected is θ(1 − ηλ) rounded once, which double precision gives.
    [Theory]
    [InlineData(4e-8f)]
    [InlineData(1e-7f)]
    [InlineData(3e-5f)]
    [InlineData(0.3f)]
    public void WeightDecayIsRoundedOncePerEntry(float rate)
    {
        float[] start = Data.Uniform<float>(1000), parameters = [.. start];
        new DecoupledWeightDecay<float>(new Sgd<float>(), 1).Apply(new UpdateStep<float>
        {
            Step = 0, StepSize = rate, Parameters = parameters, Direction = new float[1000], Shapes = [new MatrixShape(10, 100)],
        });
        Assert.Equal(start.Select(theta => (float)(theta - (theta * (double)rate))), parameters);
    }

    // c/‖D‖ is below the precision where the clipped direction is not.
    [Fact]
    public void AFarTooLongDirectionIsClippedToItsNorm()
    {
        float[] direction = [3e20f, -4e20f], parameters = [0, 0];
        Apply(new ClippedDirection<float>(new Sgd<float>(), 1e-30), parameters, direction);
        Assert.InRange(parameters[0] / -0.6e-30f, 1 - 1e-6f, 1 + 1e-6f);
        Assert.InRange(parameters[1] / 0.8e-30f, 1 - 1e-6f, 1 + 1e-6f);
        double[] wide = [3e200, -4e200], far = [0, 0];
        Apply(new ClippedDirection<double>(new Sgd<double>(), 1e-200), far, wide);
        Assert.InRange(far[0] / -0.6e-200, 1 - 1e-14, 1 + 1e-14);

        // A norm beyond the range, and an entry that is: the run ends as diverged, where it would stand still.
        double[] beyond = [1.7e308, 1.7e308], still = [0, 0];
        Apply(new ClippedDirection<double>(new Sgd<double>(), 1), still, beyond);
        Assert.All(still, entry => Assert.True(double.IsNaN(entry)));
        float[] infinite = [float.PositiveInfinity, 1], both = [0, 0];
        Apply(new ClippedDirection<float>(new Sgd<float>(), 1), both, infinite);
        Assert.Contains(both, float.IsNaN);

        static void Apply<T>(UpdateRule<T> rule, T[] parameters, T[] direction)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
            => rule.Apply(new UpdateStep<T> { Step = 0, StepSize = T.One, Parameters = parameters, Direction = direction, Shapes = [new MatrixShape(1, 2)] });
    }
}
