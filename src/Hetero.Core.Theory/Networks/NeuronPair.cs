using Hetero.Core.Random;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// Algorithm 4 at m = ∞ with one invariant and one variant neuron and τ the trace, U_{t+1} = (I − 2η/(1 − η·tr D_t)·D_t)·U_t from U_0 = √α·I: D
/// leaves the neurons' plane and its complement alone, so that five numbers are all
/// of U. Not thread-safe: owns the state.
/// </summary>
internal sealed class NeuronPair
{
    // a_1 = (x1, 0), a_2 = (x2, y2) in an orthonormal basis of their plane.
    private readonly double _x1;
    private readonly double _x2;
    private readonly double _y2;
    private readonly int _complement;
    private double _u11;
    private double _u12;
    private double _u21;
    private double _u22;
    private double _rest;

    /// <summary>Takes the neurons a_1 = (x1, 0, 0, …) and a_2 = (x2, y2, 0, …).</summary>
    public NeuronPair(double x1, double x2, double y2, int dimension, double scale)
    {
        (_x1, _x2, _y2, _complement) = (x1, x2, y2, dimension - 2);
        _u11 = _u22 = _rest = Math.Sqrt(scale);
    }

    /// <summary>Draws a_j ~ N(0, I/d). The first number drawn, whatever d is, is √d times the part of a_2 along a_1.</summary>
    public static NeuronPair Draw(ref RandomSequence random, int dimension, double scale)
    {
        double root = Math.Sqrt(dimension), x2 = random.NextGaussian();
        double x1 = Math.Sqrt(random.NextChiSquared(dimension)), y2 = Math.Sqrt(random.NextChiSquared(dimension - 1));
        return new(x1 / root, x2 / root, y2 / root, dimension, scale);
    }

    /// <summary>Gets a_1ᵀa_2.</summary>
    public double InnerProduct => _x1 * _x2;

    /// <summary>Gets ‖UUᵀ − A*‖_F/‖A*‖_F.</summary>
    public double Error
    {
        get
        {
            (double m11, double m12, double m22) = Square();
            double first = m11 - (_x1 * _x1), rest = _rest * _rest;
            return Math.Sqrt((first * first) + (2 * m12 * m12) + (m22 * m22) + (_complement * rest * rest)) / (_x1 * _x1);
        }
    }

    /// <summary>Makes the step of an environment; false if it diverges.</summary>
    public bool Step(double weight, double stepSize)
    {
        (double d11, double d12, double d22) = Square();
        d11 -= (_x1 * _x1) + (weight * _x2 * _x2);
        d12 -= weight * _x2 * _y2;
        d22 -= weight * _y2 * _y2;
        double denominator = 1 - (stepSize * (d11 + d22 + (_complement * _rest * _rest))), rate = 2 * stepSize / denominator;
        (_u11, _u12, _u21, _u22) = (
            _u11 - (rate * ((d11 * _u11) + (d12 * _u21))),
            _u12 - (rate * ((d11 * _u12) + (d12 * _u22))),
            _u21 - (rate * ((d12 * _u11) + (d22 * _u21))),
            _u22 - (rate * ((d12 * _u12) + (d22 * _u22))));
        _rest -= rate * _rest * _rest * _rest;
        return denominator > 0 && Math.Abs(_u11) + Math.Abs(_u12) + Math.Abs(_u21) + Math.Abs(_u22) < 1e6;
    }

    private (double M11, double M12, double M22) Square()
        => ((_u11 * _u11) + (_u12 * _u12), (_u11 * _u21) + (_u12 * _u22), (_u21 * _u21) + (_u22 * _u22));
}
