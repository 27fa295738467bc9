using Hetero.Core.Environments;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Phases;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>Pooled runs of one instance with several pairs of ranks, so that what a statement says of r1 and r2 is tested.</summary>
internal static class PooledReplicas
{
    /// <summary>Returns the mean over replicas of ‖U_TU_Tᵀ − A* − Ā‖_F² at T2, or of the squared distance from A*.</summary>
    /// <param name="instance">The instance; replica i has seed + i.</param>
    /// <param name="ranks">r1 and r2.</param>
    /// <param name="replicas">The number of runs.</param>
    /// <param name="create">Makes a trainer at its start.</param>
    /// <param name="toInvariant">Whether the distance to A* is taken.</param>
    public static double MeanSquare(
        TheoryInstance instance, (int Invariant, int Spurious) ranks, int replicas, Func<TheoryInstance, Trainer<double>> create, bool toInvariant = false)
    {
        double sum = 0;
        for (int i = 0; i < replicas; i++)
        {
            Trainer<double> trainer = create(With(instance, ranks) with { Seed = unchecked(instance.Seed + (ulong)i) });
            TrajectoryRow last = TrainedRun.Last(trainer, PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
            double distance = toInvariant ? last.Error : last.PooledError;
            sum += distance * distance / replicas;
        }

        return sum;
    }

    /// <summary>Reports C in (E‖U_TU_Tᵀ − A* − Ā‖_F²)^½ ≤ C·√(d/m) as the largest over pairs of ranks.</summary>
    public static CheckResult Distance(
        string id,
        TheoryInstance instance,
        IReadOnlyList<(int Invariant, int Spurious)> pairs,
        int replicas,
        Func<TheoryInstance, Trainer<double>> create,
        bool toInvariant)
    {
        double unit = Math.Sqrt((double)instance.Dimension / instance.Samples);
        Inequality[] claims =
        [
            .. pairs.Select(ranks => Inequality.AtMost(
                $"(mean of ‖U_TU_Tᵀ − {(toInvariant ? "A*" : "A* − Ā")}‖_F²)^½ ≤ √(d/m) with r1 = {ranks.Invariant}, r2 = {ranks.Spurious}",
                Math.Sqrt(MeanSquare(instance, ranks, replicas, create, toInvariant)),
                unit)),
        ];
        return CheckResult.Imply(
            id,
            [.. pairs.SelectMany(ranks => PooledLimit.Hypotheses(create(With(instance, ranks))))],
            new ImpliedConstant("C in ≤ C·√(d/m)", PhaseClaims.Largest(claims), IsSmallest: true),
            claims);
    }

    /// <summary>Compares the mean square distance with its law, for several pairs of ranks.</summary>
    public static CheckResult Law(
        string id,
        TheoryInstance instance,
        IReadOnlyList<(int Invariant, int Spurious)> pairs,
        int replicas,
        Func<TheoryInstance, Trainer<double>> create,
        Func<DiagonalEnvironments, int, int, TrainingOptions, double> law,
        (double Low, double High) shares)
    {
        List<Inequality> hypotheses = [], claims = [];
        foreach ((int Invariant, int Spurious) ranks in pairs)
        {
            Trainer<double> first = create(With(instance, ranks));
            hypotheses.AddRange(PooledLimit.Hypotheses(first));
            double expected = law((DiagonalEnvironments)first.Environments, instance.Dimension, ranks.Invariant, first.Options);
            double distance = Math.Sqrt(MeanSquare(instance, ranks, replicas, create) / expected);
            string name = $"distance from A* + Ā over its law, r1 = {ranks.Invariant}, r2 = {ranks.Spurious}";
            claims.Add(Inequality.AtLeast(FormattableString.Invariant($"{name} ≥ {shares.Low}"), distance, shares.Low));
            claims.Add(Inequality.AtMost(FormattableString.Invariant($"{name} ≤ {shares.High}"), distance, shares.High));
        }

        return CheckResult.Judge(id, hypotheses, claims);
    }

    /// <summary>Reports c in ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) for all t up to T2 as the smallest over pairs of ranks.</summary>
    public static CheckResult Path(
        string id, TheoryInstance instance, IReadOnlyList<(int Invariant, int Spurious)> pairs, Func<TheoryInstance, Trainer<double>> create)
        => RipLemma.Decisive(
        [
            .. pairs.Select(ranks =>
            {
                Trainer<double> trainer = create(With(instance, ranks));
                return PooledLimit.Path(id, trainer, PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
            }),
        ]);

    /// <summary>The instance with other ranks.</summary>
    public static TheoryInstance With(TheoryInstance instance, (int Invariant, int Spurious) ranks)
        => instance with { InvariantRank = ranks.Invariant, SpuriousRank = ranks.Spurious };
}
