using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// The shrinkage of Algorithm 4 around another rule: U_{t+1} = Ũ_t/(1 − η(‖U_t‖_F² − τ_t)) with Ũ_t the other rule's step. With rank-one measurements, τ_t =
/// tr(A* + A^(e_t)) and the plain step it is, in the mean,
/// a step of 2η/(1 − η·tr D_t) on D_t = U_tU_tᵀ − A* − A^(e_t): what E[⟨X, D⟩X] = 2D + tr(D)·I has too much is gone.
/// </summary>
/// <remarks>
/// A denominator of 0 or less is no shrinkage: the parameters become infinite, and the run ends as <see cref="TrainingStatus.Diverged"/>. For the model UUᵀ
/// alone, whose trace is ‖U‖_F²; trainers of others refuse
/// it. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Shrinkage<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly UpdateRule<T> _rule;

    /// <summary>Creates the rule.</summary>
    /// <param name="rule">The other rule; <see cref="Sgd{T}"/> is Algorithm 4.</param>
    /// <param name="trace">What τ_t is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    /// <exception cref="ArgumentException">The other rule wants a trace too, or the kind is not defined.</exception>
    public Shrinkage(UpdateRule<T> rule, TraceKind trace = TraceKind.Known)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Guard.Defined(trace);
        if (rule.Trace is not null)
        {
            throw new ArgumentException($"'{nameof(rule)}' shrinks already; accepted is one shrinkage.", nameof(rule));
        }

        (_rule, Trace) = (rule, trace);
    }

    /// <inheritdoc/>
    public override TraceKind? Trace { get; }

    internal override UpdateRule<T>? Inner => _rule;

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => _rule.StateLength(shapes);

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<MatrixShape> shapes) => _rule.ScratchLength(shapes);

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        double excess = ScaledProducts.SumOfSquares<T>(step.Parameters) - step.SignalTrace;
        double denominator = 1 - (double.CreateTruncating(step.StepSize) * excess);
        _rule.Apply(in step);
        if (denominator > 0)
        {
            TensorPrimitives.Multiply(step.Parameters, T.CreateTruncating(1 / denominator), step.Parameters);
        }
        else
        {
            step.Parameters.Fill(T.PositiveInfinity);
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("shrinkage", Trace!.Value);
        _rule.Describe(description);
    }
}
