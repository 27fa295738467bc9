using System.Globalization;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Training;

namespace Hetero.Experiments.Figures;

/// <summary>The share u_iᵀUUᵀu_i/λ_i of each eigenvalue of A* that is learned, and the columns of the adaptive subspace. Not thread-safe.</summary>
/// <param name="problem">The problem.</param>
/// <param name="subspace">The subspace, which sees an iterate before its columns are asked for.</param>
internal sealed class SpectrumColumns(SensingProblem problem, AdaptiveSubspace<double> subspace) : ITrajectoryColumns<double>
{
    public IReadOnlyList<string> Names { get; } =
    [
        .. Enumerable.Range(1, problem.InvariantRank).Select(i => string.Create(CultureInfo.InvariantCulture, $"eigenvalue_{i}")),
        .. subspace.Names,
    ];

    public void Compute(in TrainingSnapshot<double> snapshot, Span<double> values)
    {
        for (int i = 0; i < problem.InvariantRank; i++)
        {
            double squares = 0;
            for (int column = 0; column < snapshot.Factor.Columns; column++)
            {
                double product = 0;
                for (int row = 0; row < problem.Dimension; row++)
                {
                    product += snapshot.Factor[row, column] * problem.InvariantBasis[row, i];
                }

                squares += product * product;
            }

            values[i] = squares / problem.Eigenvalues[i];
        }

        subspace.Compute(in snapshot, values[problem.InvariantRank..]);
    }
}
