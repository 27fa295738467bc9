using Hetero.Core.Numerics;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>Lion (Chen et al., 2023): θ ← θ − η·sign(β1·v + (1 − β1)·D), then v ← β2·v + (1 − β2)·D.</summary>
public sealed class Lion(double look = 0.9, double keep = 0.99) : UpdateRule<double>
{
    // v stands in the trainer's memory, which starts with zeros and is saved with the run; the rule itself keeps nothing.
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => CountOf(shapes);

    public override void Apply(in UpdateStep<double> step)
    {
        for (int i = 0; i < step.Parameters.Length; i++)
        {
            double velocity = step.State[i], direction = step.Direction[i];
            step.Parameters[i] -= step.StepSize * Sign((look * velocity) + ((1 - look) * direction));
            step.State[i] = (keep * velocity) + ((1 - keep) * direction);
        }
    }

    public override void Describe(PartDescription description)
    {
        description.Add("updateRule", "lion");
        description.Add("look", look);
        description.Add("keep", keep);
    }

    // Math.Sign throws at NaN, and infinity has a sign: a run of either is to end as diverged.
    private static double Sign(double value) => double.IsFinite(value) ? Math.Sign(value) : double.NaN;
}
