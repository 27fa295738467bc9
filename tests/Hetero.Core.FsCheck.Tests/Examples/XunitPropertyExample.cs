using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hetero.Core.FsCheck;
using Hetero.Core.Problems;

namespace YourTests;

public class XunitPropertyExample
{
    [Property]
    public bool TheRanksFitIntoTheDimension(ProblemDescription description)
    {
        SensingProblem problem = description.Create();
        return problem.InvariantRank + problem.SpuriousRank <= problem.Dimension;
    }

    // 100 cases that meet the hypothesis, of which at most 400 others may stand in the way: a property that says nothing about more than four
    // fifths of its cases fails.
    [Property(MaxTest = 100, MaxRejected = 100 * TheoryConfig.RejectedPerTest)]
    public Property TheMeanIsWithinTheBound(EnvironmentDescription environments)
    {
        double[] mean = new double[environments.Rank * environments.Rank];
        environments.Create().CopyMean(mean);
        return mean.All(entry => Math.Abs(entry) <= environments.Bound).When(environments.OffDiagonal == 0);
    }
}
