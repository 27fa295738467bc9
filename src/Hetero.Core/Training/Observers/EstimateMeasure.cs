using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>A trajectory's numbers from svec(M), and from the factor where the model is UUᵀ.</summary>
internal sealed class EstimateMeasure<T> : TrajectoryMeasure<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SignalModel<T> _signals;
    private readonly Decomposition<T>? _decomposition;
    private readonly SignedShares<T>? _shares;
    private readonly T[] _difference;
    private readonly double[] _meanSigma;

    public EstimateMeasure(Trainer<T> trainer)
    {
        _signals = trainer.Signals;
        SensingProblem problem = _signals.Problem;
        _decomposition = trainer.Model.IsGramFactor ? new Decomposition<T>(problem, trainer.Factor.Columns) : null;
        _shares = _decomposition is null || SignedShares<T>.AreNeeded(problem) ? new SignedShares<T>(problem) : null;
        _difference = new T[_signals.Signal.Length];
        _meanSigma = new double[trainer.Environments.Rank * trainer.Environments.Rank];
        trainer.Environments.CopyMean(_meanSigma);
    }

    public override SnapshotParts Needs => SnapshotParts.Estimate;

    /// <summary>The bytes of such a measure.</summary>
    public static Int128 BytesOf(in RunSizes sizes, bool isGramFactor)
        => RunSizes.Bytes<T>(sizes.SvecLength * (isGramFactor && !sizes.HasNegativeSignals ? 1 : 3)) + (isGramFactor ? Decomposition<T>.BytesOf(in sizes) : 0);

    public override TrajectoryRow Measure(in TrainingSnapshot<T> snapshot)
    {
        SensingProblem problem = _signals.Problem;
        _decomposition?.Compute(snapshot.Factor, _signals);
        TensorPrimitives.Subtract(snapshot.Product, _signals.Signal, _difference);
        double error = ScaledProducts.Norm<T>(_difference);
        _signals.AddSpurious(_meanSigma, -T.One, _difference);
        return new TrajectoryRow(
            snapshot.Step,
            _shares?.SignalOf(snapshot.Product) ?? Share(_decomposition!.Invariant.Data, problem.SignalTrace),
            _decomposition is null ? _shares!.SpuriousOf(snapshot.Product) : Share(_decomposition.Spurious.Data, problem.SpuriousRank),
            _decomposition is null ? null : ScaledProducts.Norm(_decomposition.Residual.Data),
            error,
            ScaledProducts.Norm<T>(_difference));
    }
}
