using Hetero.Core.Random;

namespace Hetero.Experiments.Figures;

/// <summary>
/// q ← (1 + ηs)q from q_0 = 1, with s = mean ± M at equal odds: what a spurious column does while U is small. Means of q and of q^γ over
/// paths, and the same exactly.
/// </summary>
/// <param name="mean">The mean of s.</param>
/// <param name="spread">M, small enough for 1 + ηs to stay above 0.</param>
/// <param name="stepSize">η.</param>
/// <param name="exponent">γ.</param>
internal sealed class ScalarRecursion(double mean, double spread, double stepSize, double exponent)
{
    /// <summary>The most steps of a path: each takes one of the bits of a block.</summary>
    public const int MaxSteps = 128;

    private readonly double _low = 1 + (stepSize * (mean - spread));
    private readonly double _high = 1 + (stepSize * (mean + spread));

    // A power that need not have the same last bit on every platform. It makes two numbers for this picture and stays out of training; a path's
    // moment is their product, so that nothing else depends on it.
    private readonly double _lowPower = Math.Pow(1 + (stepSize * (mean - spread)), exponent);
    private readonly double _highPower = Math.Pow(1 + (stepSize * (mean + spread)), exponent);

    /// <summary>E q_t and E q_t^γ: the steps are independent, so both are powers.</summary>
    public (double[] Mean, double[] Moment) Exact(int steps)
    {
        double[] means = new double[steps + 1], moments = new double[steps + 1];
        (means[0], moments[0]) = (1, 1);
        for (int t = 0; t < steps; t++)
        {
            means[t + 1] = means[t] * ((_low + _high) / 2);
            moments[t + 1] = moments[t] * ((_lowPower + _highPower) / 2);
        }

        return (means, moments);
    }

    /// <summary>The means over the paths of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="paths">The number of paths.</param>
    /// <param name="steps">At most <see cref="MaxSteps"/>.</param>
    public (double[] Mean, double[] Moment) Simulate(ulong seed, int paths, int steps)
    {
        RandomStream stream = new(seed, StreamPurpose.User);
        double[] means = new double[steps + 1], moments = new double[steps + 1];
        for (int path = 0; path < paths; path++)
        {
            (uint w0, uint w1, uint w2, uint w3) = stream.Block((ulong)path);
            ulong bits = ((ulong)w1 << 32) | w0, later = ((ulong)w3 << 32) | w2;
            double q = 1, power = 1;
            for (int t = 0; ; t++)
            {
                means[t] += q;
                moments[t] += power;
                if (t == steps)
                {
                    break;
                }

                bool high = (bits & 1) != 0;
                bits = t == 63 ? later : bits >> 1;
                q *= high ? _high : _low;
                power *= high ? _highPower : _lowPower;
            }
        }

        for (int t = 0; t <= steps; t++)
        {
            means[t] /= paths;
            moments[t] /= paths;
        }

        return (means, moments);
    }
}
