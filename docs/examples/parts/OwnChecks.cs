using Hetero.Core.FsCheck;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>What is wrong with each part, in plain sentences: nothing. In a test that is <c>Assert.Empty(OwnChecks.Faults(name))</c>.</summary>
public static class OwnChecks
{
    public static IReadOnlyList<string> Faults(string part) => part switch
    {
        nameof(TriangularEnvironments) => PartChecks.FaultsOfEnvironments(new TriangularEnvironments(2, 1, 4)),
        nameof(CoupledEnvironments) => PartChecks.FaultsOfEnvironments(CoupledEnvironments.Create(1, 4)),
        nameof(WarmUp) => PartChecks.FaultsOfStepSizes(new WarmUp(0.02, 20)),
        nameof(SignMeasurements) =>
        [
            .. PartChecks.FaultsOfMeasurements(team => new SignMeasurements(8, 1, team)), .. PartChecks.FaultsOfIsotropy(new SignMeasurements(8, 1)),
        ],
        nameof(TwoEnvironmentsBatch) => PartChecks.FaultsOfBatch(team => new TwoEnvironmentsBatch(
            new SignalModel<double>(SensingProblem.Create(8, 1, 2, seed: 1)), new TriangularEnvironments(2, 1, 4), new ExactLawMeasurements<double>(8, 1, team), 1, 100)),
        nameof(VariancePenalty) => PartChecks.FaultsOfObjective(() => new VariancePenalty(0.1), VariancePenaltyValue),
        nameof(SquaredDiagonal) => PartChecks.FaultsOfModel(team => new SquaredDiagonal(8, 0.1)),
        nameof(Lion) => PartChecks.FaultsOfUpdateRule(new Lion()),
        nameof(DrawnNorm) =>
        [
            .. TheoryVerification.Run([new DrawnNorm()], seed: 1).Where(finding => !finding.Agrees).Select(finding => finding.ToString()),
        ],
        _ => [$"There is no check of '{part}'."],
    };

    // Σ π_e·R_e + λ/2·Σ π_e‖G_e − Ḡ‖², entry by entry.
    private static double VariancePenaltyValue(ReadOnlySpan<double> risks, EnvironmentGradients<double> environments)
    {
        double value = 0;
        for (int e = 0; e < environments.Count; e++)
        {
            value += environments.GetProbability(e) * risks[e];
            for (int i = 0; i < environments.Product.Length; i++)
            {
                double mean = 0;
                for (int other = 0; other < environments.Count; other++)
                {
                    mean += environments.GetProbability(other) * environments.GetGradient(other)[i];
                }

                value += 0.05 * environments.GetProbability(e) * Math.Pow(environments.GetGradient(e)[i] - mean, 2);
            }
        }

        return value;
    }
}
