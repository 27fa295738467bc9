using System.Globalization;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>What Theorems 3 and 6 have in common: the special case U* ⟂ V*, E[Σ^(e)] = I, the limit A* + Ā, and the distance from A* on the way.</summary>
internal static class PooledLimit
{
    /// <summary>Returns the hypotheses of the special case.</summary>
    public static IReadOnlyList<Inequality> Hypotheses(Trainer<double> trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        SensingProblem problem = trainer.Signals.Problem;
        Matrix overlap = Matrix.Of(problem.InvariantBasis).T * Matrix.Of(problem.SpuriousBasis);
        Matrix mean = new(problem.SpuriousRank, problem.SpuriousRank);
        trainer.Environments.CopyMean(mean.Entries);
        double roundOff = 8 * problem.Dimension * Math.ScaleB(1, -52);
        return
        [
            Inequality.AtMost("U* ⟂ V*: ‖U*ᵀV*‖ = 0", overlap.Norm(), 0, roundOff),
            Inequality.AtMost("‖E[Σ^(e)] − I‖ = 0", (mean - Matrix.Identity(problem.SpuriousRank)).Norm(), 0, roundOff),
            Inequality.Below("α < 1/3", trainer.Options.InitialScale, 1.0 / 3),
        ];
    }

    /// <summary>Reports C in ‖U_TU_Tᵀ − A* − Ā‖_F ≤ C·√(d/m).</summary>
    /// <param name="id">The statement's id.</param>
    /// <param name="trainer">The run, at its start.</param>
    /// <param name="steps">T, 1 or more.</param>
    public static CheckResult Distance(string id, Trainer<double> trainer, int steps)
    {
        IReadOnlyList<Inequality> hypotheses = Hypotheses(trainer);
        Guard.AtLeast(steps, 1);
        TrajectoryRow last = TrainedRun.Last(trainer, steps);
        double distance = last.PooledError;
        double unit = Math.Sqrt((double)trainer.Factor.Rows / trainer.Options.Samples);
        return CheckResult.Imply(
            id,
            hypotheses,
            new ImpliedConstant("C in ≤ C·√(d/m)", distance / unit, IsSmallest: true),
            Inequality.AtMost("‖U_TU_Tᵀ − A* − Ā‖_F ≤ √(d/m)", distance, unit)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"step {last.Step}: distance {last.PooledError:G4} from A* + Ā, {last.Error:G4} from A*; d/m = {unit * unit:G4}"),
        };
    }

    /// <summary>Reports c in ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) for all t = 0…T.</summary>
    /// <param name="id">The statement's id.</param>
    /// <param name="trainer">The run, at its start.</param>
    /// <param name="steps">T, 1 or more.</param>
    public static CheckResult Path(string id, Trainer<double> trainer, int steps)
    {
        IReadOnlyList<Inequality> hypotheses = Hypotheses(trainer);
        Guard.AtLeast(steps, 1);
        SensingProblem problem = trainer.Signals.Problem;
        int r1 = problem.InvariantRank, r2 = problem.SpuriousRank;
        double unit = Math.Sqrt(Math.Min(r1, r2));
        TrajectoryRow nearest = TrainedRun.Rows(trainer, steps).MinBy(row => row.Error);
        return CheckResult.Imply(
            id,
            hypotheses,
            new ImpliedConstant("c in ≥ c·√(r1 ∧ r2)", nearest.Error / unit, IsSmallest: false),
            Inequality.AtLeast("min_t ‖U_tU_tᵀ − A*‖_F ≥ √(r1 ∧ r2)", nearest.Error, unit)) with
        {
            // With one common growth r², the distance is √(r1(1 − r²)² + r2·r⁴), smallest at r² = r1/(r1 + r2).
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"nearest at step {nearest.Step}; sharp at m = ∞: c = √((r1 ∨ r2)/(r1 + r2)) = {Math.Sqrt(Math.Max(r1, r2) / (double)(r1 + r2)):G4}"),
        };
    }
}
