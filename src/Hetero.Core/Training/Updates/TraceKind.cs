namespace Hetero.Core.Training;

/// <summary>What the shrinkage of Algorithm 4 takes for τ_t.</summary>
public enum TraceKind
{
    /// <summary>τ_t = tr(A* + A^(e_t)), with A* + Ā for pooled training: with it the shrinkage removes the trace in the mean. Needs signals that are known.</summary>
    Known,

    /// <summary>The mean of the responses of the step's batch: unbiased for the trace, as E y = tr(A* + A^(e)) for y = xᵀ(A* + A^(e))x. Needs single samples alone.</summary>
    ResponseMean,

    /// <summary>
    /// ‖A* + A^(e_t)‖, the operator norm, as Algorithm 4 is printed. It is not the trace: where the trace is larger, the model is shrunk all the time, and
    /// stalls. Needs signals that are known.
    /// </summary>
    OperatorNorm,
}
