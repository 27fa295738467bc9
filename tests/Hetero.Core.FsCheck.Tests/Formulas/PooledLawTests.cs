using FsCheck.Xunit;
using Hetero.Core.Environments;
using Hetero.Core.FsCheck.Tests.Isometry;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Pooling;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>
/// The laws of pooled training's distance without counted coordinates: covariances of all d² entries, that of the gradient's error from Isserlis'
/// sum over pairings, that of Δ from the linearized step itself.
/// </summary>
[DailySeed(40, Arbitrary = [typeof(FormulaArbitraries)])]
public class PooledLawTests
{
    // Δ ← Δ − η((Δ + N)Π + Π(Δ + N)) with a fresh N: the covariance after 2^k steps from the covariance and the step's power after 2^(k − 1).
    [Property]
    public void Fresh_measurements_leave_the_stationary_covariance_of_the_linearized_step(PooledCase given)
    {
        double rate = given.Percent / 100.0;
        Matrix projection = Projection(given), pull = Map(given.Dimension, x => (x * projection) + (projection * x));
        Matrix power = Matrix.Identity(pull.Rows) - (rate * pull), covariance = rate * rate * (pull * ErrorCovariance(given) * pull.T);
        for (int doubling = 0; doubling < 10; doubling++)
        {
            (covariance, power) = (covariance + (power * covariance * power.T), power * power);
        }

        Near(Trace(covariance), PooledLaw.Fresh(Environments(given), given.Dimension, given.InvariantRank, Options(given)));
    }

    // Stored: Δ = −N on the tangent space, XΠ + ΠX − ΠXΠ, with m measurements for each of two environments, π_e = 1/2.
    [Property]
    public void Stored_measurements_leave_the_gradients_error_on_the_tangent_space(PooledCase given)
    {
        Matrix projection = Projection(given);
        Matrix tangent = Map(given.Dimension, x => (x * projection) + (projection * x) - (projection * x * projection));
        Near(
            Trace(tangent * (0.5 * ErrorCovariance(given)) * tangent.T),
            PooledLaw.Stored(Environments(given), given.Dimension, given.InvariantRank, Options(given)));
    }

    private static DiagonalEnvironments Environments(PooledCase given) => DiagonalEnvironments.TwoPoint(given.SpuriousRank, 1, given.Spread);

    private static TrainingOptions Options(PooledCase given) => new()
    {
        Seed = 1, Samples = given.Samples, StepSize = StepSizeSchedule.Constant(given.Percent / 100.0 / given.Factor), GradientScale = given.Factor,
    };

    private static Matrix Projection(PooledCase given)
    {
        Matrix frame = PlainFrame.Draw(given.Dimension, given.InvariantRank + given.SpuriousRank, given.Seed);
        return frame * frame.T;
    }

    /// <summary>
    /// Cov of (1/m) Σ (⟨X_i, D⟩X_i − D) for D = Spread·V*V*ᵀ, from E[X_ij X_kl X_ab X_cd] as the sum over three pairings with E[X_ij X_kl] =
    /// (δ_ik δ_jl + δ_il δ_jk)/2. The sign of D_i is free.
    /// </summary>
    private static Matrix ErrorCovariance(PooledCase given)
    {
        int d = given.Dimension;
        Matrix frame = PlainFrame.Draw(d, given.InvariantRank + given.SpuriousRank, given.Seed), difference = new(d, d);
        for (int j = 0; j < given.SpuriousRank; j++)
        {
            difference += given.Spread * (frame.Column(j) * frame.Column(j).T);
        }

        double[] entries = difference.Entries;
        Matrix covariance = new(d * d, d * d);
        for (int s = 0; s < d * d; s++)
        {
            for (int t = 0; t < d * d; t++)
            {
                double sum = -entries[s] * entries[t];
                for (int u = 0; u < d * d; u++)
                {
                    for (int v = 0; v < d * d; v++)
                    {
                        double pairings = (Pair(u, v, d) * Pair(s, t, d)) + (Pair(u, s, d) * Pair(v, t, d)) + (Pair(u, t, d) * Pair(v, s, d));
                        sum += entries[u] * entries[v] * pairings;
                    }
                }

                covariance[s, t] = sum / given.Samples;
            }
        }

        return covariance;
    }

    private static double Pair(int s, int t, int d) => (s == t ? 0.5 : 0) + (s / d == t % d && s % d == t / d ? 0.5 : 0);

    /// <summary>A linear map of d×d matrices, entry by entry.</summary>
    private static Matrix Map(int d, Func<Matrix, Matrix> map)
    {
        Matrix table = new(d * d, d * d);
        for (int t = 0; t < d * d; t++)
        {
            Matrix unit = new(d, d);
            unit[t / d, t % d] = 1;
            double[] image = map(unit).Entries;
            for (int s = 0; s < d * d; s++)
            {
                table[s, t] = image[s];
            }
        }

        return table;
    }

    private static double Trace(Matrix matrix) => Enumerable.Range(0, matrix.Rows).Sum(i => matrix[i, i]);

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * (1 - 1e-9), expected * (1 + 1e-9));
}
