using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>
/// HeteroSGD at m = ∞ with what a finite m adds to it in first order, for r1 = r2 = 1, orthogonal subspaces and a start at αI: the rows r = U*ᵀU and q = V*ᵀU
/// take −ηN·U beside their step, where N has symmetric Gaussian entries of variance ‖D‖²/(2m), D = UUᵀ − A* − sV*V*ᵀ. Of N·U count the entry of N between the
/// two signals, which feeds q along r, and the entries between V* and the rest of U, d − 2 columns of size α, which feed q across r.
/// </summary>
/// <param name="sweep">The runs that are predicted; those of its seed have the environments of the run with that seed.</param>
internal sealed class NoisyPopulation(SeedSweep sweep)
{
    /// <summary>Returns the spurious share on average over the recorded steps of the second half, +∞ for a run that diverges, once for each draw of the noise.</summary>
    public double[] LateShares(ulong seed, int draws)
    {
        double[] s = Environments(sweep.Recipe, seed);
        return [.. Enumerable.Range(0, draws).Select(draw => LateShare(s, new RandomStream(seed, StreamPurpose.User, draw)))];
    }

    private static double[] Environments(RunRecipe recipe, ulong seed)
    {
        EnvironmentDistribution environments = recipe.Environments.Create(1);
        EnvironmentSequence sequence = new(environments, EnvironmentOrder.Independent, seed);
        double[] s = new double[recipe.Steps], label = new double[environments.LabelLength];
        for (int step = 0; step < s.Length; step++)
        {
            sequence.Get(step, s.AsSpan(step, 1), label);
        }

        return s;
    }

    private double LateShare(double[] s, RandomStream stream)
    {
        RunRecipe recipe = sweep.Recipe;
        double eta = recipe.StepSize, around = recipe.InitialScale * Math.Sqrt(recipe.Dimension - 2);
        double[] noise = new double[2 * s.Length];
        stream.FillGaussian<double>(noise);

        // Columns: the start of r, the start of q, all others.
        Span<double> r = [recipe.InitialScale, 0, 0], q = [0, recipe.InitialScale, 0];
        int row = 0, first = sweep.RecordedSteps.Count / 2;
        double sum = 0;
        for (int step = 0; ; step++)
        {
            double rr = Dot(r, r), rq = Dot(r, q), qq = Dot(q, q);
            if (sweep.RecordedSteps[row] == step)
            {
                sum += row >= first ? qq : 0;
                row++;
            }

            if (step == s.Length)
            {
                return double.IsFinite(sum) ? sum / (row - first) : double.PositiveInfinity;
            }

            double left = rr - 1, other = qq - s[step];
            double deviation = eta * Math.Sqrt(((left * left) + (other * other) + (2 * rq * rq)) / (2.0 * recipe.Samples));
            double between = deviation * noise[2 * step];
            for (int k = 0; k < 3; k++)
            {
                (r[k], q[k]) = (
                    r[k] + (eta * ((r[k] * -left) - (rq * q[k]))) + (between * q[k]),
                    q[k] + (eta * ((q[k] * -other) - (rq * r[k]))) + (between * r[k]));
            }

            q[2] += deviation * around * noise[(2 * step) + 1];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
}
