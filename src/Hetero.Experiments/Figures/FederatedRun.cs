using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Figures;

/// <summary>
/// A run of <see cref="FederatedSgd{T}"/> at m = ∞ on two coordinate axes, one invariant and one spurious, where U stays diagonal to the bit: nothing feeds the spurious part, not even round-off
/// of the signal.
/// </summary>
/// <param name="Growth">By how many powers of ten q² has grown in the end; +∞ for a run that diverged.</param>
/// <param name="Spurious">q² in the end.</param>
/// <param name="Signal">u², the true share, in the end.</param>
internal sealed record FederatedRun(double Growth, double Spurious, double Signal)
{
    /// <summary>Gets whether the run diverged.</summary>
    public bool HasDiverged => double.IsPositiveInfinity(Growth);

    /// <summary>Trains.</summary>
    /// <param name="own">Clients and local steps.</param>
    /// <param name="spread">M.</param>
    /// <param name="initialScale">α.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static FederatedRun Execute(FederatedCase own, double spread, double initialScale, ulong seed, CancellationToken cancellation)
    {
        ClientParticipation participation = own.Environments is null ? ClientParticipation.Independent : ClientParticipation.Distinct;
        EnvironmentDistribution environments = own.Environments is { } list
            ? new FiniteEnvironments(1, [.. FederatedCase.Listed(spread, list).Select(s => new[] { s })])
            : DiagonalEnvironments.TwoPoint(1, FederatedCase.Mean, spread);
        TrainingOptions options = new() { Seed = seed, StepSize = StepSizeSchedule.Constant(FederatedCase.StepSize), InitialScale = initialScale };
        FederatedSgd<double> trainer = new(AxesProblem.Of(2), environments, new PopulationMeasurements<double>(2), options, new(own.Clients, own.LocalSteps, participation));
        TrainingOutcome outcome = trainer.Run(own.Rounds, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Status == TrainingStatus.Diverged)
        {
            return new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        }

        ReadOnlySpan<double> entries = trainer.Parameters;
        double size = Math.Max(Math.Sqrt((entries[2] * entries[2]) + (entries[3] * entries[3])), Math.Max(Math.Abs(entries[2]), Math.Abs(entries[3])));
        double growth = 2 * Math.Log10(Math.Max(size, double.Epsilon) / initialScale);
        return new(growth, size * size, (entries[0] * entries[0]) + (entries[1] * entries[1]));
    }
}
