using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Theory;

namespace YourParts;

/// <summary>‖Σ^(e)‖_F is at most r2 times the largest entry that the law of environments names.</summary>
public sealed class DrawnNorm : TheoryCheck
{
    public override StatementInfo Info { get; } = new()
    {
        Id = "Mine-2",
        Statement = "‖Σ^(e)‖_F ≤ r2·max |Σ_ij|",
        Equations = "(4)",
        Stated = Verdict.Holds,
        Remark = "There are r2² entries.",
        ControlStatement = "the same with 0.1 of the right side",
    };

    protected override CheckResult CheckCore(TheoryInstance instance) => Judge(instance, 1);

    protected override CheckResult CheckControlCore(TheoryInstance instance) => Judge(instance, 0.1);

    private CheckResult Judge(TheoryInstance instance, double share)
    {
        EnvironmentDistribution law = instance.CreateEnvironments();
        double[] sigma = new double[law.Rank * law.Rank], label = new double[law.LabelLength];
        law.Draw(instance.Stream(1), sigma, label);
        double norm = Norms.Frobenius<double>(new(sigma, law.Rank, law.Rank));
        return CheckResult.Judge(Id, [], Inequality.AtMost(Info.Statement, norm, share * law.Rank * law.LargestEntry, roundOff: 1e-12));
    }
}
