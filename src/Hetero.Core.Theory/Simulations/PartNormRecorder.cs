using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Simulations;

/// <summary>Records the sizes of R_t, Q_t and E_t at every iterate of a run.</summary>
/// <remarks>
/// A diagnostic: it allocates with every iterate. Not thread-safe: an iterate shown while another one is being recorded is refused.
/// </remarks>
public sealed class PartNormRecorder : ITrainingObserver<double>
{
    private readonly Decomposition<double> _parts;
    private readonly double[] _scratch;
    private readonly List<PartNorms> _rows = [];
    private readonly int? _peakFrom;
    private double _peak;
    private ExclusiveUse _use;

    /// <summary>Makes room for the parts of a factor.</summary>
    /// <param name="problem">The problem whose subspaces count.</param>
    /// <param name="columns">The number k of the factor's columns, 1 or more.</param>
    /// <exception cref="ArgumentException">The number of columns is below 1.</exception>
    public PartNormRecorder(SensingProblem problem, int columns)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _parts = new Decomposition<double>(problem, columns);
        _scratch = new double[Norms.GetSpectralScratchLength<double>(problem.Dimension, columns)];
    }

    /// <summary>
    /// Records ‖E_t‖, which costs more than all the rest, only where it may be the largest from a step on; elsewhere ‖E_t‖_F stands for it, a bound that
    /// leaves the largest as it is.
    /// </summary>
    /// <param name="problem">The problem whose subspaces count.</param>
    /// <param name="columns">The number k of the factor's columns, 1 or more.</param>
    /// <param name="peakFrom">The step.</param>
    internal PartNormRecorder(SensingProblem problem, int columns, int? peakFrom)
        : this(problem, columns)
        => _peakFrom = peakFrom;

    /// <summary>Gets what was recorded, in the order of the steps.</summary>
    public IReadOnlyList<PartNorms> Rows => _rows;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Another iterate is being recorded.</exception>
    public void Observe(in TrainingSnapshot<double> snapshot)
    {
        using ExclusiveUse.Scope use = _use.Enter("The recorder is already recording an iterate; give each trainer a recorder of its own.");
        _parts.Compute(snapshot.Factor, snapshot.Signals);
        Matrix r = Matrix.Of(_parts.Invariant);
        double[] squares = (r.T * r).Eigenvalues();
        double frobenius = Norms.Frobenius(_parts.Residual), norm = frobenius;
        if (_peakFrom is not { } first || (snapshot.Step >= first && frobenius > _peak))
        {
            norm = Norms.Spectral(_parts.Residual, _scratch);
            _peak = Math.Max(_peak, norm);
        }

        _rows.Add(new PartNorms(
            snapshot.Step,
            Math.Sqrt(Math.Max(0, squares[^1])),
            Math.Sqrt(Math.Max(0, squares[0])),
            Norms.Frobenius(_parts.Spurious),
            norm,
            frobenius));
    }
}
