using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Sequences;

/// <summary>
/// Definitions 3–5 and (41): until its absorption the controller q_i^t equals X_{k,t} for some k, at every t; and L_t of (38) never falls
/// (used in (48)).
/// </summary>
/// <remarks>
/// <para>(38) prints M for M1. Definition 4 prints Σ^(t+1) in the step to t + 1 and (40) Σ^(e_t) in the step to t: here both take Σ of the
/// step before, as (42) does.</para>
/// <para>(41) says "for all t ≤ T2", but after absorption q stands still while every row moves on: it holds up to the absorption, all that
/// Lemma 6 needs. At t = 0 it needs L_0 = α, that is 40·M1·δ·√(r1 + r2) ≤ 1: a hypothesis. Rows are compared bit for bit.</para>
/// </remarks>
public sealed class ControllerCover : TheoryCheck
{
    private const int Steps = 200;
    private const double ViolationProbability = 0.01;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A8",
        Statement = "for every t up to the absorption there is a k with q_i^t = X_{k,t}; L_t never falls",
        Equations = "(38), (40), (41)",
        Stated = Verdict.Holds,
        Remark = "Up to the absorption, if L_0 = α; the k is the step of the last reflection.",
        ControlStatement = "the same with k = 0, the row that q starts on",
        DefaultTrials = 40,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks (41) on one path of the environments.</summary>
    /// <param name="line">L_t, with η and α, for as many steps as there are draws.</param>
    /// <param name="sigmas">Σ_ii of the environments of steps 0, 1, ….</param>
    /// <param name="violationProbability">p, above 0.</param>
    /// <param name="spuriousRank">r2, 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or an argument is out of range.</exception>
    public static CheckResult Check(CalibrationLine line, ReadOnlySpan<double> sigmas, double violationProbability, int spuriousRank)
        => Check(line, sigmas, violationProbability, spuriousRank, int.MaxValue);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, int.MaxValue);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1);

    private static CheckResult Check(TheoryInstance instance, int rows)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        double bound = SpuriousRegularity.Of(environments).Bound, root = Math.Sqrt(instance.InvariantRank + instance.SpuriousRank);
        double ripConstant = Math.Min(1, instance.FactorSize) / (40 * bound * root) * (1 - 1e-12);
        double[] sigma = new double[environments.Rank * environments.Rank], label = new double[environments.LabelLength], draws = new double[Steps];
        for (int t = 0; t < Steps; t++)
        {
            environments.Draw(new RandomStream(instance.Seed, StreamPurpose.Theory, t, 1), sigma, label);
            draws[t] = sigma[0];
        }

        CalibrationLine line = new(
            new AuxiliarySequences(instance.StepSize, instance.InitialScale, Steps), bound, ripConstant, instance.InvariantRank, instance.SpuriousRank);
        return Check(line, draws, ViolationProbability, instance.SpuriousRank, rows);
    }

    private static CheckResult Check(CalibrationLine line, ReadOnlySpan<double> sigmas, double violationProbability, int spuriousRank, int rows)
    {
        ArgumentNullException.ThrowIfNull(line);
        Guard.Length(sigmas.Length, line.LastStep, nameof(sigmas));
        double[] path = new double[sigmas.Length + 1], row = new double[sigmas.Length + 1], distance = new double[sigmas.Length + 1];
        ControllerProcess process = new(line, violationProbability, spuriousRank);
        path[0] = process.Value;
        for (int t = 0; t < sigmas.Length; t++)
        {
            process.Advance(sigmas[t]);
            path[t + 1] = process.Value;
        }

        int last = process.AbsorptionStep ?? sigmas.Length;
        Array.Fill(distance, double.PositiveInfinity);
        for (int k = 0; k <= last && k < rows; k++)
        {
            ControllerProcess.CopyRow(line, k, sigmas, row);
            for (int t = 0; t <= last; t++)
            {
                distance[t] = Math.Min(distance[t], Math.Abs(path[t] - row[t]));
            }
        }

        double fall = 0;
        for (int t = 0; t < line.LastStep; t++)
        {
            fall = Math.Max(fall, 1 - (line.Values[t + 1] / line.Values[t]));
        }

        return CheckResult.Judge(
            Facts.Id,
            [Inequality.AtMost("L_0 ≤ α", line.Values[0], line.Sequences.InitialScale)],
            Inequality.AtMost("max_t min_k |q^t − X_{k,t}| ≤ 0", distance.AsSpan(0, last + 1).ToArray().Max(), 0),
            Inequality.AtMost("max_t 1 − L_{t+1}/L_t ≤ 0", fall, 0, 4e-16));
    }
}
