using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Theory;

namespace Example;

public class Xunit3Example
{
    // FsCheck finds problems and step sizes by their types.
    [Property]
    public bool TheRanksFitIntoTheDimension(ProblemDescription description, StepSize step)
    {
        SensingProblem problem = description.Create();
        return problem.InvariantRank + problem.SpuriousRank <= problem.Dimension && step.Value < 1;
    }

    [Property]
    public bool TheFrobeniusNormIsTheLargerOne(SymmetricMatrixDescription matrix)
    {
        ReadOnlyMatrixSpan<double> view = new(matrix.Create(), matrix.Dimension, matrix.Dimension);
        double[] scratch = new double[Norms.GetSpectralScratchLength<double>(matrix.Dimension, matrix.Dimension)];
        return Norms.Spectral(view, scratch) <= Norms.Frobenius(view) * (1 + 1e-12);
    }

    // A hypothesis that fewer than a fifth of the cases meet would be a failure.
    [Property(MaxTest = 100, MaxRejected = 100 * TheoryConfig.RejectedPerTest)]
    public Property TheMeanIsWithinTheBound(EnvironmentDescription environments)
    {
        double[] mean = new double[environments.Rank * environments.Rank];
        environments.Create().CopyMean(mean);
        return mean.All(entry => Math.Abs(entry) <= environments.Bound).When(environments.OffDiagonal == 0);
    }

    // A statement of the theory on the instance that FsCheck found.
    [Property]
    public bool Lemma8Holds(TheoryInstance instance)
    {
        TheoryCheck check = TheoryCatalog.Find("L8")[0];
        return !check.Refutes(check.Check(check.Adapt(instance)));
    }
}
