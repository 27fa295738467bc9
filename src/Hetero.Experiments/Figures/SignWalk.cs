using Hetero.Core.Theory.Multipliers;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Sign descent on a spurious column at m = ∞, q ← q − η·sign((q² − s)q): a walk by ±η on α + ηℤ. Away from 0 it goes with the odds P(s &gt; q²), beyond the largest s back alone; by
/// detailed balance its stationary law is known exactly.
/// </summary>
internal static class SignWalk
{
    /// <summary>Returns E q² of the stationary law.</summary>
    /// <param name="law">The law of s, of finitely many values, the largest above 0.</param>
    /// <param name="stepSize">η.</param>
    /// <param name="start">α.</param>
    public static double MeanShare(EntryLaw law, double stepSize, double start)
    {
        int reach = (int)Math.Ceiling(Math.Sqrt(law.Maximum) / stepSize) + 2;
        double weight = 1, total = 0, sum = 0;
        for (int i = -reach; i <= reach; i++)
        {
            double q = start + (i * stepSize);
            if (i > -reach)
            {
                // Flow up over the edge is flow down over it; below the lowest state that is ever left there is no weight to begin with.
                double up = Up(law, q - stepSize), down = 1 - Up(law, q);
                weight = down == 0 ? 1 : weight * up / down;
                if (down == 0)
                {
                    (total, sum) = (0, 0);
                }
            }

            total += weight;
            sum += weight * q * q;
        }

        return sum / total;
    }

    /// <summary>The odds of a step up: |q| grows where s &gt; q².</summary>
    private static double Up(EntryLaw law, double q)
    {
        double above = 0;
        for (int i = 0; i < law.Values.Length; i++)
        {
            above += law.Values[i] > q * q ? law.Probabilities[i] : 0;
        }

        return q > 0 ? above : 1 - above;
    }
}
