using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Experiments.Figures;

/// <summary>
/// What the proof follows along one run with r1 = r2 = 1, at the steps 0, 1, …: the signal σ(R_t) and the sequences around it, the spurious column
/// ‖q_t‖, its
/// controller q^t with L_t and the barrier.
/// </summary>
internal sealed class BarrierPath
{
    private readonly ControllerProcess _controller;

    /// <summary>Starts the controller.</summary>
    /// <param name="line">L_t with R_t, up to the last step that is looked at.</param>
    /// <param name="quantities">T1 and T2, p and κ of the run; α is below 1/3.</param>
    public BarrierPath(CalibrationLine line, TheoryQuantities quantities)
    {
        (Line, Quantities) = (line, quantities);
        Phases = quantities.Phases ?? throw new ArgumentException("'quantities' have no phases; accepted is a start below 1/3.", nameof(quantities));
        _controller = new ControllerProcess(line, quantities.ViolationProbability, 1);
        (Signal, Spurious, Controller) = (new double[line.LastStep + 1], new double[line.LastStep + 1], new double[line.LastStep + 1]);
    }

    public CalibrationLine Line { get; }

    public AuxiliarySequences Sequences => Line.Sequences;

    public PhaseSchedule Phases { get; }

    public TheoryQuantities Quantities { get; }

    /// <summary>σ(R_t); 0 from a divergence on.</summary>
    public double[] Signal { get; }

    /// <summary>‖q_t‖; +∞ from a divergence on.</summary>
    public double[] Spurious { get; }

    /// <summary>q^t.</summary>
    public double[] Controller { get; }

    /// <summary>p^−1.5, the barrier over L_t.</summary>
    public double BarrierFactor => _controller.BarrierFactor;

    /// <summary>The first step with q^t at the barrier; null if there is none.</summary>
    public int? AbsorptionStep => _controller.AbsorptionStep;

    /// <summary>The steps up to the absorption, for which the proof says something of q^t.</summary>
    private int ControlledSteps => AbsorptionStep ?? Line.LastStep + 1;

    /// <summary>Takes an iterate.</summary>
    /// <param name="step">t, one after the other.</param>
    /// <param name="signal">σ(R_t).</param>
    /// <param name="spurious">‖q_t‖.</param>
    /// <param name="sigma">s of the step that led here; not used at step 0.</param>
    public void Add(int step, double signal, double spurious, double sigma)
    {
        if (step > 0)
        {
            _controller.Advance(sigma);
        }

        (Signal[step], Spurious[step], Controller[step]) = (signal, spurious, _controller.Value);
    }

    /// <summary>Fills up a run that diverged before a step.</summary>
    public void Break(int step) => Spurious.AsSpan(step).Fill(double.PositiveInfinity);

    /// <summary>The largest of σ(R_t)/R̄_t and R̲_t/σ(R_t) up to T1: Lemma 14 has it at most 1.</summary>
    public double SignalExcess()
    {
        double largest = 0;
        for (int t = 0; t <= Phases.GrowthEnd; t++)
        {
            double signal = Signal[t];
            largest = Math.Max(largest, signal > 0 ? Math.Max(signal / Sequences.Upper[t], Sequences.Lower[t] / signal) : double.PositiveInfinity);
        }

        return largest;
    }

    /// <summary>The largest ‖q_t‖/q^t up to the absorption: Lemma 11 has it at most 1.</summary>
    public double ControllerExcess()
    {
        double largest = 0;
        for (int t = 0; t < ControlledSteps; t++)
        {
            largest = Math.Max(largest, Spurious[t] / Controller[t]);
        }

        return largest;
    }

    /// <summary>The largest value over L_t of the column or of its controller.</summary>
    public double Height(double[] values)
    {
        double largest = 0;
        for (int t = 0; t < values.Length; t++)
        {
            largest = Math.Max(largest, values[t] / Line.Values[t]);
        }

        return largest;
    }
}
