using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>The constant that several runs of one instance imply together: the root of the mean square of theirs, which varies much less than one of them.</summary>
internal static class PhaseReplicas
{
    /// <summary>Reports the root mean square over the runs that meet the hypotheses, if half of them do.</summary>
    /// <param name="id">The statement's id.</param>
    /// <param name="instance">The instance; replica i has seed + i.</param>
    /// <param name="replicas">The number of runs.</param>
    /// <param name="check">Reports the constant of one run, from its start.</param>
    public static CheckResult RootMeanSquare(string id, TheoryInstance instance, int replicas, Func<HeteroSgd<double>, CheckResult> check)
    {
        double squares = 0;
        int met = 0;
        string name = "";
        for (int i = 0; i < replicas; i++)
        {
            CheckResult result = check(PaperSimulation.Hetero(instance with { Seed = unchecked(instance.Seed + (ulong)i) }));
            name = result.Constant!.Name;
            if (result.Verdict == Verdict.ImpliedConstant)
            {
                met++;
                squares += result.Constant.Value * result.Constant.Value;
            }
        }

        double size = Math.Sqrt(squares / met);
        return CheckResult.Imply(
            id,
            [Inequality.AtLeast($"runs of {replicas} that meet the hypotheses ≥ {replicas / 2}", met, replicas / 2)],
            new ImpliedConstant(name, size, IsSmallest: true),
            Inequality.AtMost($"root mean square of {name} ≤ 1", size, 1));
    }
}
