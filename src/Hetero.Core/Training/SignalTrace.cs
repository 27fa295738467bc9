using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;

namespace Hetero.Core.Training;

/// <summary>τ_t of a step, of the kind that the update rule asks for. Not thread-safe: owns scratch memory; asking allocates nothing.</summary>
internal sealed class SignalTrace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TraceKind _kind;
    private readonly Batch<T> _batch;
    private readonly SignalNorm? _norm;

    /// <exception cref="ArgumentException">The batch cannot say it.</exception>
    public SignalTrace(TraceKind kind, Batch<T> batch)
    {
        (_kind, _batch) = (kind, batch);
        bool isKnown = kind == TraceKind.ResponseMean ? batch.HasResponseMean : batch.HasSigma;
        if (!isKnown)
        {
            throw new ArgumentException(
                $"'parts.UpdateRule' wants {nameof(TraceKind)}.{kind}, which {batch.Algorithm} cannot say here; accepted with signals and environments that are known and no objective are "
                + $"{TraceKind.Known} and {TraceKind.OperatorNorm}, with single samples {TraceKind.ResponseMean}.",
                "parts.UpdateRule");
        }

        _norm = kind == TraceKind.OperatorNorm ? new SignalNorm(batch.Signals!.Problem) : null;
    }

    /// <summary>Gets whether the batch has to sum its responses.</summary>
    public bool WantsResponseMean => _kind == TraceKind.ResponseMean;

    /// <summary>Returns τ of the step that the batch has made a gradient for.</summary>
    /// <exception cref="InvalidOperationException">The batch, one of the user's own, says no Σ of the step.</exception>
    public double Get()
    {
        if (_kind == TraceKind.ResponseMean)
        {
            return _batch.ResponseMean;
        }

        ReadOnlySpan<double> sigma = _batch.PopulationSigma;
        int rank = _batch.Environments!.Rank;
        if (sigma.Length != rank * rank)
        {
            throw new InvalidOperationException($"The batch of {_batch.Algorithm} does not say the signals of its step, whose trace the update rule wants.");
        }

        if (_norm is not null)
        {
            return _norm.Of(sigma);
        }

        double trace = _batch.Signals!.Problem.SignalTrace;
        for (int j = 0; j < rank; j++)
        {
            trace += sigma[j * (rank + 1)];
        }

        return trace;
    }
}
